"""Finding the registration behind a row of attendance, in the order of BR-31, never silently by guess.

join code in the display name → e-mail → exact full name within the event → a person decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.events.rules import names
from services.events.rules.kinds import MatchedBy

_CODE = re.compile(r"(?<!\d)(\d{6}|\d{3}[ -]\d{3})(?!\d)")
_RENAMED = re.compile(r"([^()]+)\(([^()]+)\)")


@dataclass(frozen=True)
class Candidate:
    """What is known of a registration when rows look for their owner."""

    registration_id: UUID
    join_code: str
    email: str | None
    last_name: str
    first_name: str
    middle_name: str | None = None


@dataclass(frozen=True)
class Match:
    """The registration found, and by what."""

    registration_id: UUID
    by: MatchedBy


class Matcher:
    """The registrations of one event, ready to be asked about rows."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_code: dict[str, list[Candidate]] = {}
        self._by_email: dict[str, list[Candidate]] = {}
        self._by_name: dict[tuple[str, ...], list[Candidate]] = {}
        for candidate in candidates:
            self._by_code.setdefault(candidate.join_code, []).append(candidate)
            if candidate.email:
                self._by_email.setdefault(candidate.email.lower(), []).append(candidate)
            for spelling in _spellings(candidate):
                self._by_name.setdefault(spelling, []).append(candidate)

    def match(self, raw_name: str, raw_email: str | None = None) -> Match | None:
        """The owner of a row; None when nobody fits, several do, or e-mail and name disagree (BR-31)."""
        by_code = {c.registration_id for code in codes_in(raw_name) for c in self._by_code.get(code, [])}
        if by_code:
            return _only(by_code, MatchedBy.JOIN_CODE)
        named = {
            c.registration_id for name in names_in(raw_name) for c in self._by_name.get(names.key(name), [])
        }
        mailed = {c.registration_id for c in self._by_email.get((raw_email or "").strip().lower(), [])}
        if len(mailed) > 1:
            # One mailbox of a whole organisation: the name decides between its people.
            mailed &= named
        if mailed and named and not mailed & named:
            return None
        if mailed:
            return _only(mailed, MatchedBy.EMAIL)
        return _only(named, MatchedBy.NAME)


def codes_in(raw_name: str) -> list[str]:
    """Join codes found in a display name, also when typed with a space or a dash inside."""
    return [re.sub(r"\D", "", found) for found in _CODE.findall(raw_name)]


def names_in(raw_name: str) -> list[str]:
    """Names a row may mean: the whole, and both parts of «Shown name (Original name)»."""
    shown_and_original = _RENAMED.fullmatch(raw_name.strip())
    return [raw_name, *(shown_and_original.groups() if shown_and_original else ())]


def _spellings(candidate: Candidate) -> set[tuple[str, ...]]:
    """The full name is exact with the middle name and, as people type it, without."""
    short = names.full(candidate.last_name, candidate.first_name)
    return {names.key(short), names.key(names.full(short, candidate.middle_name or ""))}


def _only(found: set[UUID], by: MatchedBy) -> Match | None:
    return Match(next(iter(found)), by) if len(found) == 1 else None
