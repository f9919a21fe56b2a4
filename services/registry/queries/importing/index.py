"""Organisations by everything a row of a table may know them by; near names by a library (BR-07)."""

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz, process

from services.registry.rules.importing.kinds import Likeness
from services.registry.rules.importing.likeness import (
    GREY,
    Candidate,
    Known,
    core,
    number_and_kind,
    number_of,
)
from services.registry.rules.names import search_key

#: How many near names a person is shown.
SHOWN = 5
#: From here on two names of municipalities look alike (0…100).
NEAR_TERRITORY = 75

Scope = str


class Index:
    """Organisations of the registry, and of the rows of a file read so far."""

    def __init__(self) -> None:
        self._by_id: dict[str, Known] = {}
        self._inn: dict[str, list[Known]] = {}
        self._ogrn: dict[str, list[Known]] = {}
        self._names: dict[tuple[Scope, str], list[Known]] = {}
        self._aliases: dict[tuple[Scope, str], list[Known]] = {}
        self._numbers: dict[tuple[Scope, str], list[Known]] = {}
        self._near: dict[tuple[Scope, str | None], dict[str, str]] = {}
        self._anywhere: dict[str, list[Known]] = {}
        self._near_anywhere: dict[str | None, dict[str, str]] = {}

    def add(self, known: Known) -> None:
        """Something that later rows may mean."""
        self._by_id[known.id] = known
        for code, table in ((known.inn, self._inn), (known.ogrn, self._ogrn)):
            if code:
                table.setdefault(code, []).append(known)
        if not known.active:
            return
        scope, key, bare = known.oktmo or "", search_key(known.name), core(known.name)
        self._names.setdefault((scope, key), []).append(known)
        self._anywhere.setdefault(key, []).append(known)
        if mark := number_and_kind(known.name):
            self._numbers.setdefault((scope, mark), []).append(known)
        number = number_of(known.name)
        self._near.setdefault((scope, number), {})[known.id] = bare
        self._near_anywhere.setdefault(number, {})[known.id] = bare

    def spell(self, organisation_id: str, text: str, key: str | None = None) -> None:
        """A spelling of a known organisation."""
        known = self._by_id[organisation_id]
        known.spellings.add(text)
        if known.active:
            spelled = key or search_key(text)
            self._aliases.setdefault((known.oktmo or "", spelled), []).append(known)
            self._anywhere.setdefault(spelled, []).append(known)

    def candidates(self, row: Known) -> list[Candidate]:
        """Everything that the row may mean, the strongest reason first; near names only where no other is."""
        scope, key = row.oktmo or "", search_key(row.name)
        found: dict[str, Candidate] = {}
        for why, value, known in (
            *((Likeness.INN, row.inn or "", one) for one in self._inn.get(row.inn or "", ())),
            *((Likeness.OGRN, row.ogrn or "", one) for one in self._ogrn.get(row.ogrn or "", ())),
            *((Likeness.NAME, "", one) for one in self._names.get((scope, key), ())),
            *((Likeness.ALIAS, "", one) for one in self._aliases.get((scope, key), ())),
        ):
            found.setdefault(known.id, Candidate(known, why, value))
        mark = number_and_kind(row.name)
        if not found and mark:
            for known in self._numbers.get((scope, mark), ()):
                found.setdefault(known.id, Candidate(known, Likeness.NUMBER, mark))
        return list(found.values()) if found else self._alike(row, scope)

    def by_name(self, text: str) -> list[Known]:
        """Active organisations of any municipality with this name or spelling."""
        return list({one.id: one for one in self._anywhere.get(search_key(text), ())}.values())

    def by_inn(self, inn: str) -> list[Known]:
        """Active organisations with this ИНН."""
        return [one for one in self._inn.get(inn, ()) if one.active]

    def near_names(self, text: str) -> list[str]:
        """Names that look like the text, wherever they are; to be shown, never taken."""
        choices = self._near_anywhere.get(number_of(text), {})
        found = process.extract(core(text), choices, scorer=fuzz.token_sort_ratio, score_cutoff=75, limit=3)
        return [self._by_id[key].name for _, _, key in found]

    def _alike(self, row: Known, scope: Scope) -> list[Candidate]:
        """Near names of the same municipality; names with different numbers are different."""
        group = self._near.get((scope, number_of(row.name)), {})
        found = process.extract(
            core(row.name), group, scorer=fuzz.token_sort_ratio, score_cutoff=GREY, limit=SHOWN
        )
        return [Candidate(self._by_id[key], Likeness.NEAR, score=round(score)) for _, score, key in found]


def likeness(one: str, other: str) -> int:
    """How much two names look alike, 0…100."""
    return round(fuzz.token_sort_ratio(core(one), core(other)))


def closest_names(text: str, names: Collection[str]) -> Sequence[str]:
    """The names that look most like the text."""
    found: Iterable[tuple[str, float, int]] = process.extract(
        text, names, scorer=fuzz.ratio, score_cutoff=NEAR_TERRITORY, limit=3
    )
    return [name for name, _, _ in found]
