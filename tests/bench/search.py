"""P-search: two words among 100,000 organisations, against the same SELECT by hand through the same driver."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import Flask

from services.registry import actions, create_app, model, queries
from services.registry.rules.kinds import OrgState
from services.registry.rules.names import search_key
from shared import clock, ids, migrate
from shared.person import PUBLIC, Person
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, let_go
from shared.unit import transaction
from tests.broker.servers import Postgres

COUNT, REPEATS = 100_000, 15
KINDS = ("средняя общеобразовательная школа", "детский сад", "гимназия", "лицей", "центр творчества", "ИМЦ")
PLACES = [
    f"{root}{end}" for root in ("Север", "Аба", "Крым", "Лен", "Кур", "Тих") for end in ("ский", "овский")
]
#: What is typed, the query of PostgreSQL and the query of SQLite.
TYPED = {
    "rare": ("школа 94", "'школ' & '94'", '"школ" AND "94"'),
    "common": ("гимназия северская", "'гимназ' & 'северск':*", '"гимназ" AND "северск"*'),
    "half typed": ("школа се", "'школ' & 'се':*", '"школ" AND "се"*'),
    "very common": ("средняя школа", "'средн' & 'школ':*", '"средн" AND "школ"*'),
}
_OPEN = "('ORGANISATION', 'PLATFORM', 'ACT', 'MUNICIPALITY')"
_PAGE = "SELECT kind, subject_id, slug, title, subtitle FROM search_entry JOIN ({}) page USING (seq) ORDER BY rank DESC"
BY_HAND = {
    "postgresql": (
        f"SELECT kind, count(*) FROM search_entry WHERE stems @@ %(q)s::tsquery AND kind IN {_OPEN} GROUP BY kind",
        _PAGE.format(
            "SELECT * FROM (SELECT seq, ts_rank(stems, %(q)s::tsquery) AS rank FROM search_entry "
            f"WHERE stems @@ %(q)s::tsquery AND kind IN {_OPEN} LIMIT 2000) found ORDER BY rank DESC, seq LIMIT 20"
        ),
    ),
    "sqlite": (
        "SELECT kind, count(*) FROM search_entry JOIN search_entry_fts ON search_entry_fts.rowid = seq "
        f"WHERE search_entry_fts MATCH :q AND kind IN {_OPEN} GROUP BY kind",
        _PAGE.format(
            "SELECT * FROM (SELECT seq, -rank AS rank FROM search_entry JOIN search_entry_fts "
            "ON search_entry_fts.rowid = seq WHERE search_entry_fts MATCH :q "
            f"AND kind IN {_OPEN} LIMIT 2000) found ORDER BY rank DESC, seq LIMIT 20"
        ),
    ),
}


def run(postgres: Postgres) -> dict[str, float]:
    """Measure on both databases; names and milliseconds or ratios."""
    with TemporaryDirectory() as folder:
        return {
            **measured("postgresql", postgres.url(postgres.fresh())),
            **measured("sqlite", f"sqlite:///{Path(folder) / 'registry.db'}"),
        }


def measured(dialect: str, url: str) -> dict[str, float]:
    """Fill a database, search in it by the product and by hand in turns."""
    result: dict[str, float] = {}
    with registry(url) as app, app.app_context():
        fill()
        begun = time.perf_counter()
        actions.reindex(Person.system("registry"))
        result[f"search {dialect}: reindex, things/s"] = COUNT / (time.perf_counter() - begun)
        engine = service_of(app).db.engine
        if dialect == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("VACUUM ANALYZE search_entry"))
        place = 1 if dialect == "postgresql" else 2
        for name, typed in TYPED.items():
            raw: Any = engine.raw_connection()
            ours, bare = in_turns(
                partial(queries.search, PUBLIC, typed[0]), partial(by_hand, raw, dialect, typed[place])
            )
            raw.close()
            result[f"search {dialect}: {name}, ms"] = ours * 1000
            result[f"search {dialect}: {name} : by hand"] = ours / bare
    return result


@contextmanager
def registry(url: str) -> Iterator[Flask]:
    """The registry on this database."""
    app = create_app(
        Settings(service="registry", database_url=url, secret_key=SECRET, cookie_secure=False, testing=True)
    )
    migrate.upgrade(app)
    yield app
    let_go(app)


def fill() -> None:
    """Organisations that differ as those of a krai do."""
    draw = random.Random(94)
    now = clock.now()
    rows = []
    for n in range(COUNT):
        name = (
            f"муниципальное бюджетное учреждение {draw.choice(KINDS)} № {draw.randint(1, 300)} "
            f"станицы {draw.choice(PLACES)} района {draw.choice(PLACES)} ({n})"
        )
        rows.append(
            {
                "id": ids.new_id(),
                "version": 1,
                "created_at": now,
                "updated_at": now,
                "full_name": name,
                "short_name": name[34:],
                "search_key": search_key(name),
                "scope_key": "",
                "state": OrgState.ACTIVE,
            }
        )
    with transaction() as session:
        session.execute(sa.insert(model.Organisation.__table__), rows)


def by_hand(connection: Any, dialect: str, query: str) -> None:
    """The same counts and the same page, without SQLAlchemy."""
    cursor = connection.cursor()
    for statement in BY_HAND[dialect]:
        cursor.execute(statement, {"q": query})
        cursor.fetchall()
    cursor.close()
    connection.rollback()


def in_turns(ours: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float]:
    """Medians of both, measured alternately, so that a busy machine disturbs them alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for act, kept in zip((ours, bare), times, strict=True):
            begun = time.perf_counter()
            act()
            kept.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])
