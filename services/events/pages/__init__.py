"""The HTML door of events."""

from services.events.pages import attendance, cabinet, certificates, events, filters, registrations
from services.events.pages.door import bp

__all__ = ["attendance", "bp", "cabinet", "certificates", "events", "filters", "registrations"]
