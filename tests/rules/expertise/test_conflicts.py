"""Hard and soft conflicts of interest (BR-41, BR-42, Q-10); SC-04 of the demo."""

from uuid import UUID

import pytest

from services.expertise.rules.conflicts import (
    Contestants,
    EntryFact,
    ExpertFact,
    hard_conflict,
    soft_conflict,
)
from services.expertise.rules.vocabulary import ConflictKind, SameMunicipality

ORG, PARTNER, RIVAL, OTHER = (UUID(int=n) for n in range(1, 5))
N1, N2 = UUID(int=11), UUID(int=12)
CITY = "03701000"
ENTRY = EntryFact(
    UUID(int=21),
    "N1-001",
    N1,
    "N1",
    frozenset({ORG, PARTNER}),
    CITY,
    frozenset({UUID(int=31)}),
    frozenset({UUID(int=49)}),
)
CONTESTANTS = Contestants([(N1, ORG), (N1, PARTNER), (N1, RIVAL), (N2, OTHER)])


def expert(
    number: int = 41, person: int = 32, org: UUID = OTHER, place: str | None = "03625000"
) -> ExpertFact:
    return ExpertFact(UUID(int=number), UUID(int=person), org, place)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        (expert(org=ORG), ConflictKind.SAME_ORG),
        (expert(org=PARTNER), ConflictKind.SAME_ORG),
        (expert(person=31), ConflictKind.AUTHOR),
        (expert(org=RIVAL), ConflictKind.SAME_NOMINATION),
        (expert(number=49), ConflictKind.RECUSED),
        (expert(org=OTHER), None),
    ],
)
def test_hard_conflicts(who: ExpertFact, kind: ConflictKind | None) -> None:
    assert hard_conflict(who, ENTRY, CONTESTANTS) is kind


INSIDE, OUTSIDE = expert(place=CITY), expert()


@pytest.mark.parametrize(
    ("policy", "colleagues", "blocked"),
    [
        (SameMunicipality.FORBID, [], True),
        (SameMunicipality.AT_MOST_ONE_INSIDE, [OUTSIDE], False),
        (SameMunicipality.AT_MOST_ONE_INSIDE, [INSIDE], True),
        (SameMunicipality.AT_LEAST_ONE_OUTSIDE, [INSIDE], False),
        (SameMunicipality.AT_LEAST_ONE_OUTSIDE, [INSIDE, INSIDE], True),
        (SameMunicipality.AT_LEAST_ONE_OUTSIDE, [INSIDE, OUTSIDE], False),
        (SameMunicipality.IGNORE, [INSIDE, INSIDE], False),
    ],
)
def test_same_municipality_by_policy(
    policy: SameMunicipality, colleagues: list[ExpertFact], blocked: bool
) -> None:
    kind = soft_conflict(INSIDE, ENTRY, colleagues, policy, 3)
    assert (kind is ConflictKind.SAME_MUNICIPALITY) is blocked
    assert soft_conflict(OUTSIDE, ENTRY, colleagues, policy, 3) is None
