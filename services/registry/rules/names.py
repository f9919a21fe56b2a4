"""BR-07: names as people type them, names as we print them, and names as we search them."""

import re
import unicodedata
from functools import lru_cache

#: Latin letters that look like Cyrillic ones, and the Cyrillic letter each stands for.
LOOK_ALIKES = str.maketrans(
    {
        **dict(zip("ABCEHKMOPTXYË", "АВСЕНКМОРТХУЁ", strict=True)),
        **dict(zip("aceopxykmtë", "асеорхукмтё", strict=True)),
    }
)
_LATIN = re.compile(r"[A-Za-zËë]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_WORD = re.compile(r"[^\W\d_]+")
_STRAY_QUOTE = re.compile(r'["“”„‟″]')
_SPACED_DASH = re.compile(r"(?<=\S) [-‐‑‒–—―−] (?=\S)")
_HYPHEN = re.compile(r"[‐‑]")
_SEPARATOR = re.compile(r"[\W_]+")


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """Normalise a name on import: look-alike letters, spaces, quotes and dashes (BR-07).

    Invisible characters go away, runs of spaces (NBSP among them) become one space, straight quotes
    become «ёлочки», a dash between spaces becomes «—». The raw spelling is kept elsewhere.
    """
    text = unicodedata.normalize("NFC", text)
    # A printable text has no spaces but plain ones and nothing invisible, and most texts are printable.
    if not text.isprintable():
        text = "".join(
            " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf")
        )
    text = " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    text = _WORD.sub(lambda match: _cyrillic(match[0]), text)
    text = _HYPHEN.sub("-", _SPACED_DASH.sub(" — ", text))
    return _STRAY_QUOTE.sub(lambda match: _guillemet(text, match.start()), text)


@lru_cache(maxsize=1024)
def search_key(text: str) -> str:
    """The form in which names are compared: ё = е, no case, quotes, hyphens, dashes or «№» (BR-07)."""
    folded = clean(text).casefold().replace("ё", "е").replace("№", " ")
    return " ".join(_SEPARATOR.sub(" ", folded).split())


def person_key(last_name: str, first_name: str, middle_name: str | None = None) -> str:
    """The form in which people's names are searched (BR-07)."""
    return search_key(" ".join(part for part in (last_name, first_name, middle_name) if part))


def _cyrillic(word: str) -> str:
    """A mixed word is Cyrillic when every Latin letter in it has a Cyrillic double: «Cеверского»."""
    if not (_LATIN.search(word) and _CYRILLIC.search(word)):
        return word
    replaced = word.translate(LOOK_ALIKES)
    return word if _LATIN.search(replaced) else replaced


def _guillemet(text: str, at: int) -> str:
    """Which of «» a straight quote stands for, by its neighbours."""
    opens = (at == 0 or text[at - 1] in " («[—-") and at + 1 < len(text) and text[at + 1] != " "
    return "«" if opens else "»"
