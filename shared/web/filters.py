"""How dates, moments and numbers are written on pages."""

from datetime import date, datetime
from decimal import Decimal

from babel.numbers import format_decimal
from flask import Flask
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from shared.clock import local

DASH = "—"
DAY = {"ru": "dd.MM.yyyy", "en": "d MMM yyyy"}


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "ru"


def day(value: date | None) -> str:
    """A date: 05.03.2019; a moment gives its date in Moscow; nothing gives a dash."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        value = local(value).date()
    return format_date(value, DAY[_language()], rebase=False)


def moment(value: datetime | None) -> str:
    """A moment on the network's clock: 05.03.2019 14:20 МСК."""
    if value is None:
        return DASH
    return f"{day(value)} {local(value):%H:%M} {_('МСК')}"


def number(value: Decimal | float | int | None, places: int | None = None) -> str:
    """A number as the language writes it, with all its digits or with ``places`` after the sign."""
    if value is None:
        return DASH
    pattern = "#,##0" + ("." + "0" * places if places else "") if places is not None else "#,##0.##########"
    return format_decimal(value, format=pattern, locale=_language())


def percent(value: Decimal | float | int | None, places: int = 1) -> str:
    """A share that is already counted in percent: 25,0 %; nothing gives a dash."""
    if value is None:
        return DASH
    sign = " %" if _language() == "ru" else "%"
    return number(value, places) + sign


def install(app: Flask) -> None:
    """Make the filters known to templates."""
    app.jinja_env.filters.update(day=day, moment=moment, number=number, percent=percent)
