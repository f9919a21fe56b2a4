"""Forms may be sent only from our own pages: the guard of every changing request that is not an API call."""

from urllib.parse import urlsplit

from flask import Flask, request

from shared.refusal import N_, Refused

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class ForeignForm(Refused):
    """The form was sent from a page that is not ours."""

    status = 403

    def __init__(
        self,
        text: str = N_("Запрос пришёл с чужой страницы. Откройте форму на нашем сайте и отправьте её снова."),
    ) -> None:
        super().__init__("ORIGIN", text)


def is_foreign() -> bool:
    """Whether the browser says that another site sent this request; programs are not browsers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def install(app: Flask) -> None:
    """Refuse changing requests that come from foreign pages (403)."""

    @app.before_request
    def refuse_foreign_forms() -> None:
        if request.method not in SAFE and not request.path.startswith("/api/") and is_foreign():
            raise ForeignForm()
