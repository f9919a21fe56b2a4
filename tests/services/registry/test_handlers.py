"""News of the other services on the landing page."""

from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient

from shared import ids
from shared.testing.suite import deliver
from tests.services.registry.conftest import World


def test_open_contests_and_the_newest_report_are_shown(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    edition = {
        "edition_id": ids.new_id(),
        "series_name": "Конкурс",
        "ordinal": 19,
        "year": 2020,
        "title": "XIX конкурс инновационных проектов",
        "state": "ACCEPTING",
        "opens_on": date(2020, 9, 7),
        "closes_on": date(2020, 9, 18),
        "nominations": [],
    }
    deliver(world.app, "expertise.edition.changed.v1", edition, version=3)
    report = {
        "report_id": ids.new_id(),
        "kind": "NETWORK",
        "as_of": date(2020, 12, 31),
        "period_from": date(2020, 1, 1),
        "period_to": date(2020, 12, 31),
        "inputs_hash": "0" * 64,
        "issued_on": date(2020, 12, 31),
    }
    deliver(world.app, "reports.report.issued.v1", report)
    page = client(world.app).get("/").text
    assert "XIX конкурс инновационных проектов" in page
    assert "приём заявок до 18.09.2020" in page
    assert "Отчёт о деятельности сети на 31.12.2020" in page
    deliver(world.app, "expertise.edition.changed.v1", {**edition, "state": "DRAFT"}, version=2)
    assert "XIX конкурс" in client(world.app).get("/").text
    deliver(world.app, "expertise.edition.changed.v1", {**edition, "state": "COMPLETED"}, version=4)
    assert "XIX конкурс" not in client(world.app).get("/").text
