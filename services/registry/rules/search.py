"""How things are found: the words a thing answers to, and the words somebody typed (BR-07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.registry.rules.kinds import SearchKind
from services.registry.rules.names import search_key

#: More words narrow a search no further.
MAX_WORDS = 10
#: No word of the network is longer; what is longer is cut on both sides alike.
MAX_WORD = 100
#: Words that say nothing by themselves: «школа в Северском районе».
STOP = frozenset(
    {
        "а",
        "без",
        "в",
        "во",
        "для",
        "до",
        "за",
        "и",
        "из",
        "или",
        "к",
        "как",
        "ко",
        "на",
        "не",
        "о",
        "об",
        "от",
        "по",
        "под",
        "при",
        "про",
        "с",
        "со",
        "у",
    }
)
#: Where the card of a thing lies.
SECTIONS = {
    SearchKind.ORGANISATION: "organisations",
    SearchKind.PLATFORM: "platforms",
    SearchKind.ACT: "acts",
    SearchKind.AGREEMENT: "agreements",
    SearchKind.MUNICIPALITY: "municipalities",
    SearchKind.PERSON: "people",
}


@dataclass(frozen=True)
class Searched:
    """What is shown of a thing among the results, and what else it is found by."""

    title: str
    subtitle: str = ""
    #: An exact number comes before everything else.
    number: str | None = None
    others: tuple[str | None, ...] = ()
    #: A thing of which only those who keep the register know.
    is_hidden: bool = False
    #: The last part of the card's address when it is not the identifier.
    slug: str | None = None


def words(text: str) -> list[str]:
    """Normalised words of a text, the same as those of its search key (BR-07)."""
    return [word for token in text.split() for word in _words(token)]


def asked(text: str) -> list[str]:
    """The words that somebody looks for; words that say nothing are dropped unless there is nothing else."""
    typed = words(text)
    return ([word for word in typed if word not in STOP] or typed)[:MAX_WORDS]


def distinct(texts: Iterable[str | None]) -> list[str]:
    """Every word of several texts once, in the order of their coming."""
    return list(dict.fromkeys(word for text in texts if text for word in words(text)))


def is_unfinished(word: str) -> bool:
    """Whether the last typed word may be the beginning of a longer one; a number is meant as it stands."""
    return len(word) > 1 and not word.isdecimal()


@lru_cache(maxsize=65_536)
def _words(token: str) -> tuple[str, ...]:
    return tuple(word[:MAX_WORD] for word in search_key(token).split())
