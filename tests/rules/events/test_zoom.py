"""Reading Zoom's participants report (BR-31, F-45)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.rules import upload, zoom
from services.events.rules.schedule import MOSCOW
from shared.refusal import Refused

EN = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
RU = "Имя (настоящее имя),Электронная почта,Время входа,Время выхода,Продолжительность (минуты),Гость\n"
EN_BLOCK = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
    "973 0329 0176,Вебинар,04/16/2020 09:45:10 AM,04/16/2020 11:40:00 AM,host@example.org,115,12\n\n"
)
RU_BLOCK = (
    "Идентификатор,Тема,Время начала,Время завершения,Электронная почта,Продолжительность (минуты)\n"
    "973 0329 0176,Вебинар,16.04.2020 09:45:10,16.04.2020 11:40:00,host@example.org,115\n\n"
)
JOIN = datetime(2020, 4, 16, 10, 5, 0, tzinfo=MOSCOW)
LEAVE = datetime(2020, 4, 16, 13, 20, 30, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    "text",
    [
        EN + "Анна Иванова,anna@example.org,04/16/2020 10:05:00 AM,04/16/2020 01:20:30 PM,195,Yes\n",
        EN_BLOCK
        + EN
        + "Анна Иванова,anna@example.org,04/16/2020 10:05:00 AM,04/16/2020 01:20:30 PM,195,Yes\n",
        RU + "Анна Иванова,anna@example.org,16.04.2020 10:05:00,16.04.2020 13:20:30,195,Да\n",
        RU_BLOCK
        + RU
        + "Анна Иванова,ANNA@example.org,16.04.2020 10:05:00 AM,16.04.2020 01:20:30 PM,195,Да\n",
        "\ufeff" + RU + '"Анна Иванова",anna@example.org,16.04.2020 10:05:00,16.04.2020 13:20:30,195,Да\r\n',
        RU.replace(",", ";")
        + "Анна Иванова;anna@example.org;16.04.2020 10:05:00;16.04.2020 13:20:30;195;Да\n",
        EN.replace("Name (Original Name)", "Name (original name)").replace("User Email", "Email")
        + "Анна Иванова,anna@example.org,2020-04-16 10:05:00,2020-04-16 13:20:30,195,Yes\n",
    ],
    ids=["en", "en-block", "ru", "ru-block-ampm", "bom-quotes-crlf", "semicolons", "new-titles-iso"],
)
def test_known_shapes(text: str) -> None:
    (row,) = zoom.parse(text)
    assert (row.name, row.email, row.join_at, row.leave_at) == (
        "Анна Иванова",
        "anna@example.org",
        JOIN,
        LEAVE,
    )


@pytest.mark.parametrize("shown", ["", "***", "a***@example.org"])
def test_a_hidden_email_is_no_email(shown: str) -> None:
    (row,) = zoom.parse(RU + f"Анна Иванова,{shown},16.04.2020 10:05:00,16.04.2020 13:20:30,195,Да\n")
    assert row.email is None


def test_rows_of_the_waiting_room_are_marked_and_empty_lines_passed_over() -> None:
    text = (
        "Имя,Электронная почта,Время входа,Время выхода,В зале ожидания\n"
        "Анна,,16.04.2020 10:00:00,16.04.2020 10:05:00,Да\n\n"
        "Анна,,16.04.2020 10:05:00,16.04.2020 10:20:00,Нет\n"
    )
    assert [(row.line, row.in_waiting_room) for row in zoom.parse(text)] == [(2, True), (4, False)]


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("foo,bar\n1,2\n", "Не найдены столбцы", None),
        ("", "Не найдены столбцы", None),
        (RU, "ни одной строки", None),
        ("Name (Original Name),User Email,Total Duration (Minutes),Guest\nАнна,,61,No\n", "уникальных", None),
        (RU + "Анна,,вчера,16.04.2020 13:20:30\n", "время входа", 2),
        (RU + "Анна,,16.04.2020 10:05:00,31.02.2020 13:20:30\n", "время выхода", 2),
        (RU + "Анна,,16.04.2020 10:05:00\n", "время выхода", 2),
        (RU + "Анна,,01.01.0001 00:00:00,16.04.2020 10:05:00\n", "время входа", 2),
        (RU + "Анна,,16.04.2020 10:05:00,16.04.2020 10:04:59\n", "выход раньше", 2),
        (RU + ",,16.04.2020 10:05:00,16.04.2020 10:06:59\n", "не указано имя", 2),
        (EN + "Анна,,16/04/2020 10:05:00,16/04/2020 10:06:59\n", "время входа", 2),
        (RU + '"Анна"х,,16.04.2020 10:05:00,16.04.2020 10:06:59\n', "кавычки", 2),
    ],
)
def test_a_wrong_file_is_refused_naming_the_line(text: str, said: str, line: int | None) -> None:
    with pytest.raises(Refused) as refusal:
        zoom.parse(text)
    assert (refusal.value.rule, refusal.value.field) == ("BR-31", "file")
    assert said in refusal.value.text
    assert refusal.value.params.get("line") == line


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoom, "MAX_ROWS", 1)
    with pytest.raises(Refused, match="больше 1 строк"):
        zoom.parse(RU + 2 * "Анна,,16.04.2020 10:05:00,16.04.2020 10:06:59\n")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("16.04.2020 00:00:00", 0), ("04/16/2020 12:00:00 AM", 0), ("04/16/2020 12:00:00 PM", 12),
        ("4/16/2020 1:00 pm", 13), ("16.04.2020 14:00:00 PM", 14), ("16.04.2020, 14:00", 14),
    ],
)  # fmt: skip
def test_hours(text: str, hour: int) -> None:
    found = zoom.moment(text)
    assert found is not None
    assert (found.day, found.month, found.hour) == (16, 4, hour)


@given(st.integers(0, 800_000_000))
def test_every_moment_survives_both_spellings(seconds: int) -> None:
    moment = datetime(2015, 1, 1, tzinfo=MOSCOW) + timedelta(seconds=seconds)
    assert zoom.moment(moment.strftime("%m/%d/%Y %I:%M:%S %p")) == moment
    assert zoom.moment(moment.strftime("%d.%m.%Y %H:%M:%S")) == moment


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        zoom.parse(text)
    except Refused as refusal:
        assert refusal.field == "file"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        zoom.parse(upload.text_of("report.csv", content))
    except Refused as refusal:
        assert refusal.field == "file"


@pytest.mark.parametrize(
    ("filename", "content", "said"),
    [
        ("report.xlsx", b"x", "CSV"),
        ("report", b"x", "CSV"),
        ("report.csv", b" \n", "пуст"),
        ("report.csv", b"a" * (2 * 1024 * 1024 + 1), "2 МиБ"),
        ("report.csv", b"PK\x03\x04\x00", "не текстовый"),
        ("report.csv", b"\x98\xff", "Кодировка"),
        ("report.csv", b"\xff\xfe\x00\xd8\x00", "Кодировка"),
        ("report.csv", b"\xff\xfe\x00\x00", "не текстовый"),
    ],
)
def test_a_wrong_upload_is_refused(filename: str, content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        upload.text_of(filename, content)
    assert refusal.value.field == "file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_usual_encodings_are_read(encoding: str) -> None:
    assert upload.text_of("Отчёт.CSV", "Имя".encode(encoding)).removeprefix("\ufeff") == "Имя"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("zoom.csv", "zoom.csv"), ("C:\\отчёты\\zoom.csv", "zoom.csv"), ("../../a\x00b.csv", "ab.csv")],
)
def test_a_file_is_remembered_by_its_bare_name(sent: str, kept: str) -> None:
    assert upload.kept_name(sent) == kept
