"""Personal data for the operator and the administrator: what is due, one person, the log, the policy."""

from typing import Any
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number
from services.registry.pages.my_data import as_json, export_names
from services.registry.rules.requests import RequestKind
from services.registry.rules.retention import ErasureReason, LegalBasis
from services.registry.schemas import privacy
from shared.person import Role
from shared.web.export import attachment, download
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

MANAGERS = (Role.OPERATOR, Role.SYSTEM_ADMIN)


@bp.get("/privacy")
@page_roles(*MANAGERS)
def privacy_due() -> str:
    """What must be done about personal data, and by when."""
    who = current_person()
    return render_template(
        "registry/privacy_due.html", due=actions.read_privacy_due(who), may_operate=access.may_operate(who)
    )


@bp.get("/people/<uuid:person_id>/privacy")
@page_roles(*MANAGERS)
def person_privacy(person_id: UUID) -> str:
    """Consents, terms and requests of one person."""
    card = actions.read_privacy(current_person(), person_id=person_id)
    return render_template("registry/person_privacy.html", card=card)


@bp.route("/people/<uuid:person_id>/processing", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def set_processing(person_id: UUID) -> ResponseReturnValue:
    """Why and how long a person's data are processed."""
    card = actions.read_privacy(current_person(), person_id=person_id)
    row = card.processing
    known = ("basis", "basis_note", "purpose_reached_on", "keep_until", "keep_basis", "anonymisation_keeps")

    def submit(data: dict[str, Any]) -> str:
        actions.set_processing(current_person(), person_id=person_id, **data)
        return url_for(".person_privacy", person_id=person_id)

    return form_page(
        "registry/processing_form.html",
        privacy.ProcessingIn(),
        submit,
        title=_("Основание и срок обработки"),
        initial={name: getattr(row, name) for name in known} if row else {},
        card=card,
        bases=choices(LegalBasis),
    )


@bp.route("/people/<uuid:person_id>/requests/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.TMS, Role.ORGANISATION)
def new_request(person_id: UUID) -> ResponseReturnValue:
    """Ask for the data of one of the own people, or enter a letter."""
    card = actions.read_person(current_person(), person_id=person_id)

    def submit(data: dict[str, Any]) -> str:
        actions.request_data(current_person(), person_id=person_id, **data)
        return url_for(".person", person_id=person_id)

    return form_page(
        "registry/request_form.html",
        privacy.RequestIn(),
        submit,
        title=_("Запрос о персональных данных"),
        done=_("Запрос отправлен. Ответ — не позднее 30 дней."),
        card=card,
        kinds=choices(RequestKind),
    )


@bp.post("/personal-data-requests/<uuid:request_id>/fulfil")
@page_roles(Role.OPERATOR)
def fulfil_request(request_id: UUID) -> ResponseReturnValue:
    """The button «Данные переданы»."""
    return act_on(
        lambda: actions.fulfil_export(current_person(), request_id=request_id),
        back=url_for(".privacy_due"),
        done=_("Запрос исполнен"),
    )


@bp.route("/personal-data-requests/<uuid:request_id>/refuse", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def refuse_request(request_id: UUID) -> ResponseReturnValue:
    """Refuse a request, naming the reason."""

    def submit(data: dict[str, Any]) -> str:
        actions.refuse_request(current_person(), request_id=request_id, **data)
        return url_for(".privacy_due")

    return form_page(
        "registry/request_refuse.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отказать по запросу"),
        done=_("Отказ записан"),
    )


@bp.route("/people/<uuid:person_id>/erase", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def erase_person(person_id: UUID) -> ResponseReturnValue:
    """Destroy a person's data; the act is printed at once."""
    card = actions.read_privacy(current_person(), person_id=person_id)

    def submit(data: dict[str, Any]) -> str:
        actions.erase_person(current_person(), person_id=person_id, **data)
        return url_for(".person_privacy", person_id=person_id)

    return form_page(
        "registry/erase_form.html",
        privacy.ErasureIn(),
        submit,
        title=_("Уничтожить персональные данные"),
        done=_("Данные уничтожены, акт выпущен"),
        card=card,
        reasons=choices(ErasureReason),
    )


@bp.get("/erasures/<uuid:erasure_id>.csv")
@page_roles(*MANAGERS)
def erasure_extract(erasure_id: UUID) -> Response:
    """The extract of the journal that belongs to an act of destruction (PD-06)."""
    row = queries.erasure_extract(current_person(), erasure_id)
    return attachment(row.extract, f"erasure-{row.number}.csv", "text/csv; charset=utf-8")


@bp.get("/people/<uuid:person_id>/export")
@page_roles(*MANAGERS)
def person_export(person_id: UUID) -> str:
    """Everything held about a person, to hand over."""
    data = actions.export_subject(current_person(), person_id=person_id)
    return render_template(
        "registry/subject_export.html",
        data=data,
        crumb=(_("Персональные данные"), url_for(".person_privacy", person_id=person_id)),
        as_json=url_for(".person_export_json", person_id=person_id),
        names=export_names(),
    )


@bp.get("/people/<uuid:person_id>/export.json")
@page_roles(*MANAGERS)
def person_export_json(person_id: UUID) -> Response:
    """The same for a program."""
    return as_json(actions.export_subject(current_person(), person_id=person_id))


@bp.get("/people/<uuid:person_id>/readings")
@page_roles(*MANAGERS)
def person_readings(person_id: UUID) -> str:
    """Who looked at a person's data (BR-71)."""
    return render_template(
        "registry/readings.html",
        page=queries.readings_of(current_person(), person_id, page=page_number()),
        title=_("Кто смотрел данные этого человека"),
        crumb=(_("Персональные данные"), url_for(".person_privacy", person_id=person_id)),
        endpoint=".person_readings",
    )


@bp.get("/readings")
@page_roles(*MANAGERS)
def readings() -> str:
    """The whole log of readings (BR-71)."""
    return render_template(
        "registry/readings.html",
        page=queries.readings(current_person(), page=page_number()),
        title=_("Журнал доступа к персональным данным"),
        crumb=(_("Персональные данные"), url_for(".privacy_due")),
        endpoint=".readings",
    )


@bp.get("/privacy/for-iro.<any(csv, xlsx):kind>")
@page_roles(Role.OPERATOR)
def people_for_iro(kind: str) -> Response:
    """Names that may go to the ИРО, and how many may not (BR-66)."""
    named, others = actions.disclose_people(current_person())
    rows: list[tuple[str | None, ...]] = [
        (one.last_name, one.first_name, one.middle_name, one.position) for one in named
    ]
    rows.append((_("без основания для передачи, человек: %(count)s", count=others), None, None, None))
    headers = (_("Фамилия"), _("Имя"), _("Отчество"), _("Должность"))
    return download(kind, _("Люди для ИРО"), headers, rows)


@bp.get("/policy")
def policy() -> str:
    """The policy of personal data, open to everybody (PD-09)."""
    return render_template(
        "registry/policy.html",
        policy=queries.policy(),
        may_publish=access.may_publish_policy(current_person()),
    )


@bp.route("/policy/new", methods=["GET", "POST"])
@page_roles(Role.SYSTEM_ADMIN)
def publish_policy() -> ResponseReturnValue:
    """Publish the next version of the policy."""
    now = queries.policy()

    def submit(data: dict[str, Any]) -> str:
        actions.publish_policy(current_person(), **data)
        return url_for(".policy")

    return form_page(
        "registry/policy_form.html",
        privacy.PolicyIn(),
        submit,
        title=_("Политика обработки персональных данных"),
        done=_("Политика опубликована"),
        initial={"text": now.text if now else ""},
    )
