"""Links between services: the only place that knows under which path a service is mounted (house law 12)."""

from urllib.parse import urlencode

from flask import current_app, has_request_context, request

#: Services in the order of the main menu.
SERVICES = ("registry", "events", "expertise", "reports")


def to(service: str, path: str = "/", **query: object) -> str:
    """The address of a page of any service on this host, for example ``/registry/platforms``."""
    if service not in SERVICES:
        raise ValueError(f"no such service: {service}")
    address = f"/{service}/{path.lstrip('/')}"
    return f"{address}?{urlencode(query, doseq=True)}" if query else address


def absolute(service: str, path: str = "/", **query: object) -> str:
    """The same address with scheme and host, for letters, calendars and codes on printed documents.

    The host is the setting ``PUBLIC_URL``; where it is empty, the host of the current request.
    """
    base = current_app.config.get("PUBLIC_URL", "")
    if not base and has_request_context():
        base = request.host_url
    return base.rstrip("/") + to(service, path, **query)


def sign_in(next_page: str = "") -> str:
    """The sign-in page; afterwards the person returns to ``next_page`` (a path on this host)."""
    return to("registry", "/session/sign-in", **({"next": next_page} if next_page else {}))


def sign_out() -> str:
    """The address that a sign-out form posts to."""
    return to("registry", "/session/sign-out")


def refresh() -> str:
    """The address that renews the token of a signed-in page in the background."""
    return to("registry", "/session/refresh")


def cabinet() -> str:
    """The page of the signed-in person: what must be done today, in all services."""
    return to("registry", "/cabinet")


def safe_next(address: str) -> str:
    """Where to go after signing in: ``address`` when it is a path on this host, otherwise the cabinet."""
    inside = address.startswith("/") and not address.startswith("//") and "\\" not in address
    plain = address.isprintable() and " " not in address
    return address if inside and plain else cabinet()
