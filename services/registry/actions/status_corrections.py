"""Corrections of wrong status records: withdrawn, replaced, and the whole history asked again (F7, BR-26)."""

from datetime import date
from uuid import UUID

from services.registry import model
from services.registry.actions import facts
from services.registry.actions.platforms import check_ground, operated, refuse_double, restate, worded
from services.registry.rules import status_history
from services.registry.rules.kinds import StatusStep
from services.registry.rules.platforms import Step, periods
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def correct_status(
    who: Person,
    *,
    platform_id: UUID,
    record_id: UUID,
    reason: str,
    on: date,
    valid_to: date | None = None,
    act_id: UUID | None = None,
    agreement_id: UUID | None = None,
    clause: str | None = None,
    basis: str | None = None,
    ground: str | None = None,
    by_act_id: UUID | None = None,
) -> None:
    """A wrong record gives its place in the history to a right one; what was known stays readable (F7, BR-26).

    ``reason`` says what was wrong and ``by_act_id`` which act corrects it; the other words are those of the
    right record as a whole. The corrected history must be possible by the rules.
    """
    with work(who) as u:
        platform = operated(u, platform_id)
        wrong = _standing(platform, record_id)
        ended = valid_to if wrong.kind in (StatusStep.AWARD, StatusStep.EXTEND) else None
        step = Step(wrong.kind, on, ended, act_id, worded(clause), worded(ground or basis), agreement_id)
        if step == wrong.step:
            raise Refused("F7", N_("Исправленная запись ничем не отличается от прежней"))
        if wrong.kind is StatusStep.AWARD and ended is None and platform.kind != "PARTNER":
            raise Refused("BR-23", N_("Укажите последний день срока"), field="valid_to")
        words = worded(basis if wrong.kind in (StatusStep.AWARD, StatusStep.EXTEND) else ground)
        check_ground(u, platform, step, words)
        history = [step if record is wrong else record.step for record in platform.history]
        _check(u, platform, history)
        correction = _withdraw(u, platform, wrong, reason, by_act_id)
        platform.history.append(
            model.StatusRecord(
                ordinal=wrong.ordinal,
                kind=step.kind,
                on=step.on,
                valid_to=step.valid_to,
                act_id=step.act_id,
                agreement_id=step.agreement_id,
                clause=step.clause,
                basis=worded(basis),
                reason=worded(ground),
                correction_id=correction.id,
            )
        )
        _settle(u, platform, correction)


def withdraw_status_record(
    who: Person, *, platform_id: UUID, record_id: UUID, reason: str, by_act_id: UUID | None = None
) -> None:
    """An action that never was is taken out of the history by a correction (F7, BR-26)."""
    with work(who) as u:
        platform = operated(u, platform_id)
        wrong = _standing(platform, record_id)
        _check(u, platform, [record.step for record in platform.history if record is not wrong])
        _settle(u, platform, _withdraw(u, platform, wrong, reason, by_act_id))


def _standing(platform: model.Platform, record_id: UUID) -> model.StatusRecord:
    """A record of this platform that no correction has withdrawn yet."""
    for record in platform.history:
        if record.id == record_id:
            return record
    raise NotFound(N_("запись о статусе"))


def _check(u: Unit, platform: model.Platform, history: list[Step]) -> None:
    """The history is possible as a whole, and doubles nothing (BR-20, BR-23, BR-26, model 3.3)."""
    status_history.check_history(history)
    refuse_double(u, platform, periods(history))


def _withdraw(
    u: Unit, platform: model.Platform, wrong: model.StatusRecord, reason: str, act_id: UUID | None
) -> model.Correction:
    what = f"{wrong.kind}: {wrong.on:%d.%m.%Y}"
    correction = facts.correct(u, subject_id=platform.id, what=what, reason=reason, act_id=act_id)
    wrong.withdrawn_at, wrong.withdrawn_by_id = clock.now(), correction.id
    # The place is free before another record takes it.
    u.session.flush()
    u.session.expire(platform, ["history"])
    return correction


def _settle(u: Unit, platform: model.Platform, correction: model.Correction) -> None:
    """State and facts follow from the corrected history."""
    u.session.flush()
    u.session.expire(platform, ["history"])
    platform.state = status_history.check_history(platform.steps)
    restate(u, platform, correction=correction)
    u.journal("platform.corrected", platform, {"correction": str(correction.id)})
    u.announce(platform)
