"""Entries: the applicant's list, form and card; registration, withdrawal, print-outs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views import AuthorView, EditionCard
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import AttachmentKind, AuthorRole, EntryState
from shared import clock
from shared.person import Person, Role
from shared.requisites import PaperFormat
from shared.web.export import attachment
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

SPARE_AUTHORS = 3
#: Whoever files for so many organisations is not offered all their people.
MANY = 10

@bp.get("/entries")
@page_roles()
def own_entries() -> str:
    """Entries of the organisations for which one acts."""
    who = current_person()
    return render_template(
        "expertise/own_entries.html",
        title=_("Мои заявки"),
        now=clock.now(),
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
        nominations=_nominations(who, edition),
        author_rows=range(SPARE_AUTHORS),
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
            "contact_person_id": card.contact_person_id,
            **_author_rows(card.authors),
        },
        author_rows=range(len(card.authors) + SPARE_AUTHORS),
        edition=queries.edition(who, card.edition_id),
        entry=card,
        **_form_choices([card.applicant_id]),
    )


def _form_choices(applicants: list[UUID]) -> dict[str, Any]:
    who, own = current_person(), set(applicants)
    return {
        "platforms": queries.platform_choices(applicants),
        "partners": [one for one in queries.organisation_choices(who) if one[0] not in own],
        # The secretary, who files on paper for anybody, names authors by name.
        "people": queries.author_choices(who, applicants) if len(applicants) < MANY else [],
        "author_roles": choices(AuthorRole),
    }


def _nominations(who: Person, edition: EditionCard) -> list[tuple[UUID, str]]:
    """Nominations with how many entries more one may file (BR-37)."""
    left = queries.room_left(who, edition.edition_id)
    return [
        (
            one.nomination_id,
            f"{one.code} — {one.title}"
            + (
                " (" + _("можно подать ещё: %(number)s", number=left[one.nomination_id]) + ")"
                if one.nomination_id in left
                else ""
            ),
        )
        for one in edition.nominations
    ]


def _author_rows(authors: Sequence[AuthorView]) -> dict[str, Any]:
    """The inputs of the authors that are already named."""
    rows: dict[str, Any] = {}
    for number, one in enumerate(authors):
        rows[f"authors-{number}-person_id"] = one.person_id
        rows[f"authors-{number}-name"] = None if one.person_id else one.name
        rows[f"authors-{number}-role"] = one.role
    return rows


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
        papers=queries.papers_of(who, entry_id, PaperKind.D04_TECHNICAL_ACT, PaperKind.D18_APPLICATION),
        appeal=queries.appeal_of_entry(who, entry_id),
        chance=queries.appeal_chance(who, entry_id),
        kinds=choices(AttachmentKind),
        now=clock.now(),
    )


@bp.get("/entries/<uuid:entry_id>/print.<any(docx, pdf):form>")
@page_roles()
def print_entry(entry_id: UUID, form: str) -> Response:
    """The working print-out of an entry (D-18)."""
    file = queries.application_file(current_person(), entry_id, PaperFormat(form))
    return attachment(file.content, file.name, file.media_type)


@bp.post("/entries/<uuid:entry_id>/paper")
@page_roles(*access.APPLICANTS, Role.SECRETARY)
def issue_application(entry_id: UUID) -> Response:
    """The button «Выдать документ»: the entry with a number and a code (D-18)."""
    return act_on(
        lambda: actions.issue_application(current_person(), entry_id=entry_id),
        back=url_for(".entry", entry_id=entry_id),
        done=_("Документ выдан"),
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


@bp.post("/editions/<uuid:edition_id>/register-submitted")
@page_roles(Role.SECRETARY)
def register_submitted(edition_id: UUID) -> Response:
    """The button «Зарегистрировать все поданные»."""
    return act_on(
        lambda: actions.register_submitted(current_person(), edition_id=edition_id),
        back=url_for(".technical_queue", edition_id=edition_id),
        done=_("Все поданные заявки зарегистрированы в порядке подачи"),
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
