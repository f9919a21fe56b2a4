"""State machines of events and registrations (model 3.3)."""

import pytest

from services.events.rules.states import (
    EVENT_MOVES,
    REGISTRATION_MOVES,
    EventState,
    RegistrationState,
    event_after,
    next_step,
    registration_after,
)
from shared.refusal import Refused

E, R = EventState, RegistrationState


def test_the_straight_life_of_an_event() -> None:
    state = E.PLANNED
    walked = [state]
    while (step := next_step(state)) is not None:
        state = event_after(state, step)
        walked.append(state)
    assert walked == [E.PLANNED, E.REGISTRATION, E.READY, E.RUNNING, E.HELD]


@pytest.mark.parametrize("state", [E.PLANNED, E.REGISTRATION, E.READY])
def test_before_the_start_an_event_may_be_postponed_or_cancelled(state: EventState) -> None:
    assert event_after(state, "postpone") is E.PLANNED
    assert event_after(state, "cancel") is E.CANCELLED


def test_every_other_move_of_an_event_is_refused() -> None:
    actions = {action for _, action in EVENT_MOVES.moves}
    for state in E:
        for action in actions:
            if (state, action) not in EVENT_MOVES.moves:
                with pytest.raises(Refused) as refusal:
                    event_after(state, action)
                assert refusal.value.rule == "EVENT_STATE"


@pytest.mark.parametrize(
    ("path", "end"),
    [
        (["confirm", "attend", "certify"], R.CERTIFIED),
        (["wait", "promote", "miss"], R.NO_SHOW),
        (["confirm", "miss", "attend", "miss"], R.NO_SHOW),
        (["confirm", "attend", "certify", "withdraw_certificate"], R.ATTENDED),
        (["wait", "cancel"], R.CANCELLED),
    ],
)
def test_lives_of_a_registration(path: list[str], end: RegistrationState) -> None:
    state = R.REQUESTED
    for action in path:
        state = registration_after(state, action)
    assert state is end


def test_every_other_move_of_a_registration_is_refused() -> None:
    actions = {action for _, action in REGISTRATION_MOVES.moves}
    for state in R:
        for action in actions:
            if (state, action) not in REGISTRATION_MOVES.moves:
                with pytest.raises(Refused):
                    registration_after(state, action)
