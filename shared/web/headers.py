"""Security headers of every answer: everything from our own host, nothing inline, nothing framed."""

from flask import Flask, request
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
        if "Cache-Control" not in response.headers:
            public = current_person().is_public
            response.headers["Cache-Control"] = "no-cache" if public else "private, no-store"
        return response
