"""Refusals: the only thing rules may import from here; standard library only.

A refusal names the rule it rests on (``BR-14``, ``ROLE`` …), says in the user's language what is
wrong and, where one input is to blame, which field. The text is a Russian msgid with ``%(name)s``
places; the door that shows it translates it and fills in the parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


def N_(text: str) -> str:
    """Mark a msgid for translation; the text is translated where it is shown."""
    return text


class Refused(Exception):
    """A rule forbids what was asked. Nothing has been changed."""

    status = 409

    def __init__(self, rule: str, text: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(f"{rule}: {text % params if params else text}")
        self.rule = rule
        self.text = text
        self.field = field
        self.params = params
        if field is not None and self.status == 409:
            self.status = 422


@dataclass(frozen=True)
class Warned:
    """A rule finds fault with what was asked and lets it pass: it is done, and said (BR-05)."""

    rule: str
    text: str
    params: Mapping[str, Any]


class NotAllowed(Refused):
    """This person may not do or see this (roles and scopes, model 3.5)."""

    status = 403

    def __init__(self, text: str = N_("У вас нет права на это действие"), **params: Any) -> None:
        super().__init__("ROLE", text, **params)


class SignInNeeded(Refused):
    """Nobody is signed in, or the token is expired, foreign or withdrawn."""

    status = 401

    def __init__(self, text: str = N_("Войдите в систему"), **params: Any) -> None:
        super().__init__("SIGN_IN", text, **params)


class NotFound(Refused):
    """There is no such thing, or this person may not know that there is."""

    status = 404

    def __init__(self, what: str = "") -> None:
        super().__init__("NOT_FOUND", N_("Не найдено: %(what)s"), what=what)


class Stale(Refused):
    """Somebody else changed the same thing meanwhile (optimistic lock)."""

    status = 409

    def __init__(self) -> None:
        super().__init__("STALE", N_("Запись уже изменил кто-то другой. Откройте её снова и повторите."))


class StateTable(Generic[S]):
    """A state machine as data: ``{(state, action): next state}`` (model 3.3).

    ``rule`` is the name under which a forbidden move is refused.
    """

    def __init__(self, moves: Mapping[tuple[S, str], S], rule: str) -> None:
        self.moves = dict(moves)
        self.rule = rule

    def after(self, state: S, action: str) -> S:
        """The state that ``action`` leads to; refused where the table has no such move."""
        try:
            return self.moves[(state, action)]
        except KeyError:
            raise Refused(
                self.rule,
                N_("Действие «%(action)s» невозможно в состоянии %(state)s"),
                action=action,
                state=str(state.value),
            ) from None

    def allows(self, state: S, action: str) -> bool:
        """Whether the table has the move."""
        return (state, action) in self.moves
