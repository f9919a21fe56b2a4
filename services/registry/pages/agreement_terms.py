"""The days of an agreement by forms: prolonged, terminated, put right; its acts, papers and reminders."""

from uuid import UUID

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.agreements import step
from services.registry.pages.door import bp, choices
from services.registry.rules.kinds import AgreementDay
from shared.person import Role
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.forms import act_on
from shared.web.person import current_person, page_roles


@bp.route("/agreements/<uuid:agreement_id>/prolong", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def prolong_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Make the term longer by a supplementary agreement."""
    return step(
        agreement_id,
        "prolong",
        schemas.ProlongationIn(),
        actions.prolong_agreement,
        title=_("Продление договора"),
        done=_("Договор продлён"),
        acts=queries.act_choices(),
    )


@bp.route("/agreements/<uuid:agreement_id>/terminate", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def terminate_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """End an agreement before its term."""
    return step(
        agreement_id,
        "terminate",
        schemas.TerminationIn(),
        actions.terminate_agreement,
        title=_("Расторжение договора"),
        done=_("Договор расторгнут"),
        acts=queries.act_choices(),
    )


@bp.route("/agreements/<uuid:agreement_id>/correct", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def correct_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Put right a wrong day of entry into force or of termination."""
    return step(
        agreement_id,
        "correct",
        schemas.AgreementCorrectionIn(),
        actions.correct_agreement,
        title=_("Исправление даты договора"),
        done=_("Дата исправлена"),
        days=choices(AgreementDay),
        acts=queries.act_choices(),
    )


@bp.route("/agreements/<uuid:agreement_id>/acts/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def refer_to_act(agreement_id: UUID) -> ResponseReturnValue:
    """Name an act that the agreement refers to."""
    return step(
        agreement_id,
        "act",
        schemas.AgreementActIn(),
        actions.refer_to_act,
        title=_("Акт, на который ссылается договор"),
        done=_("Акт указан"),
        acts=queries.act_choices(),
    )


@bp.get("/agreements/<uuid:agreement_id>/print.<any(docx, pdf):form>")
@page_roles()
def print_agreement(agreement_id: UUID, form: str) -> Response:
    """The working print-out of an agreement (D-13)."""
    file = queries.print_agreement(current_person(), agreement_id, PaperFormat(form))
    return attachment(file.content, file.name, file.media_type)


@bp.post("/agreements/<uuid:agreement_id>/paper")
@page_roles(Role.OPERATOR)
def issue_agreement(agreement_id: UUID) -> ResponseReturnValue:
    """Issue the agreement as a paper with a number and a checking code."""
    return act_on(
        lambda: actions.issue_agreement(current_person(), agreement_id=agreement_id),
        back=url_for(".agreement", agreement_id=agreement_id),
        done=_("Документ выпущен"),
    )


@bp.post("/reminders/<uuid:reminder_id>/read")
@page_roles()
def read_reminder(reminder_id: UUID) -> ResponseReturnValue:
    """A party has read a reminder."""
    return act_on(
        lambda: actions.read_reminder(current_person(), reminder_id=reminder_id),
        back=url_for(".cabinet"),
        done=_("Напоминание прочитано"),
    )
