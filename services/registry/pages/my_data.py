"""«Мои данные»: consents, requests, who looked, everything held about oneself (F16, model 3.6)."""

from typing import Any
from uuid import UUID

from flask import Response, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries
from services.registry.pages.door import bp, choices, page_number
from services.registry.rules.consents import ConsentPurpose, DataCategory
from services.registry.rules.requests import RequestKind
from services.registry.schemas import privacy
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


def _myself() -> UUID:
    key = current_person().person_id
    assert key is not None
    return key


@bp.get("/my-data")
@page_roles()
def my_data() -> str:
    """Own consents, requests and terms."""
    card = queries.privacy_card(current_person(), _myself())
    return render_template(
        "registry/my_data.html",
        card=card,
        person_card=queries.person(current_person(), _myself()),
        readings=queries.readings_of(current_person(), _myself(), size=5),
    )


@bp.route("/my-data/consents/<purpose>", methods=["GET", "POST"])
@page_roles()
def give_consent(purpose: str) -> ResponseReturnValue:
    """A page of its own for the consent of one purpose; nothing is ticked beforehand (PD-01)."""
    if purpose not in set(ConsentPurpose):
        abort(404)
    chosen = ConsentPurpose(purpose)
    text = queries.consent_texts().get(chosen)

    def submit(data: dict[str, Any]) -> str:
        actions.give_consent(current_person(), purpose=chosen, **data)
        return url_for(".my_data")

    return form_page(
        "registry/consent_give.html",
        privacy.ConsentFormIn(),
        submit,
        title=_("Согласие"),
        done=_("Согласие дано. Отозвать его можно в любой день."),
        initial={"text_id": text.id if text else None},
        text=text,
        purpose=chosen,
        categories=choices(DataCategory) if chosen is ConsentPurpose.DISTRIBUTION else [],
    )


@bp.post("/my-data/consents/<uuid:consent_id>/withdraw")
@page_roles()
def withdraw_own_consent(consent_id: UUID) -> ResponseReturnValue:
    """The button «Отозвать»."""
    return act_on(
        lambda: actions.withdraw_consent(current_person(), consent_id=consent_id),
        back=url_for(".my_data"),
        done=_("Согласие отозвано. Данные, которые держались только на нём, уничтожат за 30 дней."),
    )


@bp.route("/my-data/requests/<any(EXPORT, ERASURE):kind>", methods=["POST"])
@page_roles()
def request_own_data(kind: str) -> ResponseReturnValue:
    """The buttons «Получить свои данные» and «Уничтожить мои данные»."""
    return act_on(
        lambda: actions.request_data(current_person(), person_id=_myself(), kind=RequestKind(kind)),
        back=url_for(".my_data"),
        done=_("Запрос отправлен. Ответ — не позднее 30 дней."),
    )


@bp.post("/my-data/consents/<purpose>/print")
@page_roles()
def print_own_consent(purpose: str) -> ResponseReturnValue:
    """The button «Напечатать бланк»."""
    if purpose not in set(ConsentPurpose):
        abort(404)
    paper = actions.print_consent(current_person(), person_id=_myself(), purpose=ConsentPurpose(purpose))
    return redirect(url_for(".paper", paper_id=paper), 303)


@bp.get("/my-data/readings")
@page_roles()
def my_readings() -> str:
    """Who looked at my data (BR-71)."""
    return render_template(
        "registry/readings.html",
        page=queries.readings_of(current_person(), _myself(), page=page_number()),
        title=_("Кто смотрел мои данные"),
        crumb=(_("Мои данные"), url_for(".my_data")),
        endpoint=".my_readings",
    )


@bp.get("/my-data/export")
@page_roles()
def my_export() -> str:
    """Everything held about me, to read."""
    data = actions.export_subject(current_person(), person_id=_myself())
    return render_template(
        "registry/subject_export.html",
        data=data,
        crumb=(_("Мои данные"), url_for(".my_data")),
        as_json=url_for(".my_export_json"),
        names=export_names(),
    )


@bp.get("/my-data/export.json")
@page_roles()
def my_export_json() -> Response:
    """Everything held about me, for a program."""
    return as_json(actions.export_subject(current_person(), person_id=_myself()))


def export_names() -> dict[str, str]:
    """What the fields of an export are called."""
    return {
        "id": _("Идентификатор"),
        "last_name": _("Фамилия"),
        "first_name": _("Имя"),
        "middle_name": _("Отчество"),
        "position": _("Должность"),
        "organisation": _("Организация"),
        "entered_at": _("Внесено"),
        "erased_on": _("Уничтожено"),
        "basis": _("Основание обработки"),
        "basis_note": _("Договор или закон"),
        "purpose_reached_on": _("Цель достигнута"),
        "keep_until": _("Обязаны храниться до"),
        "keep_basis": _("Основание этого срока"),
        "destroy_due_on": _("Уничтожить до"),
        "login": _("Логин"),
        "active": _("Действует"),
        "last_sign_in_at": _("Последний вход"),
        "roles": _("Роли"),
        "purpose": _("Цель"),
        "state": _("Состояние"),
        "method": _("Как дано"),
        "categories": _("Какие данные можно показывать всем"),
        "given_on": _("Дано"),
        "valid_to": _("Действует до"),
        "withdrawn_on": _("Отозвано"),
        "text_version": _("Редакция"),
        "text": _("Текст"),
        "scan_sha256": _("Скан, SHA-256"),
        "kind": _("Вид"),
        "requested_on": _("Подан"),
        "due_on": _("Ответить до"),
        "note": _("Пояснение"),
        "reason": _("Причина"),
        "answered_on": _("Ответ дан"),
        "number": _("Номер"),
        "issued_on": _("Дата"),
        "at": _("Когда"),
        "reader": _("Кто смотрел"),
        "screen": _("Где"),
        "what": _("Действие"),
        "object_kind": _("Вид предмета"),
        "object_id": _("Предмет"),
    }


def as_json(data: dict[str, Any]) -> Response:
    """A subject's export as a file to save."""
    response = jsonify(privacy.ExportOut().dump(data))
    response.headers["Content-Disposition"] = "attachment; filename=personal-data.json"
    return response
