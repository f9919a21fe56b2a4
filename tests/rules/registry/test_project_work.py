"""Recommendations (S-003, I-23), support cases (S-086, I-22), their files, projects."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import cases, projects, recommendations, scans
from services.registry.rules.cases import Closing
from services.registry.rules.project_kinds import CaseSide, CaseState, EntryKind, RecommendationState
from shared import files
from shared.refusal import Refused

D = date
C, R = CaseState, RecommendationState
OPERATOR, REQUESTER = CaseSide


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        (R.SUBMITTED, "accept", R.ACCEPTED),
        (R.SUBMITTED, "reject", R.REJECTED),
        (R.SUBMITTED, "realise", None),
        (R.ACCEPTED, "accept", None),
        (R.ACCEPTED, "reject", None),
        (R.ACCEPTED, "realise", R.REALISED),
        (R.REJECTED, "accept", None),
        (R.REALISED, "realise", None),
    ],
)
def test_the_way_of_a_recommendation(
    state: RecommendationState, action: str, after: RecommendationState | None
) -> None:
    if after is not None:
        assert recommendations.move(state, action) is after
        return
    with pytest.raises(Refused, match="RECOMMENDATION"):
        recommendations.move(state, action)


def test_i23_counts_accepted_with_realised_and_places_once() -> None:
    rows = [("1", R.SUBMITTED), ("1", R.ACCEPTED), ("2", R.REALISED), ("3", R.REJECTED)]
    assert recommendations.tally(rows) == recommendations.Tally(4, 2, 1, 1, 3)
    assert recommendations.tally([]) == recommendations.Tally(0, 0, 0, 0, 0)


def test_a_rejection_has_a_reason_and_a_realisation_a_place() -> None:
    with pytest.raises(Refused, match="RECOMMENDATION"):
        recommendations.reason("  ")
    with pytest.raises(Refused, match="RECOMMENDATION"):
        recommendations.check_realised(has_item=False, words=" ")
    recommendations.check_realised(has_item=True, words=None)
    recommendations.check_realised(has_item=False, words="Проведён семинар")


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        (C.OPEN, "ask", C.OPEN),
        (C.OPEN, "answer", C.ANSWERED),
        (C.ANSWERED, "ask", C.OPEN),
        (C.ANSWERED, "answer", C.ANSWERED),
        (C.OPEN, "close", C.CLOSED),
        (C.ANSWERED, "close", C.CLOSED),
        (C.CLOSED, "reopen", C.OPEN),
        (C.CLOSED, "ask", None),
        (C.CLOSED, "answer", None),
        (C.CLOSED, "close", None),
        (C.OPEN, "reopen", None),
    ],
)
def test_the_way_of_a_case(state: CaseState, action: str, after: CaseState | None) -> None:
    if after is not None:
        assert cases.move(state, action) is after
        return
    with pytest.raises(Refused, match="CASE"):
        cases.move(state, action)


def test_who_asks_who_answers_and_who_is_awaited() -> None:
    assert cases.spoken(REQUESTER, REQUESTER) == cases.spoken(OPERATOR, OPERATOR) == "ask"
    assert cases.spoken(REQUESTER, OPERATOR) == cases.spoken(OPERATOR, REQUESTER) == "answer"
    assert cases.awaited(C.OPEN, REQUESTER) is OPERATOR
    assert cases.awaited(C.ANSWERED, OPERATOR) is REQUESTER
    assert cases.awaited(C.CLOSED, OPERATOR) is None


@pytest.mark.parametrize(
    ("since", "today", "due"),
    [
        (D(2020, 12, 7), D(2020, 12, 10), False),  # Monday → Thursday: three working days
        (D(2020, 12, 7), D(2020, 12, 11), True),
        (D(2020, 12, 10), D(2020, 12, 15), False),  # over a weekend
        (D(2020, 12, 10), D(2020, 12, 16), True),
        (D(2020, 12, 12), D(2020, 12, 12), False),
        (D(2010, 1, 1), D(2020, 12, 12), True),
    ],
)
def test_a_reminder_is_due_after_three_working_days(since: date, today: date, due: bool) -> None:
    assert cases.is_due(since, today) is due


@given(st.dates(D(2000, 1, 1), D(2030, 1, 1)), st.integers(0, 60))
def test_any_seven_days_have_five_working_ones(since: date, days: int) -> None:
    until = since + timedelta(days)
    whole = cases.working_days(since, until)
    assert cases.working_days(since, until + timedelta(7)) == whole + 5


def test_i22_of_a_period() -> None:
    opened = [D(2020, 1, 1), D(2020, 2, 1), D(2020, 12, 30), D(2021, 1, 5)]
    closing, reopening = EntryKind.CLOSING, EntryKind.REOPENING
    ends = [
        [Closing(D(2020, 1, 1), closing, D(2020, 1, 3))],
        [
            Closing(D(2020, 2, 1), closing, D(2020, 2, 2)),
            Closing(D(2020, 2, 1), reopening, D(2020, 3, 1)),
            Closing(D(2020, 2, 1), closing, D(2020, 3, 2)),
        ],
        [
            Closing(D(2020, 12, 30), closing, D(2020, 12, 31)),
            Closing(D(2020, 12, 30), reopening, D(2021, 1, 2)),
        ],
        [],
    ]
    year = cases.case_numbers(opened, ends, D(2020, 1, 1), D(2020, 12, 31))
    assert (year.opened, year.closed, year.median_days, year.percent) == (3, 3, Decimal(2), Decimal("100.0"))
    next_year = cases.case_numbers(opened, ends, D(2021, 1, 1), D(2021, 12, 31))
    assert (next_year.opened, next_year.closed, next_year.median_days) == (1, 0, None)
    february = cases.case_numbers(opened, ends, D(2020, 2, 1), D(2020, 2, 29))
    assert (february.closed, february.median_days) == (1, Decimal(1))
    assert cases.case_numbers([], [], D(2020, 1, 1), D(2020, 12, 31)).percent is None
    two = cases.case_numbers(opened, ends[:2], D(2020, 1, 1), D(2020, 12, 31))
    assert two.median_days == Decimal(16)


def package(*parts: str) -> bytes:
    """An office package with these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as book:
        for part in parts:
            book.writestr(part, "x")
    return kept.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (package(TYPES, "word/document.xml"), files.DOCX),
        (package(TYPES, "xl/workbook.xml", "xl/printerSettings/printerSettings1.bin"), files.XLSX),
        (package(TYPES, "word/document.xml", "word/vbaProject.bin"), None),
        (package(TYPES, "xl/workbook.xml", "xl/embeddings/oleObject1.bin"), None),
        (package(TYPES, "xl/workbook.xml", "word/document.xml"), None),
        (package("word/document.xml"), None),
        (package(TYPES, "payload.exe"), None),
        (b"PK\x03\x04 broken", None),
        (b"<script>alert(1)</script>", None),
        (b"MZ\x90", None),
        (b"%PDF-" + b"x" * files.MAX_FILE, None),
    ],
)
def test_files_are_known_by_their_content(content: bytes, kind: str | None) -> None:
    if kind is not None:
        assert scans.attachment_type(content) == kind
        assert files.safe_name("../счёт.exe", kind).startswith("счёт.")
        return
    with pytest.raises(Refused, match="FILE") as refused:
        scans.attachment_type(content)
    assert refused.value.field == "file"


def test_an_entry_says_something() -> None:
    with pytest.raises(Refused, match="CASE"):
        cases.words(" \n")
    assert cases.words("Ответ") == "Ответ"


def test_a_project_ends_after_it_begins_and_repeats_nothing() -> None:
    projects.check_period(None, D(2020, 1, 1))
    projects.check_period(D(2019, 1, 1), D(2020, 1, 1))
    with pytest.raises(Refused, match="PROJECT"):
        projects.check_period(D(2020, 1, 1), D(2020, 1, 1))
    with pytest.raises(Refused, match="PROJECT") as refused:
        projects.distinct(["а", "б", "а"], "tasks")
    assert refused.value.field == "tasks"
