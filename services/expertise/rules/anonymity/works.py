"""Codes of anonymous works, what an expert reads of their words, and what the secretary still has to look at (F18)."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from services.expertise.rules.anonymity.lexicon import Finding, Lexicon
from services.expertise.rules.anonymity.lint import Span, lint, masked
from shared.refusal import N_, Refused

#: Letters and digits that nobody mistakes for one another when a code is read aloud.
ALPHABET = "АВЕКМНРСТУХ23456789"
LENGTH = 4
AROUND = 40


def draw_code(choose: Callable[[str], str], taken: Collection[str]) -> str:
    """A code that no work of the edition has; ``choose`` picks a letter by lot (F18)."""
    while True:
        code = "".join(choose(ALPHABET) for _ in range(LENGTH))
        if code not in taken:
            return code


@dataclass(frozen=True)
class Found:
    """A telling place: in which field or file, which words, with what is around them."""

    place: str
    finding: Finding
    words: str
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """What is waived: these words wherever they stand in the work; of a picture, this file alone."""
        return key_of(self.words) if self.finding is not Finding.PICTURE else f"{self.place}: {self.words}"


def key_of(words: str) -> str:
    """Words that differ in case and spaces only are waived together."""
    return " ".join(words.casefold().split())


def find(place: str, text: str, lexicon: Lexicon) -> list[Found]:
    """The telling places of a text, each with the words around it."""
    return [
        Found(
            place,
            span.finding,
            span.of(text),
            text[max(0, span.start - AROUND) : span.start],
            text[span.end : span.end + AROUND],
        )
        for span in lint(text, lexicon)
    ]


def telling(text: str, lexicon: Lexicon, waived: Collection[str] = ()) -> list[Span]:
    """The spans to be masked: all that are found but those the secretary waived."""
    return [span for span in lint(text, lexicon) if key_of(span.of(text)) not in waived]


def hide(text: str, lexicon: Lexicon, waived: Collection[str] = ()) -> str:
    """The text as an expert of a blind edition reads it."""
    return masked(text, telling(text, lexicon, waived))


def fingerprint(parts: Iterable[str]) -> str:
    """What was looked at: the words and the hashes of the files."""
    return hashlib.sha256(json.dumps(list(parts), ensure_ascii=False).encode()).hexdigest()


def check_waiver(wanted: Sequence[str], known: Collection[str], reason: str) -> None:
    """Only what was found is waived, and waivers have a reason; nothing waived takes all waivers back."""
    if wanted and not reason.strip():
        raise Refused("F18", N_("Напишите, почему найденное не выдаёт соискателя"), field="reason")
    if not set(wanted) <= set(known):
        raise Refused("F18", N_("Отметьте найденные места из списка"), field="words")
