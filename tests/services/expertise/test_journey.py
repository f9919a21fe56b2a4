"""The road of an edition from the announcement to the results, by actions."""

from decimal import Decimal
from typing import Any

import pytest

from services.expertise import actions, queries
from shared.refusal import Refused
from shared.testing.suite import told


def names(world: Any) -> list[str]:
    return [name for name, _ in told(world.app)]


def test_from_announcement_to_results(world: Any) -> None:
    for _ in range(4):
        world.expert()
    world.open()
    first, second = world.file(), world.file(day=11)
    world.admit(first, second)
    with world.at(9, 29):
        assert world.assign() == 6
        world.score_all()
    with world.at(10, 19):
        assert world.advance() == "IN_PERSON"
        assert world.assign("IN_PERSON") == 6
        world.score_all("IN_PERSON")
    with world.at(10, 30):
        assert world.advance() == "DECISION"
        rating = queries.rating(world.council, world.edition_id, world.nominations["N1"])
        assert [(row.label, row.place, row.final) for row in rating] == [
            ("CITY-XIX-N1-001", 1, Decimal("100.00")),
            ("CITY-XIX-N1-002", 2, Decimal("100.00")),
        ]
        assert [breaker.value for breaker in rating[0].tie_breakers] == ["EARLIER"]
        world.decide(
            {"entry_id": first, "outcome": "AWARD_STATUS", "title": "WINNER"},
            {"entry_id": second, "outcome": "AWARD_STATUS", "votes_for": 8},
        )
    decided = [data for name, data in told(world.app) if name == "expertise.entry.decided.v1"]
    assert [(one["entry_id"], one["outcome"], one["rank"], one["final_score"]) for one in decided] == [
        (str(first), "AWARD_STATUS", 1, "100.00"),
        (str(second), "AWARD_STATUS", 2, "100.00"),
    ]
    assert decided[0]["platform_kind"] == "MUNICIPAL"
    assert decided[0]["protocol_number"] == "1"
    assert names(world).count("expertise.sheet.signed.v1") == 12
    last = [data for name, data in told(world.app) if name == "expertise.entry.changed.v1"][-1]
    assert (last["state"], last["rank"], last["final_score"]) == ("SCORED_FINAL", None, None)
    with world.at(10, 31):
        actions.publish_results(world.operator, edition_id=world.edition_id)
    told_after = {d["entry_id"]: d for n, d in told(world.app) if n == "expertise.entry.changed.v1"}
    assert told_after[str(first)]["state"] == "AWARDED"
    assert (told_after[str(first)]["rank"], told_after[str(first)]["title"]) == (1, "WINNER")
    with world.at(11, 6):
        actions.close_appeals(world.operator, edition_id=world.edition_id)
        assert queries.edition(world.operator, world.edition_id).state == "COMPLETED"
        (protocol,) = queries.protocols(world.council, world.edition_id)
        assert protocol.intact


def test_an_edition_without_technical_and_in_person_stages(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open(stages=("SUBMISSION", "CORRESPONDENCE", "DECISION"))
    entry_id = world.file()
    with world.at(9, 28):
        assert world.advance() == "CORRESPONDENCE"
        world.assign()
        world.score_all(value=1)
        assert world.advance() == "DECISION"
    assert queries.entry(world.secretary, entry_id).state == "SCORED_FINAL"


def test_stages_do_not_begin_before_their_work_is_done(world: Any) -> None:
    world.open()
    entry_id = world.file()
    with world.at(9, 10), pytest.raises(Refused, match="BR-37"):
        world.advance()
    with world.at(9, 21):
        world.advance()
        with pytest.raises(Refused, match="BR-39.*CITY-XIX-N1-001"):
            world.advance()
        actions.check_entry(
            world.secretary,
            entry_id=entry_id,
            outcome="ADMITTED",
            items=[{"requirement": "Заявка", "ok": True}],
        )
        world.advance()
        with pytest.raises(Refused, match="BR-40.*CITY-XIX-N1-001"):
            world.advance()
        reasons = queries.reasons_why_not(world.secretary, world.edition_id)
        assert [reason.rule for reason in reasons] == ["BR-40"]
