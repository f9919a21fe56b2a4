"""Normative acts: register, card, forms."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import ActKind, ActLevel, ActState, RelationType
from services.registry.rules.labels import label
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.export import download
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

AUTHORS = (Role.OPERATOR, Role.IRO, Role.TMS, Role.EDU_AUTHORITY)
#: How many rows a file of the register has at most.
EXPORTED = 20_000
#: States that an act of the register may have; drafts have a list of their own.
STATES = (ActState.NOT_YET, ActState.IN_FORCE, ActState.REPEALED)


@bp.get("/acts")
def acts() -> str:
    """The register of acts as of a day."""
    asked = wanted(filters.ActFilter)
    return render_template(
        "registry/acts.html",
        page=queries.acts(**asked, page=page_number()),
        counts=queries.acts_in_force(asked["on"], asked["known"]),
        asked=asked,
        day=asked["on"] or clock.today(),
        kinds=choices(ActKind),
        levels=choices(ActLevel),
        states=choices(STATES),
        may_edit=may_enter(),
        may_audit=access.may_audit_bases(current_person()),
    )


@bp.get("/acts/export.<form>")
def export_acts(form: str) -> Response:
    """The register of acts as a file, with the filters of the page."""
    asked = wanted(filters.ActFilter)
    day = asked["on"] or clock.today()
    headers = [
        *(_("Вид"), _("Номер"), _("Дата"), _("Название"), _("Кем издан"), _("Уровень")),
        *(_("Вступил в силу"), _("Утратил силу"), _("Состояние на %(day)s", day=f"{day:%d.%m.%Y}")),
    ]
    rows = [
        (
            *(_(label(row.act.kind)), row.act.number, row.act.date, row.act.title, row.act.issuer_name),
            *(_(label(row.act.level)), row.act.in_force_from, row.in_force_to, _(label(row.state))),
        )
        for row in queries.acts(**asked, size=EXPORTED).items
    ]
    return download(form, f"{_('Нормативные акты')} {day.isoformat()}", headers, rows)


@bp.get("/acts/<uuid:act_id>")
def act(act_id: UUID) -> str:
    """The card of an act as of a day, its relations, redaction and chains of amendments."""
    who = current_person()
    return render_template(
        "registry/act.html",
        card=queries.act(who, act_id, **wanted(filters.AsOfFilter)),
        may_audit=access.may_audit_bases(who),
    )


@bp.route("/acts/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_act() -> ResponseReturnValue:
    """Enter an act; an order asked for by the decisions of the council leads back to them."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        key = actions.record_act(who, **data)
        back_to_decisions = request.args.get("then") == "proposals"
        return url_for(".proposals" if back_to_decisions else ".act", act_id=key)

    return form_page(
        "registry/act_form.html",
        schemas.ActIn(),
        submit,
        title=_("Новый акт"),
        done=_("Акт внесён"),
        initial={"kind": ActKind.ORDER},
        kinds=choices(ActKind),
        levels=choices(own_levels()),
        organisations=queries.organisation_choices(),
    )


@bp.route("/acts/<uuid:act_id>/file/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_act_file(act_id: UUID) -> ResponseReturnValue:
    """Attach the text of an act."""

    def submit(data: dict[str, Any]) -> str:
        sent = data["file"]
        actions.attach_act_file(current_person(), act_id=act_id, filename=sent.filename, content=sent.content)
        return url_for(".act", act_id=act_id)

    return form_page(
        "registry/act_file.html",
        schemas.ActFileIn(),
        submit,
        title=_("Текст акта"),
        done=_("Файл приложен"),
        card=queries.act(current_person(), act_id),
    )


@bp.get("/acts/<uuid:act_id>/file")
def act_file(act_id: UUID) -> Response:
    """Download the text of an act; the browser saves it and does not show it."""
    kept = queries.act_file(act_id)
    response = Response(kept.content, mimetype=kept.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=kept.filename)
    return response


@bp.route("/acts/<uuid:act_id>/relations/new", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def new_relation(act_id: UUID) -> ResponseReturnValue:
    """Say what an act does to another one."""
    card = queries.act(current_person(), act_id)

    def submit(data: dict[str, Any]) -> str:
        actions.relate_acts(current_person(), source_id=act_id, **data)
        return url_for(".act", act_id=act_id)

    return form_page(
        "registry/act_relation.html",
        schemas.RelationFormIn(),
        submit,
        title=_("Связь акта"),
        card=card,
        types=choices(RelationType),
        acts=[pair for pair in queries.act_choices() if pair[0] != str(act_id)],
    )


@bp.route("/acts/relations/<uuid:relation_id>/withdraw", methods=["GET", "POST"])
@page_roles(*AUTHORS)
def withdraw_relation(relation_id: UUID) -> ResponseReturnValue:
    """Withdraw a mistaken relation, with the reason."""
    row = queries.relation(relation_id)
    source_id = row.source_id

    def submit(data: dict[str, Any]) -> str:
        actions.withdraw_relation(current_person(), relation_id=relation_id, **data)
        return url_for(".act", act_id=source_id)

    return form_page(
        "registry/act_relation_withdraw.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отозвать ошибочную связь"),
        done=_("Связь отозвана"),
        row=row,
    )


def own_levels() -> list[ActLevel]:
    """Levels whose acts this person may enter."""
    who = current_person()
    return [level for level in ActLevel if access.may_record_act(who, level)]


def may_enter() -> bool:
    """Whether this person enters acts at all."""
    return bool(own_levels())
