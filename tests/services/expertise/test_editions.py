"""Editions, series, rubrics (BR-36, BR-40); the cancelled and the past."""

from datetime import date
from typing import Any

import pytest

from services.expertise import actions, queries
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told

from .conftest import moment

CRITERIA = [{"code": "C1", "title": "Новизна", "weight": 1}]
SCALE = {"type": "RANGE", "min": 0, "max": 10, "step": 1}


def test_rubrics_are_versioned_and_frozen_with_the_reception(world: Any) -> None:
    with world.at(9, 1):
        world.draft_edition()
        second = actions.add_rubric(
            world.secretary, code="R-PROJECT", title="Новая редакция", criteria=CRITERIA, scale=SCALE
        )
        nomination_id = world.nominations["N1"]
        actions.use_rubric(world.secretary, nomination_id=nomination_id, rubric_id=second)
        actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref="Приказ № 1")
    with world.at(9, 7):
        world.advance()
        with pytest.raises(Refused, match="BR-36"):
            actions.use_rubric(world.secretary, nomination_id=nomination_id, rubric_id=second)
    frozen = {(one.code, one.number): one.frozen_at for one in queries.rubrics(PUBLIC)}
    assert frozen["R-PROJECT", 2] == moment(9, 7)
    assert frozen["R-PROJECT", 1] is None
    assert queries.edition(PUBLIC, world.edition_id).nominations[0].rubric_number == 2


def test_drafts_are_inside_and_announced_editions_public(world: Any) -> None:
    with world.at(9, 1):
        world.draft_edition()
        with pytest.raises(NotFound):
            queries.edition(PUBLIC, world.edition_id)
        assert queries.editions(PUBLIC).total == 0
        with pytest.raises(NotAllowed):
            actions.approve_edition(world.secretary, edition_id=world.edition_id, act_ref="Приказ")
        with pytest.raises(Refused) as refusal:
            actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref=" ")
        assert refusal.value.field == "act_ref"
        actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref="Приказ № 1")
    assert queries.editions(PUBLIC).total == 1
    with world.at(9, 6), pytest.raises(Refused, match="BR-37"):
        world.advance()
    with world.at(9, 7):
        world.advance()
    assert [one.edition_id for one in queries.open_editions(PUBLIC)] == [world.edition_id]
    states = [data["state"] for name, data in told(world.app) if name == "expertise.edition.changed.v1"]
    assert states == ["DRAFT", "ANNOUNCED", "ACCEPTING"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"stages": []}, "stages"),
        ({"stages": "one expert"}, "stages"),
        ({"stages": "backwards"}, "stages"),
        ({"nominations": []}, "nominations"),
        ({"nominations": "twice"}, "nominations"),
        ({"nominations": "no rubric"}, "nominations"),
        ({"policy": {"threshold": 101}}, "policy"),
        ({"closes_on": date(2020, 1, 1)}, "closes_on"),
        ({"ordinal": 19}, "ordinal"),
    ],
)
def test_a_wrong_draft_names_its_field(world: Any, change: dict[str, Any], field: str) -> None:
    world.draft_edition()
    (series,) = queries.series(world.operator)
    stage = {"opens_at": moment(9, 7), "closes_at": moment(9, 18)}
    stages = [
        {"order": n, "kind": kind, **stage}
        for n, kind in enumerate(("SUBMISSION", "CORRESPONDENCE", "DECISION"), 1)
    ]
    nomination = {"code": "N1", "title": "Проекты", "entry_kind": "PROJECT", "rubric_code": "R-PROJECT"}
    special: dict[Any, Any] = {
        "one expert": [{**one, "min_experts": 1} for one in stages],
        "backwards": [{**one, "closes_at": moment(9, 1)} for one in stages],
        "twice": [nomination, nomination],
        "no rubric": [{**nomination, "rubric_code": "R-NONE"}],
    }
    good: dict[str, Any] = {
        "series_id": series.id,
        "ordinal": 20,
        "year": 2021,
        "title": "XX конкурс",
        "opens_on": date(2021, 9, 6),
        "closes_on": date(2021, 10, 29),
        "stages": stages,
        "nominations": [nomination],
    }
    wrong = {
        key: special.get(value, value) if isinstance(value, str) else value for key, value in change.items()
    }
    with pytest.raises(Refused) as refusal:
        actions.draft_edition(world.operator, **{**good, **wrong})
    assert refusal.value.field == field


def test_past_edition_goes_to_the_archive_at_once(world: Any) -> None:
    world.draft_edition()
    (series,) = queries.series(world.operator)
    past = actions.record_past_edition(
        world.operator,
        series_id=series.id,
        ordinal=18,
        year=2019,
        title="XVIII конкурс",
        opens_on=date(2019, 9, 2),
        closes_on=date(2019, 10, 31),
    )
    card = queries.edition(PUBLIC, past)
    assert (card.state, card.ordinal_text) == ("ARCHIVED", "XVIII")


def test_an_edition_is_cancelled_with_a_reason(world: Any) -> None:
    world.open()
    with pytest.raises(NotAllowed):
        actions.cancel_edition(world.secretary, edition_id=world.edition_id, reason="Карантин")
    with pytest.raises(Refused) as refusal:
        actions.cancel_edition(world.operator, edition_id=world.edition_id, reason=" ")
    assert refusal.value.field == "reason"
    actions.cancel_edition(world.operator, edition_id=world.edition_id, reason="Карантин")
    with pytest.raises(Refused, match="3.3"):
        world.advance()


def test_series_and_rubrics_are_kept_by_the_secretariat(world: Any) -> None:
    organiser = world.organisation()
    with pytest.raises(NotAllowed):
        actions.add_contest_series(world.council, name="К", organiser_id=organiser, code="K")
    with pytest.raises(NotAllowed):
        actions.add_rubric(person(Role.EXPERT), code="R", title="Р", criteria=CRITERIA, scale=SCALE)
    with pytest.raises(Refused) as refusal:
        actions.add_contest_series(world.secretary, name="К", organiser_id=world.edition_id, code="K")
    assert refusal.value.field == "organiser_id"
    actions.add_contest_series(world.secretary, name="К", organiser_id=organiser, code="K")
    with pytest.raises(Refused, match="BR-38") as refusal:
        actions.add_contest_series(world.secretary, name="К", organiser_id=organiser, code="K")
    assert refusal.value.field == "code"
