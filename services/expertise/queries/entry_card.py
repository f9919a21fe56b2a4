"""One entry as the person who asks may see it (BR-44, BR-61)."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from services.expertise import access
from services.expertise.model import (
    Assignment,
    Decision,
    Entry,
    ExpertProfile,
    Nomination,
    ScoreSheet,
)
from services.expertise.queries import names
from services.expertise.queries.sheets import sheet_view
from services.expertise.queries.views import (
    CheckView,
    EntryCard,
    ResultView,
    RevisionView,
    SheetView,
)
from services.expertise.rules.states import MAY_READ
from services.expertise.rules.vocabulary import EntryState, SheetState
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def entry(who: Person, entry_id: UUID) -> EntryCard:
    """An entry as this person may see it: its sheets by BR-44, its result after publication (BR-61)."""
    session = read()
    row = session.scalar(
        sa.select(Entry)
        .where(Entry.id == entry_id)
        .options(
            joinedload(Entry.edition),
            joinedload(Entry.nomination).joinedload(Nomination.rubric),
            selectinload(Entry.checks),
            selectinload(Entry.revisions),
        )
    )
    if row is None:
        raise NotFound(N_("заявка"))
    readers = session.scalars(
        sa.select(ExpertProfile.person_id)
        .join(Assignment, Assignment.expert_id == ExpertProfile.id)
        .where(Assignment.entry_id == entry_id, Assignment.state.in_(MAY_READ))
    ).all()
    published = row.edition.published_at is not None
    if not access.may_see_entry(who, row.parties, row.municipality_oktmo, published, readers):
        raise NotAllowed(N_("Эта заявка вам не видна"))
    if row.state is EntryState.DRAFT and not access.may_file_for(who, row.applicant_id):
        raise NotFound(N_("заявка"))
    organisations = names.organisations_called(session, row.parties)
    contact = names.person_names(session, filter(None, [row.contact_person_id]))
    is_own = row.applicant_id in who.organisations(*access.APPLICANTS)
    staff = who.has(*access.ALL_ENTRIES)
    return EntryCard(
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
        contact_name=contact.get(row.contact_person_id) if row.contact_person_id else None,
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
            )
            for one in row.revisions
        ],
        rubric=row.nomination.rubric.rules,
        sheets=_sheets(who, row, own_published=is_own and published),
        result=_result(row) if staff or published else None,
        is_own=is_own,
        is_secretary=access.is_secretary(who),
    )


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
        sa.select(Decision).where(Decision.entry_id == row.id).options(joinedload(Decision.protocol))
    )
    return decision and ResultView(
        outcome=decision.outcome,
        title=decision.title,
        final_score=decision.final_score,
        rank=decision.rank,
        protocol_number=decision.protocol.number,
        protocol_date=decision.protocol.date,
    )
