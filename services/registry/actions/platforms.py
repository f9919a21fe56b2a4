"""Platforms and the actions on their status; every action is an immutable record (BR-26)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import facts
from services.registry.actions.citing import cite
from services.registry.actions.organisation_facts import need
from services.registry.rules import platforms as rules
from services.registry.rules.facts import FOREVER, UNTIL_CORRECTED, AsOf, Basis, Statement
from services.registry.rules.kinds import FactKind, PartyRole, PlatformKind, PlatformState, StatusStep
from services.registry.rules.names import clean, search_key
from services.registry.rules.platforms import Period, Step
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

#: What a platform's composition and its waiting rest on before any act.
APPLICATION = Basis.source(N_("заявка на площадку"))


def apply_for_platform(
    who: Person,
    *,
    kind: PlatformKind | str,
    topic: str,
    holder_ids: Sequence[UUID],
    hub_id: UUID | None = None,
    member_ids: Sequence[UUID] = (),
    curator_id: UUID | None = None,
    counts_in_i02: bool = True,
) -> UUID:
    """Apply for a platform: its holders, for a network kind its hub and members (BR-21)."""
    chosen = PlatformKind(kind)
    rules.check_composition(chosen, holder_ids, hub_id, member_ids)
    with work(who) as u:
        holders = [need(u, key, "holder_ids") for key in holder_ids]
        oktmo = holders[0].municipality_oktmo
        access.require(access.may_apply_for_platform(who, holder_ids, oktmo))
        members = [need(u, key, "member_ids") for key in member_ids]
        sides = [(PartyRole.HOLDER, one) for one in holders] + [(PartyRole.MEMBER, one) for one in members]
        named = clean(topic)
        platform = u.add(
            model.Platform(
                kind=chosen,
                topic=named,
                topic_key=search_key(named)[:1000],
                hub_id=hub_id,
                curator_id=need(u, curator_id, "curator_id").id if curator_id else None,
                municipality_oktmo=oktmo,
                counts_in_i02=counts_in_i02,
                state=PlatformState.APPLIED,
                applied_on=clock.today(),
                parties=[
                    model.PlatformParty(organisation_id=one.id, role=role, position=position)
                    for position, (role, one) in enumerate(sides)
                ],
                history=[],
            )
        )
        parties = [_party(one.organisation_id, one.role, hub_id) for one in platform.parties]
        facts.record_all(
            u,
            [
                (platform.id, FactKind.STATUS, Statement(PlatformState.APPLIED, clock.today(), basis=APPLICATION)),
                *((platform.id, FactKind.PARTY, party) for party in parties),
            ],
        )
        u.journal("platform.applied", platform)
        u.announce(platform)
        return platform.id


def award_status(
    who: Person,
    *,
    platform_id: UUID,
    act_id: UUID | None,
    valid_from: date,
    valid_to: date | None = None,
    basis: str | None = None,
) -> None:
    """Award the status by an act for its term, 36 months by default (BR-19, BR-20, BR-23).

    A partner platform rests on an agreement, which ``basis`` names in words.
    """
    with work(who) as u:
        platform = _operated(u, platform_id)
        act = u.get(model.Act, act_id) if act_id else None
        rules.check_basis(platform.kind, act.kind if act else None, basis)
        rules.check_start(act.date if act else None, valid_from)
        end = rules.end_of_term(platform.kind, valid_from, valid_to)
        _take(u, platform, Step(StatusStep.AWARD, valid_from, end, act_id), basis=basis)


def extend_status(who: Person, *, platform_id: UUID, act_id: UUID, valid_to: date) -> None:
    """Extend the status by an act to a later day (BR-23, BR-25)."""
    with work(who) as u:
        platform = _operated(u, platform_id)
        act = u.get(model.Act, act_id)
        _take(u, platform, Step(StatusStep.EXTEND, act.date, valid_to, act_id))


def suspend_status(
    who: Person, *, platform_id: UUID, on: date, act_id: UUID | None = None, reason: str | None = None
) -> None:
    """Suspend the status from a day on; the ground must be named (model 3.3)."""
    _change(who, platform_id, StatusStep.SUSPEND, on, act_id, reason, ground=True)


def resume_status(
    who: Person, *, platform_id: UUID, on: date, act_id: UUID | None = None, reason: str | None = None
) -> None:
    """Resume a suspended status from a day on, to the end of its term (model 3.3)."""
    _change(who, platform_id, StatusStep.RESUME, on, act_id, reason)


def terminate_status(
    who: Person, *, platform_id: UUID, on: date, act_id: UUID | None = None, reason: str | None = None
) -> None:
    """Terminate the status: only an act does it (BR-24); the day named is the first without the status."""
    if act_id is None:
        raise Refused("BR-24", N_("Статус прекращает только акт: укажите его"), field="act_id")
    _change(who, platform_id, StatusStep.TERMINATE, on, act_id, reason)


def complete_status(
    who: Person, *, platform_id: UUID, on: date, act_id: UUID | None = None, reason: str | None = None
) -> None:
    """The platform has done its work; the day named is the first without the status (model 3.3)."""
    _change(who, platform_id, StatusStep.COMPLETE, on, act_id, reason)


def decline_platform(who: Person, *, platform_id: UUID, reason: str) -> None:
    """Decline an application (model 3.3)."""
    _change(who, platform_id, StatusStep.DECLINE, clock.today(), None, reason, ground=True)


def expire_statuses(who: Person, *, on: date) -> list[UUID]:
    """Close statuses whose term is over on a day; counts by date do not depend on it (model 3.3)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        lasting = queries.subjects(FactKind.STATUS, AsOf(on), [PlatformState.ACTIVE])
        over = u.session.scalars(
            sa.select(model.Platform)
            .where(model.Platform.state == PlatformState.ACTIVE, model.Platform.id.not_in(lasting))
            .order_by(model.Platform.id)
        ).all()
        for platform in over:
            _take(u, platform, Step(StatusStep.EXPIRE, on))
        return [platform.id for platform in over]


def _operated(u: Unit, platform_id: UUID) -> model.Platform:
    access.require(access.may_operate(u.who))
    return u.get(model.Platform, platform_id)


def _change(
    who: Person,
    platform_id: UUID,
    kind: StatusStep,
    on: date,
    act_id: UUID | None,
    reason: str | None,
    *,
    ground: bool = False,
) -> None:
    if ground and act_id is None and not (reason and reason.strip()):
        raise Refused("BR-26", N_("Укажите основание: акт или причину"), field="reason")
    with work(who) as u:
        platform = _operated(u, platform_id)
        if act_id is not None:
            u.get(model.Act, act_id)
        _take(u, platform, Step(kind, on, None, act_id), reason=reason)


def _take(
    u: Unit, platform: model.Platform, step: Step, *, basis: str | None = None, reason: str | None = None
) -> None:
    """Add a record to the history of a status and derive state and periods from it (BR-26)."""
    state = rules.move(platform.state, step.kind)
    history = platform.steps
    rules.check_step(history, step)
    if step.act_id is not None:
        cite(u, step.act_id, step.on)
    periods = rules.periods([*history, step])
    if step.kind in (StatusStep.AWARD, StatusStep.EXTEND, StatusStep.RESUME):
        _refuse_double(u, platform, periods)
    platform.history.append(
        model.StatusRecord(
            ordinal=len(history) + 1,
            kind=step.kind,
            on=step.on,
            valid_to=step.valid_to,
            act_id=step.act_id,
            clause=step.clause,
            basis=clean(basis) if basis else None,
            reason=clean(reason) if reason else None,
        )
    )
    platform.state = state
    restate(u, platform)
    u.journal(f"platform.{step.kind.lower()}", platform, {"on": step.on.isoformat()})
    u.announce(platform)


def restate(u: Unit, platform: model.Platform, *, correction: model.Correction | None = None) -> None:
    """Record the states of a platform's status as its records tell them now (F7)."""
    facts.record(
        u,
        platform.id,
        FactKind.STATUS,
        [
            Statement(
                one.state.value,
                one.first,
                one.end or FOREVER,
                basis=_basis(one.step, correction),
            )
            for one in rules.timeline(platform.applied_on, platform.steps)
        ],
        correction_id=correction.id if correction else None,
    )


def _basis(step: Step | None, correction: model.Correction | None) -> Basis:
    """What a state rests on: the act of its record, the words of its record, or the application itself."""
    if step is None:
        return APPLICATION
    if step.act_id is not None:
        return Basis.act(step.act_id, step.clause, step.note)
    return Basis.source(step.note or N_("срок статуса истёк"))


def _party(organisation_id: UUID, role: PartyRole, hub_id: UUID | None) -> Statement:
    """An organisation takes part in a platform; as what, and since when the application says."""
    key = str(organisation_id)
    said = (PartyRole.HUB if organisation_id == hub_id else role).value
    return Statement(said, item=key, ref_id=organisation_id, basis=APPLICATION)


def _refuse_double(u: Unit, platform: model.Platform, periods: Sequence[Period]) -> None:
    """One organisation does not hold two ACTIVE platforms of one kind and topic (BR-20)."""
    fact, holder = model.Fact, model.PlatformParty
    others = u.session.execute(
        sa.select(fact.valid_from, fact.valid_to)
        .join(model.Platform, model.Platform.id == fact.subject_id)
        .join(holder, holder.platform_id == model.Platform.id)
        .where(
            fact.kind == FactKind.STATUS,
            fact.key == PlatformState.ACTIVE,
            fact.recorded_to == UNTIL_CORRECTED,
            model.Platform.kind == platform.kind,
            model.Platform.topic_key == platform.topic_key,
            model.Platform.id != platform.id,
            holder.role == PartyRole.HOLDER,
            holder.organisation_id.in_(platform.holder_ids),
        )
    )
    for first, end in others:
        if any(period.valid_from < end and (period.valid_to or FOREVER) >= first for period in periods):
            raise Refused("BR-20", N_("У организации уже есть действующая площадка этого вида с этой темой"))
