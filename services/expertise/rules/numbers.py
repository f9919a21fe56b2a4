"""Registration numbers and ordinals (BR-38)."""

from services.expertise.rules.vocabulary import OrdinalStyle

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The number in Roman figures: 19 → XIX."""
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def ordinal_text(ordinal: int | None, year: int, style: OrdinalStyle) -> str:
    """An edition is named by its ordinal in the style of the series, or by its year when it has none."""
    if ordinal is None:
        return str(year)
    return roman(ordinal) if style is OrdinalStyle.ROMAN else str(ordinal)


def reg_no(series_code: str, ordinal: str, nomination_code: str, counter: int) -> str:
    """A registration number is ``<series>-<ordinal>-<nomination>-<NNN>`` (BR-38)."""
    return f"{series_code}-{ordinal}-{nomination_code}-{counter:03d}"
