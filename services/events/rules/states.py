"""States of an event and of a registration as data, with one function each (model 3.3)."""

from collections.abc import Mapping
from enum import StrEnum

from shared.refusal import N_, Refused, StateTable


class EventState(StrEnum):
    """The life of an event."""

    PLANNED = "PLANNED"
    REGISTRATION = "REGISTRATION"
    READY = "READY"
    RUNNING = "RUNNING"
    HELD = "HELD"
    ARCHIVED = "ARCHIVED"
    CANCELLED = "CANCELLED"


class RegistrationState(StrEnum):
    """The life of one person's participation in one event."""

    REQUESTED = "REQUESTED"
    WAITLIST = "WAITLIST"
    CONFIRMED = "CONFIRMED"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    CERTIFIED = "CERTIFIED"
    CANCELLED = "CANCELLED"


_E, _R = EventState, RegistrationState
_BEFORE_START = (_E.PLANNED, _E.REGISTRATION, _E.READY)

EVENT_MOVES: StateTable[EventState] = StateTable(
    {
        (_E.PLANNED, "open_registration"): _E.REGISTRATION,
        (_E.REGISTRATION, "close_registration"): _E.READY,
        (_E.READY, "start"): _E.RUNNING,
        (_E.RUNNING, "finish"): _E.HELD,
        (_E.HELD, "archive"): _E.ARCHIVED,
        **{(state, "postpone"): _E.PLANNED for state in _BEFORE_START},
        **{(state, "cancel"): _E.CANCELLED for state in _BEFORE_START},
    },
    rule="EVENT_STATE",
)

REGISTRATION_MOVES: StateTable[RegistrationState] = StateTable(
    {
        (_R.REQUESTED, "confirm"): _R.CONFIRMED,
        (_R.REQUESTED, "wait"): _R.WAITLIST,
        (_R.WAITLIST, "promote"): _R.CONFIRMED,
        # Settling may be repeated while rows are still being matched (BR-33).
        **{(state, "attend"): _R.ATTENDED for state in (_R.CONFIRMED, _R.NO_SHOW, _R.ATTENDED)},
        **{(state, "miss"): _R.NO_SHOW for state in (_R.CONFIRMED, _R.NO_SHOW, _R.ATTENDED)},
        (_R.ATTENDED, "certify"): _R.CERTIFIED,
        (_R.CERTIFIED, "withdraw_certificate"): _R.ATTENDED,
        **{(state, "cancel"): _R.CANCELLED for state in (_R.REQUESTED, _R.WAITLIST, _R.CONFIRMED)},
    },
    rule="REGISTRATION_STATE",
)

_EVENT_REFUSALS: Mapping[str, str] = {
    "open_registration": N_("Открыть регистрацию можно только у запланированного мероприятия"),
    "close_registration": N_("Закрыть можно только открытую регистрацию"),
    "start": N_("Начать можно только мероприятие, регистрация на которое закрыта"),
    "finish": N_("Завершить можно только начатое мероприятие"),
    "archive": N_("В архив отправляется только проведённое мероприятие"),
    "postpone": N_("Перенести можно только мероприятие, которое ещё не началось"),
    "cancel": N_("Отменить можно только мероприятие, которое ещё не началось"),
}

_REGISTRATION_REFUSALS: Mapping[str, str] = {
    "confirm": N_("Подтвердить можно только новую заявку"),
    "wait": N_("В лист ожидания попадает только новая заявка"),
    "promote": N_("Из листа ожидания можно перевести только ожидающего участника"),
    "attend": N_("Присутствие отмечают только у подтверждённого участника"),
    "miss": N_("Неявку отмечают только у подтверждённого участника"),
    "certify": N_("Сертификат выдаётся только тому, кто присутствовал"),
    "withdraw_certificate": N_("У этого участника нет действующего сертификата"),
    "cancel": N_("Отменить регистрацию можно только до начала мероприятия"),
}

#: States in which a registration takes up a place and a person counts as registered.
ALIVE = frozenset(_R) - {_R.CANCELLED}
#: States in which a registration takes up one of the places of BR-30's form.
SEATED = frozenset({_R.CONFIRMED, _R.ATTENDED, _R.NO_SHOW, _R.CERTIFIED})
#: States that count as having been there (I-09, I-10).
PRESENT = frozenset({_R.ATTENDED, _R.CERTIFIED})
#: An event in these states is over.
OVER = frozenset({_E.HELD, _E.ARCHIVED})


def event_after(state: EventState, action: str) -> EventState:
    """The state of an event after ``action``; a move the table lacks is refused in the field's words."""
    if not EVENT_MOVES.allows(state, action):
        raise Refused(EVENT_MOVES.rule, _EVENT_REFUSALS[action])
    return EVENT_MOVES.after(state, action)


def registration_after(state: RegistrationState, action: str) -> RegistrationState:
    """The state of a registration after ``action``; a move the table lacks is refused likewise."""
    if not REGISTRATION_MOVES.allows(state, action):
        raise Refused(REGISTRATION_MOVES.rule, _REGISTRATION_REFUSALS[action])
    return REGISTRATION_MOVES.after(state, action)


def before_start(state: EventState) -> None:
    """A registration is cancelled only before the event starts (model 3.3)."""
    if state not in _BEFORE_START:
        raise Refused("REGISTRATION_STATE", _REGISTRATION_REFUSALS["cancel"])


def day_may_be_set(state: EventState) -> None:
    """A day is set for a planned event, or found out for a past one (BR-27)."""
    if state not in (_E.PLANNED, _E.HELD):
        raise Refused("BR-27", N_("День назначают у запланированного или прошедшего мероприятия"))


def past_participation_fits(state: EventState) -> None:
    """Participation is entered afterwards for an event that has been held."""
    if state not in OVER:
        raise Refused("EVENT_STATE", N_("Участие задним числом записывают у проведённого мероприятия"))


def next_step(state: EventState) -> str | None:
    """The one step that leads an event forward, for the single button on its card."""
    return {
        _E.PLANNED: "open_registration",
        _E.REGISTRATION: "close_registration",
        _E.READY: "start",
        _E.RUNNING: "finish",
    }.get(state)
