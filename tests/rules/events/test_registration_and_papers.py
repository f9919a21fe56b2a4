"""Places, identities, codes, certificates and exported cells (BR-28, BR-30, BR-34, BR-67)."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.rules import cells, certificates, codes, names, registration
from services.events.rules.kinds import Audience, ParticipationRole
from services.events.rules.registration import Someone
from services.events.rules.states import RegistrationState
from shared.refusal import Refused

SCHOOL, OTHER = UUID(int=1), UUID(int=2)
PERSON, NAMESAKE = UUID(int=3), UUID(int=4)
ANNA = Someone("Семёнова", "Анна", "Петровна", PERSON, SCHOOL)


@pytest.mark.parametrize(
    ("newcomer", "same"),
    [
        (Someone("Иванова", "Анна", None, PERSON, OTHER), True),
        (Someone("Семёнова", "Анна", "Петровна", NAMESAKE, SCHOOL), False),
        (Someone("Семенова", "Анна", "Петровна", None, SCHOOL), True),
        (Someone("Семёнова", "Анна", "Петровна", None, OTHER), False),
        (Someone("Семёнова", "Анна", None, None, SCHOOL), False),
    ],
)
def test_a_person_is_registered_once(newcomer: Someone, same: bool) -> None:
    if not same:
        registration.registered_once(newcomer, [ANNA])
        return
    with pytest.raises(Refused) as refusal:
        registration.registered_once(newcomer, [ANNA])
    assert refusal.value.rule == "BR-28"


@pytest.mark.parametrize(
    ("capacity", "seated", "place"), [(None, 1000, True), (2, 1, True), (2, 2, False), (2, 3, False)]
)
def test_places(capacity: int | None, seated: int, place: bool) -> None:
    assert registration.has_place(capacity, seated) is place


def test_an_event_for_the_tms_takes_a_tms_only() -> None:
    registration.suits_audience(Audience.TMS, ["EDU_ORG", "TMS"])
    registration.suits_audience(Audience.OPEN, None)
    for roles in (None, [], ["EDU_ORG"]):
        with pytest.raises(Refused) as refusal:
            registration.suits_audience(Audience.TMS, roles)
        assert refusal.value.field == "organisation_id"


@pytest.mark.parametrize(
    ("text", "kept"), [(None, None), ("  ", None), (" Anna@Example.org ", "anna@example.org")]
)
def test_email(text: str | None, kept: str | None) -> None:
    assert registration.checked_email(text) == kept


@pytest.mark.parametrize(
    "text", ["anna", "@example.org", "anna@", "a b@example.org", "anna@example", "a@b@c.org", "a@b..org"]
)
def test_a_wrong_email_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        registration.checked_email(text)
    assert refusal.value.field == "email"


@pytest.mark.parametrize("text", ["", "анна", "<b>Анна", "=Анна", "А" * 81, "1", None])
def test_a_wrong_name_is_refused(text: str | None) -> None:
    with pytest.raises(Refused) as refusal:
        names.checked(text, "last_name")
    assert refusal.value.field == "last_name"


def test_a_right_name_is_kept_with_single_spaces() -> None:
    assert names.checked(" Римская-Корсакова  Оглы ", "last_name") == "Римская-Корсакова Оглы"


@given(st.sets(st.integers(0, 999_999).map("{:06d}".format), max_size=50), st.integers(0, 999_999))
def test_a_join_code_is_six_digits_and_new(taken: set[str], drawn: int) -> None:
    code = codes.join_code(taken, lambda _: drawn)
    assert len(code) == 6 and code.isdigit() and code not in taken


def test_join_codes_go_on_from_the_last_to_the_first() -> None:
    assert codes.join_code({"999999"}, lambda n: n - 1) == "000000"


def test_join_codes_run_out() -> None:
    class Full(frozenset):  # a million strings are not needed to say that all are taken
        def __len__(self) -> int:
            return 10**6

    with pytest.raises(Refused):
        codes.join_code(Full(), lambda _: 0)


@given(st.randoms())
def test_a_verify_code_reads_back_however_it_is_typed(random) -> None:
    code = codes.verify_code(random.randrange)
    assert len(code) == 12
    assert codes.plain_verify_code(f" {codes.spaced_verify_code(code).lower()} ") == code


@pytest.mark.parametrize(
    ("state", "already", "may"),
    [
        (RegistrationState.ATTENDED, [], True),
        (RegistrationState.ATTENDED, [ParticipationRole.SPEAKER], True),
        (RegistrationState.ATTENDED, [ParticipationRole.ATTENDEE], False),
        (RegistrationState.CERTIFIED, [], False),
        (RegistrationState.NO_SHOW, [], False),
        (RegistrationState.CONFIRMED, [], False),
    ],
)
def test_only_those_who_attended_get_one_per_role(state, already, may) -> None:
    assert certificates.may_have(state, ParticipationRole.ATTENDEE, already) is may


def test_numbers_and_hours() -> None:
    assert certificates.number(2020, 7) == "МС-2020-0007"
    assert certificates.academic_hours(timedelta(minutes=90)) == 2
    assert certificates.academic_hours(timedelta(minutes=44)) is None


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_starts_a_formula(start: str) -> None:
    assert cells.safe_cell(start + "1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (65, "65"), ("Семёнова", "Семёнова"), ("a=b", "a=b")]
)
def test_other_cells_stay_as_they_are(value: object, text: str) -> None:
    assert cells.safe_cell(value) == text
