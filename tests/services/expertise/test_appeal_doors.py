"""Pages and API of appeals: every state is shown, both doors lead to the same room (BR-59, BR-60)."""

from typing import Any
from uuid import UUID

import pytest

from services.expertise import actions, queries
from shared.person import Role
from shared.testing.suite import person
from tests.services.expertise.appeals import GROUNDS, REASONS, published
from tests.services.expertise.test_api import Api

PAPERS = "CORRESPONDENCE"


@pytest.fixture
def api(world: Any) -> Api:
    return Api(world)


def decision(contest: Any, outcome: str, value: str = "") -> dict[str, Any]:
    form = {
        "corrections-0-stage_kind": PAPERS,
        "corrections-0-criterion": "C5",
        "corrections-0-value": value,
        "outcome": outcome,
        "text": REASONS,
    }
    for number, one in enumerate(contest.people):
        form |= {
            f"members-{number}-person_id": str(one.person_id),
            f"members-{number}-presence": "PRESENT",
            f"members-{number}-choice": "FOR",
        }
    return form


def test_an_appeal_by_pages(world: Any) -> None:
    """From the card of the entry to the printed decision, by the buttons."""
    contest = published(world, 2, 2)
    entry_id, applicant = contest.entries[0], contest.applicant(0)
    card, form = f"/entries/{entry_id}", f"/entries/{entry_id}/appeal"
    with world.at(11, 2):
        assert "до 05.11.2020 23:59" in world.page(applicant, card)
        assert "05.11.2020 23:59" in world.page(applicant, "/cabinet")
        assert "до 05.11.2020 23:59" in world.page(None, f"/editions/{world.edition_id}/results")
        page = world.page(applicant, form)
        assert "Ваши оценочные листы" in page and "Э1" in page and "Экспертова" not in page
        assert world.post(applicant, form, grounds="мало", criteria="C5").status_code == 422
        assert world.post(applicant, form, grounds=GROUNDS).status_code == 422
        answer = world.post(applicant, form, grounds=GROUNDS, criteria=["C5", "C6"])
        assert answer.status_code == 303
        path = answer.location.removeprefix("/expertise")
        assert "апелляция подана" in world.page(applicant, path)
        assert "второй раз" in world.page(applicant, form)
        assert "Подать апелляцию" not in world.page(applicant, card)
        queue = f"/editions/{world.edition_id}/appeals"
        assert "апелляция подана" in world.page(world.secretary, queue)
        assert world.post(world.secretary, f"{path}/accept").status_code == 303
        assert "N1-001" in world.page(contest.people[0], "/cabinet")
        page = world.page(contest.people[0], f"{path}/decide")
        assert "Пересчитать" in page and "Апелляева" in page and GROUNDS in page
        counted = world.post(contest.people[0], f"{path}/decide?only=recount", **decision(contest, "", "1"))
        assert counted.status_code == 200, counted.text
        assert "Что изменится" in counted.text and "90,00" in counted.text and "N1-002" in counted.text
        assert REASONS in counted.text, "what was typed stays"
        assert "на рассмотрении" in world.page(applicant, path)
        wrong = world.post(contest.people[0], f"{path}/decide", **decision(contest, "UPHELD_UP", "1"))
        assert wrong.status_code == 422 and "было 100.00, стало 90.00" in wrong.text
        bad = world.post(contest.people[0], f"{path}/decide?only=recount", **decision(contest, "", "9"))
        assert bad.status_code == 422 and "не входит в шкалу" in bad.text
        right = world.post(contest.people[0], f"{path}/decide", **decision(contest, "UPHELD_DOWN", "1"))
        assert right.status_code == 303, right.text
        page = world.page(applicant, path)
        assert "балл понижен" in page and "100,00 → 90,00" in page and REASONS in page
        assert "Решение сейчас не вносится" in world.page(contest.people[0], f"{path}/decide")
        assert world.post(world.secretary, f"{path}/print").status_code == 303
        assert "РА-" in world.page(applicant, path)
        rating = world.page(
            world.council, f"/editions/{world.edition_id}/rating/{world.nominations['N1']}"
        )
        assert "по апелляции" in rating
        assert "05.11.2020 23:59" in world.page(world.secretary, queue)
    contest.close()
    results = world.page(None, f"/editions/{world.edition_id}/results")
    assert "окончательные" in results and "было 100,00, изменён по апелляции" in results
    assert "окончательный" in world.page(applicant, card)
    with world.at(11, 10):
        late = world.page(contest.applicant(1), f"/entries/{contest.entries[1]}/appeal")
        assert "принимались до 05.11.2020 23:59" in late


def test_refusing_and_withdrawing_by_pages(world: Any) -> None:
    contest = published(world, 2, 2)
    with world.at(11, 2):
        first, second = contest.file(0), contest.file(1)
        form = f"/appeals/{first}/refuse"
        assert "Почему" in world.page(world.secretary, form)
        assert world.post(world.secretary, form, refusal="LATE").status_code == 422
        assert world.post(world.secretary, form, refusal="LATE", reason="Получена 9 ноября").status_code == 303
        page = world.page(contest.applicant(0), f"/appeals/{first}")
        assert "подана после срока" in page and "Получена 9 ноября" in page
        assert world.post(contest.applicant(1), f"/appeals/{second}/withdraw").status_code == 303
        assert "апелляция отозвана" in world.page(contest.applicant(1), f"/appeals/{second}")
        queue = world.page(world.secretary, f"/editions/{world.edition_id}/appeals")
        assert "не принята" in queue and "отозвана" in queue


def test_pages_for_strangers(world: Any) -> None:
    """Other people's appeals do not exist; buttons of others are refused."""
    contest = published(world, 2, 2)
    with world.at(11, 2):
        appeal_id = contest.heard(0)
        stranger = world.applicant(world.organisation())
        for who in (stranger, person(Role.EXPERT), person(Role.IRO)):
            assert world.browse(who, "GET", f"/appeals/{appeal_id}").status_code == 404
            assert world.browse(who, "GET", f"/editions/{world.edition_id}/appeals").status_code == 403
            assert world.browse(who, "GET", f"/appeals/{appeal_id}/decide").status_code == 404
        assert world.browse(None, "GET", f"/appeals/{appeal_id}").status_code in (302, 303, 401)
        assert world.post(stranger, f"/appeals/{appeal_id}/accept").status_code == 403
        assert world.post(stranger, f"/appeals/{appeal_id}/withdraw").status_code == 403
        assert world.post(stranger, f"/appeals/{appeal_id}/print").status_code == 403
        assert world.browse(stranger, "GET", f"/entries/{contest.entries[0]}/appeal").status_code == 403
        answer = world.post(
            contest.applicant(0), f"/appeals/{appeal_id}/decide", **decision(contest, "UNCHANGED")
        )
        assert answer.status_code == 403
        assert "Решение сейчас не вносится" in world.page(contest.applicant(0), f"/appeals/{appeal_id}/decide")


def test_the_queue_says_what_is_missing(world: Any) -> None:
    """Empty, without a commission, with entries to decide anew: each state has its words."""
    contest = published(world, 2, 1)
    path = f"/editions/{world.edition_id}/appeals"
    every = [f"C{n}" for n in range(1, 9)]
    with world.at(11, 2):
        assert "Апелляций не подано" in world.page(world.operator, path)
        appeal_id = contest.heard(0, *every)
        contest.decide(appeal_id, "UPHELD_DOWN", *((PAPERS, code, "1") for code in every))
        page = world.page(world.secretary, path)
        assert "Совет решает заново" in page and "N1-001" in page
        assert "Решить заново после апелляций" in world.page(world.secretary, "/cabinet")


def test_appeals_by_the_api(world: Any, api: Any) -> None:
    """Everything that the pages do, as problem+json and JSON."""
    contest = published(world, 2, 2)
    applicant, (first, second) = contest.applicant(0), contest.entries
    member = contest.people[0]
    with world.at(11, 2):
        body = {"grounds": GROUNDS, "criteria": ["C5"]}
        api(contest.applicant(1), "POST", f"/entries/{first}/appeal", body, expect=403)
        refused = api(applicant, "POST", f"/entries/{first}/appeal", {**body, "grounds": "нет"}, expect=422)
        assert refused["rule"] == "BR-59" and "grounds" in refused["errors"]
        appeal = api(applicant, "POST", f"/entries/{first}/appeal", body, expect=201)["id"]
        assert api(applicant, "POST", f"/entries/{first}/appeal", body, expect=409)["rule"] == "BR-59"
        assert api(world.secretary, "POST", f"/appeals/{appeal}/accept")["state"] == "IN_REVIEW"
        api(contest.applicant(1), "GET", f"/appeals/{appeal}", expect=404)
        values = [{"stage_kind": PAPERS, "criterion": "C5", "value": "1"}]
        effect = api(member, "POST", f"/appeals/{appeal}/recount", {"corrections": values})
        assert (effect["score_after"], effect["outcome"]) == ("90.00", "UPHELD_DOWN")
        assert [one["place_after"] for one in effect["shifts"]] == [2, 1]
        body = {"outcome": "UPHELD_DOWN", "text": REASONS, "members": contest.votes, "corrections": values}
        votes = [{**one, "person_id": str(one["person_id"])} for one in contest.votes]
        body["members"] = votes
        assert api(member, "POST", f"/appeals/{appeal}/decide", {**body, "outcome": "REFUSED"}, expect=422)
        few = api(member, "POST", f"/appeals/{appeal}/decide", {**body, "members": votes[:2]}, expect=422)
        assert few["rule"] == "BR-59"
        card = api(member, "POST", f"/appeals/{appeal}/decide", body)
        assert (card["state"], card["delta"], card["marks"][0]["value"]) == ("UPHELD_DOWN", "-10.00", "1")
        assert [one["expert"] for one in card["marks"][0]["marks"]] == ["Э1", "Э2", "Э3"]
        assert "choice" not in card["members"][0]
        assert api(member, "POST", f"/appeals/{appeal}/paper", expect=201)["id"]
        queue = api(world.operator, "GET", f"/editions/{world.edition_id}/appeals")
        assert queue["is_in_term"] and [one["state"] for one in queue["appeals"]] == ["UPHELD_DOWN"]
        assert queue["obstacles"][0]["rule"] == "BR-59"
        other = actions.file_appeal(
            contest.applicant(1), entry_id=second, grounds=GROUNDS, criteria=["C1"]
        )
        gone = api(contest.applicant(1), "POST", f"/appeals/{other}/withdraw")
        assert gone["state"] == "WITHDRAWN"
        refusal = {"refusal": "NO_GROUNDS", "reason": "Уже отозвана"}
        assert api(world.secretary, "POST", f"/appeals/{other}/refuse", refusal, expect=409)["rule"] == "3.3 Appeal"
    assert queries.appeal(applicant, UUID(card["appeal_id"])).state == "UPHELD_DOWN"
