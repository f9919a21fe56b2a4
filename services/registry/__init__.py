"""The registry: territories, organisations, people and accounts, acts, agreements, platforms."""

from flask import Flask

from services.registry import actions, api, cli, handlers, model, pages, queries
from services.registry.db import db
from services.registry.messages import contract
from shared.app import make_app
from shared.identity import Identity
from shared.service import Tables
from shared.settings import Settings

__all__ = ["create_app", "handlers"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application of the service registry, which also owns accounts and signs tokens."""
    app = make_app(
        "registry",
        __name__,
        title="Реестр",
        settings=settings,
        db=db,
        contract=contract,
        tables=Tables(outbox=model.Outbox, inbox=model.Inbox, audit=model.Audit, job=model.Job, duty=model.DailyDuty),
        jobs=actions.JOBS,
        duties=actions.DUTIES,
        pages=pages.bp,
        apis=[api.bp],
        identity=Identity(
            public_pem=queries.public_pem,
            account=queries.account_state,
            signing=actions.ensure_signing_key,
            personal=queries.is_token_good,
        ),
        aggregates={
            "municipality": model.Municipality,
            "org_count": model.OrgCount,
            "organisation": model.Organisation,
            "person": model.Person,
            "account": model.Account,
            "signing_key": model.SigningKey,
            "act": model.Act,
            "agreement": model.Agreement,
            "transformation": model.Transformation,
            "platform": model.Platform,
            "roadmap": model.Roadmap,
        },
        derive=actions.keep_entries,
    )
    pages.provider.install(app)
    app.cli.add_command(cli.create_admin)
    app.cli.add_command(cli.rotate_keys)
    app.cli.add_command(cli.reindex)
    return app
