"""F7: the register of a past day and the count of platforms, against the same SELECT by hand on the same rows.

100,000 organisations with 1,000,000 facts and 20,000 platforms with their statuses, on PostgreSQL. The product's
own query and the hand-written one take turns through the same connection pool; the ratio is of their medians.
"""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from services.registry import actions, create_app, model, queries
from services.registry.rules.facts import ALWAYS, FOREVER, UNTIL_CORRECTED, AsOf
from shared import clock, ids, migrate
from shared.person import PUBLIC, Role
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, let_go, person
from shared.unit import read, transaction
from tests.broker.servers import Postgres

ORGANISATIONS, PLATFORMS, REPEATS = 100_000, 20_000, 25
THEN, KNOWN = date(2015, 6, 1), date(2020, 12, 31)
FIRST = date(2000, 1, 1)

ROWS = """
SELECT n.subject_id, n.value,
       max(o.value) FILTER (WHERE o.kind = 'SHORT_NAME'), array_agg(o.value) FILTER (WHERE o.kind = 'ROLE'),
       max(o.value) FILTER (WHERE o.kind = 'EDU_KIND'), max(o.value) FILTER (WHERE o.kind = 'TERRITORY'),
       max(o.value) FILTER (WHERE o.kind = 'ORG_STATE')
FROM (SELECT subject_id, value, key FROM fact
      WHERE kind = 'NAME' AND valid_from <= %(on)s AND valid_to > %(on)s AND {known}
        AND subject_id NOT IN (SELECT subject_id FROM fact WHERE kind = 'ORG_STATE' AND key IN ('DRAFT', 'WITHDRAWN')
                               AND valid_from <= %(on)s AND valid_to > %(on)s AND {known})
      ORDER BY key, subject_id LIMIT 50 OFFSET %(skip)s) n
JOIN fact o ON o.subject_id = n.subject_id AND o.valid_from <= %(on)s AND o.valid_to > %(on)s AND {o_known}
     AND o.kind IN ('SHORT_NAME', 'ROLE', 'EDU_KIND', 'TERRITORY', 'ORG_STATE')
GROUP BY n.subject_id, n.value, n.key ORDER BY n.key, n.subject_id
"""
TOTAL = """
SELECT count(*) FROM fact WHERE kind = 'NAME' AND valid_from <= %(on)s AND valid_to > %(on)s AND {known}
   AND subject_id NOT IN (SELECT subject_id FROM fact WHERE kind = 'ORG_STATE' AND key IN ('DRAFT', 'WITHDRAWN')
                          AND valid_from <= %(on)s AND valid_to > %(on)s AND {known})
"""
ACTIVE = """
SELECT p.kind, count(*) FROM platform p WHERE p.id IN
  (SELECT subject_id FROM fact WHERE kind = 'STATUS' AND key = 'ACTIVE'
   AND valid_from <= %(on)s AND valid_to > %(on)s AND {known}) GROUP BY p.kind
"""
NOW = "{}recorded_to = '9999-01-01 00:00:00+00'"
PAST = "{0}recorded_from < %(moment)s AND {0}recorded_to >= %(moment)s"


def run(postgres: Postgres) -> dict[str, float]:
    """Measure; milliseconds and ratios to the hand-written SELECT."""
    with registry(postgres.url(postgres.fresh())) as app, app.app_context():
        facts = fill()
        result: dict[str, float] = {"as of: facts": float(facts)}
        for name, known in (("known now", None), (f"known on {KNOWN}", KNOWN)):
            result |= compared(app, name, known)
        return result


def compared(app: Flask, name: str, known: date | None) -> dict[str, float]:
    """The register (its first page and a late one) and the count of platforms."""
    condition = NOW if known is None else PAST
    places = {"known": condition.format(""), "o_known": condition.format("o.")}
    given = {"on": THEN, "moment": queries.end_of(known) if known else None}
    connection = read().connection().connection.driver_connection
    assert connection is not None

    def by_hand(*statements: str, **more: Any) -> Any:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(**places), {**given, **more})
                rows = cursor.fetchall()
        return rows

    result = {}
    for page in (1, 400):
        skip = (page - 1) * 50
        product, hand = turns(
            lambda page=page: queries.organisations(PUBLIC, on=THEN, known=known, page=page),
            lambda skip=skip: by_hand(TOTAL, ROWS, skip=skip),
        )
        found = queries.organisations(PUBLIC, on=THEN, known=known, page=page)
        rows = by_hand(ROWS, skip=skip)
        assert [(one.id, one.full_name) for one in found.items] == [(row[0], row[1]) for row in rows]
        assert found.total == by_hand(TOTAL)[0][0]
        result |= told(f"register of 50 rows, page {page}, {name}", product, hand)
    at = AsOf(THEN, known)
    product, hand = turns(lambda: queries.platforms_by_kind(at), lambda: by_hand(ACTIVE))
    assert sum(queries.platforms_by_kind(at).values()) == sum(count for _, count in by_hand(ACTIVE))
    return {**result, **told(f"platforms in force, {name}", product, hand)}


def told(name: str, product: float, hand: float) -> dict[str, float]:
    return {
        f"{name}, ms": product,
        f"{name}, by hand, ms": hand,
        f"{name}, product : by hand": product / hand,
    }


def turns(product: Callable[[], object], hand: Callable[[], object]) -> tuple[float, float]:
    """Medians in milliseconds of both, taken in turns."""
    product(), hand()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for what, taken in zip((product, hand), times, strict=True):
            begun = time.perf_counter()
            what()
            taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def fill() -> int:
    """The organisations and platforms with their facts, written in bulk; gives how many facts there are."""
    actions.add_municipality(person(Role.OPERATOR), oktmo="03701000", short_name="город Краснодар")
    moment = clock.now() - timedelta(days=4000)
    pending: list[dict[str, Any]] = []

    def say(
        subject: UUID, kind: str, value: str, first: date = ALWAYS, end: date = FOREVER, **more: Any
    ) -> None:
        pending.append(
            {
                "id": ids.new_id(),
                "subject_id": subject,
                "kind": kind,
                "item": "",
                "value": value,
                "key": value,
                "ref_id": None,
                "valid_from": first,
                "valid_to": end,
                "recorded_from": moment,
                "recorded_to": UNTIL_CORRECTED,
                "basis_kind": "SOURCE",
                "note": "bench",
                **more,
            }
        )

    with transaction() as session:
        for start in range(0, ORGANISATIONS, 10_000):
            for number in range(start, start + 10_000):
                key = ids.new_id()
                days = [FIRST + timedelta(days=number % 3000), FIRST + timedelta(days=5000 + number % 3000)]
                edges = [ALWAYS, *days, FOREVER]
                for version, (first, end) in enumerate(itertools.pairwise(edges)):
                    name = f"школа {number * 7919 % ORGANISATIONS:06} имени {version}"
                    say(key, "NAME", name, first, end)
                say(
                    key,
                    "NAME",
                    "с опечаткой",
                    FIRST,
                    days[1],
                    recorded_to=moment + timedelta(days=number % 3000),
                )
                say(key, "SHORT_NAME", f"ш. {number}")
                say(key, "ROLE", "EDU_ORG", item="EDU_ORG")
                say(key, "EDU_KIND", "SCHOOL")
                say(key, "TERRITORY", f"03{number % 44:02}1000")
                say(key, "ORG_STATE", "ACTIVE", ALWAYS, days[1])
                say(key, "ORG_STATE", "ACTIVE" if number % 9 else "LIQUIDATED", days[1])
            session.execute(sa.insert(model.Fact), pending)
            pending.clear()
        platforms = []
        for number in range(PLATFORMS):
            key = ids.new_id()
            kind = ("MUNICIPAL", "KRAI", "FEDERAL")[number % 3]
            platforms.append(
                {
                    "id": key,
                    "version": 1,
                    "kind": kind,
                    "topic": f"тема {number}",
                    "topic_key": f"тема {number}",
                    "state": "ACTIVE",
                    "counts_in_i02": True,
                    "applied_on": FIRST,
                    "created_at": moment,
                    "updated_at": moment,
                }
            )
            day = FIRST + timedelta(days=number % 6000)
            say(key, "STATUS", "APPLIED", ALWAYS, day)
            say(key, "STATUS", "ACTIVE", day, day + timedelta(days=1095))
            say(key, "STATUS", "EXPIRED", day + timedelta(days=1095))
        session.execute(sa.insert(model.Platform), platforms)
        session.execute(sa.insert(model.Fact), pending)
    with transaction() as session:
        session.execute(sa.text("ANALYZE"))
    return read().scalar(sa.select(sa.func.count()).select_from(model.Fact)) or 0


@contextmanager
def registry(url: str) -> Iterator[Flask]:
    """The registry on a fresh database."""
    app = create_app(
        Settings(service="registry", database_url=url, secret_key=SECRET, cookie_secure=False, testing=True)
    )
    migrate.upgrade(app)
    try:
        yield app
    finally:
        with app.app_context():
            service_of(app).db.session.remove()
        let_go(app)
