"""Finding what tells whose work it is: names of the registry in any form, phones, addresses (F18)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.expertise.rules.anonymity.lexicon import Finding, Lexicon, Token, stem_of, tokens

#: What stands instead of a found span in a masked copy.
MASK = "█████"

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]+|\b[\w-]+(?:\.[\w-]+)*\.(?:ru|рф|su|com|org|net|edu)\b(?:/[^\s<>«»\"]*)?")
_PHONE = re.compile(r"(?<![\d.])(?:\+?[78][\s(–-]*)?\(?\d{3,5}\)?[\s–-]*\d{1,3}[\s–-]\d{2}[\s–-]\d{2}(?!\d)|(?<!\d)(?:\+7|8)\d{10}(?!\d)")
_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
#: «Иванова А.Б.», «А.Б. Иванова», «Анна Борисовна Иванова», «Иванова Анна Борисовна».
_PEOPLE = re.compile(
    rf"\b{_NAME}\s{_INITIALS}|(?<!\w){_INITIALS}\s?{_NAME}\b"
    rf"|\b(?:{_NAME}\s)?{_NAME}\s[А-ЯЁ][а-яё]+(?:ович|евич|ьич|овн|евн|ичн|иничн)[а-яё]{{0,3}}\b(?:\s{_NAME}\b)?"
)
_ADDRESS = re.compile(
    r"\b(?:ул|улиц[аеуы]|пер|переул[а-я]+|просп?|проспект[а-я]*|пл|площад[ьи]|проезд[а-я]*|бульвар[а-я]*)\.?\s+"
    rf"(?:им\.\s*)?{_NAME}(?:\s{_NAME})?(?:,?\s*(?:д\.?|дом)?\s*\d+[а-я]?)?"
)
#: Stems of words for an institution: with a number they name one, whoever's it is.
_KINDS = frozenset(
    stem_of(word) for word in ("школа", "сад", "садик", "лицей", "гимназия", "интернат", "детсад", "прогимназия")
) | frozenset({"сош", "оош", "нош", "мбоу", "маоу", "мбдоу", "мадоу", "мкоу", "мкдоу", "гбоу", "доу", "дс", "црр"})
_NUMBER = re.compile(r"\s*(?:№|N|No\.?|#)?\s*(\d{1,3})\b")


@dataclass(frozen=True)
class Span:
    """A place in a text that tells whose work it is."""

    start: int
    end: int
    finding: Finding

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]


def lint(text: str, lexicon: Lexicon) -> list[Span]:
    """Every span that tells whose work it is, in order and without overlaps (F18)."""
    found = [*_patterns(text), *_phrases(text, lexicon)]
    return _merged(found)


def masked(text: str, spans: list[Span]) -> str:
    """The text with every span covered; what is around stays as it is."""
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], MASK]
        last = span.end
    return "".join([*parts, text[last:]])


def _patterns(text: str) -> Iterator[Span]:
    for pattern, finding in (
        (_EMAIL, Finding.EMAIL),
        (_SITE, Finding.EMAIL),
        (_PHONE, Finding.PHONE),
        (_PEOPLE, Finding.PERSON),
        (_ADDRESS, Finding.ADDRESS),
    ):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), finding)


def _phrases(text: str, lexicon: Lexicon) -> Iterator[Span]:
    told = tokens(text)
    for place, one in enumerate(told):
        if one.stem in _KINDS:
            yield from _numbered(text, one)
        for run, finding in lexicon.starting_with(one.stem):
            words = told[place : place + len(run)]
            if [word.stem for word in words] != list(run):
                continue
            # A last name may be an ordinary word too: «мельник» is a miller, «Мельник» is somebody.
            if finding is Finding.PERSON and not one.is_name:
                continue
            yield Span(words[0].start, words[-1].end, finding)
            break


def _numbered(text: str, kind: Token) -> Iterator[Span]:
    """«школа № 94», «МБДОУ 94», «гимназии N 25»; also with a word or two between: «детский сад комбинированного вида № 94»."""
    match = _NUMBER.match(text, kind.end) or re.compile(
        r"(?:\s[а-яё-]+){1,3}\s*(?:№|N|No\.?|#)\s*(\d{1,3})\b"
    ).match(text, kind.end)
    if match:
        yield Span(kind.start, match.end(), Finding.ORGANISATION)


def _merged(spans: list[Span]) -> list[Span]:
    """Overlapping spans become one; the earliest and longest says what it is."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if kept and span.start < kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, span.end), kept[-1].finding)
        else:
            kept.append(span)
    return kept
