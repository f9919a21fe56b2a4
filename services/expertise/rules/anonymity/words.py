"""Words of a text as the lint compares them: in any form, in any case, with tricks undone (F18)."""

import re
from dataclasses import dataclass

from shared.stems import stem

#: What is not seen between letters: soft hyphens, joiners, accents.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0300-\u036f"
_LETTER = rf"[^\W_][{_UNSEEN}]*"
WORD = re.compile(rf"(?:{_LETTER})+(?:-\n?(?:[^\W\d_][{_UNSEEN}]*)+)*")
#: Latin letters that look like Russian ones: «Cолнышко» with a Latin C is the same name.
_ALIKE = str.maketrans("aceopxykmtbhё", "асеорхукмтвне")
_RUSSIAN = re.compile(r"[а-яё]")


@dataclass(frozen=True)
class Token:
    """A word of a text and where it stands: as written, as compared, its stem and those of its parts."""

    start: int
    end: int
    word: str
    plain: str
    stem: str
    parts: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether it is written as a name is: with a capital letter."""
        return self.word[:1].isupper()


def tokens(text: str) -> list[Token]:
    """The words of a text in their order."""
    return [_token(match) for match in WORD.finditer(text)]


def _token(match: re.Match[str]) -> Token:
    word = match[0]
    plain = plain_of(word)
    parts = tuple(plain_of(one) for one in re.split(r"-\n?", word)) if "-" in word else ()
    return Token(match.start(), match.end(), word, plain, stem(plain), parts)


def plain_of(word: str) -> str:
    """The word as it is compared: small letters, «е» for «ё», no hyphens, nothing unseen, no look-alikes."""
    told = re.sub(rf"[-\n{_UNSEEN}]", "", word.casefold())
    return told.translate(_ALIKE) if _RUSSIAN.search(told) else told


def stem_of(word: str) -> str:
    """The stem of a word as it is written."""
    return stem(plain_of(word))


def surname_forms(last_name: str) -> frozenset[str]:
    """A family name in all its cases, of a man, a woman and a family; a stemmer knows words, not names."""
    name = plain_of(last_name)
    if re.search(r"(ов|ев|ин|ын)а?$", name):
        base = name.removesuffix("а")
        return _with(base, " а у ым ом е ой ы ых ыми")
    if re.search(r"(ий|ый|ой|ая|яя)$", name):
        return _with(name[:-2], "ий ый ой ого его ому ему им ым ом ем ая яя ую юю ей ые ие ых их ыми ими")
    if name.endswith(("ь", "й")):
        return _with(name[:-1], "ь й я ю ем е и ью ей ям ями ях")
    if name.endswith(("а", "я")):
        return _with(name[:-1], "а я ы и е у ю ой ей")
    if name[-1:] in "бвгджзклмнпрстфхцчшщ" and name:
        fleeting = name[:-2] + name[-1] if re.search(r"(ец|ек|ок)$", name) else name
        soft = f"{name[:-2]}й{name[-1]}" if re.search(r"[аеиоуя](яц|ец)$", name) else fleeting
        endings = "а у ом ем е ы и ов ам ами ах"
        return _with(name, f" {endings}") | _with(fleeting, endings) | _with(soft, endings)
    return frozenset({name})


def _with(base: str, endings: str) -> frozenset[str]:
    return frozenset(base + ending for ending in endings.split(" "))
