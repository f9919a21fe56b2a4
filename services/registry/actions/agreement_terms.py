"""The days of an agreement: in force, prolonged, ended, and put right where they were recorded wrongly."""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions import facts
from services.registry.actions.agreement_facts import (
    check_place,
    operated,
    say_participation,
    say_state,
)
from services.registry.rules import agreements, prolongation
from services.registry.rules.acts import number_key
from services.registry.rules.agreements import Term, move, state_at
from services.registry.rules.facts import Basis
from services.registry.rules.kinds import AgreementChangeKind, AgreementDay, AgreementState, FactKind
from services.registry.rules.names import clean
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

ONE_DAY = timedelta(days=1)


def put_in_force(
    who: Person, *, agreement_id: UUID, on: date, scan_waiver: str | None = None, over_capacity: bool = False
) -> None:
    """A signed agreement comes into force and makes the ТМС a participant of the network (BR-12…BR-17)."""
    with work(who) as u:
        agreement = operated(u, agreement_id)
        state = move(agreement.state, "put_in_force")
        agreements.check_entry_into_force(
            agreement.term,
            on,
            agreement.last_signature,
            clock.today(),
            has_scan=agreement.scan is not None,
            waiver=scan_waiver,
        )
        exceeded = check_place(u, agreement, Term(on, agreement.valid_to), confirmed=over_capacity)
        agreement.state, agreement.in_force_from, agreement.over_capacity = state, on, exceeded
        agreement.scan_waiver = clean(scan_waiver) if scan_waiver else None
        say_state(u, agreement, on)
        say_participation(u, agreement)
        u.journal("agreement.put_in_force", agreement, {"on": on.isoformat()})
        u.announce(agreement)


def prolong_agreement(
    who: Person,
    *,
    agreement_id: UUID,
    number: str,
    date: date,
    valid_to: date,
    act_id: UUID | None = None,
    over_capacity: bool = False,
) -> UUID:
    """Make the term longer by a supplementary agreement; overlap and capacity are checked again (model 3.3)."""
    with work(who) as u:
        agreement = operated(u, agreement_id)
        move(state_at(agreement.state, agreement.valid_to, date), "prolong")
        if not number_key(number):
            raise Refused("BR-02", N_("Укажите номер дополнительного соглашения"), field="number")
        assert agreement.in_force_from is not None
        prolongation.check_supplement(
            agreement.in_force_from, agreement.valid_to, date, valid_to, clock.today()
        )
        if act_id is not None:
            u.get(model.Act, act_id)
        change = model.AgreementChange(
            kind=AgreementChangeKind.SUPPLEMENT,
            number=clean(number),
            date=date,
            now_to=valid_to,
            act_id=act_id,
        )
        prolong(u, agreement, change, confirmed=over_capacity)
        return change.id


def prolong(u: Unit, agreement: model.Agreement, change: model.AgreementChange, *, confirmed: bool) -> None:
    """Record a prolongation and the days that it adds; whatever it rests on was checked before."""
    begin = agreements.first_day_after(agreement.valid_to)
    exceeded = check_place(u, agreement, Term(begin, change.now_to), confirmed=confirmed)
    change.agreement_id, change.was_to, change.made_by = agreement.id, agreement.valid_to, u.who.account_id
    u.add(change)
    note = N_("автоматическая пролонгация")
    if change.number:
        note = f"дополнительное соглашение № {change.number} от {change.date:%d.%m.%Y}"
    basis = Basis.act(change.act_id, note=note) if change.act_id else Basis.agreement(agreement.id, note)
    held = facts.held(u, agreement.id, FactKind.AGREEMENT)
    agreement.valid_to = change.now_to
    agreement.over_capacity = agreement.over_capacity or exceeded
    if agreement.valid_to >= clock.today():
        agreement.state, agreement.ended_on = AgreementState.IN_FORCE, None
    elif agreement.state is AgreementState.EXPIRED:
        agreement.ended_on = agreements.first_day_after(agreement.valid_to)
    facts.record(
        u, agreement.id, FactKind.AGREEMENT, prolongation.prolonged(held, begin, change.now_to, basis)
    )
    say_participation(u, agreement)
    u.journal("agreement.prolonged", agreement, {"valid_to": change.now_to.isoformat()})
    u.announce(agreement)


def terminate_agreement(
    who: Person, *, agreement_id: UUID, on: date, reason: str | None = None, act_id: UUID | None = None
) -> None:
    """End an agreement before its term, by an act or for a reason; the day named is the first without it."""
    with work(who) as u:
        agreement = operated(u, agreement_id)
        state = move(state_at(agreement.state, agreement.valid_to, on), "terminate")
        assert agreement.in_force_from is not None
        agreements.check_termination(agreement.in_force_from, agreement.term, on)
        agreements.check_ground(reason, has_act=act_id is not None)
        if act_id is not None:
            u.get(model.Act, act_id)
        agreement.state, agreement.ended_on, agreement.end_act_id = state, on, act_id
        agreement.end_reason = clean(reason) if reason and reason.strip() else None
        ground = agreement.end_reason
        basis = Basis.act(act_id, note=ground) if act_id else Basis.agreement(agreement.id, ground)
        say_state(u, agreement, on, basis)
        say_participation(u, agreement)
        u.journal("agreement.terminated", agreement, {"on": on.isoformat()})
        u.announce(agreement)


def expire_agreements(who: Person, *, on: date) -> list[UUID]:
    """Close agreements whose term is over on a day; counts by date do not depend on it (model 3.3, SC-18)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        over = sa.select(model.Agreement).where(
            model.Agreement.state == AgreementState.IN_FORCE, model.Agreement.valid_to < on
        )
        ended = u.session.scalars(over.order_by(model.Agreement.valid_to, model.Agreement.id)).all()
        for agreement in ended:
            agreement.state = move(agreement.state, "expire")
            agreement.ended_on = agreements.first_day_after(agreement.valid_to)
            u.journal("agreement.expired", agreement)
            u.announce(agreement)
        return [agreement.id for agreement in ended]


def correct_agreement(
    who: Person,
    *,
    agreement_id: UUID,
    day: AgreementDay | str,
    on: date,
    reason: str,
    act_id: UUID | None = None,
    over_capacity: bool = False,
) -> None:
    """Put right a day of entry into force or of termination that was recorded wrongly (F7).

    The old facts are closed by the correction and stay in the history.
    """
    which = AgreementDay(day)
    with work(who) as u:
        agreement = operated(u, agreement_id)
        held = facts.held(u, agreement.id, FactKind.AGREEMENT)
        what = f"{which.value}: {agreement.in_force_from} — {agreement.ended_on}"
        correction = facts.correct(u, subject_id=agreement.id, what=what, reason=reason, act_id=act_id)
        basis = Basis.correction(correction.id, correction.reason, act_id)
        if which is AgreementDay.ENTRY:
            after = prolongation.entered(held, on, basis)
            _check_entry(u, agreement, on, confirmed=over_capacity)
            agreement.in_force_from = on
        else:
            begun = agreement.in_force_from or agreement.valid_from
            after = prolongation.ended(held, on, begun, agreement.term, basis)
            assert agreement.ended_on is not None
            if on > agreement.ended_on:
                check_place(u, agreement, Term(agreement.ended_on, on - ONE_DAY), confirmed=over_capacity)
            agreement.ended_on = on
        facts.record(u, agreement.id, FactKind.AGREEMENT, after, correction_id=correction.id)
        say_participation(u, agreement, correction)
        u.journal("agreement.corrected", agreement, {"day": which.value, "on": on.isoformat()})
        u.announce(agreement)


def _check_entry(u: Unit, agreement: model.Agreement, on: date, *, confirmed: bool) -> None:
    """The right day keeps to BR-16; days that come to it keep to BR-14 and BR-17."""
    agreements.check_entry_into_force(
        agreement.term, on, agreement.last_signature, clock.today(), has_scan=True, waiver=None
    )
    assert agreement.in_force_from is not None
    if on < agreement.in_force_from:
        check_place(u, agreement, Term(on, agreement.in_force_from - ONE_DAY), confirmed=confirmed)
