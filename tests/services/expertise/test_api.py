"""The road by the JSON API; problems name rule and field; strangers are refused."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.expertise import queries
from shared.person import Role
from shared.testing.suite import person, told

from .conftest import WEIGHTS, WHY


class Api:
    """The API as one program of the test world sees it."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def __call__(self, who: Any, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        more = {} if body is None else {"json": body}
        answer = self.world.browse(who, method, f"/api/v1{path}", **more)
        assert answer.status_code == expect, (path, answer.status_code, answer.text)
        return answer.get_json(silent=True)


@pytest.fixture
def api(world: Any) -> Api:
    return Api(world)


def edition_body(series_id: str) -> dict[str, Any]:
    days = {"SUBMISSION": (7, 18), "TECHNICAL": (21, 25), "CORRESPONDENCE": (28, 29), "DECISION": (30, 30)}
    return {
        "series_id": series_id,
        "ordinal": 19,
        "year": 2020,
        "title": "XIX конкурс",
        "opens_on": "2020-09-07",
        "closes_on": "2020-09-30",
        "stages": [
            {
                "order": n,
                "kind": kind,
                "opens_at": f"2020-09-{opens:02d}T00:00:00+03:00",
                "closes_at": f"2020-09-{closes:02d}T18:00:00+03:00",
            }
            for n, (kind, (opens, closes)) in enumerate(days.items(), 1)
        ],
        "nominations": [
            {
                "code": "N1",
                "title": "Проекты",
                "entry_kind": "PROJECT",
                "rubric_code": "R",
                "platform_kind": "MUNICIPAL",
            }
        ],
        "policy": {"threshold": "60.00"},
    }


def test_the_road_by_the_api(world: Any, api: Api) -> None:
    organiser, school = world.organisation(), world.organisation()
    secretary, operator, applicant = world.secretary, world.operator, world.applicant(school)
    with world.at(9, 1):
        series = api(
            secretary,
            "POST",
            "/contest-series",
            {"name": "К", "code": "CITY", "organiser_id": str(organiser)},
            expect=201,
        )
        criteria = [
            {"code": f"C{n}", "title": f"Критерий {n}", "weight": w} for n, w in enumerate(WEIGHTS, 1)
        ]
        rubric = {
            "code": "R",
            "title": "Р",
            "criteria": criteria,
            "scale": {"type": "SET", "values": [0, 1, 2]},
        }
        api(secretary, "POST", "/rubrics", rubric, expect=201)
        assert api(None, "GET", "/rubrics")[0]["rules"]["maximum"] == "100"
        edition = api(secretary, "POST", "/editions", edition_body(series["id"]), expect=201)["id"]
        api(operator, "POST", f"/editions/{edition}/approve", {"act_ref": "Приказ № 1"})
    with world.at(9, 7):
        assert api(secretary, "GET", f"/editions/{edition}/advance") == []
        assert api(secretary, "POST", f"/editions/{edition}/advance") == {"state": "ACCEPTING"}
        assert [one["edition_id"] for one in api(None, "GET", "/editions?open=true")] == [edition]
        nomination = api(None, "GET", f"/editions/{edition}")["nominations"][0]["nomination_id"]
        body = {"nomination_id": nomination, "applicant_id": str(school), "topic": "Новая школа"}
        entry = api(applicant, "POST", f"/editions/{edition}/entries", body, expect=201)["id"]
        api(applicant, "PUT", f"/entries/{entry}", {"topic": "Школа будущего", "summary": "Кратко"})
        assert api(applicant, "POST", f"/entries/{entry}/submit")["state"] == "SUBMITTED"
        assert api(applicant, "GET", "/entries/own")[0]["topic"] == "Школа будущего"
        assert api(secretary, "POST", f"/entries/{entry}/register") == {"reg_no": "CITY-XIX-N1-001"}
    with world.at(9, 21):
        api(secretary, "POST", f"/editions/{edition}/advance")
        check = {
            "outcome": "CONDITIONAL",
            "items": [{"requirement": "Согласование", "ok": False, "remark": "Нет подписи"}],
            "fix_until": "2020-09-23T18:00:00+03:00",
        }
        api(secretary, "POST", f"/entries/{entry}/check", check)
        assert api(applicant, "POST", f"/entries/{entry}/fix", {"note": "Подписали"})["state"] == "ADMITTED"
        assert api(secretary, "POST", f"/editions/{edition}/expire-fixes") == {"count": 0}
        api(secretary, "POST", f"/editions/{edition}/advance")
    with world.at(9, 28):
        for _ in range(3):
            world.expert()
        plan = {"stage_kind": "CORRESPONDENCE", "seed": 1}
        assert api(secretary, "POST", f"/editions/{edition}/assignments", plan, expect=201) == {"count": 3}
        spare = world.human(world.organisation("03625000"))
        spare_id = api(
            secretary, "POST", "/experts", {"person_id": str(spare), "specialities": ["N2"]}, expect=201
        )["id"]
        assert len(api(secretary, "GET", "/experts")) == 4
        matrix = api(secretary, "GET", f"/editions/{edition}/assignments")
        assert matrix["rows"][0]["assigned"] == 3
        assert api(secretary, "GET", f"/editions/{edition}/discrepancies") == []
        extra = {"stage_kind": "CORRESPONDENCE", "expert_id": spare_id}
        task = api(secretary, "POST", f"/entries/{entry}/assignments", extra, expect=201)["id"]
        api(secretary, "POST", f"/assignments/{task}/release", {"reason": "Лишний"}, expect=204)
        for who in world.experts.values():
            (line,) = api(who, "GET", "/assignments")
            task = line["assignment_id"]
            api(who, "POST", f"/assignments/{task}/accept")
            sheet = {
                "scores": {f"C{n}": 2 for n in range(1, 9)},
                "comments": {f"C{n}": WHY for n in range(1, 9)},
                "conclusion": "Рекомендовать",
            }
            saved = api(who, "PUT", f"/assignments/{task}/sheet", sheet)
            assert (saved["sheet"]["percent"], saved["state"]) == ("100.00", "IN_WORK")
            signed = api(who, "POST", f"/assignments/{task}/sheet/sign")["id"]
        api(secretary, "POST", f"/sheets/{signed}/cancel", {"reason": "Опечатка"}, expect=204)
        api(who, "PUT", f"/assignments/{task}/sheet", sheet)
        api(who, "POST", f"/assignments/{task}/sheet/sign")
    with world.at(9, 30):
        assert api(secretary, "POST", f"/editions/{edition}/advance") == {"state": "DECISION"}
        (row,) = api(world.council, "GET", f"/editions/{edition}/rating/{nomination}")
        assert (row["place"], row["final"], len(row["sheets"])) == (1, "100.00", 3)
        session = {
            "number": "1",
            "date": "2020-09-30",
            "chair": "П",
            "secretary": "С",
            "members_total": 11,
            "present": 9,
            "decisions": [{"entry_id": entry, "outcome": "AWARD_STATUS", "title": "WINNER", "votes_for": 9}],
        }
        api(world.council, "POST", f"/editions/{edition}/protocols", session, expect=201)
        assert api(world.council, "GET", f"/editions/{edition}/protocols")[0]["intact"] is True
        assert api(None, "GET", f"/editions/{edition}/results") == []
        api(secretary, "POST", f"/editions/{edition}/publish")
        (result,) = api(None, "GET", f"/editions/{edition}/results")
        assert (result["place"], result["outcome"], Decimal(result["final_score"])) == (
            1,
            "AWARD_STATUS",
            100,
        )
        assert api(applicant, "GET", f"/entries/{entry}")["result"]["protocol_number"] == "1"
    with world.at(11, 6):
        api(secretary, "POST", f"/editions/{edition}/close-appeals")
        api(secretary, "POST", f"/editions/{edition}/archive")
    decided = [data for name, data in told(world.app) if name == "expertise.entry.decided.v1"]
    assert decided[0]["entry_id"] == entry


def test_refusals_are_problems_with_rule_and_field(world: Any, api: Api) -> None:
    world.open()
    school = world.organisation()
    applicant = world.applicant(school)
    entry_id = world.file(school)
    with world.at(9, 12):
        second = world.draft(school)
        problem = api(applicant, "POST", f"/entries/{second}/submit", expect=422)
        assert problem["rule"] == "BR-37"
        assert list(problem["errors"]) == ["nomination_id"]
        problem = api(world.secretary, "POST", f"/editions/{world.edition_id}/advance", expect=409)
        assert problem["rule"] == "BR-37"
        problem = api(applicant, "PUT", f"/entries/{second}", {"subject": "?"}, expect=422)
        assert set(problem["errors"]) == {"subject", "topic"}
        api(applicant, "POST", f"/entries/{entry_id}/register", expect=403)
        api(None, "POST", f"/entries/{entry_id}/withdraw", {"reason": "Чужая"}, expect=401)
        api(applicant, "GET", f"/entries/{world.edition_id}", expect=404)


@pytest.mark.parametrize(
    "path",
    [
        "/editions/{edition}/assignments",
        "/editions/{edition}/discrepancies",
        "/editions/{edition}/advance",
        "/editions/{edition}/protocols",
        "/editions/{edition}/rating/{nomination}",
        "/experts",
        "/entries/{entry}",
    ],
)
def test_inside_lists_are_closed_to_strangers(world: Any, api: Api, path: str) -> None:
    world.open()
    known = {"edition": world.edition_id, "nomination": world.nominations["N1"], "entry": world.file()}
    stranger = person(Role.ORGANISATION, organisation_id=world.organisation())
    api(stranger, "GET", path.format(**known), expect=403)


def test_entries_of_the_api_keep_to_the_scope(world: Any, api: Api) -> None:
    world.open()
    school = world.organisation()
    mine = world.file(school)
    world.file()
    path = f"/editions/{world.edition_id}/entries"
    assert [one["entry_id"] for one in api(world.applicant(school), "GET", path)] == [str(mine)]
    assert len(api(world.secretary, "GET", path)) == 2
    assert api(None, "GET", path) == []
    assert len(api(world.secretary, "GET", f"{path}?state=REGISTERED&page_size=1")) == 1
    assert api(world.secretary, "GET", f"{path}?state=DRAFT") == []
    assert api(None, "GET", "/assignments") == []
    assert queries.queue(world.secretary) == []


def test_past_editions_rubric_change_and_cancellation(world: Any, api: Api) -> None:
    with world.at(9, 1):
        world.draft_edition()
        (series,) = api(world.secretary, "GET", "/contest-series")
        past = {
            "series_id": series["series_id"],
            "ordinal": 18,
            "year": 2019,
            "title": "XVIII",
            "opens_on": "2019-09-01",
            "closes_on": "2019-10-31",
        }
        api(world.operator, "POST", "/editions/past", past, expect=201)
        rubric = api(world.secretary, "GET", "/rubrics")[0]["rubric_id"]
        path = f"/nominations/{world.nominations['N1']}/rubric"
        api(world.secretary, "PUT", path, {"rubric_id": rubric}, expect=204)
        body = {"reason": "Карантин"}
        assert (
            api(world.operator, "POST", f"/editions/{world.edition_id}/cancel", body)["state"] == "CANCELLED"
        )
        assert {one["state"] for one in api(None, "GET", "/editions")} == {"ARCHIVED", "CANCELLED"}


def test_revision_recusal_and_withdrawal_by_the_api(world: Any, api: Api) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    school = world.organisation()
    entry_id = world.file(school)
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        api(world.secretary, "POST", f"/entries/{entry_id}/return", {"remarks": "Уточните"})
        card = api(world.applicant(school), "POST", f"/entries/{entry_id}/resubmit", {"topic": "Точная тема"})
        assert card["revisions"][0]["new_topic"] == "Точная тема"
        who, task = world.tasks()[0]
        assert api(who, "GET", f"/assignments/{task}")["may_read"] is False
        api(who, "POST", f"/assignments/{task}/recuse", {"reason": "Коллега"}, expect=204)
        card = api(world.applicant(school), "POST", f"/entries/{entry_id}/withdraw", {"reason": "Передумали"})
        assert card["state"] == "WITHDRAWN"


def test_editions_and_drafts_by_the_api(world: Any) -> None:
    """What pages do with series, editions, amendments, drafts and papers, programs do too."""

    def api(who: Any, method: str, path: str, status: int = 200, **more: Any) -> Any:
        answer = world.browse(who, method, f"/api/v1{path}", **more)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        return answer.json if answer.data else None

    for _ in range(3):
        world.expert()
    with world.at(9, 1):
        world.draft_edition()
    edition = f"/editions/{world.edition_id}"
    with world.at(9, 2):
        card = api(world.operator, "GET", edition)
        stages = [
            {"order": one["position"], **{k: one[k] for k in ("kind", "opens_at", "closes_at", "min_experts")}}
            for one in card["stages"]
        ]
        nominations = [
            {"code": "N1", "title": "Проекты школ", "entry_kind": "PROJECT", "rubric_code": "R-PROJECT"}
        ]
        change = {
            "ordinal": 19,
            "year": 2020,
            "title": "XIX",
            "opens_on": "2020-09-07",
            "closes_on": "2020-10-30",
            "stages": stages,
            "nominations": nominations,
        }
        assert api(world.operator, "PUT", edition, json=change)["nominations"][0]["title"] == "Проекты школ"
        api(world.council, "PUT", edition, 403, json=change)
        series = api(world.operator, "GET", "/contest-series")[0]
        new = {k: series[k] for k in ("organiser_id", "level", "ordinal_style")} | {"name": "Новое имя"}
        assert api(world.operator, "PUT", f"/contest-series/{series['series_id']}", json=new)["name"] == "Новое имя"
        copy = {"ordinal": 20, "year": 2021, "title": "XX", "opens_on": "2021-09-06"}
        api(world.secretary, "POST", f"{edition}/copy", 201, json=copy)
        api(world.operator, "POST", f"{edition}/approve", json={"act_ref": "Приказ № 1"})
    with world.at(9, 7):
        api(world.secretary, "POST", f"{edition}/advance")
        amendment = {"act_ref": "Приказ № 2", "reason": "Опечатка", "title": "XIX конкурс"}
        api(world.operator, "POST", f"{edition}/amendments", 201, json=amendment)
        api(world.operator, "POST", f"{edition}/amendments", 409, json=amendment)
        assert [one["number"] for one in api(None, "GET", edition)["rules"]] == [1, 2]
        assert api(None, "GET", f"{edition}/rules/2")["content"]["title"] == "XIX конкурс"
        world.nominations = {"N1": UUID(api(None, "GET", edition)["nominations"][0]["nomination_id"])}
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks()[0]
        work = f"/assignments/{task}"
        api(who, "POST", f"{work}/accept")
        kept = api(who, "PUT", f"{work}/draft", json={"scores": {"C1": "семь"}, "seen": 0})
        assert (kept["scores"], "не входит в шкалу" in kept["faults"]["C1"]) == ({"C1": "семь"}, True)
        api(who, "PUT", f"{work}/draft", 409, json={"scores": {}, "seen": 0})
        full = {
            "scores": {f"C{n}": "1" for n in range(1, 9)},
            "remarks": "Нет сметы",
            "recommendation": "RECOMMEND",
            "seen": kept["version"],
        }
        kept = api(who, "PUT", f"{work}/draft", json=full)
        assert kept == api(who, "GET", f"{work}/draft")
        api(who, "POST", f"{work}/sheet/sign", 409, json={"seen": kept["version"] - 1})
        sheet = api(who, "POST", f"{work}/sheet/sign", json={"seen": kept["version"]})["id"]
        paper = api(who, "POST", f"/sheets/{sheet}/papers", 201, json={"kind": "D02_CONCLUSION"})["id"]
        assert api(who, "GET", f"/papers/{paper}")["object_id"] == sheet
        api(world.applicant(world.organisation()), "POST", f"/entries/{entry_id}/conclusions", 403)
        expert_id = api(world.secretary, "GET", "/experts")[0]["expert_id"]
        assert api(world.secretary, "GET", f"/experts/{expert_id}")["loads"]
