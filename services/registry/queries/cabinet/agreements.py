"""Agreements in a cabinet: what the operator must do with them, and where the own one stands (BR-15, BR-16)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, lazyload

from services.registry import model
from services.registry.queries.centres import load_of_centre
from services.registry.queries.network import network_operator_id
from services.registry.rules.agreements import REMINDERS
from services.registry.rules.cabinets import Shortlist, first
from services.registry.rules.kinds import AgreementState
from shared.unit import read


@dataclass(frozen=True)
class AgreementsToDo:
    """The operator's agreements by what they need, and the load of the resource centre."""

    to_send: Shortlist[model.Agreement]
    on_signing: Shortlist[model.Agreement]
    to_put_in_force: Shortlist[model.Agreement]
    ending: Shortlist[model.Agreement]
    #: Their term is over; the operator closes them.
    over: Shortlist[model.Agreement]
    taken: int
    capacity: int | None

    @property
    def is_empty(self) -> bool:
        """Whether no agreement needs anything."""
        return not (self.to_send or self.on_signing or self.to_put_in_force or self.ending or self.over)


@dataclass(frozen=True)
class OwnAgreement:
    """The agreement of a ТМС, and what is still missing when it is not in force."""

    agreement: model.Agreement | None
    #: send, sign_own, sign_other, put_in_force, renew, draft or nothing.
    missing: str | None
    days_left: int | None


def agreements_to_do(today: date) -> AgreementsToDo:
    """Agreements that need sending, signing, entering into force, renewal or closing (BR-15, BR-16)."""
    table = model.Agreement
    rows = (
        read()
        .scalars(
            sa.select(table)
            .options(joinedload(table.tms).lazyload(model.Organisation.role_rows), lazyload(table.parties))
            .where(
                sa.or_(
                    table.state.in_([AgreementState.DRAFT, AgreementState.ON_SIGNING, AgreementState.SIGNED]),
                    sa.and_(
                        table.state == AgreementState.IN_FORCE,
                        table.valid_to <= today + timedelta(days=max(REMINDERS)),
                    ),
                )
            )
            .order_by(table.valid_to, table.id)
        )
        .all()
    )

    def standing(state: AgreementState) -> Shortlist[model.Agreement]:
        return first(row for row in rows if row.state_on(today) is state)

    operator = network_operator_id()
    taken, capacity = load_of_centre(operator, today) if operator else (0, None)
    return AgreementsToDo(
        to_send=standing(AgreementState.DRAFT),
        on_signing=standing(AgreementState.ON_SIGNING),
        to_put_in_force=standing(AgreementState.SIGNED),
        ending=standing(AgreementState.IN_FORCE),
        over=standing(AgreementState.EXPIRED),
        taken=taken,
        capacity=capacity,
    )


def own_agreements(organisations: Collection[UUID], today: date) -> list[OwnAgreement]:
    """The newest agreement of every own ТМС and what it needs next (BR-16)."""
    table = model.Agreement
    rows = read().scalars(
        sa.select(table)
        .where(table.tms_id.in_(organisations))
        .order_by(table.tms_id, table.valid_to.desc(), table.id.desc())
    )
    newest: dict[UUID, model.Agreement] = {}
    for row in rows:
        newest.setdefault(row.tms_id, row)
    return [_own(key, newest.get(key), today) for key in sorted(organisations)]


def _own(organisation_id: UUID, row: model.Agreement | None, today: date) -> OwnAgreement:
    if row is None:
        return OwnAgreement(None, "draft", None)
    if row.state is AgreementState.IN_FORCE:
        left = (row.valid_to - today).days
        return OwnAgreement(row, None if left >= 0 else "renew", max(left, 0))
    if row.state is AgreementState.ON_SIGNING:
        own = next(party for party in row.parties if party.organisation_id == organisation_id)
        return OwnAgreement(row, "sign_own" if own.signed_on is None else "sign_other", None)
    missing = {AgreementState.DRAFT: "send", AgreementState.SIGNED: "put_in_force"}
    return OwnAgreement(row, missing.get(row.state, "renew"), None)
