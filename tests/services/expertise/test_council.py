"""Decisions, publication, snapshots (BR-53…BR-58, BR-60); SC-03 of the demo."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import ScoreSheet
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, Refused
from shared.testing.suite import person
from shared.unit import work


def at_decision(world: Any, *values: int, **more: Any) -> list[Any]:
    """Entries scored by three experts with these values, waiting for the council."""
    for _ in range(3):
        world.expert()
    world.open(stages=("SUBMISSION", "CORRESPONDENCE", "DECISION"), **more)
    filed = [world.file(day=10 + number) for number in range(len(values))]
    with world.at(9, 28):
        world.advance()
        world.assign()
        for entry_id, value in zip(filed, values, strict=True):
            for who, task in world.tasks(entry_id):
                world.score(who, task, value)
        world.advance()
    return filed


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"present": 5}, "BR-57", "present"),
        ({"present": 12}, "BR-57", "present"),
        ({"date": date(2020, 10, 31)}, "BR-57", "date"),
        ({"number": " "}, "BR-57", "number"),
        ({"votes_for": 4}, "BR-57", "decisions"),
        ({"votes_for": 6, "votes_against": 4}, "BR-57", "decisions"),
        ({"outcome": "EXTEND"}, "BR-55", "decisions"),
    ],
)
def test_refusals_of_a_session(world: Any, change: dict[str, Any], rule: str, field: str) -> None:
    (entry_id,) = at_decision(world, 2)
    session = {key: value for key, value in change.items() if key in ("present", "date", "number")}
    vote = {key: value for key, value in change.items() if key not in session}
    with world.at(10, 30), pytest.raises(Refused, match=rule) as refusal:
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS", **vote}, **session)
    assert refusal.value.field == field
    assert queries.entry(world.secretary, entry_id).state == "SCORED_FINAL"


def test_threshold_and_whole_nomination(world: Any) -> None:
    good, bad = at_decision(world, 2, 1)
    with world.at(10, 30):
        with pytest.raises(Refused, match="BR-58.*N1-002"):
            world.decide({"entry_id": good, "outcome": "AWARD_STATUS"})
        with pytest.raises(Refused, match="BR-54.*N1-002"):
            world.decide(
                {"entry_id": good, "outcome": "AWARD_STATUS"}, {"entry_id": bad, "outcome": "AWARD_STATUS"}
            )
        with pytest.raises(Refused, match="BR-57"):
            actions.publish_results(world.operator, edition_id=world.edition_id)
        world.decide({"entry_id": good, "outcome": "AWARD_STATUS"}, {"entry_id": bad, "outcome": "RETURN"})
        with pytest.raises(Refused, match="BR-57"):
            world.decide({"entry_id": good, "outcome": "AWARD_STATUS"}, number="2")


def test_ties_are_broken_by_vote_and_then_by_earlier_submission(world: Any) -> None:
    first, second, third = at_decision(world, 2, 2, 2)
    with world.at(10, 30):
        world.decide(
            {"entry_id": first, "outcome": "AWARD_STATUS", "votes_for": 7},
            {"entry_id": second, "outcome": "AWARD_STATUS", "votes_for": 7},
            {"entry_id": third, "outcome": "AWARD_STATUS", "votes_for": 9},
        )
        rows = queries.rating(world.council, world.edition_id, world.nominations["N1"])
    assert [(row.entry_id, row.place, [one.value for one in row.tie_breakers]) for row in rows] == [
        (third, 1, ["VOTE"]),
        (first, 2, ["VOTE", "EARLIER"]),
        (second, 3, ["VOTE", "EARLIER"]),
    ]


def test_applicants_learn_the_decision_with_the_publication(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    applicant = world.applicant(queries.entry(world.secretary, entry_id).applicant_id)
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS", "title": "LAUREATE"})
        assert queries.entry(world.secretary, entry_id).state == "LAUREATE"
        card = queries.entry(applicant, entry_id)
        assert (card.state, card.result, card.sheets) == ("SCORED_FINAL", None, [])
        assert queries.published_results(PUBLIC, world.edition_id) == []
        assert queries.entries(applicant, world.edition_id, state=card.state) == []
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        card = queries.entry(applicant, entry_id)
        assert card.state == "LAUREATE"
        assert card.result is not None
        assert card.result.rank == 1
        assert [one.expert_name for one in card.sheets] == [None, None, None]
        (line,) = queries.published_results(PUBLIC, world.edition_id)
        assert (line.place, line.outcome) == (1, "AWARD_STATUS")
        institute = person(Role.IRO)
        assert queries.entry(institute, entry_id).result is not None
        assert queries.entry(institute, entry_id).sheets == []


def test_a_changed_rating_raises_an_alarm(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        assert queries.protocols(world.council, world.edition_id)[0].intact
        with work(world.secretary) as u:
            sheet = u.session.scalars(sa.select(ScoreSheet)).first()
            sheet.percent = sheet.percent - 1
        assert not queries.protocols(world.council, world.edition_id)[0].intact


def test_those_below_the_threshold_do_not_reach_the_final(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    good, bad = world.file(), world.file()
    world.admit(good, bad)
    with world.at(9, 29):
        world.assign()
        for entry_id, value in ((good, 2), (bad, 1)):
            for who, task in world.tasks(entry_id):
                world.score(who, task, value)
    with world.at(10, 19):
        world.advance()
        assert queries.entry(world.secretary, good).state == "FINALIST"
        assert queries.entry(world.secretary, bad).state == "SCORED"
        assert world.assign("IN_PERSON") == 3
        world.score_all("IN_PERSON", 1)
    with world.at(10, 30):
        world.advance()
        rows = queries.rating(world.secretary, world.edition_id, world.nominations["N1"])
        assert [(row.entry_id, row.place, str(row.final)) for row in rows] == [
            (good, 1, "75.00"),
            (bad, 2, "50.00"),
        ]
        world.decide({"entry_id": good, "outcome": "AWARD_STATUS"}, {"entry_id": bad, "outcome": "DECLINE"})


def test_decisions_are_for_secretary_and_council(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        for who in (world.operator, person(Role.EXPERT), world.applicant(world.organisation())):
            with pytest.raises(NotAllowed):
                actions.record_decisions(
                    who,
                    edition_id=world.edition_id,
                    number="1",
                    date=date(2020, 10, 30),
                    chair="П",
                    secretary="С",
                    members_total=3,
                    present=3,
                    decisions=[{"entry_id": entry_id, "outcome": "DECLINE", "votes_for": 3}],
                )
        with pytest.raises(NotAllowed):
            queries.protocols(person(Role.EXPERT), world.edition_id)
        with pytest.raises(NotAllowed):
            actions.publish_results(world.council, edition_id=world.edition_id)


def test_after_appeals_the_edition_is_completed_and_archived(world: Any) -> None:
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        with pytest.raises(Refused, match="3.3"):
            actions.archive_edition(world.secretary, edition_id=world.edition_id)
    with world.at(11, 6):
        actions.close_appeals(world.secretary, edition_id=world.edition_id)
        actions.archive_edition(world.secretary, edition_id=world.edition_id)
    assert queries.edition(PUBLIC, world.edition_id).state == "ARCHIVED"


def test_tied_finalists_at_the_last_place_all_go_on(world: Any) -> None:
    """BR-54: one finalist is asked for, two share the first place, the third stays; nobody is left out by chance."""
    for _ in range(3):
        world.expert()
    world.open(policy={"finalists": 1, "tie": ["PRIORITY"]})
    first, second, third = world.file(), world.file(), world.file()
    world.admit(first, second, third)
    with world.at(9, 29):
        world.assign()
        for entry_id, scores in ((first, [2] * 8), (second, [2] * 8), (third, [2] * 7 + [1])):
            for who, task in world.tasks(entry_id):
                world.score(who, task, *scores)
    with world.at(10, 19):
        world.advance()
    states = [queries.entry(world.secretary, key).state for key in (first, second, third)]
    assert states == ["FINALIST", "FINALIST", "SCORED"]
