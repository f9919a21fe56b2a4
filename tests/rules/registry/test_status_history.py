"""BR-19…BR-26 of a history as a whole: grounds of every action, possible and impossible histories."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.registry.rules import status_history
from services.registry.rules.kinds import ActKind, PlatformKind, PlatformState, StatusStep
from services.registry.rules.platforms import Step
from shared.refusal import Refused

D, S, K = date, StatusStep, PlatformKind
ORDER = (ActKind.ORDER, D(2019, 1, 1))
ACT = uuid4()


@pytest.mark.parametrize(
    ("kind", "step", "act", "words", "agreement", "rule"),
    [
        (K.MUNICIPAL, S.AWARD, ORDER, None, False, None),
        (K.MUNICIPAL, S.AWARD, None, "договор", False, "BR-19"),
        (K.KRAI, S.AWARD, None, None, True, "BR-19"),
        (K.PARTNER, S.AWARD, None, "договор № 1", False, None),
        (K.PARTNER, S.AWARD, None, None, True, None),
        (K.PARTNER, S.AWARD, None, None, False, "BR-19"),
        (K.FGOS_PILOT, S.AWARD, (ActKind.LAW, D(2019, 1, 1)), None, False, "BR-19"),
        (K.FEDERAL, S.AWARD, (ActKind.ORDER, D(2020, 1, 1)), None, False, "BR-56"),
        (K.MUNICIPAL_NETWORK, S.EXTEND, ORDER, None, False, None),
        (K.MUNICIPAL, S.EXTEND, None, "слова", False, "BR-19"),
        (K.PARTNER, S.EXTEND, None, None, True, None),
        (K.PARTNER, S.EXTEND, None, None, False, "BR-19"),
        (K.MUNICIPAL, S.TERMINATE, None, "так решили", False, "BR-24"),
        (K.PARTNER, S.TERMINATE, None, "так решили", True, "BR-24"),
        (K.MUNICIPAL, S.TERMINATE, ORDER, None, False, None),
        (K.MUNICIPAL, S.SUSPEND, None, None, False, "BR-26"),
        (K.MUNICIPAL, S.SUSPEND, None, "нет отчёта", False, None),
        (K.KRAI_EXPERIMENTAL, S.DECLINE, None, None, False, "BR-26"),
        (K.MUNICIPAL, S.RESUME, None, None, False, None),
        (K.MUNICIPAL, S.COMPLETE, None, None, False, None),
        (K.MUNICIPAL, S.EXPIRE, None, None, False, None),
    ],
)
def test_grounds(
    kind: PlatformKind,
    step: StatusStep,
    act: tuple | None,
    words: str | None,
    agreement: bool,
    rule: str | None,
) -> None:
    said = Step(step, D(2019, 1, 1), None, ACT if act else None, agreement_id=uuid4() if agreement else None)
    if rule is None:
        status_history.check_ground(kind, said, act, words)
        return
    with pytest.raises(Refused) as refused:
        status_history.check_ground(kind, said, act, words)
    assert refused.value.rule == rule


AWARD = Step(S.AWARD, D(2019, 1, 1), D(2021, 12, 31), ACT)
EXTEND = Step(S.EXTEND, D(2021, 11, 1), D(2024, 12, 31), ACT)


@pytest.mark.parametrize(
    ("history", "outcome"),
    [
        ([], PlatformState.APPLIED),
        ([AWARD], PlatformState.ACTIVE),
        ([AWARD, EXTEND], PlatformState.ACTIVE),
        ([replace(AWARD, valid_to=D(2020, 6, 1)), EXTEND], "BR-23"),
        ([replace(AWARD, valid_to=D(2018, 6, 1))], "BR-23"),
        ([AWARD, replace(EXTEND, valid_to=D(2021, 6, 1))], "BR-23"),
        ([EXTEND], "PLATFORM_STATE"),
        ([replace(AWARD, on=D(2021, 11, 2)), EXTEND], "BR-26"),
        ([AWARD, Step(S.SUSPEND, D(2020, 1, 1)), Step(S.RESUME, D(2020, 2, 1))], PlatformState.ACTIVE),
        ([AWARD, Step(S.RESUME, D(2020, 2, 1))], "PLATFORM_STATE"),
        ([AWARD, Step(S.EXPIRE, D(2022, 1, 1))], PlatformState.EXPIRED),
        ([AWARD, Step(S.EXPIRE, D(2021, 1, 1))], "BR-23"),
        ([AWARD, Step(S.TERMINATE, D(2020, 1, 1)), Step(S.RESUME, D(2020, 2, 1))], "PLATFORM_STATE"),
        ([Step(S.DECLINE, D(2019, 1, 1)), AWARD], "PLATFORM_STATE"),
    ],
)
def test_histories(history: list[Step], outcome: PlatformState | str) -> None:
    if isinstance(outcome, PlatformState):
        assert status_history.check_history(history) is outcome
        return
    with pytest.raises(Refused) as refused:
        status_history.check_history(history)
    assert refused.value.rule == outcome
