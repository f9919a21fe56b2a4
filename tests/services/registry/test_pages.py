"""Every page answers, in both languages, for those who may see it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.registry import actions, queries
from shared import ids
from shared.person import Role
from shared.testing.suite import deliver, person
from tests.services.registry.conftest import SEVERSKY, World

PUBLIC = [
    "/",
    "/organisations",
    "/platforms",
    "/acts",
    "/municipalities",
    "/transformations",
    "/session/sign-in",
]
FOR_OPERATOR = [
    "/cabinet",
    "/password",
    "/agreements",
    "/agreements/new",
    "/people",
    "/people/new",
    "/accounts",
    "/acts/new",
    "/organisations/new",
    "/tms/new",
    "/platforms/new",
    "/proposals",
    "/municipalities/new",
    "/transformations/new",
    "/resource-centres/new",
]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_registers_answer_empty_and_full(world: World, client: Callable[..., FlaskClient], lang: str) -> None:
    world.active()
    world.in_force()
    browser, operator = client(world.app), client(world.app, world.operator)
    for path in PUBLIC:
        for query in (f"?lang={lang}", f"?lang={lang}&text=%D1%8F%D1%8F%D1%8F&on=2020-01-01"):
            assert browser.get(path + query).status_code == 200, path
    for path in FOR_OPERATOR:
        answer = operator.get(f"{path}?lang={lang}")
        assert answer.status_code == 200, path
        assert "<h1>" in answer.text


def test_cards_and_forms_of_every_thing_answer(world: World, client: Callable[..., FlaskClient]) -> None:
    platform, agreement, draft = (
        world.active(),
        world.in_force(),
        world.signed(number="2", tms_id=world.other_tms),
    )
    sent = world.agreement(number="3")
    world.do(actions.send_agreement, agreement_id=sent)
    someone = world.do(actions.add_person, last_name="Иванова", first_name="Анна")
    account = world.do(
        actions.open_account,
        person_id=someone,
        login="anna",
        password="длинный пароль 1",
        grants=[{"role": "EXPERT"}],
    )
    proposal = receive(world)
    browser = client(world.app, world.operator)
    paths = [
        f"/platforms/{platform}",
        f"/platforms/{platform}?on=2030-01-01",
        *[
            f"/platforms/{platform}/steps/{step}"
            for step in ("award", "extend", "suspend", "complete", "terminate")
        ],
        f"/agreements/{agreement}",
        f"/agreements/{agreement}/terminate",
        f"/agreements/{agreement}/scan/new",
        f"/agreements/{draft}/put-in-force",
        f"/agreements/{sent}",
        f"/agreements/{sent}/sign",
        f"/agreements/{sent}/refuse",
        f"/acts/{world.order}",
        f"/acts/{world.order}/relations/new",
        f"/organisations/{world.tms}",
        f"/organisations/{world.tms}/change",
        f"/organisations/{world.tms}/change?kind=PARENT",
        f"/organisations/{world.tms}/withdraw",
        f"/history/{world.tms}",
        f"/history/{platform}",
        f"/history/{agreement}",
        "/changes?on=2020-12-31&earlier=2020-12-30&later=2020-12-31",
        f"/organisations/{world.tms}/end",
        f"/municipalities/{SEVERSKY}",
        f"/municipalities/{SEVERSKY}/versions/new",
        f"/municipalities/{SEVERSKY}/counts/new",
        f"/people/{someone}",
        f"/people/{someone}/account",
        f"/accounts/{account}/deactivate",
        "/proposals",
        f"/proposals/{proposal}/decline",
    ]
    for path in paths:
        assert browser.get(path).status_code == 200, path
    assert browser.get(f"/platforms/{platform}/steps/expire").status_code == 404
    assert browser.get("/municipalities/99999999").status_code == 404
    assert browser.get(f"/people/{ids.new_id()}").status_code == 404


def receive(world: World) -> UUID:
    """A decision of the council that waits for an order."""
    tell_decision(world, ids.new_id())
    return world.do(queries.proposals).items[0].proposal.id


def receive_again(world: World, entry: UUID) -> None:
    """The council decides otherwise about the entry."""
    tell_decision(world, entry, outcome="DECLINE", protocol_number="2", protocol_date=date(2020, 11, 9))


def tell_decision(world: World, entry: UUID, **more: Any) -> None:
    deliver(
        world.app,
        "expertise.entry.decided.v1",
        {
            "entry_id": entry,
            "edition_id": ids.new_id(),
            "edition_title": "XIX конкурс",
            "nomination_code": "N1",
            "kind": "PROJECT",
            "applicant_id": world.schools[1],
            "co_applicant_ids": [],
            "platform_id": None,
            "platform_kind": "MUNICIPAL",
            "topic": "Новая тема",
            "outcome": "AWARD_STATUS",
            "protocol_number": "1",
            "protocol_date": date(2020, 10, 30),
            "rank": 1,
            "final_score": "88.00",
            **more,
        },
    )


def test_agreement_goes_from_draft_to_force_by_buttons(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    browser = client(world.app, world.operator)
    form = {
        "number": "№ 12",
        "date": "2020-12-01",
        "operator_id": str(world.knmc),
        "tms_id": str(world.tms),
        "subject": "Сетевое взаимодействие",
        "valid_from": "2020-12-01",
        "valid_to": "2022-12-01",
    }
    made = browser.post("/agreements/new", data=form)
    assert made.status_code == 303
    card = made.headers["Location"].removeprefix("/registry")
    assert "Отправить на подписание" in browser.get(card).text
    assert browser.post(f"{card}/send").status_code == 303
    for party in (world.knmc, world.tms):
        assert "Записать подпись" in browser.get(card).text
        signed = browser.post(f"{card}/sign", data={"organisation_id": str(party), "signed_on": "2020-12-02"})
        assert signed.status_code == 303
    refused = browser.post(f"{card}/put-in-force", data={"on": "2020-12-03", "over_capacity": "false"})
    assert refused.status_code == 422
    assert "Приложите скан" in refused.text
    done = browser.post(
        f"{card}/put-in-force", data={"on": "2020-12-03", "scan_waiver": "бумажный", "over_capacity": "false"}
    )
    assert done.status_code == 303
    assert "действует" in browser.get(card).text


def test_decisions_are_enacted_by_one_order(world: World, client: Callable[..., FlaskClient]) -> None:
    proposal = receive(world)
    browser = client(world.app, world.operator)
    assert "Решений совета ждут приказа: 1" in browser.get("/cabinet").text
    form = {"act_id": str(world.order), "valid_from": "2020-12-01", "months": "36"}
    assert browser.post("/proposals", data=form).status_code == 422
    done = browser.post("/proposals", data={**form, "proposal_ids": [str(proposal)]})
    assert done.status_code == 303
    assert "Новая тема" in browser.get("/platforms?state=ACTIVE").text


def test_the_operator_sees_that_the_council_decided_otherwise(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    """BR-60: after an appeal an enacted decision is taken back; the operator says what was done."""
    proposal = receive(world)
    browser = client(world.app, world.operator)
    form = {"act_id": str(world.order), "valid_from": "2020-12-01", "months": "36"}
    browser.post("/proposals", data={**form, "proposal_ids": [str(proposal)]})
    entry = world.do(queries.proposal, proposal_id=proposal).proposal.entry_id
    receive_again(world, entry)
    assert "пересмотрел уже исполненные или отклонённые решения: 1" in browser.get("/cabinet").text
    page = browser.get("/proposals").text
    assert "Совет решил иначе" in page and "решение без приказа" in page
    (told,) = browser.get("/api/v1/proposals/overtaken").get_json()
    assert told["later_outcome"] == "DECLINE"
    later = f"/proposals/{proposal}/later"
    assert "Что сделано" in browser.get(later).text
    assert browser.post(later, data={"reason": ""}).status_code == 422
    assert browser.post(later, data={"reason": "Статус прекращён приказом № 5"}).status_code == 303
    assert "Совет решил иначе" not in browser.get("/proposals").text
    again = browser.post(f"/api/v1{later}", json={"reason": "Ещё раз"})
    assert again.status_code == 409
    assert client(world.app, world.tms_person).get("/proposals").status_code == 403


def test_cabinet_of_a_tms_says_what_its_agreement_lacks(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    browser = client(world.app, world.tms_person)
    assert "Договора ещё нет" in browser.get("/cabinet").text
    key = world.agreement()
    assert "не отправил его на подписание" in browser.get("/cabinet").text
    world.do(actions.send_agreement, agreement_id=key)
    assert "должна подписать ваша служба" in browser.get("/cabinet").text
    signed = {"signed_on": date(2019, 3, 5)}
    world.do(actions.sign_agreement, world.tms_person, agreement_id=key, organisation_id=world.tms, **signed)
    assert "ждём подписи оператора" in browser.get("/cabinet").text
    world.do(actions.sign_agreement, agreement_id=key, organisation_id=world.knmc, **signed)
    assert "ещё не ввёл его в действие" in browser.get("/cabinet").text
    world.do(actions.put_in_force, agreement_id=key, on=date(2019, 3, 5), scan_waiver="нет")
    world.active(topic="Наша площадка", school=2)
    page = browser.get("/cabinet").text
    assert "Действует до 31.12.2021" in page
    assert "Наша площадка" in page
    for service in ("events", "expertise", "reports"):
        assert f'hx-get="/{service}/cabinet"' in page


@pytest.mark.parametrize(
    "role", [Role.EXPERT, Role.PARTICIPANT, Role.SECRETARY, Role.COUNCIL, Role.IRO, Role.SYSTEM_ADMIN]
)
def test_cabinet_opens_for_every_role(world: World, client: Callable[..., FlaskClient], role: Role) -> None:
    assert client(world.app, person(role)).get("/cabinet").status_code == 200


def test_agreements_whose_term_is_over_read_as_expired_and_are_closed(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    key = world.in_force(valid_to=date(2020, 12, 30))
    assert "Договор больше не действует" in client(world.app, world.tms_person).get("/cabinet").text
    browser = client(world.app, world.operator)
    assert "Закрыть истёкшие договоры" in browser.get("/cabinet").text
    assert "срок истёк" in browser.get(f"/agreements/{key}").text
    assert "КРЦ-2019/09" in browser.get("/agreements?state=EXPIRED").text
    assert "КРЦ-2019/09" not in browser.get("/agreements?state=IN_FORCE").text
    assert browser.post("/agreements/expire").status_code == 303
    assert "Закрыть истёкшие договоры" not in browser.get("/cabinet").text
    assert "КРЦ-2019/09" in browser.get("/agreements?state=EXPIRED").text
