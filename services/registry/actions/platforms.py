"""Platforms and the actions on their status; every action is an immutable record (BR-26)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.organisations import need
from services.registry.rules import platforms
from services.registry.rules.kinds import PartyRole, PlatformKind, PlatformState, StatusStep
from services.registry.rules.names import clean, search_key
from services.registry.rules.platforms import Period, Step
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


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
    platforms.check_composition(chosen, holder_ids, hub_id, member_ids)
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
                parties=[
                    model.PlatformParty(organisation_id=one.id, role=role, position=position)
                    for position, (role, one) in enumerate(sides)
                ],
                history=[],
                periods=[],
            )
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
        platforms.check_basis(platform.kind, act.kind if act else None, basis)
        platforms.check_start(act.date if act else None, valid_from)
        end = platforms.end_of_term(platform.kind, valid_from, valid_to)
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
        lasting = sa.select(model.StatusPeriod.platform_id).where(
            sa.or_(model.StatusPeriod.valid_to.is_(None), model.StatusPeriod.valid_to >= on)
        )
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
    state = platforms.move(platform.state, step.kind)
    history = platform.steps
    platforms.check_step(history, step)
    periods = platforms.periods([*history, step])
    if step.kind in (StatusStep.AWARD, StatusStep.EXTEND, StatusStep.RESUME):
        _refuse_double(u, platform, periods)
    platform.history.append(
        model.StatusRecord(
            ordinal=len(history) + 1,
            kind=step.kind,
            on=step.on,
            valid_to=step.valid_to,
            act_id=step.act_id,
            basis=clean(basis) if basis else None,
            reason=clean(reason) if reason else None,
        )
    )
    platform.state = state
    _rewrite(platform, periods)
    u.journal(f"platform.{step.kind.lower()}", platform, {"on": step.on.isoformat()})
    u.announce(platform)


def _rewrite(platform: model.Platform, periods: Sequence[Period]) -> None:
    """Make the stored periods equal to the derived ones, touching only what differs."""
    for kept, period in zip(platform.periods, periods, strict=False):
        kept.valid_from, kept.valid_to, kept.act_id = period.valid_from, period.valid_to, period.act_id
    del platform.periods[len(periods) :]
    for period in periods[len(platform.periods) :]:
        platform.periods.append(
            model.StatusPeriod(valid_from=period.valid_from, valid_to=period.valid_to, act_id=period.act_id)
        )


def _refuse_double(u: Unit, platform: model.Platform, periods: Sequence[Period]) -> None:
    """One organisation does not hold two ACTIVE platforms of one kind and topic (BR-20)."""
    others = u.session.execute(
        sa.select(model.StatusPeriod.valid_from, model.StatusPeriod.valid_to)
        .join(model.Platform, model.Platform.id == model.StatusPeriod.platform_id)
        .join(model.PlatformParty, model.PlatformParty.platform_id == model.Platform.id)
        .where(
            model.Platform.kind == platform.kind,
            model.Platform.topic_key == platform.topic_key,
            model.Platform.id != platform.id,
            model.PlatformParty.role == PartyRole.HOLDER,
            model.PlatformParty.organisation_id.in_(platform.holder_ids),
        )
    )
    for valid_from, valid_to in others:
        if any(Period(valid_from, valid_to, None).overlaps(period) for period in periods):
            raise Refused("BR-20", N_("У организации уже есть действующая площадка этого вида с этой темой"))
