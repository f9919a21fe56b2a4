"""An applicant is called as when the entry was submitted, in the results as on the day of the protocol (BR-06)."""

from typing import Any
from uuid import UUID

from services.expertise import actions, queries
from shared.clock import at
from shared.person import PUBLIC
from shared.testing.suite import deliver
from tests.services.expertise.conftest import CITY, DISTRICT, moment
from tests.services.expertise.test_council import at_decision

SCHOOL, LYCEUM = "Школа № 1", "Лицей № 1"


def rename(world: Any, key: Any, since: str) -> None:
    """The school becomes a lyceum."""
    names = [{"full_name": SCHOOL, "valid_from": None}, {"full_name": LYCEUM, "valid_from": since}]
    told = {"organisation_id": key, "full_name": LYCEUM, "short_name": "Лицей 1", "roles": ["EDU_ORG"]}
    told |= {"municipality_oktmo": CITY, "state": "ACTIVE", "names": names}
    deliver(world.app, "registry.organisation.changed.v1", told, version=2)


def test_an_applicant_renamed_after_the_submission(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    applicant = queries.entry(world.secretary, entry_id).applicant_id
    rename(world, applicant, "2020-10-01")
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        assert queries.entry(world.secretary, entry_id).applicant_name == SCHOOL
        (line,) = queries.entries(world.secretary, world.edition_id)
        assert line.applicant_name == SCHOOL
        (row,) = queries.rating(world.council, world.edition_id, world.nominations["N1"])
        assert row.applicant_name == SCHOOL
        (expert, _), *_rest = world.tasks(entry_id)
        assert queries.queue(expert)[0].applicant_name == SCHOOL
        (result,) = queries.published_results(PUBLIC, world.edition_id)
        assert result.applicant_name == "Лицей 1", "the protocol is of 30 October"


def test_results_of_a_past_protocol_keep_its_names(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    rename(world, queries.entry(world.secretary, entry_id).applicant_id, "2025-01-01")
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        actions.publish_results(world.secretary, edition_id=world.edition_id)
    with at(moment(10, 30).replace(year=2025)):
        (result,) = queries.published_results(PUBLIC, world.edition_id)
    assert result.applicant_name == SCHOOL


def test_a_draft_and_the_experts_are_called_as_today(world: Any) -> None:
    world.open()
    school = world.organisation(name="Школа")
    with world.at(9, 10):
        entry_id = world.draft(school)
    rename(world, school, "2025-01-01")
    versions = [
        {"valid_from": None, "short_name": "Крымский район"},
        {"valid_from": "2025-01-01", "short_name": "Крымский округ"},
    ]
    data: dict[str, Any] = {"oktmo": DISTRICT, "short_name": "Крымский район", "versions": versions}
    data["municipality_id"] = UUID(int=2)
    deliver(world.app, "registry.municipality.changed.v1", data, version=2)
    world.expert(DISTRICT)
    for year, name, place in ((2024, SCHOOL, "Крымский район"), (2025, "Лицей 1", "Крымский округ")):
        with at(moment(9, 11).replace(year=year)):
            assert queries.entry(world.applicant(school), entry_id).applicant_name == name
            (expert,) = queries.experts(world.secretary)
            assert expert.municipality_name == place
