"""Events: series, meetings of the network, registrations, attendance, certificates."""

from flask import Flask

from services.events import api, handlers, model, pages, readmodel
from services.events.db import db
from services.events.messages import contract
from shared.app import make_app
from shared.service import Tables
from shared.settings import Settings

__all__ = ["create_app", "handlers"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application of the service events."""
    return make_app(
        "events",
        __name__,
        title="Мероприятия",
        settings=settings,
        db=db,
        contract=contract,
        tables=Tables(
            outbox=model.Outbox,
            inbox=model.Inbox,
            audit=model.Audit,
            known_account=readmodel.KnownAccount,
            known_key=readmodel.KnownKey,
        ),
        pages=pages.bp,
        apis=[api.bp],
        aggregates={"event": model.Event, "participation": model.Registration},
    )
