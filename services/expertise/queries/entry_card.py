"""One entry as the person who asks may see it (BR-44, BR-61)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.expertise import access
from services.expertise.model import Assignment, Decision, Entry, ScoreSheet
from services.expertise.queries import blind, names
from services.expertise.queries.entry_access import readable_entry
from services.expertise.queries.files import files_of
from services.expertise.queries.sheets import sheet_view
from services.expertise.queries.views import (
    AuthorView,
    CheckView,
    EntryCard,
    FileView,
    ResultView,
    RevisionView,
    SectionChange,
    SectionView,
    SheetView,
)
from services.expertise.rules.files import OPEN
from services.expertise.rules.templates import Section, table_rows, text_of
from services.expertise.rules.vocabulary import AttachmentKind, SectionKind, SheetState
from shared.person import Person
from shared.unit import read


def entry(who: Person, entry_id: UUID) -> EntryCard:
    """An entry as this person may see it: its sheets by BR-44, its result after publication (BR-61)."""
    row = readable_entry(who, entry_id)
    session = read()
    published = row.edition.published_at is not None
    organisations = names.organisations_called(session, row.parties)
    people = names.person_names(
        session, filter(None, [row.contact_person_id, *(one.person_id for one in row.authors)])
    )
    files = files_of(row.id, since=_last_change(row))
    template = row.nomination.template
    is_own = row.applicant_id in who.organisations(*access.APPLICANTS)
    staff = who.has(*access.ALL_ENTRIES)
    card = EntryCard(
        entry_id=row.id,
        edition_id=row.edition_id,
        edition_title=row.edition.title,
        reg_no=row.reg_no,
        topic=row.topic,
        nomination_id=row.nomination_id,
        nomination_code=row.nomination.code,
        kind=row.kind,
        applicant_id=row.applicant_id,
        applicant_name=organisations(row.applicant_id, row.submitted_at),
        municipality_oktmo=row.municipality_oktmo,
        state=row.state if staff else row.public_state,
        submitted_at=row.submitted_at,
        summary=row.summary,
        platform_id=row.platform_id,
        co_applicant_ids=[co.organisation_id for co in row.co_applicants],
        co_applicants=[organisations(co.organisation_id, row.submitted_at) for co in row.co_applicants],
        contact_person_id=row.contact_person_id,
        contact_name=people.get(row.contact_person_id) if row.contact_person_id else None,
        authors=[
            AuthorView(
                person_id=one.person_id,
                name=people.get(one.person_id, names.UNKNOWN) if one.person_id else one.name or "",
                role=one.role,
            )
            for one in row.authors
        ],
        template_title=template.title if template else None,
        sections=sections_of(row),
        files=files,
        missing_files=_missing(row, files),
        checks=[
            CheckView(
                outcome=check.outcome,
                items=check.items,
                at=check.at,
                fix_until=check.fix_until,
                fixed_at=check.fixed_at,
                fix_note=check.fix_note,
            )
            for check in row.checks
        ],
        revisions=[
            RevisionView(
                remarks=one.remarks,
                returned_at=one.returned_at,
                old_topic=one.old_topic,
                new_topic=one.new_topic,
                resubmitted_at=one.resubmitted_at,
                answer=one.answer,
                changed=_changes(row, number),
            )
            for number, one in enumerate(row.revisions)
        ],
        rubric=row.nomination.rubric.rules,
        sheets=_sheets(who, row, own_published=is_own and published),
        result=_result(row) if staff or published else None,
        is_own=is_own,
        is_secretary=access.is_secretary(who),
        is_open=row.state in OPEN and access.may_file_for(who, row.applicant_id),
    )
    return blind.card_of(card, blind.veil(session, row)) if blind.is_hidden_from(who, row) else card


def sections_of(row: Entry) -> list[SectionView]:
    """The sections of the entry's form with what is written in them; changed by the last revision are marked."""
    if row.nomination.template is None:
        return []
    answered = [one for one in row.revisions if one.resubmitted_at]
    changed = set(answered[-1].changed or ()) if answered else set()
    return [section_view(one, row.answers or {}, one.code in changed) for one in row.nomination.template.rules.sections]


def section_view(section: Section, answers: Mapping[str, Any], is_new: bool = False) -> SectionView:
    """A section with its text."""
    told = answers.get(section.code) or {}
    text = str(told.get("text") or "")
    return SectionView(
        code=section.code,
        title=section.title,
        part=section.part,
        kind=section.kind,
        required=section.required,
        max_length=section.max_length,
        help=section.help,
        columns=section.columns,
        text=text,
        rows=table_rows(text) if section.kind is SectionKind.TABLE else [],
        edited=bool(told.get("edited", True)),
        data_on=date.fromisoformat(told["data_on"]) if told.get("data_on") else None,
        is_new=is_new,
    )


def _last_change(row: Entry) -> datetime | None:
    """Since when files are new to whoever reads them: the last return, or the technical check."""
    if row.revisions:
        return row.revisions[-1].returned_at
    return row.checks[-1].at if row.checks else None


def _missing(row: Entry, files: Sequence[FileView]) -> list[AttachmentKind]:
    template = row.nomination.template
    there = {one.kind for one in files}
    return [kind for kind in template.rules.required_files if kind not in there] if template else []


def _changes(row: Entry, number: int) -> list[SectionChange]:
    """What a revision changed, section by section (F-05)."""
    one = row.revisions[number]
    later = row.revisions[number + 1].old_answers if number + 1 < len(row.revisions) else row.answers
    return [
        SectionChange(code, text_of(one.old_answers or {}, code), text_of(later or {}, code))
        for code in one.changed or ()
    ]


def _sheets(who: Person, row: Entry, *, own_published: bool) -> list[SheetView]:
    session = read()
    visible = [
        stage.id
        for stage in row.edition.expert_stages
        if own_published or access.may_see_sheets(who, row.edition.state, stage.kind)
    ]
    if not visible:
        return []
    sheets = session.scalars(
        sa.select(ScoreSheet)
        .where(
            ScoreSheet.entry_id == row.id,
            ScoreSheet.stage_id.in_(visible),
            ScoreSheet.state.in_(
                (SheetState.SIGNED, SheetState.CANCELLED)
                if access.is_secretary(who)
                else (SheetState.SIGNED,)
            ),
            ScoreSheet.signed_at.is_not(None),
        )
        .options(joinedload(ScoreSheet.assignment).joinedload(Assignment.stage))
        .order_by(ScoreSheet.signed_at)
    ).all()
    codes = names.expert_codes(session, row.edition_id)
    people = (
        names.expert_names(session, {sheet.expert_id for sheet in sheets}) if access.is_secretary(who) else {}
    )
    return [sheet_view(sheet, codes[sheet.expert_id], people.get(sheet.expert_id)) for sheet in sheets]


def _result(row: Entry) -> ResultView | None:
    decision = read().scalar(
        sa.select(Decision)
        .where(Decision.entry_id == row.id, Decision.in_force)
        .options(joinedload(Decision.protocol))
    )
    return decision and ResultView(
        outcome=decision.outcome,
        title=row.title,
        final_score=row.final_score,
        rank=row.rank,
        protocol_number=decision.protocol.number,
        protocol_date=decision.protocol.date,
    )
