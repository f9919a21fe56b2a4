"""The names that an anonymous entry must not hold, as stems of words: every inflected form is found (F18)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.stems import stem

WORD = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*")
#: Words of names that name nobody: legal forms, kinds of organisations and territories, small words.
_COMMON = frozenset(
    """
    муниципальное муниципальный государственное бюджетное автономное казённое казенное дошкольное дошкольный
    образовательное образовательный общеобразовательное общеобразовательный учреждение организация средняя основная
    начальная школа детский сад лицей гимназия центр развития развитие ребёнка ребенка образования образование
    дополнительного дополнительное комитет управление отдел администрация информационно методический
    информационно-методический научно-методический организационно методическая служба система системы повышения
    квалификации педагогического муниципального край края краевой город города район района округ округа
    муниципальных городской сельский станица посёлок поселок курорт имени им мо г ст ст-ца город-курорт и в на по с
    для при о об от из до с/к российской федерации россии вид вида комбинированного общеразвивающего
    """.split()
)
_ABBREVIATIONS = frozenset(
    "мбоу маоу мкоу мбдоу мадоу мкдоу мбу мку мау гбоу гбу гкоу гкш сош оош нош соши доу дс црр цдо ддт дюсш имц кнмц"
    " оцро инн огрн фгос ноо ооо оо до".split()
)


class Finding(StrEnum):
    """What a span of text tells."""

    ORGANISATION = "ORGANISATION"
    MUNICIPALITY = "MUNICIPALITY"
    PERSON = "PERSON"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    PICTURE = "PICTURE"


@dataclass(frozen=True)
class Token:
    """A word of a text, where it stands, and its stem."""

    start: int
    end: int
    word: str
    stem: str

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name is: with a capital letter."""
        return self.word[:1].isupper()


def tokens(text: str) -> list[Token]:
    """The words of a text in their order; «ё» is «е», case does not matter to the stem."""
    return [Token(m.start(), m.end(), m[0], stem_of(m[0])) for m in WORD.finditer(text)]


def stem_of(word: str) -> str:
    """The stem of a word as it is written."""
    return stem(word.casefold().replace("ё", "е"))


_COMMON_STEMS = frozenset(stem_of(word) for word in _COMMON) | _ABBREVIATIONS


@dataclass(frozen=True)
class Lexicon:
    """Phrases of stems by what they tell; a phrase is found as a run of neighbouring words."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], Finding], ...]]
    #: Numbers of the organisations: «№ 94» beside a word for a school or a kindergarten.
    numbers: frozenset[str]

    def starting_with(self, first: str) -> tuple[tuple[tuple[str, ...], Finding], ...]:
        """Phrases that begin with this stem, the longest first."""
        return self.phrases.get(first, ())


def build(
    *,
    organisations: Iterable[str] = (),
    municipalities: Iterable[str] = (),
    people: Iterable[tuple[str, str, str | None]] = (),
) -> Lexicon:
    """The lexicon of names of the registry: organisations and municipalities as they are called, people as
    (last, first, middle).

    Of an organisation the distinctive words count («Солнышко», «Северского»), and its number; of a person the
    last name: alone and with what stands around it.
    """
    found: dict[tuple[str, ...], Finding] = {}
    numbers: set[str] = set()
    for name in organisations:
        told = tokens(name)
        numbers.update(one.word for one in told if one.word.isdigit())
        for run in _distinctive(told):
            found.setdefault(run, Finding.ORGANISATION)
    for name in municipalities:
        for run in _distinctive(tokens(name)):
            found[run] = Finding.MUNICIPALITY
    for last, _first, _middle in people:
        run = tuple(one.stem for one in tokens(last))
        if run and len(run[0]) > 2:
            found[run] = Finding.PERSON
    phrases: dict[str, list[tuple[tuple[str, ...], Finding]]] = {}
    for run, finding in found.items():
        phrases.setdefault(run[0], []).append((run, finding))
    return Lexicon(
        {first: tuple(sorted(runs, key=lambda one: -len(one[0]))) for first, runs in phrases.items()},
        frozenset(numbers),
    )


def _distinctive(told: list[Token]) -> Iterable[tuple[str, ...]]:
    """Runs of neighbouring words that are neither common nor numbers."""
    run: list[str] = []
    for one in [*told, None]:
        if one is not None and not one.word.isdigit() and one.stem not in _COMMON_STEMS and len(one.stem) > 2:
            run.append(one.stem)
            continue
        if run:
            yield tuple(run)
        run = []
