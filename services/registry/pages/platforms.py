"""Platforms: register on a day, card, actions on the status, corrections, composition."""

from typing import Any
from uuid import UUID

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.door import as_of, bp, choices, page_number, wanted
from services.registry.rules.kinds import OrgRole, PlatformKind, PlatformState, StatusStep
from services.registry.rules.labels import label
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.export import download
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

#: Action on a status -> what does it and which form it has.
STEPS: dict[StatusStep, tuple[Any, Any]] = {
    StatusStep.AWARD: (actions.award_status, schemas.AwardIn),
    StatusStep.EXTEND: (actions.extend_status, schemas.ExtensionIn),
    StatusStep.SUSPEND: (actions.suspend_status, schemas.StepIn),
    StatusStep.RESUME: (actions.resume_status, schemas.StepIn),
    StatusStep.COMPLETE: (actions.complete_status, schemas.StepIn),
    StatusStep.TERMINATE: (actions.terminate_status, schemas.StepIn),
    StatusStep.DECLINE: (actions.decline_platform, schemas.ReasonIn),
}
#: Words of the card that a form has as lines.
WORDS = ("directions", "priority_directions", "calendar_plan")


@bp.get("/platforms")
def platforms() -> str:
    """The register of platforms as it was on a day (BR-26)."""
    asked = wanted(filters.PlatformFilter)
    return render_template(
        "registry/platforms.html",
        page=queries.platforms(**asked, page=page_number()),
        asked=asked,
        day=asked["on"] or clock.today(),
        kinds=choices(PlatformKind),
        states=choices(PlatformState),
        municipalities=queries.municipality_names(queries.as_of(asked["on"], asked["known"])),
        filter={name: value for name, value in asked.items() if value and name not in ("on", "known")},
        may_apply=current_person().has(Role.OPERATOR, Role.ORGANISATION, Role.TMS),
    )


@bp.get("/platforms.<any(xlsx, csv):form>")
def platforms_file(form: str) -> Response:
    """The register of a day as a file, with the act of every state."""
    asked = wanted(filters.PlatformFilter)
    headers = [
        _("Вид"),
        _("Тема"),
        _("Держатели"),
        _("Участники сети"),
        _("Муниципалитет"),
        _("Состояние"),
        _("С даты"),
        _("По дату"),
        _("Акт"),
        _("Пункт"),
    ]
    rows = (
        (
            *(_(label(one.kind)), one.topic, one.holders, one.members, one.municipality),
            *(_(label(one.state)), one.since, one.until, one.act, one.clause),
        )
        for one in queries.platform_list(**asked)
    )
    day = asked["on"] or clock.today()
    return download(form, _("Площадки на %(day)s", day=f"{day:%Y-%m-%d}"), headers, rows)


@bp.get("/platforms/<uuid:platform_id>")
def platform(platform_id: UUID) -> str:
    """The card of a platform on a day."""
    return render_template(
        "registry/platform.html", card=queries.platform(current_person(), platform_id, **as_of())
    )


@bp.route("/platforms/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.ORGANISATION, Role.TMS)
def new_platform() -> ResponseReturnValue:
    """Apply for a platform."""
    return form_page(
        "registry/platform_form.html",
        schemas.PlatformIn(),
        lambda data: _card(actions.apply_for_platform(current_person(), **data)),
        title=_("Новая площадка"),
        done=_("Площадка заявлена"),
        initial={"counts_in_i02": True, "curator_id": queries.network_operator_id()},
        kinds=choices(PlatformKind),
        organisations=queries.organisation_choices(),
        curators=queries.organisation_choices(OrgRole.NETWORK_OPERATOR)
        + queries.organisation_choices(OrgRole.IRO)
        + queries.organisation_choices(OrgRole.EDU_AUTHORITY),
    )


@bp.route("/platforms/<uuid:platform_id>/steps/<step>", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def platform_step(platform_id: UUID, step: str) -> ResponseReturnValue:
    """An action on the status of a platform."""
    if step.upper() not in StatusStep.__members__ or StatusStep(step.upper()) not in STEPS:
        abort(404)
    kind = StatusStep(step.upper())
    action, schema = STEPS[kind]
    card = queries.platform(current_person(), platform_id)

    def submit(data: dict[str, Any]) -> str:
        action(current_person(), platform_id=platform_id, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_step.html",
        schema(),
        submit,
        title=_(label(kind)).capitalize(),
        initial={"on": clock.today(), "valid_from": clock.today()},
        card=card,
        acts=queries.act_choices(),
        agreements=queries.agreement_choices(current_person()),
    )


@bp.route("/platforms/<uuid:platform_id>/records/<uuid:record_id>/correct", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def correct_status(platform_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Put the right record in the place of a wrong one (F7)."""
    record = queries.status_record(current_person(), platform_id, record_id)

    def submit(data: dict[str, Any]) -> str:
        actions.correct_status(current_person(), platform_id=platform_id, record_id=record_id, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_record.html",
        schemas.RecordCorrectionIn(),
        submit,
        title=_("Исправление записи о статусе"),
        done=_("Запись исправлена"),
        initial={
            "on": record.on,
            "valid_to": record.valid_to,
            "act_id": record.act_id,
            "agreement_id": record.agreement_id,
            "clause": record.clause,
            "basis": record.basis,
            "ground": record.reason,
        },
        **_record_context(platform_id, record),
    )


@bp.route("/platforms/<uuid:platform_id>/records/<uuid:record_id>/withdraw", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def withdraw_record(platform_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Take an action that never was out of the history (F7)."""
    record = queries.status_record(current_person(), platform_id, record_id)

    def submit(data: dict[str, Any]) -> str:
        actions.withdraw_status_record(current_person(), platform_id=platform_id, record_id=record_id, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_record.html",
        schemas.RecordWithdrawalIn(),
        submit,
        title=_("Отзыв записи о статусе"),
        done=_("Запись отозвана"),
        **_record_context(platform_id, record),
    )


@bp.route("/platforms/<uuid:platform_id>/composition", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def change_composition(platform_id: UUID) -> ResponseReturnValue:
    """Organisations join and leave, the hub changes (BR-21)."""
    card = queries.platform(current_person(), platform_id)

    def submit(data: dict[str, Any]) -> str:
        actions.change_composition(current_person(), platform_id=platform_id, **data)
        return _card(platform_id)

    return form_page(
        "registry/platform_composition.html",
        schemas.CompositionIn(),
        submit,
        title=_("Изменить состав площадки"),
        done=_("Состав изменён"),
        initial={"on": clock.today()},
        card=card,
        organisations=queries.organisation_choices(),
        parties=[(str(party.organisation_id), party.name) for party in card.parties],
        acts=queries.act_choices(),
    )


@bp.route("/platforms/<uuid:platform_id>/description", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.ORGANISATION, Role.TMS)
def describe_platform(platform_id: UUID) -> ResponseReturnValue:
    """Who leads the platform, its directions and its calendar plan."""
    card = queries.platform(current_person(), platform_id)
    one = card.platform

    def submit(data: dict[str, Any]) -> str:
        words = {name: (data.pop(name) or "").splitlines() for name in WORDS}
        actions.describe_platform(current_person(), platform_id=platform_id, **data, **words)
        return _card(platform_id)

    return form_page(
        "registry/platform_description.html",
        schemas.DescriptionFormIn(),
        submit,
        title=_("Сведения о площадке"),
        initial={
            "supervisor_id": one.supervisor_id,
            "scientific_supervisor_id": one.scientific_supervisor_id,
            **{name: "\n".join(getattr(one, name)) for name in WORDS},
        },
        card=card,
        people=queries.supervisor_choices(current_person()),
    )


def _record_context(platform_id: UUID, record: Any) -> dict[str, Any]:
    return {
        "card": queries.platform(current_person(), platform_id),
        "record": record,
        "acts": queries.act_choices(),
        "agreements": queries.agreement_choices(current_person()),
    }


def _card(platform_id: UUID) -> str:
    return url_for(".platform", platform_id=platform_id)
