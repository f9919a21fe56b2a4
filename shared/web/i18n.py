"""Languages: Russian is the source text, English a translation; catalogues are plain .po files read at start.

There are no compiled catalogues to forget: a ``.po`` file is turned into a gettext catalogue in memory.
"""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask.wrappers import Response
from flask_babel import Babel, Domain, get_locale, refresh

#: Languages of the interface; the first is the source and the default.
LANGUAGES = ("ru", "en")
COOKIE = "lang"
YEAR = 365 * 24 * 3600
OWN = Path(__file__).parent / "translations"


class MemoryDomain(Domain):
    """A gettext domain whose catalogues are already in memory."""

    def __init__(self, catalogues: dict[str, Translations]) -> None:
        super().__init__()
        self.catalogues = catalogues

    def get_translations(self) -> NullTranslations:
        """The catalogue of the language of the current request (of Russian outside a request)."""
        locale = get_locale()
        return self.catalogues.get(locale.language if locale else LANGUAGES[0]) or NullTranslations()


def language() -> str:
    """The language of this request: ``?lang=``, then the saved choice, then what the browser prefers."""
    if not has_request_context():
        return LANGUAGES[0]
    for wish in (request.args.get(COOKIE), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    return request.accept_languages.best_match(LANGUAGES, LANGUAGES[0])


def merged(code: str, folders: Iterable[Path]) -> Catalog:
    """One catalogue of a language from ``<code>.po`` of several folders; a later folder wins."""
    whole = Catalog(locale=code)
    for folder in folders:
        source = folder / f"{code}.po"
        if not source.exists():
            continue
        with source.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id and message.string and not message.fuzzy:
                    whole.delete(message.id)
                    whole.add(message.id, message.string)
    return whole


def compiled(catalogue: Catalog) -> Translations:
    """A catalogue that gettext can ask."""
    file = BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return Translations(file)


@cache
def _translations(code: str, folders: tuple[Path, ...]) -> Translations:
    """The texts of a language, read once a process however many applications it makes."""
    return compiled(merged(code, folders))


def install(app: Flask, folders: Iterable[Path] = ()) -> None:
    """Give the application its languages: the shared catalogue and those of ``folders``."""
    everywhere = [OWN, *folders]
    babel = Babel(
        app, default_locale=LANGUAGES[0], default_timezone="Europe/Moscow", locale_selector=language
    )
    babel.domain_instance = MemoryDomain({code: _translations(code, tuple(everywhere)) for code in LANGUAGES})
    app.before_request(refresh)
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    """Say in which language the answer is and what it depends on; remember a choice made with ``?lang=``."""
    if request.endpoint == "shared.static":
        return response
    response.headers.setdefault("Content-Language", language())
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
    response.vary.add("HX-Request")
    wish = request.args.get(COOKIE)
    if wish in LANGUAGES and request.method == "GET":
        response.set_cookie(
            COOKIE, wish, max_age=YEAR, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response
