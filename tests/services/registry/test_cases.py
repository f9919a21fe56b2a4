"""Support cases: threads by scope, files, unread marks, who is awaited, I-22; both doors (S-055, S-086)."""

import io
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.registry import actions, queries
from services.registry.rules.project_kinds import CaseSide, CaseState
from shared import clock, ids
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person
from tests.services.registry.conftest import ABINSKY, SEVERSKY, TODAY, World

D = date
Clients = Callable[..., FlaskClient]
PDF = b"%PDF-1.7 letter"


def opened(world: World, who: Person | None = None, **more: object) -> UUID:
    """A case of the first ТМС with the operator."""
    return world.do(
        actions.open_case, who or world.tms_person, topic="Положение о МИП", text="Как оформить?", **more
    )


@pytest.fixture
def authority() -> Person:
    """The МОУО of the first municipality."""
    return person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY)


def test_a_thread_goes_from_question_to_result_and_back(inside: World) -> None:
    key = opened(inside)
    card = queries.case(inside.operator, key)
    assert (card.case.state, card.awaited, card.unread) == (CaseState.OPEN, CaseSide.OPERATOR, 1)
    actions.post_message(inside.operator, case_id=key, text="По приложению 2.")
    card = queries.case(inside.tms_person, key)
    assert (card.case.state, card.awaited) == (CaseState.ANSWERED, CaseSide.REQUESTER)
    actions.post_message(inside.tms_person, case_id=key, text="А срок?")
    assert queries.case(inside.operator, key).case.state is CaseState.OPEN
    actions.close_case(inside.operator, case_id=key, result="Положение согласовано")
    card = queries.case(inside.operator, key)
    assert (card.case.state, card.case.closed_on, card.awaited) == (CaseState.CLOSED, TODAY, None)
    with pytest.raises(Refused, match="CASE"):
        actions.post_message(inside.tms_person, case_id=key, text="Ещё")
    actions.reopen_case(inside.tms_person, case_id=key, text="Не согласовано")
    card = queries.case(inside.operator, key)
    assert (card.case.state, card.case.closed_on) == (CaseState.OPEN, None)
    assert [entry.kind for entry in card.case.entries] == [
        "MESSAGE",
        "MESSAGE",
        "MESSAGE",
        "CLOSING",
        "REOPENING",
    ]


def test_the_operator_may_ask_first(inside: World, authority: Person) -> None:
    to_tms = actions.open_case(inside.operator, topic="Отчёт", text="Ждём отчёт", organisation_id=inside.tms)
    to_authority = actions.open_case(
        inside.operator, topic="Сведения", text="Нужны сведения", municipality_oktmo=SEVERSKY
    )
    card = queries.case(inside.tms_person, to_tms)
    assert (card.case.opener, card.awaited) == (CaseSide.OPERATOR, CaseSide.REQUESTER)
    assert [row.case.id for row in queries.waiting_cases(inside.tms_person)] == [to_tms]
    assert [row.case.id for row in queries.waiting_cases(authority)] == [to_authority]
    actions.post_message(inside.tms_person, case_id=to_tms, text="Отправили")
    assert queries.case(inside.operator, to_tms).case.state is CaseState.ANSWERED
    with pytest.raises(Refused, match="CASE") as refused:
        actions.open_case(inside.operator, topic="Кому?", text="Никому")
    assert refused.value.field == "organisation_id"
    with pytest.raises(Refused, match="CASE"):
        actions.open_case(inside.operator, topic="Т", text="Т", organisation_id=inside.ministry)


def test_a_stranger_finds_nothing(inside: World, authority: Person) -> None:
    """Another ТМС, the МОУО of the same place, an organisation, ИРО, the administrator: 404 or no right."""
    key = opened(inside, filename="письмо.pdf", content=PDF)
    file_id = queries.case(inside.tms_person, key).case.entries[0].file.id
    assert queries.case_file(inside.tms_person, file_id).content == PDF
    school = person(Role.ORGANISATION, organisation_id=inside.schools[2])
    strangers = [inside.stranger, authority, school, person(Role.IRO), person(Role.SYSTEM_ADMIN), PUBLIC]
    for who in strangers:
        for attempt in (
            lambda who=who: queries.case(who, key),
            lambda who=who: queries.case_file(who, file_id),
            lambda who=who: actions.post_message(who, case_id=key, text="x"),
            lambda who=who: actions.close_case(who, case_id=key, result="x"),
            lambda who=who: actions.reopen_case(who, case_id=key, text="x"),
            lambda who=who: actions.read_case(who, case_id=key),
        ):
            with pytest.raises(NotFound):
                attempt()
        with pytest.raises(NotAllowed):
            actions.assign_case(who, case_id=key, person_id=ids.new_id())
    for who in (inside.stranger, authority, school):
        assert queries.cases(who).total == 0
    for who in (person(Role.IRO), PUBLIC):
        with pytest.raises(NotAllowed):
            queries.cases(who)
        with pytest.raises(NotAllowed):
            queries.case_numbers(who, TODAY, TODAY)
    with pytest.raises(NotAllowed):
        opened(inside, inside.stranger, organisation_id=inside.tms)
    with pytest.raises(NotAllowed):
        opened(inside, inside.stranger, municipality_oktmo=SEVERSKY)
    with pytest.raises(NotFound):
        queries.case(inside.operator, ids.new_id())


def test_who_acts_for_one_requester_need_not_name_it(inside: World, authority: Person) -> None:
    assert queries.case(inside.operator, opened(inside)).case.organisation_id == inside.tms
    of_authority = queries.case(inside.operator, opened(inside, authority)).case
    assert (of_authority.organisation_id, of_authority.municipality_oktmo) == (None, SEVERSKY)
    both = Person(
        ids.new_id(),
        ids.new_id(),
        "Двое",
        (*inside.tms_person.grants, *person(Role.EDU_AUTHORITY, municipality_oktmo=ABINSKY).grants),
    )
    with pytest.raises(Refused, match="CASE"):
        opened(inside, both)
    assert queries.case(both, opened(inside, both, municipality_oktmo=ABINSKY)).case.organisation_id is None


def test_unread_is_counted_for_each_person(inside: World) -> None:
    reader, tms = person(Role.OPERATOR), inside.tms_person
    key = opened(inside, tms)
    for _ in range(2):
        actions.post_message(tms, case_id=key, text="Ещё")
    assert queries.cases(tms).items[0].unread == 0
    assert queries.cases(reader).items[0].unread == 3
    actions.read_case(reader, case_id=key)
    assert queries.cases(reader).items[0].unread == 0
    assert queries.cases(inside.operator).items[0].unread == 3
    actions.post_message(inside.tms_person, case_id=key, text="И ещё")
    assert queries.cases(reader).items[0].unread == 1


def test_a_reminder_comes_after_three_working_days(inside: World) -> None:
    with clock.at(D(2020, 12, 7)):
        opened(inside)
    for day, due in ((D(2020, 12, 10), False), (D(2020, 12, 11), True)):
        with clock.at(day):
            (row,) = queries.network_desk(inside.operator, day).cases
            assert row.due is due
            assert queries.network_desk(inside.tms_person, day).cases == []


def test_i22_of_a_year(inside: World) -> None:
    for begun, ended in ((D(2020, 1, 10), D(2020, 1, 12)), (D(2020, 2, 1), D(2020, 2, 11))):
        with clock.at(begun):
            key = opened(inside)
        with clock.at(ended):
            actions.close_case(inside.operator, case_id=key, result="Готово")
    opened(inside)
    numbers = queries.case_numbers(inside.operator, D(2020, 1, 1), TODAY)
    assert (numbers.opened, numbers.closed, numbers.median_days) == (3, 2, 6)
    with pytest.raises(NotAllowed):
        queries.case_numbers(inside.tms_person, D(2020, 1, 1), TODAY)


def test_a_responsible_person_works_for_the_operator(inside: World) -> None:
    key = opened(inside)
    someone = actions.add_person(inside.operator, last_name="Иванова", first_name="Анна")
    with pytest.raises(Refused, match="CASE") as refused:
        actions.assign_case(inside.operator, case_id=key, person_id=someone)
    assert refused.value.field == "person_id"
    account = actions.open_account(
        inside.operator,
        person_id=someone,
        login="anna",
        password="длинный пароль 1",
        grants=[{"role": "OPERATOR"}],
    )
    actions.assign_case(inside.operator, case_id=key, person_id=someone)
    assert queries.case(inside.tms_person, key).case.responsible.initials == "Иванова А."
    other = opened(inside)
    grants = inside.operator.grants
    actions.post_message(Person(account, someone, "Иванова А.", grants), case_id=other, text="Отвечаю")
    card = queries.case(inside.operator, other)
    assert card.case.responsible_id == someone, "who answers first is responsible"
    assert card.authors == {account: "Иванова А."}


@pytest.mark.parametrize("given", [{"topic": " "}, {"text": " \n"}, {"content": b"MZ\x90 program"}])
def test_empty_words_and_programs_are_refused_and_nothing_is_kept(inside: World, given: dict) -> None:
    words = {"topic": "Тема", "text": "Текст", "filename": "x.pdf", **given}
    with pytest.raises(Refused):
        actions.open_case(inside.tms_person, **words)
    assert queries.cases(inside.tms_person).total == 0


def test_cases_are_found_by_topic_and_state(inside: World) -> None:
    key = opened(inside)
    assert [row.case.id for row in queries.cases(inside.operator, text="ПОЛОЖЕНИЕ").items] == [key]
    assert queries.cases(inside.operator, text="методика").total == 0
    assert queries.cases(inside.operator, state=CaseState.CLOSED).total == 0


def test_a_thread_by_the_api(world: World, client: Clients) -> None:
    mine, theirs, desk = (
        client(world.app, who) for who in (world.tms_person, world.stranger, world.operator)
    )
    made = mine.post("/api/v1/cases", json={"topic": "Вопрос", "text": "Как?"})
    path = f"/api/v1/cases/{made.json['id']}"
    assert desk.post(f"{path}/messages", json={"text": "Так"}).status_code == 204
    card = mine.get(path).json
    assert (card["state"], card["awaited"], card["unread"]) == ("ANSWERED", "REQUESTER", 1)
    assert [entry["text"] for entry in card["entries"]] == ["Как?", "Так"]
    assert mine.post(f"{path}/read").status_code == 204
    assert mine.get("/api/v1/cases").json[0]["unread"] == 0
    sent = mine.post(f"{path}/files", data={"file": (io.BytesIO(PDF), "../письмо.exe")})
    assert sent.status_code == 204
    kept = mine.get(path).json["entries"][-1]["file"]
    assert (kept["filename"], kept["media_type"]) == ("письмо.pdf", "application/pdf")
    file_path = f"/api/v1/cases/files/{kept['id']}"
    assert mine.get(file_path).data == PDF
    bad = mine.post(f"{path}/files", data={"file": (io.BytesIO(b"<script>"), "x.pdf")})
    assert (bad.status_code, bad.json["rule"]) == (422, "FILE")
    for address in (path, file_path):
        assert theirs.get(address).status_code == 404
    for step, data in (("messages", {"text": "x"}), ("close", {"result": "x"}), ("reopen", {"text": "x"})):
        assert theirs.post(f"{path}/{step}", json=data).status_code == 404
    assert desk.post(f"{path}/close", json={"result": "Готово"}).status_code == 204
    assert mine.post(f"{path}/messages", json={"text": "x"}).json["rule"] == "CASE"
    numbers = desk.get("/api/v1/cases/numbers?first=2020-01-01&last=2020-12-31").json
    assert numbers == {"opened": 1, "closed": 1, "percent": "100.0", "median_days": "0"}
    assert mine.get("/api/v1/cases/numbers?first=2020-01-01&last=2020-12-31").status_code == 403
    assert mine.post("/api/v1/cases", json={"topic": "x" * 301, "text": "x"}).status_code == 422
    assert mine.post("/api/v1/cases", json={"topic": "x", "text": ["x"]}).status_code == 422


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_pages_answer(world: World, client: Clients, lang: str) -> None:
    key = opened(world)
    desk, mine = client(world.app, world.operator), client(world.app, world.tms_person)
    for browser in (desk, mine):
        for path in ("/cases", "/cases/new", f"/cases/{key}", f"/cases/{key}/close", "/cabinet"):
            answer = browser.get(f"{path}?lang={lang}")
            assert (answer.status_code, "<h1>" in answer.text) == (200, True), path
    assert desk.get(f"/cases/{key}/assign?lang={lang}").status_code == 200
    assert mine.get(f"/cases/{key}/assign").status_code == 403
    assert client(world.app, world.stranger).get(f"/cases/{key}").status_code == 404
    world.do(actions.close_case, case_id=key, result="Готово")
    assert mine.get(f"/cases/{key}/reopen?lang={lang}").status_code == 200
    assert mine.get(f"/cases/{key}").status_code == 200


def test_the_page_sends_a_message_with_a_file_and_marks_it_read(world: World, client: Clients) -> None:
    key = opened(world)
    desk, mine = client(world.app, world.operator), client(world.app, world.tms_person)
    sent = mine.post(
        f"/cases/{key}", data={"text": "<b>Смотрите</b>", "file": (io.BytesIO(PDF), "письмо.pdf")}
    )
    assert sent.status_code == 303
    assert "не прочитано: 2" in desk.get("/cases").text
    page = desk.get(f"/cases/{key}").text
    assert "&lt;b&gt;Смотрите&lt;/b&gt;" in page
    assert "письмо.pdf" in page
    assert "не прочитано" not in desk.get("/cases").text
    with world.app.app_context():
        file_id = queries.case(world.operator, key).case.entries[1].file.id
    kept = desk.get(f"/cases/files/{file_id}")
    assert (kept.data, "attachment" in kept.headers["Content-Disposition"]) == (PDF, True)
    assert client(world.app, world.stranger).get(f"/cases/files/{file_id}").status_code == 404
    empty = mine.post(f"/cases/{key}", data={"text": ""})
    assert empty.status_code == 422
