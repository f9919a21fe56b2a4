"""When two rows mean one organisation, and when a person must say so (BR-07, D-02, T-table of the seed)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.registry.rules.importing.kinds import Likeness, Verdict
from services.registry.rules.importing.notes import Note, note
from services.registry.rules.importing.values import FORM_WORDS, without
from services.registry.rules.names import clean, search_key
from shared.refusal import N_

#: From here on two names look alike enough for a person to be asked; below it they are different (0…100).
GREY = 86
#: Names of one ИНН that are less alike than this are shown to a person: the code may be mistyped.
STRANGE = 45

_AFTER_SIGN = re.compile(r"№\s*(\d{1,4})\b")
_FAMILIES = (
    # What comes first decides: «школа-интернат» is no «школа».
    (
        None,
        "интернат коррекционная вечерняя спортивная дюсш сшор музыкальная дмш художественная искусств дши",
    ),
    ("лицей", "лицей"),
    ("гимназия", "гимназия прогимназия"),
    ("школа", "школа школы сош оош нош"),
    ("детский сад", "сад детсад доу црр мбдоу мадоу мкдоу мдобу мдоау мдоу"),
)
_FORM_PHRASE = (
    "муниципальное государственное бюджетное казенное автономное учреждение общеобразовательное образовательное "
    "дошкольное частное негосударственное средняя основная начальная общеобразовательная"
)
_DROPPED = FORM_WORDS.union(_FORM_PHRASE.split())

_REASONS: dict[Likeness, str] = {
    Likeness.INN: N_("тот же ИНН %(value)s"),
    Likeness.OGRN: N_("тот же ОГРН %(value)s"),
    Likeness.NAME: N_("то же наименование в том же муниципалитете"),
    Likeness.ALIAS: N_("такое написание этой организации уже встречалось"),
    Likeness.NUMBER: N_("тот же вид и номер: %(value)s"),
    Likeness.NEAR: N_("наименования похожи на %(score)s из 100"),
}


@dataclass
class Known:
    """An organisation that a row may mean: of the registry, or of an earlier ``row`` of the same file."""

    id: str
    name: str
    oktmo: str | None
    inn: str | None = None
    ogrn: str | None = None
    row: int | None = None
    active: bool = True
    #: Texts under which it has been met; a spelling among them needs no keeping.
    spellings: set[str] = field(default_factory=set)
    #: What else is kept about it, by field, to show what a merge would add.
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A known organisation and why it may be meant."""

    known: Known
    why: Likeness
    value: str = ""
    score: int = 100

    def reason(self) -> Note:
        """Why, in words."""
        return note(_REASONS[self.why], value=self.value, score=self.score)


@dataclass(frozen=True)
class Judgement:
    """What a row is; a merge names its target and the reason, an open question its candidates."""

    verdict: Verdict
    reason: Note | None = None
    target: Known | None = None


def number_and_kind(name: str) -> str | None:
    """«школа 94» for «МБОУ СОШ №94» as for «Школа № 94»; None where the name has no kind or no one number."""
    number = number_of(name)
    words = set(search_key(name).split())
    if number is None:
        return None
    for family, marks in _FAMILIES:
        if words.intersection(marks.split()):
            return f"{family} {number}" if family else None
    return None


def number_of(name: str) -> str | None:
    """The number of an organisation: after «№», else the only number in its name."""
    found = _AFTER_SIGN.findall(clean(name)) or re.findall(r"\b\d{1,4}\b", search_key(name))
    return str(int(found[0])) if len(found) == 1 else None


def core(name: str) -> str:
    """What is left of a name without its legal form: what near names are compared by."""
    key = search_key(name)
    return without(key.split(), _DROPPED) or key


def judge(row: Known, candidates: Sequence[Candidate], likeness: int = 100) -> Judgement:
    """One clear candidate is proposed with its reason; a doubt of any kind is a person's to settle.

    ``likeness`` says how much the row's name looks like the name of the strongest candidate.
    """
    if not candidates:
        return Judgement(Verdict.NEW)
    best = min(candidates, key=lambda one: list(Likeness).index(one.why))
    doubt = _doubt(row, best, [one for one in candidates if one.why is not Likeness.NEAR], likeness)
    if doubt is not None:
        return Judgement(Verdict.UNDECIDED, doubt)
    return Judgement(Verdict.MERGE, best.reason(), best.known)


def _doubt(row: Known, best: Candidate, sure: Collection[Candidate], likeness: int) -> Note | None:
    if best.why is Likeness.NEAR:
        return best.reason()
    if len({one.known.id for one in sure}) > 1:
        return note(N_("признаки указывают на разные организации"))
    if not best.known.active:
        return note(N_("организация с этими кодами уже прекращена"))
    for what, ours, theirs in (("ИНН", row.inn, best.known.inn), ("ОГРН", row.ogrn, best.known.ogrn)):
        if ours and theirs and ours != theirs:
            return note(
                N_("похожа, но %(code)s другой: в реестре %(theirs)s, в файле %(ours)s"),
                code=what, theirs=theirs, ours=ours,
            )  # fmt: skip
    if row.oktmo != best.known.oktmo:
        return note(N_("коды совпадают, но муниципалитеты разные"))
    if best.why in (Likeness.INN, Likeness.OGRN) and likeness < STRANGE:
        return note(N_("коды совпадают, но наименования совсем разные"))
    return None
