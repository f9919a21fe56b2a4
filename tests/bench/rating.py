"""BR-47…BR-53: one page of the rating of 5,000 works with three signed sheets each, against the same page by hand.

The hand-written statement computes what the page shows — stage scores, spread, the final score, the place with
its tie-breakers, the coded sheets and names of 50 rows, the total — through the same driver on the same rows.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from services.expertise import create_app, model, queries, readmodel
from services.expertise.rules import scoring
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import as_data, read_rubric
from shared import clock, ids, migrate
from shared.person import Role
from shared.service import service_of
from shared.settings import Settings
from shared.testing.suite import SECRET, let_go, person
from shared.unit import read, transaction
from tests.broker.servers import Postgres

WORKS, SHEETS, EXPERTS, REPEATS, PAGE = 5_000, 3, 1_500, 25, 50
RUBRIC = read_rubric(
    [
        {"code": f"C{n}", "title": f"Критерий {n}", "weight": weight, "priority": n == 3}
        for n, weight in enumerate((3, 5, 7, 5, 10, 8, 6, 6), 1)
    ],
    {"type": "SET", "values": [0, 1, 2]},
)
BY_HAND = """
WITH scored AS (
    SELECT e.id, e.reg_no, e.topic, e.applicant_id, e.state, e.submitted_at,
           round(avg(s.percent), 2) AS final, max(s.percent) - min(s.percent) AS spread,
           round(avg(s.priority), 2) AS priority, d.votes_for
    FROM entry e
    JOIN score_sheet s ON s.entry_id = e.id AND s.stage_id = %(stage)s AND s.state = 'SIGNED'
    LEFT JOIN decision d ON d.entry_id = e.id
    WHERE e.nomination_id = %(nomination)s
      AND e.state IN ('IN_EXPERTISE', 'REVISION', 'SCORED', 'FINALIST', 'SCORED_FINAL',
                      'AWARDED', 'LAUREATE', 'DIPLOMA', 'PARTICIPANT', 'DECLINED')
    GROUP BY e.id, d.votes_for
), placed AS (
    SELECT *, rank() OVER (ORDER BY final DESC, priority DESC, votes_for DESC NULLS LAST, submitted_at) AS place,
           count(*) OVER () AS total
    FROM scored
), page AS (SELECT * FROM placed ORDER BY place, id LIMIT %(size)s OFFSET %(skip)s),
codes AS (
    SELECT expert_id, row_number() OVER (ORDER BY first) AS code
    FROM (SELECT a.expert_id, min(a.id::text) AS first FROM assignment a JOIN stage t ON t.id = a.stage_id
          WHERE t.edition_id = %(edition)s GROUP BY a.expert_id) firsts
)
SELECT p.place, p.reg_no, p.topic, o.short_name, o.names, p.state, p.final, p.spread, p.total, p.id,
       s.id, s.percent, a.kind, c.code
FROM page p
JOIN score_sheet s ON s.entry_id = p.id AND s.stage_id = %(stage)s AND s.state = 'SIGNED'
JOIN assignment a ON a.id = s.assignment_id
JOIN codes c ON c.expert_id = s.expert_id
LEFT JOIN organisation o ON o.id = p.applicant_id
ORDER BY p.place, p.id, s.id
"""


def run(postgres: Postgres) -> dict[str, float]:
    """Measure; milliseconds and ratios to the hand-written statement."""
    with expertise(postgres.url(postgres.fresh())) as app, app.app_context():
        edition_id, nomination_id, stage_id = fill()
        secretary = person(Role.SECRETARY)
        connection = read().connection().connection.driver_connection
        assert connection is not None

        def by_hand(page: int) -> Any:
            with connection.cursor() as cursor:
                cursor.execute(
                    BY_HAND,
                    {
                        "edition": edition_id,
                        "nomination": nomination_id,
                        "stage": stage_id,
                        "size": PAGE,
                        "skip": (page - 1) * PAGE,
                    },
                )
                return cursor.fetchall()

        result: dict[str, float] = {"rating: works": WORKS, "rating: sheets": WORKS * SHEETS}
        for page in (1, 50, 100):
            found = queries.rating_page(secretary, edition_id, nomination_id, page=page)
            hand = list(dict.fromkeys((row[0], row[1], row[6], row[8]) for row in by_hand(page)))
            assert [(one.place, one.label, one.final, found.total) for one in found.items] == hand
            product, bare = turns(
                lambda page=page: queries.rating_page(secretary, edition_id, nomination_id, page=page),
                lambda page=page: by_hand(page),
            )
            result |= {
                f"rating of {PAGE} rows, page {page}, ms": product,
                f"rating of {PAGE} rows, page {page}, by hand, ms": bare,
                f"rating of {PAGE} rows, page {page}, product : by hand": product / bare,
            }
        begun = time.perf_counter()
        whole = queries.rating(secretary, edition_id, nomination_id)
        result["rating of all works at once, ms"] = (time.perf_counter() - begun) * 1000
        paged = queries.rating_page(secretary, edition_id, nomination_id, page=50).items
        assert [(one.place, one.label) for one in whole[2450:2500]] == [(one.place, one.label) for one in paged]
        return result


def turns(product: Callable[[], object], hand: Callable[[], object]) -> tuple[float, float]:
    """Medians in milliseconds of both, taken in turns; the product forgets its objects as between requests."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS):
        for what, taken in zip((product, hand), times, strict=True):
            read().expunge_all()
            begun = time.perf_counter()
            what()
            taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def fill() -> tuple[UUID, UUID, UUID]:
    """An edition in its correspondence stage with signed sheets, written in bulk."""
    draw = random.Random(51)
    now = clock.now()
    common = {"version": 1, "created_at": now, "updated_at": now}
    series, rubric, edition, nomination, stage = (ids.new_id() for _ in range(5))
    organisations = [ids.new_id() for _ in range(400)]
    experts = [ids.new_id() for _ in range(EXPERTS)]
    criteria, scale = as_data(RUBRIC)
    entries, assignments, sheets = [], [], []
    for number in range(WORKS):
        key = ids.new_id()
        entries.append(
            {
                **common,
                "id": key,
                "edition_id": edition,
                "nomination_id": nomination,
                "kind": "PROJECT",
                "applicant_id": draw.choice(organisations),
                "topic": f"Тема {number}",
                "summary": "",
                "state": "IN_EXPERTISE",
                "reg_no": f"CITY-XIX-N1-{number + 1:04d}",
                "submitted_at": now - timedelta(minutes=number),
            }
        )
        quality = draw.random()
        for expert in draw.sample(experts, SHEETS):
            task = ids.new_id()
            scores = {
                one.code: Decimal(min(2, max(0, round(2 * quality + draw.gauss(0, 0.5))))) for one in RUBRIC.criteria
            }
            about = {"entry_id": key, "stage_id": stage, "expert_id": expert}
            assignments.append(
                {**common, **about, "id": task, "kind": "REGULAR", "state": "DONE", "due_at": now, "accepted_at": now}
            )
            sheets.append(
                {
                    **common,
                    **about,
                    "id": ids.new_id(),
                    "assignment_id": task,
                    "state": "SIGNED",
                    "scores": {code: str(value) for code, value in scores.items()},
                    "typed": {},
                    "comments": {},
                    "conclusion": "",
                    "remarks": "",
                    "total": scoring.total(RUBRIC, scores),
                    "percent": scoring.percent(RUBRIC, scores),
                    "priority": scoring.priority_percent(RUBRIC, scores),
                    "signed_at": now,
                }
            )
    day = date(2020, 9, 7)
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (
            readmodel.Organisation,
            [
                {
                    "id": key,
                    "source_version": 1,
                    "full_name": f"Школа № {n}",
                    "short_name": f"Школа {n}",
                    "state": "ACTIVE",
                    "names": [],
                }
                for n, key in enumerate(organisations)
            ],
        ),
        (
            model.ContestSeries,
            [
                {
                    **common,
                    "id": series,
                    "name": "Конкурс",
                    "code": "CITY",
                    "organiser_id": organisations[0],
                    "level": "MUNICIPAL",
                    "ordinal_style": "ROMAN",
                    "former_names": [],
                }
            ],
        ),
        (
            model.Rubric,
            [{**common, "id": rubric, "code": "R", "number": 1, "title": "Р", "criteria": criteria, "scale": scale}],
        ),
        (
            model.ContestEdition,
            [
                {
                    **common,
                    "id": edition,
                    "series_id": series,
                    "ordinal": 19,
                    "year": 2020,
                    "title": "XIX конкурс",
                    "opens_on": day,
                    "closes_on": day + timedelta(days=60),
                    "state": "CORRESPONDENCE",
                    "policy": Policy().as_data(),
                }
            ],
        ),
        (
            model.Stage,
            [
                {
                    "id": stage,
                    "edition_id": edition,
                    "position": 1,
                    "kind": "CORRESPONDENCE",
                    "opens_at": now,
                    "closes_at": now + timedelta(days=30),
                    "weight": Decimal(50),
                    "min_experts": 3,
                }
            ],
        ),
        (
            model.Nomination,
            [
                {
                    "id": nomination,
                    "edition_id": edition,
                    "code": "N1",
                    "title": "Проекты",
                    "entry_kind": "PROJECT",
                    "rubric_id": rubric,
                    "applicants": [],
                    "last_number": WORKS,
                }
            ],
        ),
        (
            model.ExpertProfile,
            [
                {**common, "id": key, "person_id": ids.new_id(), "level": "BASE", "max_load": 99, "specialities": []}
                for key in experts
            ],
        ),
        (model.Entry, entries),
        (model.Assignment, assignments),
        (model.ScoreSheet, sheets),
    ]
    with transaction() as session:
        for kind, made in rows:
            session.execute(sa.insert(kind.__table__), made)
        session.execute(sa.text("ANALYZE"))
    return edition, nomination, stage


@contextmanager
def expertise(url: str) -> Iterator[Flask]:
    """Expertise on a fresh database."""
    app = create_app(
        Settings(service="expertise", database_url=url, secret_key=SECRET, cookie_secure=False, testing=True)
    )
    migrate.upgrade(app)
    try:
        yield app
    finally:
        with app.app_context():
            service_of(app).db.session.remove()
        let_go(app)
