"""Where an online meeting takes place: the link is checked before people are sent there (BR-30)."""

from urllib.parse import urlsplit

from services.events.rules.kinds import EventMode
from shared.refusal import N_, Refused


def checked_link(mode: EventMode, join_url: str | None) -> str | None:
    """A link to join by is an https address, and only an online or hybrid event has one."""
    url = (join_url or "").strip()
    if not url:
        return None
    if mode is EventMode.OFFLINE:
        raise Refused("BR-30", N_("У очного мероприятия нет ссылки для подключения"), field="join_url")
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname or len(url) > 1000 or any(c.isspace() for c in url):
        raise Refused("BR-30", N_("Ссылка должна начинаться с https:// и вести на сайт"), field="join_url")
    return url
