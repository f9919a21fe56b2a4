"""Rules of an edition: edited while they are open, frozen with a hash, amended by act only (BR-36)."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import LedgerLine
from shared.person import PUBLIC
from shared.refusal import NotAllowed, NotFound, Refused
from shared.unit import read

from .conftest import moment
from .test_experts import ready

ACT = {"act_ref": "Приказ № 2", "reason": "Карантин"}


def lines(world: Any, *kinds: str) -> list[dict[str, Any]]:
    """What the log of the edition says of these kinds."""
    rows = read().scalars(
        sa.select(LedgerLine.line)
        .where(LedgerLine.edition_id == world.edition_id, LedgerLine.kind.in_(kinds))
        .order_by(LedgerLine.seq)
    )
    return [json.loads(row) for row in rows]


def as_sent(world: Any, **changes: Any) -> dict[str, Any]:
    """The edition as a form sends it back, with changes."""
    card = queries.edition(world.operator, world.edition_id)
    sent = {
        "ordinal": card.ordinal,
        "year": card.year,
        "title": card.title,
        "opens_on": card.opens_on,
        "closes_on": card.closes_on,
        "policy": card.policy.as_data(),
        "stages": [
            {
                "order": one.position,
                "kind": one.kind,
                "opens_at": one.opens_at,
                "closes_at": one.closes_at,
                "weight": one.weight or None,
                "min_experts": one.min_experts,
            }
            for one in card.stages
        ],
        "nominations": [
            {
                "code": one.code,
                "title": one.title,
                "entry_kind": one.entry_kind,
                "rubric_code": one.rubric_code,
                "applicants": ["SCHOOL"],
                "act_ref": "Положение, п. 3",
            }
            for one in card.nominations
        ],
    }
    return {**sent, **changes}


def test_everything_is_edited_until_the_reception_opens(world: Any) -> None:
    with world.at(9, 1):
        world.draft_edition()
        sent = as_sent(world, title="XX конкурс", ordinal=20)
        sent["stages"] = [one for one in sent["stages"] if one["kind"] != "TECHNICAL"]
        sent["nominations"] = [sent["nominations"][0], {**sent["nominations"][1], "code": "N3"}]
        sent["policy"] = {**sent["policy"], "threshold": "55", "tie": ["EARLIER"]}
        actions.edit_edition(world.secretary, edition_id=world.edition_id, **sent)
        card = queries.edition(world.operator, world.edition_id)
        assert (card.title, card.ordinal_text, str(card.policy.threshold)) == ("XX конкурс", "XX", "55")
        assert [one.kind for one in card.stages] == ["SUBMISSION", "CORRESPONDENCE", "IN_PERSON", "DECISION"]
        assert [(one.code, list(one.applicants), one.act_ref) for one in card.nominations] == [
            ("N1", ["SCHOOL"], "Положение, п. 3"),
            ("N3", ["SCHOOL"], "Положение, п. 3"),
        ]
        assert card.nominations[0].nomination_id == world.nominations["N1"]
        with pytest.raises(NotAllowed):
            actions.edit_edition(world.council, edition_id=world.edition_id, **sent)
        with pytest.raises(Refused) as refusal:
            actions.edit_edition(world.operator, edition_id=world.edition_id, **{**sent, "nominations": []})
        assert refusal.value.field == "nominations"
        actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref="Приказ № 1")
        actions.edit_edition(
            world.operator, edition_id=world.edition_id, **as_sent(world), act_ref="Приказ № 1-а"
        )
    with world.at(9, 7):
        world.advance()
        with pytest.raises(Refused, match="BR-36"):
            actions.edit_edition(world.operator, edition_id=world.edition_id, **as_sent(world))
    assert queries.edition(PUBLIC, world.edition_id).act_ref == "Приказ № 1-а"


def frozen_lines(world: Any) -> list[Any]:
    """Lines of the log that tell a frozen state of the rules."""
    return [one for one in lines(world, "EDITION_RULES") if "number" in one["data"]]


def test_rules_are_frozen_with_a_hash_that_anybody_can_repeat(world: Any) -> None:
    world.open()
    (rules,) = queries.edition(PUBLIC, world.edition_id).rules
    answer = world.browse(None, "GET", f"/editions/{world.edition_id}/rules/1.json")
    assert sha256(answer.data).hexdigest() == rules.sha256
    content = json.loads(answer.data)
    assert rfc8785.dumps(content) == answer.data
    assert content["policy"]["threshold"] == "60.00"
    assert content["nominations"]["N1"]["rubric"]["criteria"][2]["priority"] is True
    assert rules.sha256 in world.page(None, f"/editions/{world.edition_id}")
    (line,) = frozen_lines(world)
    assert (line["data"]["number"], line["data"]["sha256"]) == (1, rules.sha256)
    frozen = lines(world, "RUBRIC_FROZEN")
    assert [one["data"]["criteria"][0] for one in frozen] == [
        {"code": "C1", "weight": "3", "priority": False, "values": ["0", "1", "2"]}
    ] * 2
    assert world.browse(None, "GET", f"/editions/{world.edition_id}/rules/2.json").status_code == 404
    with pytest.raises(NotFound):
        queries.frozen_rules(PUBLIC, world.edition_id, 9)


def test_the_reception_is_prolonged_by_an_act_and_everybody_sees_it(world: Any) -> None:
    world.open()
    later = {"kind": "SUBMISSION", "closes_at": moment(9, 20, 18)}
    with world.at(9, 15):
        with pytest.raises(NotAllowed):
            actions.amend_edition(world.secretary, edition_id=world.edition_id, stages=[later], **ACT)
        for wrong, field in (
            ({"stages": [later], "act_ref": " "}, "act_ref"),
            ({"stages": [later], "reason": ""}, "reason"),
            ({}, None),
            ({"stages": [{"kind": "SUBMISSION", "closes_at": moment(9, 17)}]}, "stages"),
            ({"stages": [{"kind": "SUBMISSION", "opens_at": moment(9, 8)}]}, "stages"),
            ({"stages": [{"kind": "SUBMISSION", "closes_at": moment(9, 26)}]}, "stages"),
            ({"nominations": [{"code": "N9", "quota": 1}]}, "nominations"),
            ({"policy": {"threshold": "много"}}, "policy"),
        ):
            with pytest.raises(Refused) as refusal:
                actions.amend_edition(world.operator, edition_id=world.edition_id, **{**ACT, **wrong})
            assert refusal.value.field == field, wrong
        actions.amend_edition(world.operator, edition_id=world.edition_id, stages=[later], **ACT)
        page = world.page(None, f"/editions/{world.edition_id}")
    assert "Приказ № 2" in page
    assert "было 18.09.2020 18:00 МСК, стало 20.09.2020 18:00 МСК" in page
    first, second = queries.edition(PUBLIC, world.edition_id).rules
    assert second.changed[0]["path"] == ["stages", "SUBMISSION", "closes_at"]
    assert first.sha256 != second.sha256
    assert frozen_lines(world)[1]["data"]["changed"] == ["stages.SUBMISSION.closes_at"]


def test_signed_sheets_close_the_rules_of_their_nomination(world: Any) -> None:
    """An amendment is never retroactive: rubric, quota, weights and settings stand once a sheet is signed."""
    ready(world)
    with world.at(9, 29):
        newer = actions.add_rubric(
            world.secretary,
            code="R-PROJECT",
            title="Новая",
            criteria=[{"code": "C1", "title": "Новизна", "weight": 1}],
            scale={"type": "SET", "values": [0, 1]},
        )
        amend: Any = lambda **what: actions.amend_edition(  # noqa: E731 - one line for many cases
            world.operator, edition_id=world.edition_id, **ACT, **what
        )
        amend(nominations=[{"code": "N1", "quota": 3}], policy={"threshold": "50"})
        world.assign()
        world.score(*world.tasks()[0], 1)
        for wrong in (
            {"nominations": [{"code": "N1", "rubric_id": newer}]},
            {"nominations": [{"code": "N1", "quota": 5}]},
            {"policy": {"threshold": "40"}},
            {"policy": {"tie": ["EARLIER"]}},
            {"stages": [{"kind": "CORRESPONDENCE", "weight": 70}]},
            {"stages": [{"kind": "CORRESPONDENCE", "min_experts": 2}]},
        ):
            with pytest.raises(Refused, match="BR-36"):
                amend(**wrong)
        amend(nominations=[{"code": "N2", "quota": 2}])
        amend(policy={"appeal_days": 5}, title="XIX городской конкурс")
        later = moment(10, 16, 18)
        amend(stages=[{"kind": "CORRESPONDENCE", "closes_at": later}])
        waiting = [line for who, _ in world.tasks() for line in queries.queue(who) if line.state != "DONE"]
        assert {line.due_at for line in waiting} == {later}
    card = queries.edition(PUBLIC, world.edition_id)
    assert [one.quota for one in card.nominations] == [3, 2]
    assert card.policy.appeal_days == 5
    assert [one.number for one in card.rules] == [1, 2, 3, 4, 5]


def test_the_next_edition_follows_a_pattern(world: Any) -> None:
    world.open()
    with world.at(9, 10):
        copied = actions.copy_edition(
            world.secretary,
            edition_id=world.edition_id,
            ordinal=20,
            year=2021,
            title="XX конкурс",
            opens_on=date(2021, 9, 7),
        )
        with pytest.raises(Refused) as refusal:
            actions.copy_edition(
                world.secretary,
                edition_id=world.edition_id,
                ordinal=20,
                year=2021,
                title="XX конкурс",
                opens_on=date(2021, 9, 7),
            )
        assert refusal.value.field == "ordinal"
    card = queries.edition(world.operator, copied)
    assert (card.state, card.closes_on) == ("DRAFT", date(2021, 10, 30))
    assert card.stages[0].opens_at == moment(9, 7, 0).replace(year=2021)
    assert [one.code for one in card.nominations] == ["N1", "N2"]
    assert card.rules == []


def test_a_series_keeps_its_former_names(world: Any) -> None:
    world.open()
    (series,) = queries.series(PUBLIC)
    change = {
        "series_id": series.id,
        "organiser_id": series.organiser_id,
        "level": "KRAI",
        "ordinal_style": "ARABIC",
    }
    with world.at(9, 10):
        with pytest.raises(NotAllowed):
            actions.edit_contest_series(world.council, name="Краевой конкурс", **change)
        actions.edit_contest_series(world.secretary, name="Краевой конкурс", **change)
    assert series.former_names == [{"name": "Городской конкурс", "until": "2020-09-10"}]
    assert "Городской конкурс (до 2020-09-10)" in world.page(None, "/series")


def test_contests_are_edited_copied_and_amended_by_pages(world: Any) -> None:
    with world.at(9, 1):
        world.draft_edition()
        path = f"/editions/{world.edition_id}"
        form = world.page(world.secretary, f"{path}/edit")
        assert 'value="XIX конкурс"' in form
        sent = {
            "ordinal": "19",
            "year": "2020",
            "title": "XIX конкурс",
            "opens_on": "2020-09-07",
            "closes_on": "2020-10-30",
            "nominations-0-code": "N1",
            "nominations-0-title": "Проекты",
            "nominations-0-entry_kind": "PROJECT",
            "nominations-0-rubric_code": "R-PROJECT",
            "nominations-0-applicants": ["SCHOOL", "PRESCHOOL"],
            "policy-threshold": "55,5",
            "policy-comment_top": "false",
            "policy-finalists": "10",
            "policy-tie-1": "EARLIER",
        }
        for number, kind in enumerate(("SUBMISSION", "TECHNICAL", "CORRESPONDENCE", "IN_PERSON", "DECISION")):
            sent |= {f"stages-{number}-kind": kind, f"stages-{number}-order": str(number + 1)}
            if kind not in ("TECHNICAL", "IN_PERSON"):
                sent |= {
                    f"stages-{number}-opens_at": "2020-09-07T00:00",
                    f"stages-{number}-closes_at": f"2020-10-{number + 1:02d}T18:00",
                }
        assert world.post(world.secretary, f"{path}/edit", **sent).status_code == 303
        read().rollback()  # what the page wrote is in a newer snapshot
        policy = queries.edition(world.operator, world.edition_id).policy
        assert (str(policy.threshold), policy.comment_top, policy.finalists) == ("55.5", False, 10)
        assert policy.tie == ("EARLIER",)
        bad = world.post(world.secretary, f"{path}/edit", **{**sent, "policy-finalists": "много"})
        assert bad.status_code == 422
        assert "Недопустимая настройка" in bad.text
        world.page(world.secretary, f"{path}/copy")
        copied = world.post(
            world.secretary, f"{path}/copy", title="XX", ordinal="20", year="2021", opens_on="2021-09-06"
        )
        assert copied.status_code == 303
        actions.approve_edition(world.operator, edition_id=world.edition_id, act_ref="Приказ № 1")
    with world.at(9, 7):
        world.advance()
        assert "Окончание этапа" in world.page(world.operator, f"{path}/amend")
        answer = world.post(
            world.operator,
            f"{path}/amend",
            act_ref="Приказ № 3",
            reason="Много заявок",
            **{
                "stages-0-kind": "SUBMISSION",
                "stages-0-opens_at": "2020-09-07T00:00",
                "stages-0-closes_at": "2020-10-02T18:00",
                "nominations-0-code": "N1",
            },
        )
        assert answer.status_code == 303, answer.text
        assert "Приказ № 3" in world.page(None, path)
        refused = world.post(world.operator, f"{path}/amend", act_ref="Приказ № 4", reason="Так")
        assert refused.status_code == 422
        assert "Ничего не изменено" in refused.text
        assert world.browse(world.secretary, "GET", f"{path}/amend").status_code == 403


def test_a_rubric_with_anchors_is_previewed_versioned_and_taken(world: Any) -> None:
    with world.at(9, 1):
        world.draft_edition()
        form = {
            "code": "R-PROJECT",
            "title": "С пояснениями",
            "values": "0 1 2",
            "criteria-0-code": "C1",
            "criteria-0-title": "Новизна",
            "criteria-0-weight": "3",
            "criteria-0-anchors": "0 — нет\n2 — впервые в крае",
            "criteria-0-comment_below": "1",
            "criteria-1-code": "C2",
            "criteria-1-title": "Польза",
            "criteria-1-weight": "2",
            "criteria-1-values": "0…10 шаг 0,5",
        }
        preview = world.post(world.secretary, "/rubrics/preview", **form)
        assert preview.status_code == 200
        assert "Максимум 26" in preview.text
        assert "впервые в крае" in preview.text
        for wrong in ({"criteria-0-anchors": "5 — нет такой"}, {"criteria-0-anchors": "без оценки"}, {"values": "1"}):
            answer = world.post(world.secretary, "/rubrics/new", **{**form, **wrong})
            assert answer.status_code == 422
            assert world.post(world.secretary, "/rubrics/preview", **{**form, **wrong}).status_code == 422
        made = world.post(world.secretary, "/rubrics/new", **form)
        assert made.status_code == 303
        card = world.page(None, made.location.removeprefix("/expertise"))
        assert "впервые в крае" in card
        rubric_id = made.location.rsplit("/", 1)[1]
        again = world.page(world.secretary, f"/rubrics/{rubric_id}/next")
        assert "2 — впервые в крае" in again
        page = world.page(world.secretary, f"/editions/{world.edition_id}")
        assert "Взять новую редакцию рубрики" in page
        taken = world.post(world.secretary, f"/nominations/{world.nominations['N1']}/rubric/{rubric_id}")
        assert taken.status_code == 303
        read().rollback()
        assert queries.edition(world.operator, world.edition_id).nominations[0].rubric_number == 2
