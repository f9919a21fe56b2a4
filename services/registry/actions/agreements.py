"""Agreements: drafted, sent, signed, put in force, ended."""

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import facts
from services.registry.actions.organisation_facts import need
from services.registry.rules import agreements, scans
from services.registry.rules import facts as rules
from services.registry.rules.acts import number_key
from services.registry.rules.agreements import Term, move
from services.registry.rules.facts import Basis, Statement
from services.registry.rules.kinds import AgreementState, FactKind, MembershipBasis, OrgRole
from services.registry.rules.names import clean, search_key
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def draft_agreement(
    who: Person,
    *,
    number: str,
    date: date,
    operator_id: UUID,
    tms_id: UUID,
    subject: str,
    valid_from: date,
    valid_to: date,
) -> UUID:
    """Draft an agreement of the network operator with a ТМС (S-074)."""
    access.require(access.may_operate(who))
    key = number_key(number)
    if not key:
        raise Refused("BR-02", N_("Укажите номер договора"), field="number")
    agreements.check_terms(date, valid_from, valid_to)
    with work(who) as u:
        operator, tms = need(u, operator_id, "operator_id"), need(u, tms_id, "tms_id")
        if OrgRole.NETWORK_OPERATOR not in operator.roles:
            raise Refused("BR-12", N_("Эта организация не оператор сети"), field="operator_id")
        if OrgRole.TMS not in tms.roles:
            raise Refused("BR-12", N_("Эта организация не ТМС"), field="tms_id")
        same = sa.select(model.Agreement.id).filter_by(operator_id=operator_id, number_key=key, date=date)
        if u.session.scalar(same) is not None:
            raise Refused("BR-02", N_("Договор с этим номером и датой уже есть"), field="number")
        agreement = u.add(
            model.Agreement(
                number=clean(number),
                number_key=key,
                date=date,
                operator=operator,
                tms=tms,
                municipality_oktmo=tms.municipality_oktmo,
                subject=clean(subject),
                subject_key=search_key(subject)[:300],
                valid_from=valid_from,
                valid_to=valid_to,
                parties=[
                    model.AgreementParty(organisation=operator, position=0),
                    model.AgreementParty(organisation=tms, position=1),
                ],
            )
        )
        _state(u, agreement, date)
        u.journal("agreement.drafted", agreement)
        u.announce(agreement)
        return agreement.id


def send_agreement(who: Person, *, agreement_id: UUID) -> None:
    """Send a draft to the parties for signing."""
    with work(who) as u:
        agreement = _operated(u, agreement_id)
        agreement.state = move(agreement.state, "send")
        _state(u, agreement, clock.today())
        u.journal("agreement.sent", agreement)
        u.announce(agreement)


def sign_agreement(who: Person, *, agreement_id: UUID, organisation_id: UUID, signed_on: date) -> None:
    """Record the signature of one party; with the last one the agreement is SIGNED (BR-16)."""
    access.require(access.may_sign(who, organisation_id))
    with work(who) as u:
        agreement = u.get(model.Agreement, agreement_id)
        party = next((p for p in agreement.parties if p.organisation_id == organisation_id), None)
        if party is None:
            raise Refused("BR-16", N_("Эта организация не сторона договора"), field="organisation_id")
        agreement.state = move(agreement.state, "sign")
        if party.signed_on is not None:
            raise Refused("BR-16", N_("Эта сторона договор уже подписала"), field="organisation_id")
        agreements.check_signature(agreement.date, signed_on, clock.today())
        party.signed_on = signed_on
        if agreements.everyone_signed(p.signed_on for p in agreement.parties):
            agreement.state = move(agreement.state, "complete_signing")
            _state(u, agreement, max(p.signed_on for p in agreement.parties if p.signed_on))
        u.journal("agreement.signed", agreement, {"organisation": str(organisation_id)})
        u.announce(agreement)


def refuse_agreement(who: Person, *, agreement_id: UUID, organisation_id: UUID, reason: str) -> None:
    """A party refuses to sign (model 3.3)."""
    access.require(access.may_sign(who, organisation_id))
    with work(who) as u:
        agreement = u.get(model.Agreement, agreement_id)
        if organisation_id not in [party.organisation_id for party in agreement.parties]:
            raise Refused("BR-16", N_("Эта организация не сторона договора"), field="organisation_id")
        agreement.state = move(agreement.state, "refuse")
        agreement.end_reason = _reason(reason)
        _state(u, agreement, clock.today())
        u.journal("agreement.refused", agreement, {"organisation": str(organisation_id)})
        u.announce(agreement)


def attach_scan(who: Person, *, agreement_id: UUID, filename: str, content: bytes) -> None:
    """Keep the scan of a signed agreement; without it the agreement does not come into force (BR-16)."""
    media_type = scans.media_type(content)
    with work(who) as u:
        agreement = _operated(u, agreement_id)
        if agreement.state not in (AgreementState.ON_SIGNING, AgreementState.SIGNED, AgreementState.IN_FORCE):
            raise Refused("BR-16", N_("Скан прикладывают к договору, отправленному на подписание"))
        agreement.scan = model.AgreementScan(
            filename=scans.safe_name(filename, media_type),
            media_type=media_type,
            sha256=scans.fingerprint(content),
            content=content,
        )
        u.journal("agreement.scan_attached", agreement, {"sha256": agreement.scan.sha256})
        u.announce(agreement)


def put_in_force(
    who: Person, *, agreement_id: UUID, on: date, scan_waiver: str | None = None, over_capacity: bool = False
) -> None:
    """A signed agreement comes into force and makes the ТМС a participant of the network (BR-12…BR-17)."""
    with work(who) as u:
        agreement = _operated(u, agreement_id)
        state = move(agreement.state, "put_in_force")
        signed = [party.signed_on for party in agreement.parties if party.signed_on]
        agreements.check_entry_into_force(
            agreement.term,
            on,
            max(signed),
            clock.today(),
            has_scan=agreement.scan is not None,
            waiver=scan_waiver,
        )
        # Two agreements must not take the last place at once.
        u.session.get(model.Organisation, agreement.operator_id, with_for_update=True)
        agreements.check_overlap(Term(on, agreement.valid_to), _rivals(u, agreement))
        taken, capacity = queries.load_of_centre(agreement.operator_id, on)
        agreements.check_capacity(taken, capacity, confirmed=over_capacity)
        agreement.state, agreement.in_force_from = state, on
        agreement.scan_waiver = clean(scan_waiver) if scan_waiver else None
        agreement.over_capacity = capacity is not None and taken >= capacity
        _state(u, agreement, on)
        _participation(u, agreement)
        u.journal("agreement.put_in_force", agreement, {"on": on.isoformat()})
        u.announce(agreement)


def terminate_agreement(who: Person, *, agreement_id: UUID, on: date, reason: str) -> None:
    """End an agreement before its term; the day named is the first without it (model 3.3)."""
    with work(who) as u:
        agreement = _operated(u, agreement_id)
        state = move(agreement.state, "terminate")
        assert agreement.in_force_from is not None
        agreements.check_termination(agreement.in_force_from, agreement.term, on)
        agreement.state, agreement.ended_on, agreement.end_reason = state, on, _reason(reason)
        _state(u, agreement, on)
        _participation(u, agreement)
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


def _state(u: Unit, agreement: model.Agreement, since: date) -> None:
    """Record the state that begins on a day; one in force runs out with its term (F7)."""
    basis = Basis.agreement(agreement.id, agreement.end_reason)
    held = rules.placed(
        facts.held(u, agreement.id, FactKind.AGREEMENT), Statement(agreement.state, since, basis=basis)
    )
    if agreement.state is AgreementState.IN_FORCE:
        over = agreements.first_day_after(agreement.valid_to)
        held = rules.placed(held, Statement(AgreementState.EXPIRED, over, basis=basis))
    facts.record(u, agreement.id, FactKind.AGREEMENT, held)


def _participation(u: Unit, agreement: model.Agreement) -> None:
    """The ТМС is a participant of the network on the days of the agreement (BR-12)."""
    assert agreement.in_force_from is not None
    end = agreement.ended_on or agreements.first_day_after(agreement.valid_to)
    said = Statement(
        MembershipBasis.AGREEMENT,
        agreement.in_force_from,
        end,
        item=str(agreement.id),
        ref_id=agreement.id,
        basis=Basis.agreement(agreement.id),
    )
    facts.record(u, agreement.tms_id, FactKind.MEMBERSHIP, [said], item=said.item)


def _operated(u: Unit, agreement_id: UUID) -> model.Agreement:
    access.require(access.may_operate(u.who))
    return u.get(model.Agreement, agreement_id)


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused("TERM", N_("Укажите причину"), field="reason")
    return clean(text)


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
