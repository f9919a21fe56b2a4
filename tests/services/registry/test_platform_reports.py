"""Yearly reports, what comes up for platforms, the list as a file (BR-24, BR-25, F7)."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import PlatformState, ReportState, Warned
from shared import clock, ids
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import deliver, person
from shared.unit import work
from tests.services.registry.conftest import ABINSKY, SEVERSKY, World

D = date
PDF = b"%PDF-1.7 report"


def holder(world: World, school: int = 0) -> Person:
    return person(Role.ORGANISATION, organisation_id=world.schools[school])


def old(world: World, topic: str = "Тема", school: int = 0) -> UUID:
    """A platform that has been in the register since 2018, its status since 2019."""
    with clock.at(D(2018, 11, 1)):
        return world.active(topic, school)


def submit(who: Person, key: UUID, year: int, **more: Any) -> None:
    given = {"text": "провели семинары", "link": "https://example.org/report"}
    actions.submit_report(who, platform_id=key, year=year, **{**given, **more})


def states(world: World, key: UUID, day: date) -> dict[int, ReportState]:
    with clock.at(day):
        card = world.do(queries.platform, platform_id=key)
    return {row.due.year: row.state for row in card.reports}


def test_a_report_is_handed_in_returned_and_accepted(inside: World) -> None:
    key, own = old(inside), holder(inside)
    with clock.at(D(2019, 11, 20)):
        assert states(inside, key, clock.today()) == {2019: ReportState.OPEN}
        submit(own, key, 2019, link=None, filename="../отчёт.exe", content=PDF)
        kept = queries.platform_report(own, key, 2019)
        assert (kept.filename, kept.media_type, kept.content) == ("отчёт.pdf", "application/pdf", PDF)
        with pytest.raises(Refused, match="REPORT_STATE"):
            submit(own, key, 2019)
        with pytest.raises(Refused, match="BR-24"):
            actions.return_report(
                inside.operator, platform_id=key, year=2019, remarks="нет цифр", again_by=D(2019, 11, 20)
            )
        with pytest.raises(Refused, match="BR-24"):
            actions.return_report(
                inside.operator, platform_id=key, year=2019, remarks=" ", again_by=D(2019, 12, 10)
            )
        actions.return_report(
            inside.operator, platform_id=key, year=2019, remarks="нет цифр", again_by=D(2019, 12, 10)
        )
    assert states(inside, key, D(2019, 12, 10)) == {2019: ReportState.RETURNED}
    assert states(inside, key, D(2019, 12, 11)) == {2019: ReportState.OVERDUE}
    with clock.at(D(2019, 12, 12)):
        submit(own, key, 2019, link=None)
        actions.accept_report(inside.operator, platform_id=key, year=2019)
        with pytest.raises(Refused, match="REPORT_STATE"):
            actions.reject_report(inside.operator, platform_id=key, year=2019, remarks="x")
    assert states(inside, key, D(2020, 12, 31)) == {2020: ReportState.OVERDUE, 2019: ReportState.ACCEPTED}


def test_a_report_of_a_year_that_is_not_asked_is_refused(inside: World) -> None:
    key, fresh = old(inside), inside.active("Свежая", 1)
    for platform, year, who in ((key, 2018, holder(inside)), (fresh, 2019, holder(inside, 1))):
        with pytest.raises(Refused, match="BR-24"):
            submit(who, platform, year)
    with pytest.raises(Refused, match="BR-24") as refused:
        submit(holder(inside), key, 2020, link=None)
    assert refused.value.field == "link"
    with pytest.raises(Refused, match="BR-16"):
        submit(holder(inside), key, 2020, content=b"MZ evil")
    with pytest.raises(NotFound):
        actions.accept_report(inside.operator, platform_id=key, year=2020)


def test_missed_reports_are_proposed_and_never_executed(inside: World) -> None:
    key = old(inside)
    expected = [
        (D(2019, 12, 31), None, []),
        (D(2020, 1, 1), Warned.SUSPEND, [2019]),
        (D(2020, 12, 31), Warned.SUSPEND, [2019]),
        (D(2021, 1, 1), Warned.TERMINATE, [2019, 2020]),
    ]
    for day, propose, missed in expected:
        with clock.at(day):
            due = queries.platforms_due(inside.operator)
            found = [(one.platform.id, one.propose, one.missed) for one in due.omissions]
            assert found == ([(key, propose, missed)] if propose else [])
            assert queries.platform(PUBLIC, key).state is PlatformState.ACTIVE
    with clock.at(D(2020, 1, 10)):
        submit(holder(inside), key, 2019)
        assert queries.platforms_due(inside.operator).omissions == []
        assert queries.platforms_due(inside.operator, D(2020, 1, 5)).omissions[0].missed == [2019]


def extension(world: World) -> dict[str, Any]:
    act = world.do(
        actions.record_act, kind="ORDER", number="30", date=D(2020, 12, 20), title="Приказ", level="MUNICIPAL"
    )
    return {"act_id": act, "valid_to": D(2023, 12, 31)}


def test_an_extension_asks_for_an_accepted_report(inside: World) -> None:
    key, step = old(inside), extension(inside)
    with pytest.raises(Refused, match="BR-25"):
        actions.extend_status(inside.operator, platform_id=key, **step)
    submit(holder(inside), key, 2020)
    with pytest.raises(Refused, match="BR-25"):
        actions.extend_status(inside.operator, platform_id=key, **step)
    actions.accept_report(inside.operator, platform_id=key, year=2020)
    actions.extend_status(inside.operator, platform_id=key, **step, clause="п. 4")
    assert queries.platforms_active(AsOf(D(2023, 12, 31))) == 1


@pytest.mark.parametrize(("decided", "allowed"), [(D(2020, 10, 30), True), (D(2019, 10, 30), False)])
def test_the_councils_decision_on_the_report_stands_for_it(
    world: World, decided: date, allowed: bool
) -> None:
    key, step = old(world), extension(world)
    deliver(
        world.app,
        "expertise.entry.decided.v1",
        {
            "entry_id": ids.new_id(),
            "edition_id": ids.new_id(),
            "edition_title": "XIX конкурс",
            "nomination_code": "N1",
            "kind": "REPORT",
            "applicant_id": world.schools[0],
            "co_applicant_ids": [],
            "platform_id": key,
            "platform_kind": "MUNICIPAL",
            "topic": "Тема",
            "outcome": "EXTEND",
            "protocol_number": "3",
            "protocol_date": decided,
            "rank": 1,
            "final_score": "88.00",
        },
    )
    waiting = [row.proposal.id for row in world.do(queries.proposals).items]
    enact = {"act_id": step["act_id"], "proposal_ids": waiting, "valid_from": D(2021, 1, 1)}
    if allowed:
        assert world.do(actions.enact_decisions, **enact) == [key]
    else:
        with pytest.raises(Refused, match="BR-25"):
            world.do(actions.enact_decisions, **enact)


def test_the_calendar_of_terms(inside: World) -> None:
    key = old(inside)
    for day, expected in (
        (D(2021, 10, 1), []),
        (D(2021, 10, 2), [(90, 90)]),
        (D(2021, 12, 1), [(30, 30)]),
        (D(2021, 12, 31), [(0, 0)]),
        (D(2022, 1, 5), [(-5, 0)]),
    ):
        with clock.at(day):
            for who in (inside.operator, holder(inside)):
                found = queries.platforms_due(who).expiries
                assert [(one.days_left, one.mark) for one in found] == expected
    with clock.at(D(2022, 1, 5)):
        actions.expire_statuses(inside.operator, on=D(2022, 1, 5))
        assert queries.platforms_due(inside.operator).expiries == []
    assert key


def test_everybody_sees_the_own_platforms_only(inside: World) -> None:
    key = old(inside, school=2)
    assert inside.do(queries.platform, platform_id=key).platform.municipality_oktmo == SEVERSKY
    with clock.at(D(2020, 12, 5)):
        seen = {
            name: [one.platform.id for one in queries.platforms_due(who).reports]
            for name, who in {
                "operator": inside.operator,
                "iro": person(Role.IRO),
                "own": holder(inside, 2),
                "territory": person(Role.EDU_AUTHORITY, municipality_oktmo=SEVERSKY),
                "tms": inside.tms_person,
                "other territory": person(Role.EDU_AUTHORITY, municipality_oktmo=ABINSKY),
                "other": holder(inside, 0),
                "public": PUBLIC,
            }.items()
        }
    readers = ("operator", "iro", "own", "territory", "tms")
    assert seen == {name: [key, key] if name in readers else [] for name in seen}


def test_who_hands_in_and_who_judges(inside: World) -> None:
    key = old(inside)
    for who in (holder(inside, 1), inside.tms_person, person(Role.IRO), person(Role.SYSTEM_ADMIN), PUBLIC):
        with pytest.raises(NotAllowed):
            submit(who, key, 2020)
    submit(holder(inside), key, 2020)
    judge = {"platform_id": key, "year": 2020}
    for who in (holder(inside), inside.tms_person, PUBLIC):
        with pytest.raises(NotAllowed):
            actions.accept_report(who, **judge)
        with pytest.raises(NotAllowed):
            actions.reject_report(who, **judge, remarks="x")
        with pytest.raises(NotAllowed):
            actions.return_report(who, **judge, remarks="x", again_by=D(2022, 1, 1))
    for stranger in (holder(inside, 1), inside.stranger, PUBLIC):
        with pytest.raises(NotFound):
            queries.platform_report(stranger, key, 2020)
        assert queries.platform(stranger, key).reports == ()


def test_the_database_repeats_the_rules_of_reports(inside: World) -> None:
    key = old(inside)
    good = {
        "platform_id": key,
        "year": 2020,
        "due_on": D(2020, 12, 1),
        "state": "SUBMITTED",
        "text": "x",
        "link": "https://example.org",
        "submitted_on": D(2020, 11, 1),
    }
    for bad in ({"state": "OVERDUE"}, {"state": "RETURNED"}, {"link": None}, {"content": PDF}):
        with pytest.raises(sa.exc.IntegrityError), work(inside.operator) as u:
            u.add(model.PlatformReport(**{**good, **bad}))
            u.session.flush()


def test_doors_of_reports_and_the_list(world: World, client: Callable[..., FlaskClient]) -> None:
    key = old(world)
    operator = client(world.app, world.operator)
    own, public = client(world.app, holder(world)), client(world.app)
    for lang in ("ru", "en"):
        for path in ("/platforms/due", f"/platforms/{key}", f"/platforms/{key}/reports/new"):
            assert "<h1>" in own.get(f"{path}?lang={lang}").text
    form = {"year": "2020", "text": "сделано", "file": (io.BytesIO(PDF), "отчёт.pdf")}
    bad = own.post(
        f"/platforms/{key}/reports/new", data={"year": "2020", "text": "x", "link": "javascript:x"}
    )
    assert bad.status_code == 422
    assert own.post(f"/platforms/{key}/reports/new", data=form).status_code == 303
    for lang in ("ru", "en"):
        for path in ("2020", "2020/return", "2020/reject"):
            assert "<h1>" in operator.get(f"/platforms/{key}/reports/{path}?lang={lang}").text
    assert own.get(f"/platforms/{key}/reports/2020/file").data == PDF
    assert own.get(f"/api/v1/platforms/{key}/reports/2020/file").data == PDF
    assert public.get(f"/api/v1/platforms/{key}/reports/2020/file").status_code in (401, 404)
    assert own.post(f"/api/v1/platforms/{key}/reports/2020/accept").status_code == 403
    body = {"remarks": "нет цифр", "again_by": "2021-02-01"}
    assert operator.post(f"/api/v1/platforms/{key}/reports/2020/return", json=body).status_code == 204
    sent = {"year": "2020", "text": "снова"}
    path = f"/api/v1/platforms/{key}/reports"
    assert own.post(path, data={**sent, "link": "ftp://x"}).status_code == 422
    assert own.post(path, data={**sent, "link": "https://example.org/2"}).status_code == 204
    assert operator.post(f"{path}/2020/return", json=body).status_code == 204
    assert own.post(path, data={**sent, "file": (io.BytesIO(PDF + b"2"), "отчёт.pdf")}).status_code == 204
    assert own.get(f"/platforms/{key}/reports/2020/file").data == PDF + b"2"
    assert operator.post(f"/platforms/{key}/reports/2020/accept").status_code == 303
    due = operator.get("/api/v1/platforms/due?on=2021-01-15").json
    assert due["omissions"] == [
        {"platform_id": str(key), "topic": "Тема", "propose": "SUSPEND", "missed": [2019]}
    ]
    book = openpyxl.load_workbook(io.BytesIO(public.get("/platforms.xlsx?on=2020-01-01&lang=ru").data))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Вид", "Тема", "Держатели")
    assert rows[1][1] == "Тема"
    assert rows[1][8] == "31.12.2018 № 25"
    assert len(public.get("/platforms.csv?on=2020-01-01").text.splitlines()) == 2
    assert len(public.get("/platforms.csv?on=2018-01-01").text.splitlines()) == 1
    assert public.get("/platforms.exe").status_code == 404
    page = operator.get("/platforms/due?on=2021-01-15&lang=ru").text
    assert "вынести на совет приостановление" in page
