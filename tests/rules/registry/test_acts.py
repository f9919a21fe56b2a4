"""BR-01…BR-05: numbers, force on a date, cycles, chains."""

import itertools
from datetime import date
from graphlib import TopologicalSorter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import acts
from services.registry.rules.kinds import ActKind, ActState, RelationType
from shared.bibliography import number_order
from shared.refusal import Refused

D = date


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("№ 47/1", "47/1"),
        (" 47-21042/15-14 ", "47-21042/15-14"),
        ("273 - ФЗ", "273—фз"),
        (None, ""),
        ("№21Н", "21н"),
    ],
)
def test_number_key(typed: str | None, key: str) -> None:
    assert acts.number_key(typed) == key


def test_number_is_at_most_64_characters() -> None:
    assert acts.number_key("1" * 64)
    with pytest.raises(Refused, match="BR-02"):
        acts.number_key("1" * 65)


def test_acts_without_number_are_told_by_title() -> None:
    assert acts.identity_number(None, "Резолюция") != acts.identity_number(None, "Другая резолюция")
    assert acts.identity_number("5", "Один") == acts.identity_number("№ 5", "Другой")


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (D(2013, 8, 31), ActState.NOT_YET),
        (D(2013, 9, 1), ActState.IN_FORCE),
        (D(2019, 3, 21), ActState.IN_FORCE),
        (D(2019, 3, 22), ActState.REPEALED),
    ],
)
def test_force_on_a_date(on: date, state: ActState) -> None:
    assert acts.state_on(D(2013, 9, 1), D(2019, 3, 22), on) is state


def test_a_citation_after_the_end_is_stale_and_before_it_is_not() -> None:
    assert acts.is_citation_stale(D(2019, 3, 22), D(2020, 11, 1))
    assert not acts.is_citation_stale(D(2019, 3, 22), D(2019, 3, 21))
    assert not acts.is_citation_stale(None, D(2020, 11, 1))


def test_an_act_does_not_enter_into_force_before_its_date() -> None:
    assert acts.entry_into_force(D(2013, 7, 23), None) == D(2013, 7, 23)
    with pytest.raises(Refused, match="BR-04"):
        acts.entry_into_force(D(2013, 7, 23), D(2013, 7, 22))


@pytest.mark.parametrize(
    ("term_to", "repealed_on", "end"),
    [
        (None, [], None),
        (None, [D(2019, 1, 1)], D(2019, 1, 1)),
        (D(2018, 1, 1), [D(2019, 1, 1)], D(2018, 1, 1)),
        (D(2020, 1, 1), [D(2019, 5, 1), D(2019, 1, 1)], D(2019, 1, 1)),
    ],
)
def test_the_earlier_end_stands(term_to: date | None, repealed_on: list[date], end: date | None) -> None:
    assert acts.end_of_force(term_to, repealed_on) == end


def test_a_term_lasts_at_least_a_day() -> None:
    acts.check_term(D(2019, 1, 1), D(2019, 1, 2))
    acts.check_term(D(2019, 1, 1), None)
    with pytest.raises(Refused, match="BR-04"):
        acts.check_term(D(2019, 1, 1), D(2019, 1, 1))


@pytest.mark.parametrize(
    ("state", "action", "then"),
    [
        ("DRAFT", "approve", "IN_FORCE"),
        ("DRAFT", "reject", "REJECTED"),
        ("NOT_YET", "amend", "NOT_YET"),
        ("IN_FORCE", "amend", "IN_FORCE"),
        ("IN_FORCE", "repeal", "REPEALED"),
        ("IN_FORCE", "end_term", "REPEALED"),
        ("IN_FORCE", "approve", None),
        ("REPEALED", "amend", None),
        ("REPEALED", "repeal", None),
        ("REJECTED", "approve", None),
        ("DRAFT", "amend", None),
    ],
)
def test_the_life_of_an_act(state: str, action: str, then: str | None) -> None:
    """Model 3.3, NormativeAct."""
    if then is None:
        with pytest.raises(Refused, match="ACT_STATE"):
            acts.move(ActState(state), action)
    else:
        assert acts.move(ActState(state), action) is ActState(then)


@pytest.mark.parametrize(
    ("kind", "number", "dated", "field"),
    [
        (ActKind.ORDER, "5", D(2020, 1, 1), None),
        (ActKind.RESOLUTION, None, D(2020, 1, 1), None),
        (ActKind.ORDER, " № ", D(2020, 1, 1), "number"),
        (ActKind.ORDER, "5", D(2020, 1, 2), "date"),
    ],
)
def test_a_draft_is_approved_with_number_and_date(
    kind: ActKind, number: str | None, dated: date, field: str | None
) -> None:
    if field is None:
        acts.check_approval(kind, number, dated, D(2020, 1, 1))
        return
    with pytest.raises(Refused) as refused:
        acts.check_approval(kind, number, dated, D(2020, 1, 1))
    assert (refused.value.rule, refused.value.field) == ("ACT_STATE", field)


@pytest.mark.parametrize(
    ("kind", "clause", "state", "allowed"),
    [
        (RelationType.AMENDS, "", ActState.REPEALED, False),
        (RelationType.REPEALS, "", ActState.REPEALED, False),
        (RelationType.REPEALS, "п. 2", ActState.IN_FORCE, True),
        (RelationType.BASED_ON, "", ActState.REPEALED, True),
    ],
)
def test_no_change_of_an_act_out_of_force(
    kind: RelationType, clause: str, state: ActState, allowed: bool
) -> None:
    """F8: no amendment to an act not in force."""
    if allowed:
        acts.check_force_of_target(kind, clause, state)
    else:
        with pytest.raises(Refused, match="ACT_STATE") as refused:
            acts.check_force_of_target(kind, clause, state)
        assert refused.value.field == "target_id"


def test_a_partial_repeal_ends_only_the_clause() -> None:
    assert acts.ends(RelationType.REPEALS, "")
    assert acts.ends(RelationType.REPLACES, None)
    assert not acts.ends(RelationType.REPEALS, "п. 2")
    assert not acts.ends(RelationType.AMENDS, "")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "ftp://x", "https:// x", "data:text"]
)
def test_only_web_addresses_are_kept(url: str) -> None:
    with pytest.raises(Refused, match="F8"):
        acts.address(url)


def test_an_address_or_none_is_kept() -> None:
    assert acts.address("https://bazanpa.ru/act") == "https://bazanpa.ru/act"
    assert acts.address("") is None


def test_a_clause_has_a_limit() -> None:
    assert acts.clause("  пункт  2 ") == "пункт 2"
    assert acts.clause(None) == ""
    with pytest.raises(Refused, match="BR-03"):
        acts.clause("п" * 61)


def test_numbers_in_order() -> None:
    assert sorted(["10", "9", "47/2", "47/1", "153", "21н", None], key=number_order) == [
        None,
        "9",
        "10",
        "21н",
        "47/1",
        "47/2",
        "153",
    ]


def test_a_redaction_is_applied_by_date_and_number() -> None:
    """Amendments of amendments belong to it; what is not yet adopted on the day does not (F8)."""
    amended_by = {"A07": {"A14", "A10", "B9"}, "A10": {"A11"}}
    order = {
        "A10": (D(2015, 6, 3), "2603"),
        "A11": (D(2015, 9, 16), "4718"),
        "B9": (D(2015, 9, 16), "99"),
    }
    assert acts.redaction("A07", amended_by, order) == ["A10", "B9", "A11"]
    assert acts.redaction("A14", amended_by, order) == []


def test_only_younger_acts_change_older_ones() -> None:
    old, new = (uuid4(), D(2015, 2, 13)), (uuid4(), D(2015, 6, 3))
    acts.check_relation(RelationType.AMENDS, new, old, {})
    with pytest.raises(Refused, match="BR-03"):
        acts.check_relation(RelationType.AMENDS, old, new, {})
    acts.check_relation(RelationType.BASED_ON, old, new, {})


@given(st.integers(1, 12))
def test_a_circle_is_refused_at_any_depth(depth: int) -> None:
    chain = [UUID(int=number) for number in range(depth + 1)]
    changes = {one: {other} for one, other in itertools.pairwise(chain)}
    with pytest.raises(Refused, match="BR-03"):
        acts.check_relation(
            RelationType.REPEALS, (chain[-1], D(2020, 1, 1)), (chain[0], D(2020, 1, 1)), changes
        )


def test_the_seeds_chain_and_its_branch() -> None:
    amends = {"A11": ["A10"], "A10": ["A07", "A06"]}
    assert list(acts.amend_paths("A11", amends)) == [["A11", "A10", "A07"], ["A11", "A10", "A06"]]
    assert list(acts.amend_paths("A07", amends)) == [["A07"]]


def test_a_chain_may_be_of_any_depth() -> None:
    depth = 3000
    assert len(next(acts.amend_paths(0, {n: [n + 1] for n in range(depth)}))) == depth + 1


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(RelationType)), st.integers(0, 6), st.integers(0, 6)),
        max_size=40,
    ),
    st.lists(st.integers(1, 3), min_size=7, max_size=7),
)
def test_no_sequence_of_accepted_relations_makes_a_circle(
    tried: list[tuple[RelationType, int, int]], months: list[int]
) -> None:
    """BR-03: whatever is entered in whatever order, what is accepted stays without circles."""
    keys = [UUID(int=number) for number in range(7)]
    ends = [(key, D(2020, month, 1)) for key, month in zip(keys, months, strict=True)]
    changes: dict[UUID, set[UUID]] = {}
    for kind, source, target in tried:
        try:
            acts.check_relation(kind, ends[source], ends[target], changes)
        except Refused:
            continue
        if kind in acts.CHANGING:
            changes.setdefault(keys[source], set()).add(keys[target])
    TopologicalSorter(changes).prepare()
