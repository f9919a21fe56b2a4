"""Expertise: contests, entries, experts, score sheets, decisions of councils."""

from flask import Flask

from services.expertise import actions, api, handlers, model, pages, readmodel
from services.expertise.db import db
from services.expertise.messages import contract
from shared.app import make_app
from shared.service import Tables
from shared.settings import Settings

__all__ = ["create_app", "handlers"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application of the service expertise."""
    return make_app(
        "expertise",
        __name__,
        title="Экспертиза",
        settings=settings,
        db=db,
        contract=contract,
        tables=Tables(
            outbox=model.Outbox,
            inbox=model.Inbox,
            audit=model.Audit,
            known_account=readmodel.KnownAccount,
            known_key=readmodel.KnownKey,
            job=model.Job,
        ),
        pages=pages.bp,
        apis=[api.bp],
        aggregates={"edition": model.ContestEdition, "entry": model.Entry, "log_key": model.LogKey},
        jobs=actions.JOBS,
    )
