"""How well an expert fits an entry: words of the topic, nomination, experience; each part can be explained (F1)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.expertise.rules.assignment.instance import SCALE, Shorts
from services.expertise.rules.conflicts.facts import EntryFact, ExpertFact
from services.expertise.rules.vocabulary import ExpertLevel
from shared.stems import stem

#: What the parts may bring, in ten-thousandths; together the whole scale.
TOPIC, NOMINATION, EXPERIENCE = 6_000, 2_500, 1_500
#: So many common words make a topic fit wholly.
ENOUGH = 3
_EXPERIENCE = {ExpertLevel.LEAD: 1_500, ExpertLevel.SENIOR: 1_000, ExpertLevel.BASE: 500}
_WORD = re.compile(r"[а-яёa-z][а-яёa-z-]{3,}")
#: Words of every application, which say nothing of its topic.
_COMMON = frozenset(
    stem(word)
    for word in (
        *("проект", "школа", "работа", "система", "развитие", "образование", "образовательный", "деятельность"),
        *("организация", "муниципальный", "инновационный", "площадка", "конкурс", "учитель", "ученик"),
        *("обучающийся", "условие"),
    )
)


@dataclass(frozen=True)
class Affinity:
    """The parts of one affinity in ten-thousandths, and the stems that topic and specialities have in common."""

    topic: int
    nomination: int
    experience: int
    common: tuple[str, ...]

    @property
    def total(self) -> int:
        """The affinity itself."""
        return self.topic + self.nomination + self.experience


def stems_of(text: str) -> frozenset[str]:
    """The telling words of a text, cut to their stems."""
    words = _WORD.findall(text.lower().replace("ё", "е"))
    return frozenset(stem(word) for word in words) - _COMMON


def affinity(expert: ExpertFact, entry: EntryFact) -> Affinity:
    """The affinity of one pair with its parts."""
    common = stems_of(" ".join(expert.specialities)) & stems_of(entry.text)
    return Affinity(
        topic=TOPIC * min(len(common), ENOUGH) // ENOUGH,
        nomination=NOMINATION if entry.nomination_code in expert.nominations else 0,
        experience=_EXPERIENCE[expert.level],
        common=tuple(sorted(common)),
    )


def affinities(experts: Sequence[ExpertFact], entries: Sequence[EntryFact]) -> Shorts:
    """The affinities of all pairs: experts are rows, entries are columns."""
    known: dict[str, list[int]] = defaultdict(list)
    for row, expert in enumerate(experts):
        for word in stems_of(" ".join(expert.specialities)):
            known[word].append(row)
    matches = np.zeros((len(experts), len(entries)), dtype=np.int16)
    for column, entry in enumerate(entries):
        for word in stems_of(entry.text) & known.keys():
            matches[known[word], column] += 1
    result = (TOPIC * np.minimum(matches, ENOUGH).astype(np.int32)) // ENOUGH
    result += np.array([_EXPERIENCE[expert.level] for expert in experts], dtype=np.int32)[:, None]
    codes = [entry.nomination_code for entry in entries]
    by_code = {code: np.array([code == one for one in codes]) for code in set(codes)}
    for row, expert in enumerate(experts):
        for code in expert.nominations & by_code.keys():
            result[row, by_code[code]] += NOMINATION
    return np.minimum(result, SCALE).astype(np.int16)
