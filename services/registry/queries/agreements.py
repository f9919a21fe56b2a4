"""Agreements: the register and the card, by scope (model 3.5)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload, selectinload

from services.registry import access, model
from services.registry.queries.asof import as_of
from services.registry.queries.counts import in_force
from services.registry.queries.network import load_of_centre
from services.registry.queries.search import contains
from services.registry.rules.acts import number_key
from services.registry.rules.agreements import reminder
from services.registry.rules.kinds import AgreementState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


def agreements(
    who: Person,
    *,
    text: str | None = None,
    state: AgreementState | None = None,
    on: date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[model.Agreement]:
    """Agreements this person may read; with ``on`` those in force on a day. The public has counts only."""
    organisations, municipalities = access.agreement_scope(who)
    everything = access.reads_all_agreements(who)
    access.require(everything or bool(organisations) or bool(municipalities))
    table = model.Agreement
    query = sa.select(table).options(
        joinedload(table.tms).lazyload(model.Organisation.role_rows), lazyload(table.parties)
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
        query = query.where(_state_on(clock.today()) == str(state))
    if on:
        query = query.where(table.id.in_(in_force(as_of(on))))
    return paged(query.order_by(table.date.desc(), table.id), page, size)


@dataclass(frozen=True)
class AgreementCard:
    """An agreement and the one next step that moves it forward."""

    agreement: model.Agreement
    #: The state as it is today.
    state: AgreementState
    municipality: str | None
    #: send, sign, put_in_force or nothing.
    next_step: str | None
    #: Parties whose signature this person may record now.
    may_sign: list[model.AgreementParty]
    may_operate: bool
    reminder: int | None
    #: Agreements of the resource centre in force, and its capacity (BR-17).
    taken: int
    capacity: int | None


def agreement(who: Person, agreement_id: UUID) -> AgreementCard:
    """The card of an agreement; for a stranger it does not exist."""
    row = _readable(who, agreement_id)
    today = clock.today()
    operates = access.may_operate(who)
    unsigned = [party for party in row.parties if party.signed_on is None]
    signing = row.state is AgreementState.ON_SIGNING
    may_sign = [p for p in unsigned if signing and access.may_sign(who, p.organisation_id)]
    step = {AgreementState.DRAFT: "send", AgreementState.SIGNED: "put_in_force"}.get(row.state)
    taken, capacity = load_of_centre(row.operator_id, today) if operates else (0, None)
    named = read().scalar(
        sa.select(model.Municipality).where(model.Municipality.oktmo == row.municipality_oktmo)
    )
    return AgreementCard(
        agreement=row,
        state=row.state_on(today),
        municipality=named.named_on(row.date).short_name if named else None,
        next_step="sign" if may_sign else step if operates else None,
        may_sign=may_sign,
        may_operate=operates,
        reminder=reminder(row.valid_to, today) if row.state_on(today) is AgreementState.IN_FORCE else None,
        taken=taken,
        capacity=capacity,
    )


def scan(who: Person, agreement_id: UUID) -> model.AgreementScan:
    """The scan of an agreement, for those who may read the agreement."""
    kept = _readable(who, agreement_id).scan
    if kept is None:
        raise NotFound(N_("скан договора"))
    return kept


def _state_on(today: date) -> sa.ColumnElement[str]:
    """The state as it is today in SQL, the same as rules.agreements.state_on."""
    over = sa.and_(model.Agreement.state == AgreementState.IN_FORCE, model.Agreement.valid_to < today)
    return sa.case((over, AgreementState.EXPIRED.value), else_=sa.cast(model.Agreement.state, sa.String()))


def _readable(who: Person, agreement_id: UUID) -> model.Agreement:
    parties = selectinload(model.Agreement.parties).joinedload(model.AgreementParty.organisation)
    row = read().get(model.Agreement, agreement_id, options=[parties])
    if row is None or not access.may_read_agreement(
        who, [party.organisation_id for party in row.parties], row.municipality_oktmo
    ):
        raise NotFound(N_("договор"))
    return row
