"""The JSON door of events."""

from services.events.api import attendance, certificates, events, registrations
from services.events.api.door import bp

__all__ = ["attendance", "bp", "certificates", "events", "registrations"]
