"""Numbers, codes and states of issued reports."""

import pytest

from services.reports.rules.names import PLATFORM_KINDS, Word, named
from services.reports.rules.reports import (
    CODE_ALPHABET,
    cancelled,
    file_name,
    number_of,
    typed_code,
    verify_code,
)
from services.reports.rules.terms import Edition, FileFormat, ReportState
from shared.refusal import Refused


def test_number() -> None:
    assert number_of(2020, 1) == "ОС-2020/01"
    assert number_of(2020, 112) == "ОС-2020/112"


def test_a_code_has_no_look_alikes() -> None:
    assert not set("IL O01") & set(CODE_ALPHABET)
    assert verify_code(lambda alphabet: alphabet[0]) == "AAAA-AAAA-AAAA"


@pytest.mark.parametrize("typed", ["K7QM-2VXA-9RTC", "k7qm2vxa9rtc", " K7QM 2VXA 9RTC ", "k7qm–2vxa–9rtc"])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert typed_code(typed) == "K7QM-2VXA-9RTC"


def test_an_empty_code_stays_empty() -> None:
    assert typed_code(" - ") == ""


def test_a_report_is_cancelled_once() -> None:
    """BR-68."""
    assert cancelled(ReportState.ISSUED) is ReportState.CANCELLED
    with pytest.raises(Refused) as refusal:
        cancelled(ReportState.CANCELLED)
    assert refusal.value.rule == "BR-68"


def test_file_names_are_plain() -> None:
    assert file_name("ОС-2020/01", Edition.FULL, FileFormat.PDF) == "otchet-OS-2020-01.pdf"
    assert file_name("ОС-2020/01", Edition.OPEN, FileFormat.DOCX) == "otchet-OS-2020-01-open.docx"


def test_a_new_word_of_another_service_is_shown_as_it_came() -> None:
    assert named(PLATFORM_KINDS, "MUNICIPAL") == "муниципальные (МИП)"
    assert named(PLATFORM_KINDS, "GALACTIC") == "GALACTIC"
    assert isinstance(named(PLATFORM_KINDS, None), Word)
