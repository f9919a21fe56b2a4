"""Entries: the applicant's form and card, the secretary's registration and technical check."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.vocabulary import CheckOutcome, EntryState
from shared.person import Role
from shared.refusal import N_
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

#: What is looked at in the technical check (model 3.2, declared kinds of attachments; F-20).
REQUIREMENTS = (
    N_("Заявка по форме"),
    N_("Программа или отчёт"),
    N_("Календарный план"),
    N_("Решение коллегиального органа"),
    N_("Согласование учредителя"),
)


@bp.get("/entries")
@page_roles()
def own_entries() -> str:
    """Entries of the organisations for which one acts."""
    who = current_person()
    return render_template(
        "expertise/own_entries.html",
        title=_("Мои заявки"),
        entries=queries.own_entries(who),
        open_editions=queries.open_editions(who),
    )


@bp.route("/editions/<uuid:edition_id>/entries/new", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def new_entry(edition_id: UUID) -> ResponseReturnValue:
    """A new entry of one's own organisation."""
    who = current_person()
    edition = queries.edition(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        return url_for(".entry", entry_id=actions.draft_entry(who, edition_id=edition_id, **data))

    organisations = queries.acting_organisations(who)
    return form_page(
        "expertise/entry_form.html",
        schemas.EntryDraftIn(),
        submit,
        title=_("Новая заявка"),
        done=_("Черновик сохранён. Чтобы подать заявку, нажмите «Подать»"),
        initial={
            "applicant_id": organisations[0][0] if len(organisations) == 1 else None,
            "nomination_id": request.args.get("nomination_id"),
        },
        edition=edition,
        organisations=organisations,
        nominations=[(one.nomination_id, f"{one.code} — {one.title}") for one in edition.nominations],
        **_form_choices([key for key, _name in organisations]),
    )


@bp.route("/entries/<uuid:entry_id>/edit", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def edit_entry(entry_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    who = current_person()
    card = queries.entry(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        actions.edit_entry(who, entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/entry_form.html",
        schemas.EntryIn(),
        submit,
        title=_("Изменить черновик"),
        initial={
            "topic": card.topic,
            "summary": card.summary,
            "platform_id": card.platform_id,
            "co_applicant_ids": card.co_applicant_ids,
        },
        edition=queries.edition(who, card.edition_id),
        entry=card,
        **_form_choices([card.applicant_id]),
    )


def _form_choices(applicants: list[UUID]) -> dict[str, Any]:
    own = set(applicants)
    partners = [one for one in queries.organisation_choices(current_person()) if one[0] not in own]
    return {"platforms": queries.platform_choices(applicants), "partners": partners}


@bp.get("/entries/<uuid:entry_id>")
@page_roles()
def entry(entry_id: UUID) -> str:
    """An entry with its state, remarks and what can be done about it."""
    who = current_person()
    card = queries.entry(who, entry_id)
    return render_template(
        "expertise/entry.html",
        title=card.reg_no or (_("Черновик заявки") if card.state is EntryState.DRAFT else _("Заявка")),
        entry=card,
        edition=queries.edition(who, card.edition_id),
    )


@bp.post("/entries/<uuid:entry_id>/submit")
def submit_entry(entry_id: UUID) -> Response:
    """The button «Подать»."""
    return act_on(
        lambda: actions.submit_entry(current_person(), entry_id=entry_id),
        back=url_for(".entry", entry_id=entry_id),
        done=_("Заявка подана"),
    )


@bp.post("/entries/<uuid:entry_id>/register")
def register_entry(entry_id: UUID) -> Response:
    """The button «Зарегистрировать»."""
    return act_on(
        lambda: actions.register_entry(current_person(), entry_id=entry_id),
        back=url_for(".entry", entry_id=entry_id),
        done=_("Заявка зарегистрирована"),
    )


@bp.route("/entries/<uuid:entry_id>/withdraw", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def withdraw_entry(entry_id: UUID) -> ResponseReturnValue:
    """Withdraw an entry."""

    def submit(data: dict[str, str]) -> str:
        actions.withdraw_entry(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.ReasonIn(),
        submit,
        title=_("Отозвать заявку"),
        done=_("Заявка отозвана"),
        name="reason",
        question=_("Почему заявка отзывается"),
        button_label=_("Отозвать"),
        back=url_for(".entry", entry_id=entry_id),
    )


@bp.route("/entries/<uuid:entry_id>/check", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def check_entry(entry_id: UUID) -> ResponseReturnValue:
    """The technical check of an entry."""
    who = current_person()
    card = queries.entry(who, entry_id)

    def submit(data: dict[str, Any]) -> str:
        actions.check_entry(who, entry_id=entry_id, **data)
        return url_for(".desk", edition_id=card.edition_id)

    requirements = {f"items-{n}-requirement": _(text) for n, text in enumerate(REQUIREMENTS)}
    return form_page(
        "expertise/check_form.html",
        schemas.CheckIn(),
        submit,
        title=_("Техническая экспертиза"),
        done=_("Исход записан"),
        initial={**requirements, **{f"items-{n}-ok": True for n in range(len(REQUIREMENTS))}},
        entry=card,
        rows=range(len(REQUIREMENTS)),
        outcomes=choices(CheckOutcome),
    )


@bp.route("/entries/<uuid:entry_id>/fix", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def fix_entry(entry_id: UUID) -> ResponseReturnValue:
    """Report remarks as fixed."""

    def submit(data: dict[str, str]) -> str:
        actions.fix_entry(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.FixIn(),
        submit,
        title=_("Замечания исправлены"),
        done=_("Заявка допущена"),
        name="note",
        question=_("Что исправлено"),
        button_label=_("Отправить"),
        back=url_for(".entry", entry_id=entry_id),
    )


@bp.route("/entries/<uuid:entry_id>/return", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def return_entry(entry_id: UUID) -> ResponseReturnValue:
    """Return an entry for revision."""

    def submit(data: dict[str, str]) -> str:
        actions.return_for_revision(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.RemarksIn(),
        submit,
        title=_("Вернуть на доработку"),
        done=_("Заявка возвращена на доработку"),
        name="remarks",
        question=_("Что нужно доработать"),
        button_label=_("Вернуть"),
        back=url_for(".entry", entry_id=entry_id),
    )


@bp.route("/entries/<uuid:entry_id>/resubmit", methods=["GET", "POST"])
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def resubmit_entry(entry_id: UUID) -> ResponseReturnValue:
    """Answer a return with a revised topic."""
    card = queries.entry(current_person(), entry_id)

    def submit(data: dict[str, str]) -> str:
        actions.resubmit_entry(current_person(), entry_id=entry_id, **data)
        return url_for(".entry", entry_id=entry_id)

    return form_page(
        "expertise/ask.html",
        schemas.TopicIn(),
        submit,
        title=_("Доработанная заявка"),
        done=_("Заявка снова на экспертизе"),
        initial={"topic": card.topic},
        name="topic",
        question=_("Тема после доработки"),
        button_label=_("Отправить"),
        back=url_for(".entry", entry_id=entry_id),
    )
