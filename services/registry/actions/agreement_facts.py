"""What an agreement says as facts: its state, the membership of the ТМС, the days of its rivals (F7)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import facts
from services.registry.rules import agreements
from services.registry.rules import facts as rules
from services.registry.rules.agreements import Term
from services.registry.rules.facts import Basis, Statement
from services.registry.rules.kinds import AgreementState, FactKind, MembershipBasis
from services.registry.rules.names import clean
from shared.refusal import N_, Refused
from shared.unit import Unit


def operated(u: Unit, agreement_id: UUID) -> model.Agreement:
    """An agreement in the hands of the operator (model 3.5)."""
    access.require(access.may_operate(u.who))
    return u.get(model.Agreement, agreement_id)


def reason_in_words(text: str) -> str:
    """A reason is words."""
    if not text.strip():
        raise Refused("TERM", N_("Укажите причину"), field="reason")
    return clean(text)


def say_state(u: Unit, agreement: model.Agreement, since: date, basis: Basis | None = None) -> None:
    """Record the state that begins on a day; one in force runs out with its term (F7)."""
    ground = basis or Basis.agreement(agreement.id, agreement.end_reason)
    held = rules.placed(
        facts.held(u, agreement.id, FactKind.AGREEMENT), Statement(agreement.state, since, basis=ground)
    )
    if agreement.state is AgreementState.IN_FORCE:
        over = agreements.first_day_after(agreement.valid_to)
        held = rules.placed(held, Statement(AgreementState.EXPIRED, over, basis=ground))
    facts.record(u, agreement.id, FactKind.AGREEMENT, held)


def say_participation(
    u: Unit, agreement: model.Agreement, correction: model.Correction | None = None
) -> None:
    """The ТМС is a participant of the network on the days of the agreement (BR-12)."""
    assert agreement.in_force_from is not None
    said = Statement(
        MembershipBasis.AGREEMENT,
        agreement.in_force_from,
        agreement.ended_on or agreements.first_day_after(agreement.valid_to),
        item=str(agreement.id),
        ref_id=agreement.id,
        basis=Basis.agreement(agreement.id),
    )
    if correction is not None:
        said = replace(said, basis=Basis.correction(correction.id, correction.reason, correction.act_id))
    facts.record(
        u,
        agreement.tms_id,
        FactKind.MEMBERSHIP,
        [said],
        item=said.item,
        correction_id=correction.id if correction else None,
    )


def check_place(u: Unit, agreement: model.Agreement, term: Term, *, confirmed: bool) -> bool:
    """Days that an agreement is to take: no rival on them, and a place in the resource centre (BR-14, BR-17).

    True when the capacity is exceeded with the operator's confirmation.
    """
    # Two agreements must not take the last place at once.
    u.session.get(model.Organisation, agreement.operator_id, with_for_update=True)
    agreements.check_overlap(term, _rivals(u, agreement))
    taken, capacity = queries.fullest_day(agreement.operator_id, term.first, term.last)
    agreements.check_capacity(taken, capacity, confirmed=confirmed)
    return capacity is not None and taken >= capacity


def _rivals(u: Unit, agreement: model.Agreement) -> list[tuple[str, Term]]:
    """Terms of the parties' other agreements with the same subject that are or were in force (BR-14)."""
    table = model.Agreement
    rows = u.session.execute(
        sa.select(table.number, table.in_force_from, table.valid_to, table.ended_on).where(
            table.tms_id == agreement.tms_id,
            table.operator_id == agreement.operator_id,
            table.subject_key == agreement.subject_key,
            table.id != agreement.id,
        )
    )
    return [
        (number, Term(begun, min(to, ended - timedelta(days=1)) if ended else to))
        for number, begun, to, ended in rows
        if begun is not None
    ]
