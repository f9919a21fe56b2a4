"""Papers and lists of an event are called as on its day (BR-06, BR-11, BR-29)."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.events import actions, model, queries
from services.events.queries.papers import certificate_paper
from shared.clock import at
from shared.testing.suite import deliver
from shared.unit import read
from tests.services.events.network import CENTRE, MUNICIPALITIES, OPERATOR, TMS, Webinar

DISTRICT, OKRUG = "Северский район", "Северский муниципальный округ"
CENTRE_THEN, CENTRE_NOW = "Краснодарский научно-методический центр", "Институт развития сети"
TMS_THEN, TMS_NOW = "ТМС Северского района", "ТМС Северского округа"


def rename(webinar: Webinar) -> None:
    """Since 2025 the municipality, its ТМС and the centre have other names."""
    key, oktmo, _ = MUNICIPALITIES[1]
    versions = [
        {"valid_from": None, "short_name": DISTRICT},
        {"valid_from": "2025-01-01", "short_name": OKRUG},
    ]
    data = {"municipality_id": key, "oktmo": oktmo, "short_name": OKRUG, "versions": versions}
    deliver(webinar.app, "registry.municipality.changed.v1", data, version=2)
    for one, then, now, roles, place in (
        (CENTRE, CENTRE_THEN, CENTRE_NOW, ["NETWORK_OPERATOR"], "03701000"),
        (TMS, TMS_THEN, TMS_NOW, ["TMS"], oktmo),
    ):
        names = [{"full_name": then, "valid_from": None}, {"full_name": now, "valid_from": "2025-01-01"}]
        told: dict[str, Any] = {"organisation_id": one, "full_name": now, "short_name": now, "roles": roles}
        told |= {"municipality_oktmo": place, "state": "ACTIVE", "names": names}
        deliver(webinar.app, "registry.organisation.changed.v1", told, version=2)


def test_a_certificate_printed_years_later_is_the_same_paper(webinar: Webinar) -> None:
    webinar.enter("Семёнова", "Анна")
    webinar.hold()
    webinar.take("Семёнова Анна,,10:00:00,11:30:00")
    webinar.step(actions.settle_attendance)
    webinar.step(actions.issue_certificates)
    rename(webinar)
    with at(date(2025, 6, 1)), webinar.app.app_context():
        certificate = read().scalars(sa.select(model.Certificate)).one()
        paper = certificate_paper(certificate)
        assert paper.org_head == [CENTRE_THEN]
        assert paper.content_hash() == certificate.sha256
        assert queries.event(OPERATOR, webinar.id).organisers == [CENTRE_THEN]


@pytest.mark.parametrize(
    ("starts", "names"),
    [(None, (TMS_THEN, DISTRICT)), (date(2025, 3, 1), (TMS_NOW, OKRUG))],
)
def test_a_person_from_history_has_the_place_of_the_day_of_the_event(
    webinar: Webinar, starts: date | None, names: tuple[str, str]
) -> None:
    webinar.hold()
    rename(webinar)
    with webinar.app.app_context():
        if starts:
            read().execute(sa.update(model.Event).values(starts_on=starts, ends_on=None))
            read().commit()
    asked = {"organisation_id": TMS, "role": "OBSERVER", "last_name": "Ким", "first_name": "Ольга"}
    with at(date(2025, 6, 1)):
        key = webinar.do(actions.record_past_participation, event_id=webinar.id, **asked)
    with webinar.app.app_context():
        one = read().get(model.Registration, key)
        assert (one.organisation_name, one.municipality_name) == names


@pytest.mark.parametrize(
    ("today", "names"), [(date(2020, 4, 1), (TMS_THEN, DISTRICT)), (date(2025, 1, 1), (TMS_NOW, OKRUG))]
)
def test_a_registration_keeps_the_names_of_its_day(
    webinar: Webinar, today: date, names: tuple[str, str]
) -> None:
    """A renaming told beforehand counts from its day on."""
    rename(webinar)
    with at(today):
        key = webinar.enter("Ким", "Ольга").id
    with webinar.app.app_context():
        one = read().get(model.Registration, key)
        assert (one.organisation_name, one.municipality_name) == names
