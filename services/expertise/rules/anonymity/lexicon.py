"""The names that an anonymous work must not hold: organisations, municipalities, people in any form (F18)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.expertise.rules.anonymity.words import Token, stem_of, surname_forms, tokens

_COMMON_WORDS = """
    муниципальное муниципальный государственное бюджетное автономное казённое дошкольное дошкольный частное
    образовательное образовательный общеобразовательное общеобразовательный учреждение организация средняя
    основная начальная школа детский сад лицей гимназия центр развития развитие ребёнка образования образование
    дополнительного дополнительное комитет управление отдел администрация информационно методический
    информационно-методический научно-методический организационно-методический служба система системы повышения
    квалификации педагогического муниципального край края краевой город города район района округ округа
    муниципальных городской сельский станица посёлок курорт имени им мо г ст ст-ца город-курорт и в на по с для
    при о об от из до с/к российской федерации россии вид вида комбинированного общеразвивающего компенсирующего
    присмотра оздоровления творчества детей юношества детского юношеского технического художественного
    спортивная юных дом дворец станция героя советского союза труда великой отечественной войны дважды кавалера
    ордена полного участника академика маршала генерала углублённым изучением отдельных предметов прогимназия
    интернат коррекционная специальная открытая вечерняя сменная кадетский казачий колледж техникум институт
    университет филиал имя тип профиль хутор село новый новая
"""
#: Words of names that name nobody: legal forms, kinds of organisations and territories, small words.
_COMMON = frozenset(_COMMON_WORDS.split())
_ABBREVIATED = """
    мбоу маоу мкоу мбдоу мадоу мкдоу мбу мку мау гбоу гбу гкоу гкш сош оош нош соши доу дс црр цдо цдт црт ддт
    дюсш имц кнмц оцро инн огрн фгос ноо ооо оо до моу мдоу чоу ано тмс иро роо
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_COMMON_STEMS = frozenset(stem_of(word) for word in _COMMON) | _ABBREVIATIONS
_QUOTED = re.compile(r"[«\"“„][^»\"”“]*[»\"”“]")
#: Adjectives that no rule makes from the name of the place.
_PLACES = {"соч": ("сочинск",), "туапс": ("туапсинск",), "ейск": ("ейск",)}


class Finding(StrEnum):
    """What a place in a text tells."""

    ORGANISATION = "ORGANISATION"
    MUNICIPALITY = "MUNICIPALITY"
    PERSON = "PERSON"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ADDRESS = "ADDRESS"
    PICTURE = "PICTURE"


Run = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Names of one work's parties: phrases of stems, family names in all forms, numbers of institutions."""

    phrases: dict[str, tuple[tuple[Run, Finding], ...]]
    people: frozenset[str] = frozenset()
    #: «94» beside a word for a school or a kindergarten.
    numbers: frozenset[str] = frozenset()

    def starting_with(self, first: str) -> tuple[tuple[Run, Finding], ...]:
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

    Of an organisation the distinctive words count («Солнышко», «Северского») and its number; of a municipality the
    name and the adjective made of it; of a person the family name.
    """
    found: dict[Run, Finding] = {}
    numbers: set[str] = set()
    for name in organisations:
        numbers.update(one.word for one in tokens(name) if one.word.isdigit() and len(one.word) <= 3)
        for run in _distinctive(tokens(name)):
            found.setdefault(run, Finding.ORGANISATION)
        # Outside of quotes each capital word tells by itself: «имени Жадана», «Северского района».
        for one in tokens(_QUOTED.sub(" ", name)):
            if one.is_name and _tells(one):
                found.setdefault((one.stem,), Finding.ORGANISATION)
    for name in municipalities:
        for run in _distinctive(tokens(name)):
            for form in _forms_of_place(run):
                found[form] = Finding.MUNICIPALITY
    phrases: dict[str, list[tuple[Run, Finding]]] = {}
    for run, finding in found.items():
        phrases.setdefault(run[0], []).append((run, finding))
    return Lexicon(
        {first: tuple(sorted(runs, key=lambda one: -len(one[0]))) for first, runs in phrases.items()},
        frozenset(form for last, _, _ in people if len(last) > 2 for form in surname_forms(last)),
        frozenset(numbers),
    )


def _tells(one: Token) -> bool:
    return not one.word.isdigit() and one.stem not in _COMMON_STEMS and len(one.stem) > 2


def _distinctive(told: list[Token]) -> Iterator[Run]:
    """Runs of neighbouring words that are neither common nor numbers."""
    run: list[str] = []
    for one in told:
        if _tells(one):
            run.append(one.stem)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _forms_of_place(run: Run) -> Iterator[Run]:
    yield run
    if len(run) == 1 and not run[0].endswith("ск"):
        yield (f"{run[0]}ск",)
        for form in _PLACES.get(run[0], ()):
            yield (form,)
