"""Security headers of every answer: everything from our own host, nothing inline, nothing framed."""

from urllib.parse import quote

from flask import Flask, g, request
from flask.wrappers import Response
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

from shared.web.person import current_person


def policy() -> ContentSecurityPolicy:
    """Everything from our own host; no inline scripts or styles, no frames, no plugins."""
    return (
        ContentSecurityPolicy()
        .default_src("'self'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:")
        .font_src("'self'")
        .connect_src("'self'")
        .object_src("'none'")
        .base_uri("'none'")
        .form_action("'self'")
        .frame_ancestors("'none'")
    )


#: A file inside a page of ours: no script, no form, nothing fetched; styles and the file itself are what the
#: browser's own viewer of PDF needs. A ``sandbox`` would switch that viewer off.
_INSIDE = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_FRAMED = "metodset_framed"


def shown_inside(content: bytes, filename: str, media_type: str) -> Response:
    """A file that pages of our own host may frame; whoever calls this has checked what it is by its content."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(filename)}"
    setattr(g, _FRAMED, True)
    return response


def _secure(*, https: bool) -> Secure:
    return Secure(
        csp=policy(),
        xcto=XContentTypeOptions(),
        xfo=XFrameOptions().deny(),
        referrer=ReferrerPolicy().same_origin(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=PermissionsPolicy().camera().microphone().geolocation(),
        hsts=StrictTransportSecurity().max_age(31_536_000) if https else None,
    )


def install(app: Flask) -> None:
    """Add the headers to every answer; HSTS only where the request came by https."""
    plain, over_https = _secure(https=False), _secure(https=True)

    @app.after_request
    def add_headers(response: Response) -> Response:
        (over_https if request.is_secure else plain).set_headers(response)
        if g.get(_FRAMED):
            response.headers["Content-Security-Policy"] = _INSIDE
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if "Cache-Control" not in response.headers:
            public = current_person().is_public
            response.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
        return response
