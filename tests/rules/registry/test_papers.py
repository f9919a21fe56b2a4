"""Numbers, checking codes and states of printed papers (BR-67, BR-68)."""

import pytest

from services.registry.access import may_read_paper
from services.registry.rules.papers import PREFIXES, PaperKind
from shared import ids
from shared.person import PUBLIC, Person, Role
from shared.refusal import Refused
from shared.requisites import (
    CODE_ALPHABET,
    PaperFormat,
    PaperState,
    cancelled,
    file_name,
    number_of,
    typed_code,
    verify_code,
)
from shared.testing.suite import person


def test_every_kind_has_its_own_prefix() -> None:
    assert len(set(PREFIXES.values())) == len(PaperKind)


@pytest.mark.parametrize(
    ("kind", "ordinal", "number", "name"),
    [
        (PaperKind.D19_EXTRACT, 1, "ВР-2026/0001", "D19-2026-0001.pdf"),
        (PaperKind.D14_DESTRUCTION, 12345, "АУ-2026/12345", "D14-2026-12345.pdf"),
    ],
)
def test_number_and_file_name(kind: PaperKind, ordinal: int, number: str, name: str) -> None:
    assert number_of(PREFIXES[kind], 2026, ordinal) == number
    assert file_name(kind, number, PaperFormat.PDF) == name


@pytest.mark.parametrize("typed", ["k7qm2vxa9rtc", "K7QM-2VXA-9RTC", " k7qm 2vxa 9rtc ", "K7QM—2VXA—9RTC"])
def test_a_typed_code_is_read_whatever_the_case_and_dashes(typed: str) -> None:
    assert typed_code(typed) == "K7QM-2VXA-9RTC"


def test_a_drawn_code_reads_back() -> None:
    drawn = iter(CODE_ALPHABET)
    code = verify_code(lambda _: next(drawn))
    assert typed_code(code) == code == "ABCD-EFGH-JKMN"


def test_hostile_codes_are_cut() -> None:
    assert len(typed_code("A" * 100_000)) == 14
    assert typed_code("'; DROP TABLE paper; --") == "DRPT-ABEP-APER"


def test_only_an_issued_paper_is_cancelled_and_for_a_reason() -> None:
    assert cancelled(PaperState.ISSUED, "опечатка") is PaperState.CANCELLED
    for state, reason in ((PaperState.CANCELLED, "опечатка"), (PaperState.ISSUED, "  ")):
        with pytest.raises(Refused) as refusal:
            cancelled(state, reason)
        assert refusal.value.rule == "BR-68"


MINE = ids.new_id()
PARTICIPANT = Person(ids.new_id(), MINE, "Проверкина А.Б.")


@pytest.mark.parametrize(
    ("who", "kind", "whose", "may"),
    [
        (person(Role.OPERATOR), PaperKind.D14_DESTRUCTION, ids.new_id(), True),
        (person(Role.SYSTEM_ADMIN), PaperKind.D07_ORDER_DRAFT, None, True),
        (PARTICIPANT, PaperKind.D15_CONSENT, MINE, True),
        (PARTICIPANT, PaperKind.D15_CONSENT, ids.new_id(), False),
        (PARTICIPANT, PaperKind.D07_ORDER_DRAFT, None, False),
        (PARTICIPANT, PaperKind.D19_EXTRACT, None, True),
        (person(Role.TMS), PaperKind.D15_CONSENT, ids.new_id(), False),
        (PUBLIC, PaperKind.D19_EXTRACT, None, False),
        (PUBLIC, PaperKind.D15_CONSENT, None, False),
    ],
)
def test_who_reads_a_paper(who: Person, kind: PaperKind, whose: object, may: bool) -> None:
    assert may_read_paper(who, kind, whose) is may  # type: ignore[arg-type]  # one table of cases for differing types
