"""A person whose data the registry destroys loses the name in the other services too (BR-69)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.events import actions as events
from services.registry import actions as registry
from services.registry.rules.retention import ErasureReason
from shared import clock
from shared.clock import MOSCOW
from shared.person import Person, Role
from shared.service import current
from shared.testing.suite import Suite, person
from shared.unit import read
from tests.services.events.network import BEFORE, Webinar, plan

SYSTEM = Person.system("registry")
NAMES = ("приватнова", "феодосия", "лукинична", "privatnova@example.org")
AFTER = datetime(2020, 4, 17, 12, tzinfo=MOSCOW)


def written(suite: Suite, service: str) -> str:
    """All that stands in the tables of a service."""
    with suite.inside(service):
        tables = current().db.metadata.sorted_tables
        return "\n".join(str(row) for table in tables for row in read().execute(sa.select(table))).casefold()


def participant(suite: Suite) -> tuple[UUID, Webinar]:
    """A person of the registry who was at a webinar and stands in its report of attendance."""
    with suite.inside("registry"):
        registry.add_municipality(SYSTEM, oktmo="03643000", short_name="Северский район", kind="DISTRICT")
        tms = registry.register_organisation(
            SYSTEM, full_name="ТМС Северского района", roles=["TMS"], municipality_oktmo="03643000"
        )
        key = registry.add_person(
            SYSTEM,
            last_name="Приватнова",
            first_name="Феодосия",
            middle_name="Лукинична",
            position="методист",
            organisation_id=tms,
        )
    suite.settle()
    webinar = Webinar(suite.events, plan(suite.events, organiser_ids=[tms]))
    webinar.step(events.open_registration)
    place: Any = webinar.enter(
        "Приватнова",
        "Феодосия",
        middle_name="Лукинична",
        email="privatnova@example.org",
        organisation_id=tms,
        person_id=key,
    )
    webinar.hold()
    webinar.take(f"{place.join_code} Приватнова Ф.Л.,privatnova@example.org,10:00:00,11:30:00")
    webinar.step(events.settle_attendance)
    suite.settle()
    return key, webinar


def test_copies_and_kept_messages_lose_the_name_and_numbers_stay(suite: Suite) -> None:
    with clock.at(BEFORE):
        key, webinar = participant(suite)
    with clock.at(AFTER):
        for service in ("registry", "events", "expertise"):
            assert "приватнова" in written(suite, service), service
        before = presences(suite, webinar)
        with suite.inside("registry"):
            operator = person(Role.OPERATOR)
            registry.erase_person(operator, person_id=key, reason=ErasureReason.UNLAWFUL)
        suite.settle()
        for service in ("registry", "events", "expertise", "reports"):
            left = written(suite, service)
            found = [line[:200] for line in left.splitlines() if any(name in line for name in NAMES)]
            assert found == [], service
        for service in ("events", "expertise"):
            assert "обезличено" in written(suite, service), service
        assert presences(suite, webinar) == before


def presences(suite: Suite, webinar: Webinar) -> list[tuple[Any, ...]]:
    """Who was there how long, by identifier: statistics that a destroyed name does not change."""
    with suite.inside("events"):
        query = sa.text("SELECT id, person_id, state, present_seconds, join_code FROM registration")
        return [tuple(row) for row in read().execute(query)]
