"""Support cases: the list with I-22, the thread, its files."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, page_number, wanted
from services.registry.rules.kinds import OrgRole
from services.registry.rules.project_kinds import CaseState
from services.registry.schemas.cases import CaseFilter
from shared import clock
from shared.person import Role
from shared.web.export import attachment
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

_PARTIES = (Role.OPERATOR, Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION)


@bp.get("/cases")
@page_roles(*_PARTIES)
def cases() -> str:
    """Cases of this person; for the operator also I-22 of a period, this year unless another is asked."""
    asked, who = wanted(CaseFilter), current_person()
    first, last = asked.pop("first"), asked.pop("last")
    today = clock.today()
    first, last = first or date(today.year, 1, 1), last or today
    return render_template(
        "registry/cases.html",
        page=queries.cases(who, **asked, page=page_number()),
        asked=asked,
        first=first,
        last=last,
        numbers=queries.case_numbers(who, first, last) if access.may_operate(who) else None,
        states=choices(CaseState),
        municipalities=queries.municipality_names(),
    )


@bp.route("/cases/new", methods=["GET", "POST"])
@page_roles(*_PARTIES)
def new_case() -> ResponseReturnValue:
    """Open a case."""
    who = current_person()
    names = queries.municipality_names()
    if access.may_operate(who):
        organisations, municipalities = queries.organisation_choices(OrgRole.TMS), names
    else:
        own, scope = access.case_scope(who)
        found = queries.organisation_names(own)
        organisations = [(str(key), name) for key, name in found.items()]
        municipalities = {key: name for key, name in names.items() if key in scope}
    return form_page(
        "registry/case_form.html",
        schemas.CaseFormIn(),
        lambda data: _card(actions.open_case(current_person(), **_with_file(data))),
        title=_("Новое обращение"),
        done=_("Обращение отправлено"),
        organisations=organisations,
        municipalities=municipalities,
        must_choose=len(organisations) + len(municipalities) > 1,
    )


@bp.route("/cases/<uuid:case_id>", methods=["GET", "POST"])
@page_roles(*_PARTIES)
def case(case_id: UUID) -> ResponseReturnValue:
    """The thread, and the form of the next message; what is shown counts as read."""
    who = current_person()
    if queries.case(who, case_id).unread:
        actions.read_case(who, case_id=case_id)
    card = queries.case(who, case_id)

    def submit(data: dict[str, Any]) -> str:
        actions.post_message(who, case_id=case_id, **_with_file(data))
        return _card(case_id)

    return form_page(
        "registry/case.html",
        schemas.MessageFormIn(),
        submit,
        title=card.case.topic,
        done=_("Сообщение отправлено"),
        card=card,
        municipalities=queries.municipality_names(),
    )


@bp.get("/cases/files/<uuid:file_id>")
@page_roles(*_PARTIES)
def case_file(file_id: UUID) -> Response:
    """Download a file of a thread; the browser saves it and does not show it."""
    kept = queries.case_file(current_person(), file_id)
    return attachment(kept.content, kept.filename, kept.media_type)


@bp.route("/cases/<uuid:case_id>/close", methods=["GET", "POST"])
@page_roles(*_PARTIES)
def close_case(case_id: UUID) -> ResponseReturnValue:
    """Close a case with its result."""

    def submit(data: dict[str, Any]) -> str:
        actions.close_case(current_person(), case_id=case_id, **data)
        return _card(case_id)

    return form_page(
        "registry/case_close.html",
        schemas.ResultIn(),
        submit,
        title=_("Закрыть обращение"),
        done=_("Обращение закрыто"),
        card=queries.case(current_person(), case_id),
    )


@bp.route("/cases/<uuid:case_id>/reopen", methods=["GET", "POST"])
@page_roles(*_PARTIES)
def reopen_case(case_id: UUID) -> ResponseReturnValue:
    """Open a closed case again."""

    def submit(data: dict[str, Any]) -> str:
        actions.reopen_case(current_person(), case_id=case_id, **data)
        return _card(case_id)

    return form_page(
        "registry/case_reopen.html",
        schemas.MessageIn(),
        submit,
        title=_("Открыть обращение снова"),
        done=_("Обращение открыто снова"),
        card=queries.case(current_person(), case_id),
    )


@bp.route("/cases/<uuid:case_id>/assign", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def assign_case(case_id: UUID) -> ResponseReturnValue:
    """Name who answers for a case."""
    card = queries.case(current_person(), case_id)

    def submit(data: dict[str, Any]) -> str:
        actions.assign_case(current_person(), case_id=case_id, **data)
        return _card(case_id)

    return form_page(
        "registry/case_assign.html",
        schemas.ResponsibleIn(),
        submit,
        title=_("Кто отвечает за обращение"),
        done=_("Ответственный назначен"),
        initial={"person_id": card.case.responsible_id},
        card=card,
        people=queries.operator_people(),
    )


def _with_file(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a form with its file, if one was sent, as the action takes it."""
    sent = data.pop("file", None)
    return {**data, "filename": sent.filename, "content": sent.content} if sent else data


def _card(case_id: UUID) -> str:
    return url_for(".case", case_id=case_id)
