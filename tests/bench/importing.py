"""Import of 10,000 organisations against a bare bulk insert of the very same rows by the same driver and run."""

import csv
import io
import statistics
import time
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask

from services.registry import actions, create_app, model
from services.registry.rules.importing.kinds import BatchState
from shared import migrate
from shared.jobs import run_due
from shared.person import Role
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, let_go, person
from shared.unit import read
from tests.broker.servers import Postgres

COUNT = 10_000
PLACES = 44
HEADERS = ("Наименование", "Роли", "Муниципалитет", "Вид", "ОПФ", "Сайт")
#: Written once for the whole batch; everything else is compared.
NOT_ROWS = {"import_batch", "import_row", "job", "alembic_version"}
ROUNDS = 3


def run(postgres: Postgres) -> dict[str, float]:
    """Measure; the ratio is of speeds (1: as fast as the bare insert), the others are seconds; medians."""
    found = [_once(postgres) for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def _once(postgres: Postgres) -> dict[str, float]:
    product, bare = postgres.fresh(), postgres.fresh()
    app = _app(postgres.url(product))
    try:
        with app.app_context():
            return _measure(app, postgres, bare)
    finally:
        let_go(app)
        postgres.drop(product)
        postgres.drop(bare)


def _measure(app: Flask, postgres: Postgres, bare: str) -> dict[str, float]:
    operator = person(Role.OPERATOR)
    for number in range(PLACES):
        actions.add_municipality(operator, oktmo=f"036{number + 1:02}000", short_name=f"Район {_word(number)}")
    batch = actions.upload_import(operator, kind="ORGANISATIONS", filename="bench.csv", content=table())
    checking = _timed(run_due)
    before = {table.name: _count(table) for table in _tables(app)}
    actions.apply_import(operator, batch_id=batch)
    taken = {table.name: _count(table) for table in _tables(app)}
    statements: list[str] = []

    def counted(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    sa.event.listen(service_of(app).db.engine, "before_cursor_execute", counted)
    applying = _timed(run_due)
    read().rollback()
    assert read().get(model.ImportBatch, batch).state is BatchState.APPLIED
    written = [(table, _newest(table, _count(table) - taken[table.name])) for table in _tables(app)]
    other = _app(postgres.url(bare))
    with other.app_context():
        for number in range(PLACES):
            actions.add_municipality(
                operator, oktmo=f"036{number + 1:02}000", short_name=f"Район {_word(number)}"
            )
    let_go(other)
    yardstick = _bare(postgres, bare, [(table, rows) for table, rows in written if rows])
    assert before["organisation"] == 0
    return {
        "import.check 10,000 rows (s)": checking,
        "import.apply 10,000 rows (s)": applying,
        "import.apply statements": float(len(statements)),
        "import.rows written": float(sum(len(rows) for _, rows in written)),
        "import.bare insert of the same rows (s)": yardstick,
        "import.apply vs bare insert (ratio)": yardstick / applying,
    }


def table() -> bytes:
    """10,000 organisations, each with a raw spelling that is to be kept beside its name."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(HEADERS)
    for number in range(COUNT):
        place = _word(number % PLACES)
        name = f"МБОУ \"CОШ № {number // PLACES + 1}\" района {place}"
        writer.writerow((name, "оо", f"Район {place}", "школа", "МБОУ", f"www.school{number}.ru"))
    return file.getvalue().encode()


def _word(number: int) -> str:
    """A name of a place in Cyrillic letters, another for each number."""
    letters = "абвгдежзик"
    return "".join(letters[int(digit)] * 2 for digit in f"{number:02}").capitalize() + "ский"


def _app(url: str) -> Flask:
    app = create_app(
        Settings(
            service="registry",
            database_url=url,
            secret_key=SECRET,
            cookie_secure=False,
            testing=True,
            log_level="ERROR",
        )
    )
    migrate.upgrade(app)
    return app


def _tables(app: Flask) -> list[sa.Table]:
    return [one for one in service_of(app).db.metadata.sorted_tables if one.name not in NOT_ROWS]


def _count(table: sa.Table) -> int:
    return read().scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _newest(table: sa.Table, count: int) -> list[tuple[Any, ...]]:
    """The rows that the import wrote, as the driver gives them."""
    if not count:
        return []
    with read().connection().connection.cursor() as cursor:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        cursor.execute(f'SELECT {names} FROM "{table.name}" ORDER BY ctid DESC LIMIT {count}')
        return [
            tuple(psycopg.types.json.Jsonb(value) if isinstance(value, dict | list) else value for value in row)
            for row in reversed(cursor.fetchall())
        ]


def _bare(postgres: Postgres, database: str, written: list[tuple[sa.Table, list[tuple[Any, ...]]]]) -> float:
    """One transaction, one executemany per table, nothing else."""
    address = {"host": postgres.host, "user": "postgres", "dbname": database}
    with psycopg.connect(**address) as connection:
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            for one, rows in written:
                names = ", ".join(f'"{column.name}"' for column in one.columns)
                places = ", ".join(["%s"] * len(one.columns))
                cursor.executemany(f'INSERT INTO "{one.name}" ({names}) VALUES ({places})', rows)
        connection.commit()
        return time.perf_counter() - begun


def _timed(action: Any) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


if __name__ == "__main__":
    server = Postgres()
    try:
        for name, value in run(server).items():
            print(f"{name:45} {value:12,.2f}")
    finally:
        server.close()
