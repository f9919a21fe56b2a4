"""Agreements: the register and the card of any day, by scope (model 3.5, F7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of, end_of, holds, timeline
from services.registry.queries.centres import load_of_centre
from services.registry.queries.papers import papers_of
from services.registry.queries.search import contains
from services.registry.rules.acts import number_key
from services.registry.rules.agreements import reminder
from services.registry.rules.facts import FOREVER
from services.registry.rules.kinds import AgreementState, FactKind
from services.registry.rules.papers import PaperKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged

#: The one step that moves an agreement forward, for the operator.
STEPS = {AgreementState.DRAFT: "send", AgreementState.SIGNED: "put_in_force"}


@dataclass(frozen=True)
class AgreementRow:
    """An agreement, its state and the end of its term on the day asked."""

    agreement: model.Agreement
    state: AgreementState
    valid_to: date


def agreements(
    who: Person,
    *,
    text: str | None = None,
    state: AgreementState | None = None,
    on: date | None = None,
    known: date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[AgreementRow]:
    """Agreements this person may read as they were on a day, as known on a day. The public has counts only."""
    organisations, municipalities = access.agreement_scope(who)
    everything = access.reads_all_agreements(who)
    access.require(everything or bool(organisations) or bool(municipalities))
    at, table, said = as_of(on, known), model.Agreement, sa.orm.aliased(model.Fact)
    query = (
        sa.select(table, said.key)
        .join(said, sa.and_(said.subject_id == table.id, holds(said, FactKind.AGREEMENT, at)))
        .options(
            joinedload(table.tms).lazyload(model.Organisation.role_rows),
            lazyload(table.parties),
            selectinload(table.changes),
        )
        .order_by(table.date.desc(), table.id)
    )
    if not everything:
        own = sa.select(model.AgreementParty.agreement_id).where(
            model.AgreementParty.organisation_id.in_(organisations)
        )
        query = query.where(sa.or_(table.id.in_(own), table.municipality_oktmo.in_(municipalities)))
    if text:
        spelled = contains(model.Organisation.search_key, text) or [sa.false()]
        named = sa.select(model.Organisation.id).where(*spelled)
        query = query.where(
            sa.or_(
                table.number_key.contains(number_key(text[:64]), autoescape=True),
                table.tms_id.in_(named),
            )
        )
    if state:
        query = query.where(said.key == str(state))
    found = paged(query, page, size, scalars=False)
    moment = end_of(known) if known else None
    rows = [
        AgreementRow(row, AgreementState(then), row.valid_to_on(at.on, moment)) for row, then in found.items
    ]
    return Page(rows, found.total, found.page, found.pages)


@dataclass(frozen=True)
class StateRow:
    """A state of an agreement and the fact that says so."""

    state: AgreementState
    fact: model.Fact


@dataclass(frozen=True)
class AgreementCard:
    """An agreement on the day asked, and the one next step that moves it forward today."""

    agreement: model.Agreement
    on: date
    #: The state on the day, as known then; none where nothing was known of it yet.
    state: AgreementState | None
    valid_to: date
    in_force_from: date | None
    ended_on: date | None
    end_reason: str | None
    #: Its states one after another, as known then.
    history: list[StateRow]
    municipality: str | None
    #: send, sign, put_in_force or nothing; nothing for a past day.
    next_step: str | None
    #: Parties whose signature this person may record now.
    may_sign: list[model.AgreementParty]
    may_operate: bool
    #: Whether the card shows today, with what may be done.
    is_today: bool
    reminder: int | None
    reminders: Sequence[model.Reminder]
    papers: list[model.Paper]
    #: Agreements of the resource centre in force, and its capacity (BR-17).
    taken: int
    capacity: int | None


def agreement(
    who: Person, agreement_id: UUID, on: date | None = None, known: date | None = None
) -> AgreementCard:
    """The card of an agreement on a day, as known on a day; for a stranger it does not exist (F7)."""
    row, at = readable_agreement(who, agreement_id), as_of(on, known)
    is_today = on is None and known is None
    history = timeline(row.id, FactKind.AGREEMENT, known)
    now = next((one for one in history if one.statement.holds(at.on)), None)
    state = AgreementState(now.key) if now else None
    begun = next((one for one in history if one.key == AgreementState.IN_FORCE), None)
    last = history[-1] if history and history[-1].valid_to == FOREVER else None
    ended = last if last and last.key in (AgreementState.EXPIRED, AgreementState.TERMINATED) else None
    over = ended if ended and ended.valid_from <= at.on else None
    operates = access.may_operate(who)
    signing = is_today and row.state is AgreementState.ON_SIGNING
    unsigned = [party for party in row.parties if party.signed_on is None]
    may_sign = [p for p in unsigned if signing and access.may_sign(who, p.organisation_id)]
    step = STEPS.get(row.state) if is_today else None
    taken, capacity = load_of_centre(row.operator_id, at.on, known) if operates else (0, None)
    named = read().scalar(
        sa.select(model.Municipality).where(model.Municipality.oktmo == row.municipality_oktmo)
    )
    valid_to = row.valid_to_on(at.on, end_of(known) if known else None)
    return AgreementCard(
        agreement=row,
        on=at.on,
        state=state,
        valid_to=valid_to,
        in_force_from=begun.valid_from if begun and begun.valid_from <= at.on else None,
        ended_on=over.valid_from if over else None,
        end_reason=now.note if now and now.key in ("TERMINATED", "REFUSED") else None,
        history=[StateRow(AgreementState(one.key), one) for one in history],
        municipality=named.named_on(row.date).short_name if named else None,
        next_step="sign" if may_sign else step if operates else None,
        may_sign=may_sign,
        may_operate=operates,
        is_today=is_today,
        reminder=reminder(valid_to, at.on) if state is AgreementState.IN_FORCE else None,
        reminders=_reminders(row.id),
        papers=papers_of(who, row.id, PaperKind.D13_AGREEMENT),
        taken=taken,
        capacity=capacity,
    )


def scan(who: Person, agreement_id: UUID) -> model.AgreementScan:
    """The scan of an agreement, for those who may read the agreement."""
    kept = readable_agreement(who, agreement_id).scan
    if kept is None:
        raise NotFound(N_("скан договора"))
    return kept


def readable_agreement(who: Person, agreement_id: UUID) -> model.Agreement:
    """An agreement that this person may read; for a stranger it does not exist (model 3.5)."""
    parties = selectinload(model.Agreement.parties).joinedload(model.AgreementParty.organisation)
    row = read().get(model.Agreement, agreement_id, options=[parties])
    if row is None or not access.may_read_agreement(
        who, [party.organisation_id for party in row.parties], row.municipality_oktmo
    ):
        raise NotFound(N_("договор"))
    return row


def _reminders(agreement_id: UUID) -> Sequence[model.Reminder]:
    table = model.Reminder
    return (
        read()
        .scalars(sa.select(table).where(table.agreement_id == agreement_id).order_by(table.due_on))
        .all()
    )


@dataclass(frozen=True)
class ReminderRow:
    """A reminder that a party has not read yet."""

    reminder: model.Reminder
    days_left: int


def unread_reminders(who: Person) -> list[ReminderRow]:
    """Reminders of the parties that the person speaks for, the nearest of each agreement (BR-15)."""
    today, table, row = clock.today(), model.Reminder, model.Agreement
    own = who.organisations(*access.REMINDED)
    party = sa.select(model.AgreementParty.organisation_id).where(
        model.AgreementParty.agreement_id == row.id, model.AgreementParty.organisation_id.in_(own)
    )
    speaks = sa.or_(party.exists(), sa.true() if access.may_operate(who) else sa.false())
    found = read().scalars(
        sa.select(table)
        .join(row, row.id == table.agreement_id)
        .options(joinedload(table.agreement).joinedload(row.tms).lazyload(model.Organisation.role_rows))
        .where(row.state == AgreementState.IN_FORCE, row.valid_to >= today, speaks)
        .order_by(row.valid_to, table.agreement_id, table.threshold)
    )
    nearest: dict[UUID, model.Reminder] = {}
    for one in found:
        # An older term's reminder says nothing of the present end.
        if (one.agreement.valid_to - one.due_on).days == one.threshold:
            nearest.setdefault(one.agreement_id, one)
    return [
        ReminderRow(one, (one.agreement.valid_to - today).days)
        for one in nearest.values()
        if _speaks_for(who, one.agreement) - {reading.organisation_id for reading in one.readings}
    ]


def _speaks_for(who: Person, row: model.Agreement) -> set[UUID]:
    return access.parties_spoken_for(who, row.operator_id, [party.organisation_id for party in row.parties])
