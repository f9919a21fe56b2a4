"""The few words the renderers print themselves, in the two languages of the suite."""

from __future__ import annotations

import datetime as dt

WORDS = {
    "ru": {
        "number": "№",
        "verify": "Подлинность документа проверяется по адресу",
        "code": "Код проверки",
        "page": "Страница",
        "of": "из",
        "qr_alt": "QR-код страницы проверки документа",
    },
    "en": {
        "number": "No.",
        "verify": "Check this document at",
        "code": "Verification code",
        "page": "Page",
        "of": "of",
        "qr_alt": "QR code of the page that verifies this document",
    },
}


def day(value: dt.date, lang: str) -> str:
    """The date as the reader writes it: 05.03.2019 in Russian, 2019-03-05 in English."""
    return f"{value:%d.%m.%Y}" if lang == "ru" else value.isoformat()
