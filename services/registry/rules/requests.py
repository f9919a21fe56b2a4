"""What people ask about their own data, and by when it is answered (model 3.5, PD-03)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from shared.refusal import N_, StateTable


class RequestKind(StrEnum):
    """What is asked."""

    EXPORT = "EXPORT"
    ERASURE = "ERASURE"


class RequestState(StrEnum):
    """The life of a request."""

    NEW = "NEW"
    DONE = "DONE"
    REFUSED = "REFUSED"


_S = RequestState
REQUEST_MOVES: StateTable[RequestState] = StateTable(
    {(_S.NEW, "fulfil"): _S.DONE, (_S.NEW, "refuse"): _S.REFUSED}, rule="REQUEST_STATE"
)
REQUEST_REFUSALS: Mapping[str, str] = {
    "fulfil": N_("Исполнить можно только новый запрос"),
    "refuse": N_("Отказать можно только по новому запросу"),
}
_DAYS = 30


def due_on(requested_on: date) -> date:
    """A request is answered within 30 days (PD-03)."""
    return requested_on + timedelta(days=_DAYS)
