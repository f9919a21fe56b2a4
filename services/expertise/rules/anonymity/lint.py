"""Finding what tells whose work it is: names of the registry in any form, phones, addresses (F18)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.expertise.rules.anonymity.lexicon import Finding, Lexicon
from services.expertise.rules.anonymity.words import Token, stem_of, surname_forms, tokens

#: What stands instead of a found span in a masked copy.
MASK = "█████"

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SITE = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:ru|рф|su|com|org|net|edu)\b(?:/[^\s<>«»\"]*)?"
)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?[78][\s(–-]{0,3})?\(?\d{3,5}\)?[\s–-]{0,3}\d{1,3}[\s–-]\d{2}[\s–-]\d{2}(?!\d)"
    r"|(?<!\d)(?:\+7|8)\d{10}(?!\d)"
)
_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
#: «Иванова А.Б.», «А.Б. Иванова», «Анна Борисовна Иванова», «Иванова Анна Борисовна».
_PEOPLE = re.compile(
    rf"\b{_NAME}\s{_INITIALS}|(?<!\w){_INITIALS}\s?{_NAME}\b"
    rf"|\b(?:{_NAME}\s)?{_NAME}\s[А-ЯЁ][а-яё]+(?:ович|евич|ьич|овн|евн|ичн|иничн)[а-яё]{{0,3}}\b(?:\s{_NAME}\b)?"
)
_AUTHORITIES = """
    Выготский Сухомлинский Макаренко Ушинский Эльконин Давыдов Леонтьев Гальперин Занков Коменский Монтессори
    Пиаже Блонский Рубинштейн Запорожец Венгер Лихачёв Пушкин Толстой Чехов Лермонтов Гоголь Ломоносов Менделеев
    Гагарин Асмолов Амонашвили Бабанский Щедровицкий Шацкий Блум Штейнберг Хуторской Селевко Полат Краевский
    Скаткин Лернер
"""
#: Whom every second work cites; their names tell nothing of its authors.
_CITED = frozenset(form for word in _AUTHORITIES.split() for form in surname_forms(word))
_ADDRESS = re.compile(
    r"\b(?:ул|улиц[аеуы]|пер|переул[а-я]+|просп?|проспект[а-я]*|пл|площад[ьи]|проезд[а-я]*|бульвар[а-я]*)\.?\s+"
    rf"(?:им\.\s*)?{_NAME}(?:\s{_NAME})?(?:,?\s*(?:д\.?|дом)?\s*\d+[а-я]?)?"
)
_ABBREVIATED = "сош оош нош соши мбоу маоу мкоу мбдоу мадоу мкдоу гбоу доу дс црр моу мдоу гкш"
_INSTITUTIONS = """
    школа сад садик лицей гимназия интернат детсад прогимназия детсадик
"""
#: Words for an institution: with a number they name one, whoever's it is.
_KINDS = frozenset(stem_of(word) for word in _INSTITUTIONS.split()) | frozenset(_ABBREVIATED.split())
_NUMBER = re.compile(r"(?:\s[а-яё-]+){0,3}\s*(?:№|N|No\.?|#)\s*(\d{1,3})\b")
_BARE_NUMBER = re.compile(r"[\s-]*(\d{1,3})(?![\d.,%])\b")
_GLUED = re.compile(rf"(?<!\w)(?:{_ABBREVIATED.replace(' ', '|')})\s*-?\s*(?:№\s*)?(\d{{1,3}})(?!\w)", re.I)
_ORDINAL = re.compile(r"(?<!\d)(\d{1,3})-?(?:я|й|ая|ой|ую|ю|го|му|м)\s+([а-яё]+)", re.I)
_REGION = frozenset({stem_of("край"), stem_of("краевой")})


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
    return _merged([*_patterns(text, lexicon), *_phrases(text, lexicon)])


def masked(text: str, spans: list[Span]) -> str:
    """The text with every span covered; what is around stays as it is."""
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], MASK]
        last = span.end
    return "".join([*parts, text[last:]])


def _patterns(text: str, lexicon: Lexicon) -> Iterator[Span]:
    for pattern, finding in (
        (_EMAIL, Finding.EMAIL),
        (_SITE, Finding.EMAIL),
        (_PHONE, Finding.PHONE),
        (_ADDRESS, Finding.ADDRESS),
        (_GLUED, Finding.ORGANISATION),
    ):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), finding)
    for match in _PEOPLE.finditer(text):
        told = tokens(match[0])
        cited = any(one.plain in _CITED for one in told)
        if not cited or any(one.plain in lexicon.people for one in told):
            yield Span(match.start(), match.end(), Finding.PERSON)
    for match in _ORDINAL.finditer(text):
        if match[1] in lexicon.numbers and stem_of(match[2]) in _KINDS:
            yield Span(match.start(), match.end(), Finding.ORGANISATION)


def _phrases(text: str, lexicon: Lexicon) -> Iterator[Span]:
    told = tokens(text)
    for place, one in enumerate(told):
        before = told[place - 1] if place else None
        after = told[place + 1] if place + 1 < len(told) else None
        if one.stem in _KINDS:
            yield from _numbered(text, one, lexicon)
        if _is_person(one, lexicon):
            yield Span(one.start, one.end, Finding.PERSON)
            continue
        for stem in dict.fromkeys((one.stem, *(stem_of(part) for part in one.parts))):
            for run, finding in lexicon.starting_with(stem):
                words = told[place : place + len(run)]
                if [stem, *(word.stem for word in words[1:])] != list(run):
                    continue
                if len(run) == 1 and not _counts(text, one, finding, before, after):
                    continue
                yield Span(words[0].start, words[-1].end, finding)
                break


def _is_person(one: Token, lexicon: Lexicon) -> bool:
    """A family name may be an ordinary word too: «мельник» is a miller, «Мельник» is somebody."""
    if one.parts and any(part in lexicon.people for part in one.parts):
        return one.is_name
    return one.plain in lexicon.people and (
        one.is_name or bool(re.search(r"(ов|ев|енко|ск)\w{0,3}$", one.plain))
    )


def _counts(text: str, one: Token, finding: Finding, before: Token | None, after: Token | None) -> bool:
    """A single ordinary word names somebody when it is written or placed as a name."""
    if finding is Finding.MUNICIPALITY:
        # The region is everybody's: «Краснодарский край» does not tell the city of Краснодар.
        return not (after and after.stem in _REGION and one.stem.endswith("ск"))
    in_quotes = text[one.start - 1 : one.start] in ("«", '"', "“", "„")
    return one.is_name or in_quotes or (before is not None and before.stem in _KINDS)


def _numbered(text: str, kind: Token, lexicon: Lexicon) -> Iterator[Span]:
    """«школа № 94», «гимназии N 25», «сад комбинированного вида № 94»; without the sign a party's own number only."""
    match = _NUMBER.match(text, kind.end)
    if match is None:
        match = _BARE_NUMBER.match(text, kind.end)
        if match is None or match[1] not in lexicon.numbers:
            return
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
