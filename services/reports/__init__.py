"""Reports: indicators of the network, plans, issued reports with their papers."""

from flask import Flask

from services.reports import api, handlers, model, pages, readmodel
from services.reports.db import db
from services.reports.messages import contract
from shared.app import make_app
from shared.service import Tables
from shared.settings import Settings

__all__ = ["create_app", "handlers"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application of the service reports."""
    return make_app(
        "reports",
        __name__,
        title="Отчёты",
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
        aggregates={"report": model.NetworkReport},
    )
