"""Editions for everybody: the list, the public card, published results; and the buttons of their life."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages import policy_form
from services.expertise.pages.door import bp
from services.expertise.rules.frozen import canonical
from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import EditionState
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

KEEPERS = (Role.OPERATOR, Role.SECRETARY)


@bp.get("/")
def editions() -> str:
    """Editions of contests, the newest first."""
    who = current_person()
    return render_template(
        "expertise/editions.html",
        title=_("Конкурсы"),
        page=queries.editions(who, page=request.args.get("page", 1, type=int)),
        open_editions=queries.open_editions(who),
        may_keep=access.may_keep_contests(who),
    )


@bp.get("/editions/<uuid:edition_id>")
def edition(edition_id: UUID) -> str:
    """The public card of an edition."""
    who = current_person()
    card = queries.edition(who, edition_id)
    return render_template(
        "expertise/edition.html",
        title=card.title,
        edition=card,
        own=[one for one in queries.own_entries(who) if one.edition_id == edition_id],
        may_file=bool(who.organisations(*access.APPLICANTS)) and card.state is EditionState.ACCEPTING,
        may_keep=access.may_keep_contests(who),
        settings=list(policy_form.told(card.policy)),
    )


@bp.get("/editions/<uuid:edition_id>/rules/<int:number>.json")
def frozen_rules(edition_id: UUID, number: int) -> Response:
    """The frozen rules as canonical JSON: the very bytes that the hash is of (BR-36)."""
    rules = queries.frozen_rules(current_person(), edition_id, number)
    return Response(canonical(rules.content), mimetype="application/json")


@bp.get("/editions/<uuid:edition_id>/results")
def results(edition_id: UUID) -> str:
    """Results by nomination, when they are published."""
    who = current_person()
    card = queries.edition(who, edition_id)
    return render_template(
        "expertise/results.html",
        title=_("Результаты"),
        edition=card,
        results=queries.published_results(who, edition_id),
        protocols=queries.published_protocols(who, edition_id),
    )


@bp.route("/editions/<uuid:edition_id>/approve", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def approve(edition_id: UUID) -> ResponseReturnValue:
    """Approve an edition by an act."""
    who = current_person()

    def submit(data: dict[str, str]) -> str:
        actions.approve_edition(who, edition_id=edition_id, **data)
        return url_for(".edition", edition_id=edition_id)

    return form_page(
        "expertise/ask.html",
        schemas.ActIn(),
        submit,
        title=_("Утвердить выпуск"),
        done=_("Выпуск объявлен"),
        name="act_ref",
        question=_("Каким актом утверждён выпуск: вид, номер, дата"),
        button_label=_("Утвердить"),
        back=url_for(".edition", edition_id=edition_id),
    )


@bp.route("/editions/<uuid:edition_id>/cancel", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def cancel(edition_id: UUID) -> ResponseReturnValue:
    """Cancel an edition."""
    who = current_person()

    def submit(data: dict[str, str]) -> str:
        actions.cancel_edition(who, edition_id=edition_id, **data)
        return url_for(".edition", edition_id=edition_id)

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отменить выпуск"),
        done=_("Выпуск отменён"),
        name="reason",
        question=_("Почему выпуск отменяется"),
        button_label=_("Отменить выпуск"),
        back=url_for(".edition", edition_id=edition_id),
    )


@bp.post("/editions/<uuid:edition_id>/advance")
@page_roles(*KEEPERS)
def advance(edition_id: UUID) -> Response:
    """The button «Перейти к следующему этапу»."""
    return act_on(
        lambda: actions.advance_edition(current_person(), edition_id=edition_id),
        back=url_for(".desk", edition_id=edition_id),
        done=_("Выпуск переведён на следующий этап"),
    )


@bp.post("/editions/<uuid:edition_id>/publish")
@page_roles(*KEEPERS)
def publish(edition_id: UUID) -> Response:
    """The button «Опубликовать результаты»."""
    return act_on(
        lambda: actions.publish_results(current_person(), edition_id=edition_id),
        back=url_for(".results", edition_id=edition_id),
        done=_("Результаты опубликованы"),
    )


@bp.post("/editions/<uuid:edition_id>/close-appeals")
@page_roles(*KEEPERS)
def close_appeals(edition_id: UUID) -> Response:
    """The button «Завершить приём апелляций»."""
    return act_on(
        lambda: actions.close_appeals(current_person(), edition_id=edition_id),
        back=url_for(".edition", edition_id=edition_id),
        done=_("Выпуск завершён: %(state)s", state=_(label(EditionState.COMPLETED))),
    )


@bp.post("/editions/<uuid:edition_id>/archive")
@page_roles(*KEEPERS)
def archive(edition_id: UUID) -> Response:
    """The button «В архив»."""
    return act_on(
        lambda: actions.archive_edition(current_person(), edition_id=edition_id),
        back=url_for(".edition", edition_id=edition_id),
        done=_("Выпуск в архиве"),
    )
