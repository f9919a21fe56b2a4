"""Platforms and the actions on their status; every action is an immutable record with its clause (BR-26)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import facts
from services.registry.actions.citing import cite
from services.registry.actions.organisation_facts import need
from services.registry.rules import platform_reports, status_history
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
                (
                    platform.id,
                    FactKind.STATUS,
                    Statement(PlatformState.APPLIED, clock.today(), basis=APPLICATION),
                ),
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
    clause: str | None = None,
    agreement_id: UUID | None = None,
) -> None:
    """Award the status by an act and its clause for its term, 36 months by default (BR-19, BR-20, BR-23).

    A partner platform rests on an agreement, of the registry or named by ``basis`` in words.
    """
    with work(who) as u:
        platform = operated(u, platform_id)
        step = Step(StatusStep.AWARD, valid_from, None, act_id, worded(clause), None, agreement_id)
        check_ground(u, platform, step, worded(basis))
        end = rules.end_of_term(platform.kind, valid_from, valid_to)
        _take(u, platform, replace(step, valid_to=end), basis=worded(basis))


def extend_status(
    who: Person,
    *,
    platform_id: UUID,
    act_id: UUID | None,
    valid_to: date,
    clause: str | None = None,
    agreement_id: UUID | None = None,
) -> None:
    """Extend the status by an act to a later day, after an accepted report (BR-23, BR-25).

    The status is extended on the day of the act, or of the agreement of a partner platform.
    """
    with work(who) as u:
        platform = operated(u, platform_id)
        ground = u.get(model.Act, act_id) if act_id else None
        signed = u.get(model.Agreement, agreement_id) if agreement_id else None
        on = ground.date if ground else signed.date if signed else clock.today()
        step = Step(StatusStep.EXTEND, on, valid_to, act_id, worded(clause), None, agreement_id)
        check_ground(u, platform, step)
        standings = queries.report_standings(platform, max(on, clock.today()))
        platform_reports.check_extension(standings, on, queries.extension_decisions(platform.id))
        _take(u, platform, step)


def suspend_status(
    who: Person,
    *,
    platform_id: UUID,
    on: date,
    act_id: UUID | None = None,
    clause: str | None = None,
    reason: str | None = None,
) -> None:
    """Suspend the status from a day on; the ground must be named (model 3.3)."""
    _change(who, platform_id, StatusStep.SUSPEND, on, act_id, clause, reason)


def resume_status(
    who: Person,
    *,
    platform_id: UUID,
    on: date,
    act_id: UUID | None = None,
    clause: str | None = None,
    reason: str | None = None,
) -> None:
    """Resume a suspended status from a day on, to the end of its term (model 3.3)."""
    _change(who, platform_id, StatusStep.RESUME, on, act_id, clause, reason)


def terminate_status(
    who: Person,
    *,
    platform_id: UUID,
    on: date,
    act_id: UUID | None = None,
    clause: str | None = None,
    reason: str | None = None,
) -> None:
    """Terminate the status: only an act does it (BR-24); the day named is the first without the status."""
    _change(who, platform_id, StatusStep.TERMINATE, on, act_id, clause, reason)


def complete_status(
    who: Person,
    *,
    platform_id: UUID,
    on: date,
    act_id: UUID | None = None,
    clause: str | None = None,
    reason: str | None = None,
) -> None:
    """The platform has done its work; the day named is the first without the status (model 3.3)."""
    _change(who, platform_id, StatusStep.COMPLETE, on, act_id, clause, reason)


def decline_platform(who: Person, *, platform_id: UUID, reason: str) -> None:
    """Decline an application (model 3.3)."""
    _change(who, platform_id, StatusStep.DECLINE, clock.today(), None, None, reason)


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


def operated(u: Unit, platform_id: UUID) -> model.Platform:
    """The platform, for the operator (model 3.5)."""
    access.require(access.may_operate(u.who))
    return u.get(model.Platform, platform_id)


def _change(
    who: Person,
    platform_id: UUID,
    kind: StatusStep,
    on: date,
    act_id: UUID | None,
    clause: str | None,
    reason: str | None,
) -> None:
    with work(who) as u:
        platform = operated(u, platform_id)
        step = Step(kind, on, None, act_id, worded(clause))
        check_ground(u, platform, step, worded(reason))
        _take(u, platform, step, reason=worded(reason))


def worded(text: str | None) -> str | None:
    """Words as they are kept; nothing where there are none."""
    return clean(text) or None if text else None


def check_ground(u: Unit, platform: model.Platform, step: Step, words: str | None = None) -> None:
    """The act and the agreement exist, and are what the action may rest on (BR-19, BR-24, BR-26, BR-56)."""
    act = cite(u, step.act_id, step.on) if step.act_id else None
    if step.agreement_id is not None:
        if platform.kind is not PlatformKind.PARTNER:
            raise Refused(
                "BR-19", N_("На договоре держится только партнёрская площадка"), field="agreement_id"
            )
        u.get(model.Agreement, step.agreement_id)
    status_history.check_ground(platform.kind, step, (act.kind, act.date) if act else None, words)


def _take(
    u: Unit, platform: model.Platform, step: Step, *, basis: str | None = None, reason: str | None = None
) -> None:
    """Add a record to the history of a status and derive state and periods from it (BR-26)."""
    state = rules.move(platform.state, step.kind)
    history = platform.steps
    rules.check_step(history, step)
    periods = rules.periods([*history, step])
    if step.kind in (StatusStep.AWARD, StatusStep.EXTEND, StatusStep.RESUME):
        refuse_double(u, platform, periods)
    platform.history.append(
        model.StatusRecord(
            ordinal=max((record.ordinal for record in platform.history), default=0) + 1,
            kind=step.kind,
            on=step.on,
            valid_to=step.valid_to,
            act_id=step.act_id,
            clause=step.clause,
            agreement_id=step.agreement_id,
            basis=basis,
            reason=reason,
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
                basis=_basis(one.step),
            )
            for one in rules.timeline(platform.applied_on, platform.steps)
        ],
        correction_id=correction.id if correction else None,
    )


def _basis(step: Step | None) -> Basis:
    """What a state rests on: the act, the agreement or the words of its record, or the application itself."""
    if step is None:
        return APPLICATION
    if step.act_id is not None:
        return Basis.act(step.act_id, step.clause, step.note)
    if step.agreement_id is not None:
        return Basis.agreement(step.agreement_id, step.note)
    return Basis.source(step.note or N_("срок статуса истёк"))


def _party(organisation_id: UUID, role: PartyRole, hub_id: UUID | None) -> Statement:
    """An organisation takes part in a platform; as what, and since when the application says."""
    key = str(organisation_id)
    said = (PartyRole.HUB if organisation_id == hub_id else role).value
    return Statement(said, item=key, ref_id=organisation_id, basis=APPLICATION)


def refuse_double(u: Unit, platform: model.Platform, periods: Sequence[Period]) -> None:
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
