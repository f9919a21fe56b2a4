"""Names of people: one spelling for comparing, one for printing (BR-07, BR-31)."""

import re

from shared.refusal import N_, Refused

_NOT_LETTERS = re.compile(r"[^а-яa-z\s-]")
_PART = re.compile(r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z’'\-. ]{0,79}")
_LOOK_ALIKES = str.maketrans("aceopxyk", "асеорхук")


def key(name: str) -> tuple[str, ...]:
    """A name for comparing: ё = е, no case, words in any order, Latin look-alikes read as Cyrillic."""
    plain = _NOT_LETTERS.sub(" ", name.lower().replace("ё", "е"))
    return tuple(sorted(_cyrillic(word.strip("-")) for word in plain.split() if word.strip("-")))


def _cyrillic(word: str) -> str:
    has_cyrillic = any("а" <= letter <= "я" for letter in word)
    return word.translate(_LOOK_ALIKES) if has_cyrillic else word


def full(last_name: str, first_name: str, middle_name: str | None = None) -> str:
    """«Фамилия Имя Отчество»."""
    return " ".join(part for part in (last_name, first_name, middle_name) if part)


def display(code: str, last_name: str, first_name: str, middle_name: str | None = None) -> str:
    """The name a person is asked to join under: «КОД Фамилия И.О.» (BR-30)."""
    initials = "".join(f"{part[0]}." for part in (first_name, middle_name) if part)
    return f"{code} {last_name} {initials}"


def checked(text: str | None, field: str) -> str:
    """A part of a name is letters, begins with a capital and has at most 80 characters."""
    value = " ".join((text or "").split())
    if not _PART.fullmatch(value):
        raise Refused(
            "BR-07", N_("Укажите имя буквами, с заглавной буквы, не длиннее 80 знаков"), field=field
        )
    return value
