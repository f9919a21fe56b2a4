"""From the report to the certificate (BR-31…BR-34, BR-67, BR-68)."""

import csv
import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.events import actions, model, queries
from services.events.rules.kinds import CertificateState
from shared.person import PUBLIC, Person
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.testing.suite import told
from shared.unit import read
from tests.services.events.network import (
    OF_AUTHORITY,
    OF_IRO,
    OF_OTHER_TMS,
    OF_SCHOOL,
    OF_TMS,
    OPERATOR,
    OTHER_TMS,
    STRANGER,
    TEACHER,
    Webinar,
    plan,
)


@pytest.fixture
def held(webinar: Webinar) -> Webinar:
    """A held webinar with four registered people."""
    webinar.enter("Семёнова", "Анна", email="anna@example.org", person_id=TEACHER.person_id)
    webinar.enter("Петров", "Пётр", organisation_id=OTHER_TMS)
    webinar.enter("Ким", "Ольга")
    webinar.enter("Орлова", "Вера", role="EXPERT")
    webinar.hold()
    return webinar


def states(webinar: Webinar) -> dict[str, tuple[str, int | None]]:
    with webinar.app.app_context():
        people = queries.participants(OPERATOR, webinar.id).items
        return {one.last_name: (one.state.value, one.minutes) for one in people}


def test_from_the_report_to_the_certificate(held: Webinar) -> None:
    code = held.people["Петров"].join_code
    result = held.take(
        "Анна (iPad),anna@example.org,10:05:00,10:30:00",
        "Семенова Анна,,10:25:00,10:50:00",
        "АННА СЕМЁНОВА,,11:00:00,11:20:00",
        f"{code} Петров П.,,10:00:00,10:53:59",
        "Гость,,10:00:00,11:30:00",
    )
    assert result == actions.ImportResult(matched=4, unmatched=1, rows=5, added=5)
    settled = held.step(actions.settle_attendance)
    assert settled == actions.Settled(attended=1, no_show=2)
    assert states(held) == {
        "Семёнова": ("ATTENDED", 65),
        "Петров": ("NO_SHOW", 53),
        "Ким": ("NO_SHOW", None),
        "Орлова": ("CONFIRMED", None),
    }
    held.do(actions.mark_attended, registration_id=held.people["Орлова"].id, reason="Выступала")
    (first, second) = held.step(actions.issue_certificates)
    facts = [data for name, data in told(held.app) if name == "events.certificate.issued.v1"]
    assert [fact["certificate_id"] for fact in facts] == [str(first), str(second)]
    assert [fact["number"] for fact in facts] == ["МС-2020-0001", "МС-2020-0002"]
    assert {fact["role"] for fact in facts} == {"EXPERT", "ATTENDEE"}
    last = {d["registration_id"]: d for n, d in told(held.app) if n == "events.participation.changed.v1"}
    anna = last[str(held.people["Семёнова"].id)]
    assert (anna["state"], anna["minutes"]) == ("CERTIFIED", 65)


def test_the_same_file_again_adds_nothing(held: Webinar) -> None:
    rows = ("Семёнова Анна,,10:00:00,11:30:00", "Гость,,10:00:00,11:30:00")
    held.take(*rows)
    assert held.take(*rows) == actions.ImportResult(matched=1, unmatched=1, rows=2, added=0)
    assert held.take(*rows, "Ким Ольга,,10:00:00,11:00:00").added == 1
    with held.app.app_context():
        assert len(queries.attendance_table(OPERATOR, held.id).matched) == 2


def test_rows_wait_until_matched_or_ignored(held: Webinar) -> None:
    held.take("iPhone,,10:00:00,11:30:00", "Оператор связи,,10:00:00,11:30:00")
    with held.app.app_context():
        first, second = (row.id for row in queries.attendance_table(OPERATOR, held.id).unmatched)
        assert queries.cabinet(OPERATOR).unmatched[0][1] == 2
    held.do(actions.match_attendance, attendance_id=first, registration_id=held.people["Ким"].id)
    held.do(actions.ignore_attendance, attendance_id=second, reason="Техническая поддержка")
    with held.app.app_context():
        table = queries.attendance_table(OPERATOR, held.id)
        assert (len(table.unmatched), len(table.ignored), len(table.matched)) == (0, 1, 1)
        assert table.matched[0].matched_by == "MANUAL"
        assert queries.cabinet(OPERATOR).unmatched == []
    held.step(actions.settle_attendance)
    assert states(held)["Ким"] == ("ATTENDED", 90)


def test_a_row_is_matched_within_its_event(held: Webinar) -> None:
    held.take("iPhone,,10:00:00,11:30:00")
    other = Webinar(held.app, plan(held.app))
    other.step(actions.open_registration)
    foreign = other.enter("Ким", "Ольга")
    with held.app.app_context():
        (row,) = (row.id for row in queries.attendance_table(OPERATOR, held.id).unmatched)
    with pytest.raises(Refused) as refusal:
        held.do(actions.match_attendance, attendance_id=row, registration_id=foreign.id)
    assert refusal.value.field == "registration_id"
    with pytest.raises(Refused) as refusal:
        held.do(actions.ignore_attendance, attendance_id=row, reason="")
    assert (refusal.value.rule, refusal.value.field) == ("BR-33", "reason")


def test_an_import_finds_owners_of_rows_left_before(held: Webinar) -> None:
    held.take("Новикова Ия,,10:00:00,11:30:00")
    held.do(
        actions.record_past_participation,
        event_id=held.id, organisation_id=None, role="ATTENDEE", last_name="Новикова", first_name="Ия",
    )  # fmt: skip
    assert held.take("Новикова Ия,,10:00:00,11:30:00").matched == 1


def test_the_waiting_room_does_not_count(held: Webinar) -> None:
    content = (
        "Name (original name),Email,Join time,Leave time,In waiting room\n"
        "Ким Ольга,,04/16/2020 10:00:00 AM,04/16/2020 11:30:00 AM,Yes\n"
        "Ким Ольга,,04/16/2020 11:00:00 AM,04/16/2020 11:30:00 AM,No\n"
    )
    held.step(actions.import_attendance, filename="zoom.csv", content=content.encode())
    held.step(actions.settle_attendance)
    assert states(held)["Ким"] == ("NO_SHOW", 30)


def test_settling_again_follows_the_rows(held: Webinar) -> None:
    held.take("Ким Ольга,,10:00:00,10:30:00")
    held.step(actions.settle_attendance)
    before = len(told(held.app))
    held.step(actions.settle_attendance)
    assert len(told(held.app)) == before
    held.take("Ким Ольга,,10:30:00,11:00:00")
    held.step(actions.settle_attendance)
    assert states(held)["Ким"] == ("ATTENDED", 60)


def test_a_mark_outlives_settling(held: Webinar) -> None:
    held.do(actions.mark_attended, registration_id=held.people["Петров"].id, reason="Сидел рядом с Ким")
    held.take("Ким Ольга,,10:00:00,11:30:00")
    assert held.step(actions.settle_attendance) == actions.Settled(attended=2, no_show=1)


def test_nothing_known_settles_nothing(held: Webinar) -> None:
    with pytest.raises(Refused) as refusal:
        held.step(actions.settle_attendance)
    assert refusal.value.rule == "BR-32"


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("zoom.xlsx", b"PK"),
        ("zoom.csv", b""),
        ("zoom.csv", b"a" * (2 * 1024 * 1024 + 1)),
        ("zoom.csv", "Имя,Время входа,Время выхода\nКим,17.04.2020 10:00,17.04.2020 11:00".encode()),
    ],
    ids=["not-csv", "empty", "oversized", "another-day"],
)
def test_a_wrong_file_is_refused(held: Webinar, filename: str, content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        held.step(actions.import_attendance, filename=filename, content=content)
    assert (refusal.value.rule, refusal.value.field) == ("BR-31", "file")


def test_before_the_start_there_is_no_attendance(webinar: Webinar) -> None:
    anna = webinar.enter("Семёнова", "Анна")
    with pytest.raises(Refused, match="после начала"):
        webinar.take("Семёнова Анна,,10:00:00,11:30:00")
    with pytest.raises(Refused, match="после начала"):
        webinar.do(actions.mark_attended, registration_id=anna.id, reason="Была")
    with pytest.raises(Refused, match="после завершения"):
        webinar.step(actions.issue_certificates)


@pytest.fixture
def certified(held: Webinar) -> Webinar:
    """Анна Семёнова holds a certificate."""
    held.take("Семёнова Анна,,10:00:00,11:30:00")
    held.step(actions.settle_attendance)
    held.step(actions.issue_certificates)
    return held


def certificate(webinar: Webinar) -> model.Certificate:
    with webinar.app.app_context():
        return read().scalars(sa.select(model.Certificate).order_by(model.Certificate.number)).first()


def test_a_certificate_is_issued_once(certified: Webinar) -> None:
    with pytest.raises(Refused) as refusal:
        certified.step(actions.issue_certificates)
    assert refusal.value.rule == "BR-34"
    with pytest.raises(Refused):
        certified.do(actions.mark_attended, registration_id=certified.people["Семёнова"].id, reason="Ещё раз")


def test_the_paper_has_number_code_hash_and_no_more_than_needed(certified: Webinar) -> None:
    paper = certificate(certified)
    assert len(paper.sha256) == 64
    with certified.app.app_context():
        file = queries.certificate_file(TEACHER, paper.id)
    assert file.content.startswith(b"%PDF")


def test_the_public_check_shows_no_personal_data(certified: Webinar) -> None:
    paper = certificate(certified)
    with certified.app.app_context():
        verified = queries.verify(paper.verify_code.lower())
        assert (verified.number, verified.state) == ("МС-2020-0001", CertificateState.VALID)
        shown = " ".join(str(value) for value in vars(verified).values())
        with pytest.raises(NotFound):
            queries.verify("ABCD")
    assert "Семёнова" not in shown and "Северского" not in shown


def test_a_cancelled_certificate_stays_verifiable(certified: Webinar) -> None:
    paper = certificate(certified)
    with pytest.raises(Refused) as refusal:
        certified.do(actions.cancel_certificate, certificate_id=paper.id, reason="")
    assert refusal.value.field == "reason"
    certified.do(actions.cancel_certificate, certificate_id=paper.id, reason="Ошибка в имени")
    with certified.app.app_context():
        assert queries.verify(paper.verify_code).state is CertificateState.CANCELLED
        with pytest.raises(NotFound):
            queries.certificate_file(OPERATOR, paper.id)
    for action, more in (
        (actions.cancel_certificate, {"reason": "Снова"}),
        (actions.reissue_certificate, {}),
    ):
        with pytest.raises(Refused) as refusal:
            certified.do(action, certificate_id=paper.id, **more)
        assert refusal.value.rule == "BR-68"
    assert len(certified.step(actions.issue_certificates)) == 1


def test_a_duplicate_keeps_the_number(certified: Webinar) -> None:
    paper = certificate(certified)
    certified.do(actions.reissue_certificate, certificate_id=paper.id)
    again = certificate(certified)
    assert (again.number, again.verify_code, again.duplicates) == (paper.number, paper.verify_code, 1)


@pytest.mark.parametrize("who", [STRANGER, OF_OTHER_TMS, OF_SCHOOL, OF_IRO, OF_AUTHORITY])
def test_somebody_elses_certificate_is_not_found(certified: Webinar, who: Person) -> None:
    with certified.app.app_context():
        assert queries.certificates(who).total == 0
        with pytest.raises(NotFound):
            queries.certificate_file(who, certificate(certified).id)


@pytest.mark.parametrize("who", [TEACHER, OF_TMS, OPERATOR])
def test_owners_see_their_certificates(certified: Webinar, who: Person) -> None:
    with certified.app.app_context():
        assert [one.number for one in queries.certificates(who).items] == ["МС-2020-0001"]


@pytest.mark.parametrize("who", [PUBLIC, TEACHER, OF_TMS, OF_SCHOOL, OF_IRO, OF_AUTHORITY])
def test_attendance_is_the_operators(held: Webinar, who: Person) -> None:
    refusal = SignInNeeded if who is PUBLIC else NotAllowed
    some = UUID(int=1)
    asked: list[tuple[Any, dict[str, Any]]] = [
        (actions.import_attendance, {"event_id": held.id, "filename": "zoom.csv", "content": b""}),
        (actions.settle_attendance, {"event_id": held.id}),
        (actions.match_attendance, {"attendance_id": some, "registration_id": some}),
        (actions.ignore_attendance, {"attendance_id": some, "reason": "Причина"}),
        (actions.mark_attended, {"registration_id": some, "reason": "Причина"}),
        (actions.issue_certificates, {"event_id": held.id}),
        (actions.cancel_certificate, {"certificate_id": some, "reason": "Причина"}),
        (actions.reissue_certificate, {"certificate_id": some}),
        (actions.export_participants, {"event_id": held.id}),
        (actions.add_series, {"name": "Серия", "organiser_id": some}),
    ]
    for action, more in asked:
        with pytest.raises(refusal):
            held.do(action, who, **more)
    with held.app.app_context(), pytest.raises(refusal):
        queries.attendance_table(who, held.id)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (OPERATOR, {"03643000": (3, 1), "03625000": (1, 0)}),
        (OF_IRO, {"03643000": (3, 1), "03625000": (1, 0)}),
        (OF_AUTHORITY, {"03643000": (3, 1)}),
        (OF_OTHER_TMS, {"03625000": (1, 0)}),
        (OF_SCHOOL, {}),
        (PUBLIC, {}),
    ],
)
def test_counts_by_municipality(certified: Webinar, who: Person, seen: dict[str, tuple[int, int]]) -> None:
    with certified.app.app_context():
        rows = queries.turnout(who, certified.id)
    assert {row.municipality_oktmo: (row.registered, row.attended) for row in rows} == seen


def test_an_export_is_journaled_and_runs_no_formulas(held: Webinar) -> None:
    with held.app.app_context():
        one = read().scalars(sa.select(model.Registration).where(model.Registration.last_name == "Ким")).one()
        one.organisation_name = "=HYPERLINK(1)"
        read().commit()
    sheet = held.step(actions.export_participants, sheet_format="CSV")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Фамилия" and len(rows) == 5
    assert rows[1][:2] == ["Ким", "Ольга"] and rows[1][4] == "'=HYPERLINK(1)"
    book = zipfile.ZipFile(io.BytesIO(held.step(actions.export_participants).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert "=HYPERLINK(1)" in book.read("xl/sharedStrings.xml").decode()
    with held.app.app_context():
        lines = (
            read().scalars(sa.select(model.Audit).where(model.Audit.what == "participants.exported")).all()
        )
    assert [(line.account_id, line.note["format"]) for line in lines] == [
        (OPERATOR.account_id, "CSV"),
        (OPERATOR.account_id, "XLSX"),
    ]


def test_the_cabinet_tells_the_day(certified: Webinar) -> None:
    coming = Webinar(certified.app, plan(certified.app))
    coming.step(actions.open_registration)
    coming.enter("Семёнова", "Анна", person_id=TEACHER.person_id)
    with certified.app.app_context():
        teacher, stranger = queries.cabinet(TEACHER), queries.cabinet(STRANGER)
        assert [one.event_id for one in teacher.registrations] == [coming.id]
        assert [one.number for one in teacher.certificates] == ["МС-2020-0001"]
        assert teacher.week == [] and teacher.unmatched == [] and stranger.is_empty
