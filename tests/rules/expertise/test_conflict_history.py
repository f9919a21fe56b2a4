"""Conflict rules over history: reasons, levels, horizons, waivers (F17, BR-36, BR-41, BR-42)."""

from datetime import date
from uuid import UUID

import pytest

from services.expertise.rules.conflicts import (
    DEFAULTS,
    Conflicts,
    Contestants,
    EntryFact,
    ExpertFact,
    History,
    Job,
    Relation,
    barring,
    check_waiver,
    soft_conflict,
    soft_cost,
)
from services.expertise.rules.policy import new_policy, read_policy
from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel, SameMunicipality
from shared.refusal import Refused

K, L = ConflictKind, ConflictLevel
TODAY = date(2020, 10, 1)
ORG, HOME, AWAY = UUID(int=1), UUID(int=2), UUID(int=3)
AUTHOR, JUDGE = UUID(int=31), UUID(int=32)
EXPERT = ExpertFact(UUID(int=41), JUDGE, HOME, "03625000")
ENTRY = EntryFact(UUID(int=21), "N1-001", UUID(int=11), "N1", frozenset({ORG}), "03701000", frozenset({AUTHOR}))


def found(history: History, rules: tuple = DEFAULTS) -> list[tuple[str, str]]:
    every = Conflicts([EXPERT], Contestants([]), history, today=TODAY, rules=rules).against(ENTRY)
    return [(one.kind.value, one.level.value) for one in every.get(EXPERT.expert_id, [])]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (History(), []),
        (History(jobs={JUDGE: (Job(ORG, date(2010, 1, 1), date(2018, 5, 1)),)}), [("FORMER_ORG", "HARD")]),
        (History(jobs={JUDGE: (Job(ORG, date(2010, 1, 1), date(2017, 9, 30)),)}), []),
        (History(jobs={JUDGE: (Job(AWAY, date(2010, 1, 1), date(2020, 5, 1)),)}), []),
        (History(co_authors={frozenset({AUTHOR, JUDGE}): date(2018, 1, 1)}), [("CO_AUTHOR", "HARD")]),
        (History(co_authors={frozenset({AUTHOR, JUDGE}): date(2016, 1, 1)}), []),
        (History(relations=(Relation(JUDGE, K.RELATIVE, "слова", AUTHOR),)), [("RELATIVE", "HARD")]),
        (History(relations=(Relation(AUTHOR, K.RELATIVE, "слова", JUDGE),)), [("RELATIVE", "HARD")]),
        (
            History(relations=(Relation(AUTHOR, K.RELATIVE, "слова", JUDGE, None, date(1990, 1, 1)),)),
            [("RELATIVE", "HARD")],
        ),
        (History(relations=(Relation(AUTHOR, K.MENTOR, "приказ", JUDGE, None, date(2016, 1, 1)),)), []),
        (History(relations=(Relation(JUDGE, K.JOINT_PROJECT, "договор", None, ORG),)), [("JOINT_PROJECT", "SOFT")]),
        (History(judged={(ORG, HOME): date(2019, 11, 1)}), [("RECIPROCAL", "SOFT")]),
        (History(judged={(HOME, ORG): date(2019, 11, 1)}), []),
        (History(judged={(ORG, HOME): date(2017, 11, 1)}), []),
        (History(declared={(EXPERT.expert_id, ORG): "дружу"}), [("DECLARED", "HARD")]),
        (History(declared={(EXPERT.expert_id, AWAY): "дружу"}), []),
    ],
)
def test_history_makes_conflicts(history: History, expected: list[tuple[str, str]]) -> None:
    assert found(history) == expected


def test_rules_of_an_edition_are_data() -> None:
    """Level and horizon are settings; a rule may be switched off; fixed ones may not (BR-36, BR-41)."""
    past = History(jobs={JUDGE: (Job(ORG, date(2010, 1, 1), date(2017, 5, 1)),)})

    def ruled(**settings: str) -> list[tuple[str, str]]:
        return found(past, read_policy(settings).conflicts)

    assert ruled() == ruled(conflict_former_org="OFF") == []
    assert ruled(conflict_former_org="SOFT 5") == [("FORMER_ORG", "SOFT")]
    assert ruled(conflict_former_org="HARD") == [("FORMER_ORG", "HARD")]
    assert ruled(conflict_former_org="HARD 3") == []
    policy = new_policy({"municipality_cap": 1})
    assert policy.conflicts == DEFAULTS
    assert read_policy(policy.as_data()) == policy
    for wrong in (
        {"conflict_same_org": "SOFT"},
        {"conflict_mentor": "LOUD"},
        {"conflict_mentor": "WAIVED"},
        {"conflict_mentor": "HARD -1"},
        {"conflict_mentor": "HARD 0"},
        {"conflict_mentor": "HARD 3 4"},
        {"conflict_mentor": None},
        {"municipality_cap": 0},
        {"municipality_cap": True},
    ):
        with pytest.raises(Refused, match="BR-36"):
            read_policy(wrong)


def test_a_waiver_lifts_one_conflict_of_one_pair() -> None:
    """Waived is neither hard nor dear, and is still shown (F17)."""
    history = History(
        relations=(
            Relation(JUDGE, K.RELATIVE, "слова", AUTHOR),
            Relation(JUDGE, K.JOINT_PROJECT, "договор", None, ORG),
        ),
        waived=frozenset({(EXPERT.expert_id, ENTRY.entry_id, K.RELATIVE)}),
    )
    every = Conflicts([EXPERT], Contestants([]), history, today=TODAY).against(ENTRY)[EXPERT.expert_id]
    assert [(one.kind, one.level) for one in every] == [(K.JOINT_PROJECT, L.SOFT), (K.RELATIVE, L.WAIVED)]
    assert barring(every) is None
    assert soft_cost(every) == 3_000


@pytest.mark.parametrize(
    ("kind", "present", "act", "reason", "field"),
    [
        (K.SAME_ORG, [K.SAME_ORG], "Приказ", "Так", "kind"),
        (K.AUTHOR, [K.AUTHOR], "Приказ", "Так", "kind"),
        (K.RECUSED, [K.RECUSED], "Приказ", "Так", "kind"),
        (K.MENTOR, [], "Приказ", "Так", "kind"),
        (K.MENTOR, [K.MENTOR], " ", "Так", "act_ref"),
        (K.MENTOR, [K.MENTOR], "Приказ", "", "reason"),
    ],
)
def test_what_no_act_lifts(kind: ConflictKind, present: list[ConflictKind], act: str, reason: str, field: str) -> None:
    with pytest.raises(Refused, match="BR-41") as refusal:
        check_waiver(kind, present, act, reason)
    assert refusal.value.field == field
    check_waiver(K.MENTOR, [K.MENTOR], "Приказ № 1", "Нужен")


def test_the_cap_of_a_municipality_blocks_like_a_soft_conflict() -> None:
    """«Один эксперт муниципалитета на заявку» as a separate setting of the edition (F1)."""
    other = ExpertFact(UUID(int=42), UUID(int=52), AWAY, "03625000")
    common = (EXPERT, ENTRY, [other], SameMunicipality.IGNORE, 3)
    assert soft_conflict(*common) is None
    assert soft_conflict(*common, 1) is K.MUNICIPALITY_CAP
    assert soft_conflict(*common, 2) is None
