"""Issuers of acts in the genitive: «Приказ министерства образования …» (D-20).

A small table of head nouns and adjective endings instead of a morphological dictionary: acts are issued by
bodies of a few known kinds, and a name that begins otherwise (an abbreviation, «Минобрнауки России») is
printed as it is.
"""

import re

#: Head nouns of issuing bodies, nominative and genitive.
_NOUNS = {
    "министерство": "министерства",
    "правительство": "правительства",
    "ведомство": "ведомства",
    "агентство": "агентства",
    "управление": "управления",
    "собрание": "собрания",
    "учреждение": "учреждения",
    "объединение": "объединения",
    "федерация": "федерации",
    "администрация": "администрации",
    "организация": "организации",
    "комиссия": "комиссии",
    "академия": "академии",
    "служба": "службы",
    "школа": "школы",
    "дума": "думы",
    "глава": "главы",
    "департамент": "департамента",
    "комитет": "комитета",
    "отдел": "отдела",
    "совет": "совета",
    "институт": "института",
    "центр": "центра",
    "край": "края",
    "президент": "президента",
    "губернатор": "губернатора",
    "университет": "университета",
    "форум": "форума",
}
#: Endings of adjectives that may stand before the head noun.
_ENDINGS = (
    ("ский", "ского"),
    ("цкий", "цкого"),
    ("кий", "кого"),
    ("гий", "гого"),
    ("хий", "хого"),
    ("ный", "ного"),
    ("ый", "ого"),
    ("ой", "ого"),
    ("ий", "его"),
    ("ая", "ой"),
    ("яя", "ей"),
    ("ое", "ого"),
    ("ее", "его"),
)
_WORD = re.compile(r"\S+")


def genitive(name: str) -> str:
    """The name of an issuer in the genitive; a name of an unknown kind stays as it is."""
    done: list[str] = []
    for match in _WORD.finditer(name):
        word = match[0]
        noun = _NOUNS.get(word.casefold())
        if noun is not None:
            return " ".join([*done, _cased(word, noun)]) + name[match.end() :]
        changed = _adjective(word)
        if changed is None:
            return name
        done.append(changed)
    return name


def _adjective(word: str) -> str | None:
    """An adjective in the genitive; no adjective gives nothing."""
    if not re.fullmatch(r"[а-яё-]+", word.casefold()) or len(word) < 4:
        return None
    return next(
        (word[: -len(ending)] + changed for ending, changed in _ENDINGS if word.endswith(ending)), None
    )


def _cased(word: str, changed: str) -> str:
    """The genitive with the first letter as it was."""
    return changed.capitalize() if word[:1].isupper() else changed
