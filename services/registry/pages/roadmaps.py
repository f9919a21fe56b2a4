"""Roadmaps: the card on a day, the draft, approval, marks, comparison, the paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, wanted
from services.registry.rules.kinds import OrgRole
from services.registry.rules.project_kinds import DuePrecision, Section
from services.registry.schemas.projects import RoadmapDayFilter
from shared import clock
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

_COMPOSERS = (Role.OPERATOR, Role.TMS, Role.EDU_AUTHORITY)
#: What is asked for each mark, what it does, how its form is called, what is said afterwards.
_STEPS: dict[str, tuple[type[Any], Callable[..., None], str, str]] = {
    "start": (schemas.StartIn, actions.start_item, N_("Начало работы"), N_("Пункт начат")),
    "finish": (schemas.FinishIn, actions.finish_item, N_("Выполнение пункта"), N_("Пункт выполнен")),
    "move": (schemas.MoveIn, actions.move_item, N_("Перенос срока"), N_("Срок перенесён")),
    "cancel": (schemas.ItemReasonIn, actions.cancel_item, N_("Отмена пункта"), N_("Пункт отменён")),
    "reopen": (schemas.ItemReasonIn, actions.reopen_item, N_("Снятие отметки"), N_("Отметка снята")),
}


@bp.get("/roadmaps/<uuid:roadmap_id>")
@page_roles()
def roadmap(roadmap_id: UUID) -> str:
    """The card of a roadmap on a day, or one of its versions."""
    return render_template(
        "registry/roadmap.html",
        card=queries.roadmap(current_person(), roadmap_id, **wanted(RoadmapDayFilter)),
        sections=list(Section),
        municipalities=queries.municipality_names(),
    )


@bp.get("/roadmaps/<uuid:roadmap_id>.<any(docx,pdf):kind>")
@page_roles()
def roadmap_paper(roadmap_id: UUID, kind: str) -> Response:
    """A working print-out of the roadmap (D-11)."""
    paper = queries.roadmap_file(current_person(), roadmap_id, PaperFormat(kind), **wanted(RoadmapDayFilter))
    return attachment(paper.content, paper.name, paper.media_type)


@bp.post("/roadmaps/<uuid:roadmap_id>/papers")
@page_roles(*_COMPOSERS)
def print_roadmap(roadmap_id: UUID) -> ResponseReturnValue:
    """Issue the approved roadmap on paper."""
    return act_on(
        lambda: actions.print_roadmap(current_person(), roadmap_id=roadmap_id),
        back=_card(roadmap_id),
        done=_("Документ выпущен, его номер и файлы — в списке ниже"),
    )


@bp.get("/roadmaps/<uuid:roadmap_id>/changes/<int:version>")
@page_roles()
def roadmap_changes(roadmap_id: UUID, version: int) -> str:
    """A version against the previous one."""
    return render_template(
        "registry/roadmap_changes.html",
        found=queries.compare_versions(current_person(), roadmap_id, version),
        parts={
            "section": _("раздел"),
            "title": _("мероприятие"),
            "due": _("срок"),
            "precision": _("точность срока"),
            "responsible": _("ответственный"),
            "result": _("результат"),
        },
    )


@bp.route("/roadmaps/new", methods=["GET", "POST"])
@page_roles(*_COMPOSERS)
def new_roadmap() -> ResponseReturnValue:
    """Begin a roadmap."""
    who = current_person()
    operates = access.may_operate(who)
    scope = access.recommendation_scope(who)
    names = queries.municipality_names()
    own = names if operates else {key: name for key, name in names.items() if key in scope}
    return form_page(
        "registry/roadmap_form.html",
        schemas.RoadmapIn(),
        lambda data: _card(actions.draft_roadmap(current_person(), **data)),
        title=_("Новая дорожная карта"),
        done=_("Проект карты создан, внесите пункты"),
        initial={
            "project_id": request.args.get("project_id"),
            "municipality_oktmo": next(iter(own)) if len(own) == 1 else None,
        },
        projects=[(str(one.id), one.name) for one in queries.projects(who)] if operates else [],
        municipalities=own,
    )


@bp.route("/roadmaps/<uuid:roadmap_id>/items/new", methods=["GET", "POST"])
@page_roles(*_COMPOSERS)
def new_item(roadmap_id: UUID) -> ResponseReturnValue:
    """Enter an item into the draft."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_item(current_person(), roadmap_id=roadmap_id, **data)
        return _draft(roadmap_id)

    return _item_form(roadmap_id, submit, title=_("Новый пункт"), initial={})


@bp.route("/roadmaps/<uuid:roadmap_id>/items/<uuid:item_id>", methods=["GET", "POST"])
@page_roles(*_COMPOSERS)
def edit_item(roadmap_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Correct an item of the draft."""
    card = queries.roadmap(current_person(), roadmap_id)
    draft = card.roadmap.draft if card.may_edit else None
    item = next((one for one in draft.items if one.id == item_id), None) if draft else None
    if item is None:
        raise NotFound(N_("пункт дорожной карты"))
    names = ("section", "title", "due_on", "due_precision", "responsible_id", "responsible_words", "result")

    def submit(data: dict[str, Any]) -> str:
        actions.change_item(current_person(), roadmap_id=roadmap_id, item_id=item_id, **data)
        return _draft(roadmap_id)

    return _item_form(
        roadmap_id,
        submit,
        title=_("Пункт дорожной карты"),
        initial={name: getattr(item, name) for name in names},
        responsible=[(str(item.responsible_id), item.responsible)] if item.responsible_id else [],
    )


@bp.post("/roadmaps/<uuid:roadmap_id>/items/<uuid:item_id>/drop")
@page_roles(*_COMPOSERS)
def drop_item(roadmap_id: UUID, item_id: UUID) -> ResponseReturnValue:
    """Take an item out of the draft."""
    return act_on(
        lambda: actions.drop_item(current_person(), roadmap_id=roadmap_id, item_id=item_id),
        back=_draft(roadmap_id),
        done=_("Пункт убран"),
    )


@bp.post("/roadmaps/<uuid:roadmap_id>/versions")
@page_roles(*_COMPOSERS)
def new_version(roadmap_id: UUID) -> ResponseReturnValue:
    """Begin a new version."""
    return act_on(
        lambda: actions.new_version(current_person(), roadmap_id=roadmap_id),
        back=_draft(roadmap_id),
        done=_("Новая версия начата с копии утверждённой"),
    )


@bp.post("/roadmaps/<uuid:roadmap_id>/discard")
@page_roles(*_COMPOSERS)
def discard_draft(roadmap_id: UUID) -> ResponseReturnValue:
    """Give up the draft of a new version."""
    return act_on(
        lambda: actions.discard_draft(current_person(), roadmap_id=roadmap_id),
        back=_card(roadmap_id),
        done=_("Проект новой версии удалён"),
    )


@bp.route("/roadmaps/<uuid:roadmap_id>/approve", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def approve_roadmap(roadmap_id: UUID) -> ResponseReturnValue:
    """Record the approval of the draft."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.approve_roadmap(current_person(), roadmap_id=roadmap_id, **data)
        return _card(roadmap_id)

    agreements = queries.agreements(who, size=200).items
    return form_page(
        "registry/roadmap_approve.html",
        schemas.ApprovalIn(),
        submit,
        title=_("Утверждение дорожной карты"),
        done=_("Дорожная карта утверждена"),
        initial={"approved_on": clock.today()},
        card=queries.roadmap(who, roadmap_id),
        acts=queries.act_choices(),
        agreements=[(str(one.id), f"№ {one.number}, {one.tms.short_name}") for one in agreements],
    )


@bp.route(
    "/roadmaps/<uuid:roadmap_id>/marks/<uuid:item_key>/<any(start,finish,move,cancel,reopen):step>",
    methods=["GET", "POST"],
)
@page_roles(*_COMPOSERS)
def mark_item(roadmap_id: UUID, item_key: UUID, step: str) -> ResponseReturnValue:
    """Make a mark of progress on an item."""
    card = queries.roadmap(current_person(), roadmap_id)
    row = next((one for one in card.items if one.item.item_key == item_key), None)
    if row is None:
        raise NotFound(N_("пункт дорожной карты"))
    schema, action, title, done = _STEPS[step]

    def submit(data: dict[str, Any]) -> str:
        action(current_person(), roadmap_id=roadmap_id, item_key=item_key, **data)
        return _card(roadmap_id)

    return form_page(
        "registry/roadmap_mark.html",
        schema(),
        submit,
        title=_(title),
        done=_(done),
        initial={"on": clock.today(), "due_precision": row.due_precision},
        card=card,
        row=row,
        step=step,
        precisions=choices(DuePrecision),
    )


def _item_form(
    roadmap_id: UUID,
    submit: Callable[[dict[str, Any]], str],
    *,
    title: str,
    initial: dict[str, Any],
    responsible: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    known = [
        *queries.organisation_choices(OrgRole.NETWORK_OPERATOR),
        *queries.organisation_choices(OrgRole.IRO),
        *queries.organisation_choices(OrgRole.EDU_AUTHORITY),
        *queries.organisation_choices(OrgRole.TMS),
    ]
    return form_page(
        "registry/roadmap_item.html",
        schemas.ItemIn(),
        submit,
        title=title,
        initial=initial,
        card=queries.roadmap(current_person(), roadmap_id),
        sections=choices(Section),
        precisions=choices(DuePrecision),
        organisations=dict([*(responsible or []), *known]),
    )


def _card(roadmap_id: UUID) -> str:
    return url_for(".roadmap", roadmap_id=roadmap_id)


def _draft(roadmap_id: UUID) -> str:
    """The card showing the draft."""
    card = queries.roadmap(current_person(), roadmap_id)
    draft = card.roadmap.draft
    return url_for(".roadmap", roadmap_id=roadmap_id, version=draft.no if draft else None)
