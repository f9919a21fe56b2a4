"""Titles of events in a series: Roman ordinals and «юбилейный» in the right gender (D-08)."""

from services.events.rules.kinds import OrdinalStyle
from shared.refusal import N_, Refused

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_JUBILEE = {
    "юбилейная": (
        "конференция",
        "экспертиза",
        "практика",
        "выставка",
        "встреча",
        "школа",
        "олимпиада",
        "неделя",
    ),
    "юбилейное": ("совещание", "заседание", "собрание"),
    "юбилейные": ("чтения", "курсы"),
}


def roman(number: int) -> str:
    """A Roman numeral for 1…3999."""
    if not 1 <= number <= 3999:
        raise Refused("D-08", N_("Порядковый номер должен быть от 1 до 3999"), field="ordinal")
    digits = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        digits.append(letters * count)
    return "".join(digits)


def jubilee(series_name: str) -> str:
    """The word «юбилейный» agreeing with the first noun that the series is called by."""
    words = [word.strip("«»,.").lower() for word in series_name.split()]
    for word in words:
        for adjective, nouns in _JUBILEE.items():
            if word in nouns:
                return adjective
    return "юбилейный"


def series_title(
    series_name: str,
    ordinal: int | None = None,
    style: OrdinalStyle = OrdinalStyle.ROMAN,
    is_jubilee: bool = False,
) -> str:
    """The title of the n-th event of a series: «X юбилейный …»."""
    words = []
    if ordinal is not None:
        words.append(roman(ordinal) if style is OrdinalStyle.ROMAN else str(ordinal))
    if is_jubilee:
        words.append(jubilee(series_name))
    if not words:
        return series_name
    if is_jubilee and ordinal is None:
        words[0] = words[0].capitalize()
    return " ".join([*words, series_name])
