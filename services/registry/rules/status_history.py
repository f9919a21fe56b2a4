"""BR-19…BR-26 for a history as a whole: what each record rests on, and whether the records can follow each other."""

from collections.abc import Sequence
from datetime import date

from services.registry.rules import platforms
from services.registry.rules.kinds import ActKind, PlatformKind, PlatformState, StatusStep
from services.registry.rules.platforms import Step
from shared.refusal import N_, Refused

_A = StatusStep


def check_ground(
    kind: PlatformKind, step: Step, act: tuple[ActKind, date] | None, words: str | None = None
) -> None:
    """Every action on a status rests on an act; what else will do depends on the action (BR-19, BR-24, BR-26).

    A partner platform is awarded and extended by an agreement, in the registry or in words. Suspending and
    declining may name a reason instead; resuming and completing need neither.
    """
    agreement = words or (str(step.agreement_id) if step.agreement_id else None)
    match step.kind:
        case _A.AWARD:
            platforms.check_basis(kind, act[0] if act else None, agreement)
            platforms.check_start(act[1] if act else None, step.on)
        case _A.EXTEND if act is None and not (kind is PlatformKind.PARTNER and agreement):
            raise Refused("BR-19", N_("Статус продлевает акт: укажите его"), field="act_id")
        case _A.TERMINATE if act is None:
            raise Refused("BR-24", N_("Статус прекращает только акт: укажите его"), field="act_id")
        case _A.SUSPEND | _A.DECLINE if act is None and not words:
            raise Refused("BR-26", N_("Укажите основание: акт или причину"), field="reason")


def check_history(history: Sequence[Step]) -> PlatformState:
    """Records follow each other by the moves and the dates; gives the state they lead to (model 3.3, BR-26).

    Asked again of the whole history whenever a correction changes one of its records.
    """
    state = PlatformState.APPLIED
    for place, step in enumerate(history):
        state = platforms.move(state, step.kind)
        if step.kind is _A.AWARD and step.valid_to is not None and step.valid_to <= step.on:
            raise Refused("BR-23", N_("Срок статуса заканчивается раньше, чем начинается"), field="valid_to")
        platforms.check_step(history[:place], step)
    return state
