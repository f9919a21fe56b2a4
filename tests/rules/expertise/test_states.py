"""State machines as the model draws them (3.3)."""

import pytest

from services.expertise.rules.states import (
    ASSIGNMENT,
    EDITION,
    ENTRY,
    SHEET,
    next_on_road,
    stage_is_closed,
    stage_of,
)
from services.expertise.rules.vocabulary import (
    AssignmentState,
    EditionState,
    EntryState,
    SheetState,
    StageKind,
)
from shared.refusal import Refused

ALL = list(StageKind)


def test_the_road_of_an_edition_with_every_stage() -> None:
    road = [EditionState.ANNOUNCED]
    while road[-1] is not EditionState.DECISION:
        road.append(next_on_road(road[-1], ALL))
    assert [state.value for state in road] == [
        "ANNOUNCED",
        "ACCEPTING",
        "TECHNICAL",
        "CORRESPONDENCE",
        "IN_PERSON",
        "DECISION",
    ]


def test_absent_stages_are_skipped() -> None:
    stages = [StageKind.SUBMISSION, StageKind.CORRESPONDENCE, StageKind.DECISION]
    assert next_on_road(EditionState.ACCEPTING, stages) is EditionState.CORRESPONDENCE
    assert next_on_road(EditionState.CORRESPONDENCE, stages) is EditionState.DECISION


@pytest.mark.parametrize("state", [EditionState.DRAFT, EditionState.DECISION, EditionState.COMPLETED])
def test_no_road_from_here(state: EditionState) -> None:
    with pytest.raises(Refused):
        next_on_road(state, ALL)


def test_a_stage_is_closed_once_the_edition_has_passed_it() -> None:
    assert not stage_is_closed(StageKind.CORRESPONDENCE, EditionState.CORRESPONDENCE)
    assert stage_is_closed(StageKind.CORRESPONDENCE, EditionState.IN_PERSON)
    assert stage_is_closed(StageKind.IN_PERSON, EditionState.COMPLETED)
    assert not stage_is_closed(StageKind.IN_PERSON, EditionState.CANCELLED)


def test_the_expert_stage_of_a_state() -> None:
    assert stage_of(EditionState.IN_PERSON) is StageKind.IN_PERSON
    assert stage_of(EditionState.TECHNICAL) is None


ROADS: list[tuple[object, object, list[str], object]] = [
    (EDITION, EditionState.DECISION, ["publish_results", "close", "archive"], EditionState.ARCHIVED),
    (
        ENTRY,
        EntryState.DRAFT,
        ["submit", "register", "check:CONDITIONAL", "fix", "begin"],
        EntryState.IN_EXPERTISE,
    ),
    (ENTRY, EntryState.CONDITIONAL, ["expire"], EntryState.REJECTED),
    (
        ENTRY,
        EntryState.IN_EXPERTISE,
        ["return_for_revision", "resubmit", "score", "qualify", "score", "decide:AWARDED"],
        EntryState.AWARDED,
    ),
    (ENTRY, EntryState.SCORED, ["finalise", "decide:LAUREATE"], EntryState.LAUREATE),
    (
        ASSIGNMENT,
        AssignmentState.PROPOSED,
        ["accept", "work", "work", "submit", "reopen", "recuse"],
        AssignmentState.RECUSED,
    ),
    (SHEET, SheetState.DRAFT, ["save", "sign", "cancel"], SheetState.CANCELLED),
]


@pytest.mark.parametrize(("table", "start", "actions", "end"), ROADS)
def test_roads(table, start, actions, end) -> None:  # type: ignore[no-untyped-def]
    for action in actions:
        start = table.after(start, action)
    assert start is end


@pytest.mark.parametrize(
    ("table", "state", "action"),
    [
        (ENTRY, EntryState.DRAFT, "register"),
        (ENTRY, EntryState.REJECTED, "begin"),
        (ENTRY, EntryState.SCORED_FINAL, "withdraw"),
        (ENTRY, EntryState.AWARDED, "withdraw"),
        (ASSIGNMENT, AssignmentState.PROPOSED, "work"),
        (ASSIGNMENT, AssignmentState.DONE, "recuse"),
        (SHEET, SheetState.SIGNED, "save"),
        (SHEET, SheetState.SIGNED, "sign"),
        (EDITION, EditionState.DECISION, "cancel"),
    ],
)
def test_forbidden_moves(table, state, action) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused):
        table.after(state, action)
