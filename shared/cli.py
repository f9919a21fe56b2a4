"""Commands of every service: migrate, worker, daily, replay."""

import sys

import click
import sqlalchemy as sa
from flask import Flask

from shared import clock, duties, migrate
from shared.person import Person
from shared.service import service_of
from shared.unit import read, work


def install(app: Flask) -> None:
    """Add the commands to ``flask --app services.<name>``."""

    @app.cli.command("migrate")
    @click.option("--down-to", default=None, help="take the database back to this revision")
    def migrate_database(down_to: str | None) -> None:
        """Bring the database to the newest version."""
        migrate.downgrade(app, down_to) if down_to else migrate.upgrade(app)

    @app.cli.command("make-migration")
    @click.argument("message")
    def make_migration(message: str) -> None:
        """Write a new migration from the models (for developers)."""
        migrate.make(app, message)

    @app.cli.command("worker")
    def worker() -> None:
        """Carry and handle messages until stopped."""
        if not service_of(app).settings.amqp_url:
            raise click.ClickException(
                f"{service_of(app).name.upper()}_AMQP_URL is empty: no broker to work with"
            )
        # Only the worker loads the broker's client; the web processes never touch it.
        from shared.messaging.worker import Worker

        sys.exit(Worker(app).run())

    @app.cli.command("daily")
    def daily() -> None:
        """Do what today still lacks; the worker does the same by itself, once a day."""
        stumbled = duties.run_daily(clock.today())
        if stumbled:
            raise click.ClickException(f"{', '.join(stumbled)}: not done, see the log")
        click.echo("done: " + (", ".join(service_of(app).duties) or "nothing to do"))

    @app.cli.command("replay")
    @click.argument("aggregate", required=False)
    def replay(aggregate: str | None) -> None:
        """Tell the present state of every AGGREGATE again, for copies that must be rebuilt.

        Without a name: what there is to tell.
        """
        if aggregate is None:
            click.echo("\n".join(sorted(service_of(app).aggregates)))
            return
        click.echo(f"{replay_all(app, aggregate)} told")


def replay_all(app: Flask, aggregate: str) -> int:
    """Tell every row of an aggregate anew, in portions of one transaction each."""
    service = service_of(app)
    if aggregate not in service.aggregates:
        raise click.ClickException(f"{aggregate}: one of {', '.join(sorted(service.aggregates))}")
    kind = service.aggregates[aggregate]
    keys = read().scalars(sa.select(kind.id).order_by(kind.created_at, kind.id)).all()
    for start in range(0, len(keys), 500):
        with work(Person.system(service.name)) as u:
            for key in keys[start : start + 500]:
                u.announce(u.get(kind, key))
    return len(keys)
