"""Consents, terms, requests, incidents: the rules of personal data (PD-01…PD-13, BR-66, BR-69…BR-71)."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import consents, incidents, retention
from services.registry.rules.consents import (
    CONSENT_MOVES,
    CONSENT_REFUSALS,
    ConsentPurpose,
    ConsentState,
    DataCategory,
)
from services.registry.rules.incidents import Duty, IncidentKind
from services.registry.rules.labels import LABELS, after
from services.registry.rules.readings import ReadingPurpose, Screen, purpose_of
from services.registry.rules.requests import REQUEST_MOVES, REQUEST_REFUSALS, RequestState, due_on
from services.registry.rules.retention import ErasureReason, LegalBasis, Record
from shared.refusal import Refused
from shared.working_days import is_working_day, working_days_later

TODAY = date(2020, 12, 31)
DAY = timedelta(days=1)
days = st.dates(date(2019, 1, 1), date(2030, 1, 1))


def refusal_of(action: Any, *args: Any, **kwargs: Any) -> str | None:
    try:
        action(*args, **kwargs)
    except Refused as refusal:
        return refusal.rule
    return None


@pytest.mark.parametrize(
    ("purpose", "categories", "confirmed", "rule"),
    [
        ("PROCESSING", [], True, None),
        ("PROCESSING", [], False, "PD-01"),
        ("PHOTO_VIDEO", [], False, "PD-01"),
        ("DISTRIBUTION", [DataCategory.NAME], True, None),
        ("DISTRIBUTION", [], True, "PD-02"),
        ("PROCESSING", [DataCategory.NAME], True, "PD-02"),
        ("CROSS_BORDER", [DataCategory.PHOTO], True, "PD-02"),
    ],
)
def test_a_consent_is_an_active_choice_for_one_purpose(
    purpose: str, categories: list[DataCategory], confirmed: bool, rule: str | None
) -> None:
    choice = ConsentPurpose(purpose)
    assert refusal_of(consents.check_choice, choice, categories, confirmed=confirmed) == rule


def test_moves_of_a_consent_are_those_of_the_model() -> None:
    allowed = {
        ("GIVEN", "withdraw"): "WITHDRAWN",
        ("WITHDRAWN", "erase"): "ERASED",
        ("GIVEN", "expire"): "EXPIRED",
    }
    for state, action in product(ConsentState, CONSENT_REFUSALS):
        expected = allowed.get((state.value, action))
        if expected:
            assert CONSENT_MOVES.after(state, action).value == expected
        else:
            assert refusal_of(after, CONSENT_MOVES, state, action, CONSENT_REFUSALS) == "CONSENT_STATE"


def test_moves_of_a_request() -> None:
    for state, action in product(RequestState, REQUEST_REFUSALS):
        allowed = state is RequestState.NEW
        assert REQUEST_MOVES.allows(state, action) is allowed
    assert due_on(date(2020, 12, 1)) == TODAY


@pytest.mark.parametrize(
    ("given_on", "valid_to", "rule"),
    [
        (TODAY, None, None),
        (TODAY, TODAY + DAY, None),
        (TODAY + DAY, None, "PD-01"),
        (TODAY, TODAY, "PD-01"),
    ],
)
def test_dates_of_a_consent(given_on: date, valid_to: date | None, rule: str | None) -> None:
    assert refusal_of(consents.check_dates, given_on, valid_to, TODAY) == rule


@pytest.mark.parametrize(
    ("on", "rule"), [(TODAY, None), (TODAY - DAY, None), (TODAY + DAY, "PD-03"), (TODAY - 2 * DAY, "PD-03")]
)
def test_a_withdrawal_lies_between_the_consent_and_today(on: date, rule: str | None) -> None:
    assert refusal_of(consents.check_withdrawal, TODAY - DAY, on, TODAY) == rule


def test_a_consent_expires_after_its_last_day() -> None:
    assert consents.state_on(ConsentState.GIVEN, TODAY, TODAY) is ConsentState.GIVEN
    assert consents.state_on(ConsentState.GIVEN, TODAY, TODAY + DAY) is ConsentState.EXPIRED
    assert consents.state_on(ConsentState.WITHDRAWN, TODAY, TODAY + DAY) is ConsentState.WITHDRAWN
    assert consents.state_on(ConsentState.GIVEN, None, date(2100, 1, 1)) is ConsentState.GIVEN


ENDED, REACHED = date(2020, 11, 1), date(2020, 11, 10)
CONSENT, CONTRACT, DUTY = LegalBasis


@pytest.mark.parametrize(
    ("record", "due"),
    [
        (Record(), None),
        (Record(basis=CONSENT), None),
        (Record(basis=CONSENT, consent_ended_on=ENDED), date(2020, 12, 1)),
        (Record(consent_ended_on=ENDED), date(2020, 12, 1)),
        (Record(basis=CONTRACT, consent_ended_on=ENDED), None),
        (Record(basis=DUTY, consent_ended_on=ENDED), None),
        (Record(basis=CONTRACT, purpose_reached_on=REACHED), date(2020, 12, 10)),
        (Record(basis=CONSENT, consent_ended_on=ENDED, purpose_reached_on=REACHED), date(2020, 12, 1)),
        (
            Record(basis=CONSENT, consent_ended_on=ENDED, keep_until=date(2023, 1, 1), keep_basis="архив"),
            date(2023, 1, 2),
        ),
        (
            Record(basis=CONSENT, consent_ended_on=ENDED, keep_until=date(2020, 11, 2), keep_basis="архив"),
            date(2020, 12, 1),
        ),
        (
            Record(
                basis=CONSENT,
                consent_ended_on=ENDED,
                keep_until=date(2023, 1, 1),
                keep_basis="протоколы на бумаге",
                anonymisation_keeps=True,
            ),
            date(2020, 12, 1),
        ),
    ],
)
def test_the_day_of_destruction(record: Record, due: date | None) -> None:
    """PD-03, PD-04, PD-13."""
    assert retention.destroy_due_on(record) == due


@given(days, st.none() | days, st.none() | days)
def test_destruction_is_never_later_than_thirty_days_without_another_term(
    ended: date, reached: date | None, keep: date | None
) -> None:
    record = Record(
        basis=CONSENT, consent_ended_on=ended, purpose_reached_on=reached, keep_until=keep, keep_basis="x"
    )
    due = retention.destroy_due_on(record)
    assert due is not None
    first = min(ended, reached or ended)
    assert due >= first + timedelta(days=30)
    if keep is None or keep < first:
        assert due == first + timedelta(days=30)


WAITS = {"requested": False, "already": False}
ARCHIVE = {"keep_until": date(2023, 1, 1), "keep_basis": "приказ № 236"}


@pytest.mark.parametrize(
    ("record", "reason", "facts", "rule"),
    [
        (Record(basis=CONSENT, consent_ended_on=ENDED), "WITHDRAWAL", {}, None),
        (Record(basis=CONSENT), "WITHDRAWAL", {}, "PD-03"),
        (Record(basis=CONSENT), "REQUEST", {}, "PD-03"),
        (Record(basis=CONSENT), "REQUEST", {"requested": True}, None),
        (Record(), "PURPOSE_REACHED", {}, "PD-04"),
        (Record(basis=CONTRACT, purpose_reached_on=REACHED), "PURPOSE_REACHED", {}, None),
        (Record(basis=CONTRACT), "REQUEST", {"requested": True}, "PD-13"),
        (Record(basis=DUTY, consent_ended_on=ENDED), "WITHDRAWAL", {}, "PD-13"),
        (Record(basis=CONSENT, consent_ended_on=ENDED, **ARCHIVE), "WITHDRAWAL", {}, "BR-69"),
        (Record(consent_ended_on=ENDED, **ARCHIVE, anonymisation_keeps=True), "WITHDRAWAL", {}, None),
        (Record(basis=DUTY, **ARCHIVE), "UNLAWFUL", {}, None),
        (Record(), "UNLAWFUL", {"already": True}, "BR-70"),
    ],
)
def test_when_data_may_be_destroyed(
    record: Record, reason: str, facts: dict[str, bool], rule: str | None
) -> None:
    """PD-03, PD-04, PD-05, PD-13, BR-69."""
    check = retention.check_erasure
    assert refusal_of(check, record, ErasureReason(reason), TODAY, **{**WAITS, **facts}) == rule


@pytest.mark.parametrize(
    ("record", "rule"),
    [
        (Record(basis=CONSENT), None),
        (Record(basis=CONSENT, keep_until=TODAY), "PD-04"),
        (Record(basis=CONSENT, keep_basis="закон"), "PD-04"),
        (Record(basis=CONSENT, keep_until=TODAY, keep_basis="  "), "PD-04"),
        (Record(basis=CONSENT, anonymisation_keeps=True), "PD-04"),
        (Record(basis=CONSENT, purpose_reached_on=TODAY + DAY), "PD-04"),
        (Record(basis=CONSENT, keep_until=TODAY, keep_basis="закон", anonymisation_keeps=True), None),
    ],
)
def test_a_term_of_keeping_names_its_basis(record: Record, rule: str | None) -> None:
    assert refusal_of(retention.check_record, record, TODAY) == rule


@pytest.mark.parametrize(
    ("basis", "agreed", "may"),
    [
        (None, False, False),
        (None, True, True),
        (CONTRACT, False, False),
        (DUTY, False, True),
        (CONSENT, False, False),
    ],
)
def test_a_name_leaves_only_with_a_basis(basis: LegalBasis | None, agreed: bool, may: bool) -> None:
    """BR-66."""
    assert retention.may_leave(basis, consents=agreed) is may


def test_the_act_is_kept_for_three_years() -> None:
    assert retention.act_kept_until(date(2020, 12, 31)) == date(2023, 12, 31)
    assert retention.act_kept_until(date(2020, 2, 29)) == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Уволена Зайцева", "Уволена Обезличено №3"),
        ("ЗАЙЦЕВА уволена", "Обезличено №3 уволена"),
        ("приказ о Зайцева Анна Петровна", "приказ о Обезличено №3"),
        ("Зайцевал", "Зайцевал"),
        ("", ""),
    ],
)
def test_a_note_loses_the_name(text: str, masked: str) -> None:
    assert retention.mask(text, ["Зайцева", "Зайцева Анна Петровна", " "], 3) == masked


letters = st.text("абвгдеёжз", min_size=2, max_size=8)


@given(st.lists(letters, min_size=1, max_size=4), st.text(max_size=30), st.text(max_size=30))
def test_no_whole_word_of_a_name_survives(names: list[str], before: str, after_it: str) -> None:
    masked = retention.mask(f"{before} {names[0].upper()} {after_it}", names, 1)
    assert names[0] not in masked.lower().replace("_", " ").split() or names[0] in "обезличено"


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 27), 3, date(2026, 12, 2)),  # a Friday
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2025, 12, 31), 1, date(2026, 1, 9)),  # the holidays of January
        (date(2026, 11, 3), 3, date(2026, 11, 9)),  # the 4th is a holiday
        (date(2026, 11, 27), 10, date(2026, 12, 11)),
    ],
)
def test_working_days_skip_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert working_days_later(day, count) == expected


@given(days, st.integers(1, 30))
def test_a_deadline_in_working_days_is_a_working_day(day: date, count: int) -> None:
    end = working_days_later(day, count)
    assert is_working_day(end)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count


def test_deadlines_of_incidents() -> None:
    """PD-05, PD-10."""
    found = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
    assert incidents.deadlines(IncidentKind.LEAK, found) == [
        (Duty.NOTIFY_24H, datetime(2026, 11, 28, 12, 30, tzinfo=UTC)),
        (Duty.REPORT_72H, datetime(2026, 11, 30, 12, 30, tzinfo=UTC)),
    ]
    assert incidents.deadlines(IncidentKind.UNLAWFUL_PROCESSING, found) == [
        (Duty.STOP, date(2026, 12, 2)),
        (Duty.DESTROY, date(2026, 12, 11)),
    ]
    assert refusal_of(incidents.check_discovery, found, found - DAY) == "PD-10"
    assert refusal_of(incidents.check_closing, False, " ") == "PD-10"
    assert refusal_of(incidents.check_closing, True, "сделано") == "PD-10"
    assert refusal_of(incidents.check_closing, False, "сделано") is None


def test_every_screen_has_a_purpose_and_every_code_a_name() -> None:
    """BR-71."""
    for screen in Screen:
        assert purpose_of(screen) in ReadingPurpose
        assert purpose_of(screen, ReadingPurpose.INSPECTION) is ReadingPurpose.INSPECTION
    for kind in (ConsentPurpose, ConsentState, DataCategory, LegalBasis, ErasureReason, Screen, Duty):
        assert set(LABELS[kind]) == {member.value for member in kind}
