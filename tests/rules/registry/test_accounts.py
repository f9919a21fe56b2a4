"""Passwords, terms of roles, steps of signing in, scopes of tokens."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import accounts, sign_in
from services.registry.rules.kinds import GrantState
from services.registry.rules.sign_in import Need, next_need
from shared.person import Grant, Role
from shared.refusal import Refused

NAMES = ("Ёлкина-Рощина", "Анна", "Ли")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("коротко", "от 10"),
        ("x" * 129, "от 10"),
        ("мой Anna.TMS пароль", "логин"),
        ("ababababababab", "однообразен"),
        ("1234567890", "подбирают"),
        ("0987654321", "подбирают"),
        ("2026-11-28!", "подбирают"),
        ("Password2026!", "подбирают"),
        ("1qaz2wsx3edc", "подбирают"),
        ("йцукенгшщз", "подбирают"),
        ("!!!Пароль12345", "подбирают"),
        ("Методист-2026", "подбирают"),
        ("qwertyuiop", "подбирают"),
        ("poiuytrewq", "подбирают"),
        ("ёлкина любит чай", "имя"),
        ("Елкина любит чай", "имя"),
        ("чай для анны... Анна", "имя"),
        ("рощина и поляна", "имя"),
    ],
)
def test_bad_passwords(password: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        accounts.check_password(password, "anna.tms", "new_password", NAMES)
    assert (refused.value.rule, refused.value.field) == ("PASSWORD", "new_password")


@pytest.mark.parametrize(
    "password",
    ["очень длинный пароль", "лиловый рассвет 7", "k4x9-w2pq-7mzd", "correct horse battery staple"],
)
def test_good_passwords(password: str) -> None:
    """A short part of a name may stand inside by chance («Ли» in «лиловый»)."""
    accounts.check_password(password, "anna.tms", names=NAMES)


@given(st.sampled_from(sorted(accounts.WORDS)), st.text("0123456789!?.-_ ", max_size=12), st.booleans())
def test_a_common_word_stays_common_in_digits_and_signs(word: str, around: str, loud: bool) -> None:
    assert accounts.is_common(around + (word.upper() if loud else word) + around)


FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("term", "day", "state"),
    [
        ((None, None), date(1999, 1, 1), GrantState.IN_FORCE),
        (FEBRUARY, date(2026, 1, 31), GrantState.TO_COME),
        (FEBRUARY, date(2026, 2, 1), GrantState.IN_FORCE),
        (FEBRUARY, date(2026, 2, 28), GrantState.IN_FORCE),
        (FEBRUARY, date(2026, 3, 1), GrantState.OVER),
        ((None, date(2026, 2, 28)), date(2026, 3, 1), GrantState.OVER),
        ((date(2026, 2, 1), None), date(2030, 1, 1), GrantState.IN_FORCE),
    ],
)
def test_a_role_counts_within_its_term_both_days_included(
    term: tuple[date | None, date | None], day: date, state: GrantState
) -> None:
    grant = Grant(Role.EXPERT, None, None, *term)
    assert sign_in.grant_state(grant, day) is state
    assert grant.in_force(day) is (state is GrantState.IN_FORCE)


def test_terms_and_repetitions_are_refused() -> None:
    with pytest.raises(Refused, match="GRANT"):
        accounts.check_term(date(2026, 2, 2), date(2026, 2, 1))
    accounts.check_term(date(2026, 2, 1), date(2026, 2, 1))
    first, second = (
        Grant(Role.EXPERT, None, None, *FEBRUARY),
        Grant(Role.EXPERT, None, None, date(2026, 3, 1)),
    )
    accounts.check_grants([first, second, Grant(Role.IRO, None, None, *FEBRUARY)])
    with pytest.raises(Refused, match="GRANT"):
        accounts.check_grants([first, second, Grant(Role.EXPERT)])


@pytest.mark.parametrize(
    ("enrolled", "code_given", "must_change", "demanded", "need"),
    [
        (False, False, False, False, Need.NOTHING),
        (False, False, True, False, Need.NEW_PASSWORD),
        (False, False, True, True, Need.ENROLMENT),
        (False, True, False, True, Need.ENROLMENT),
        (True, False, True, True, Need.CODE),
        (True, False, False, False, Need.CODE),
        (True, True, True, True, Need.NEW_PASSWORD),
        (True, True, False, True, Need.NOTHING),
    ],
)
def test_steps_of_signing_in(
    enrolled: bool, code_given: bool, must_change: bool, demanded: bool, need: Need
) -> None:
    assert (
        next_need(
            enrolled=enrolled,
            code_given=code_given,
            must_change=must_change,
            roles=[Role.OPERATOR, Role.EXPERT],
            demanded=[Role.OPERATOR] if demanded else [Role.SYSTEM_ADMIN],
        )
        is need
    )


def test_codes_of_the_present_step_and_its_neighbours_each_once() -> None:
    """RFC 6238, 5.2."""
    assert set(sign_in.steps(datetime.fromtimestamp(59, UTC))) == {0, 1, 2}
    assert sign_in.is_fresh(1, None)
    assert sign_in.is_fresh(2, 1)
    assert not sign_in.is_fresh(1, 1)
    assert not sign_in.is_fresh(0, 1)


def test_scopes_and_limits_of_tokens() -> None:
    assert sign_in.token_scope(["reports", "events", "events"], may_write=False) == "events:read reports:read"
    assert sign_in.token_scope(["registry"], may_write=True) == "registry:write"
    sign_in.check_token(365, 19)
    for days, existing in ((0, 0), (366, 0), (-1, 0), (1, 20)):
        with pytest.raises(Refused, match="TOKEN"):
            sign_in.check_token(days, existing)


@given(st.text("abc234 -", max_size=30))
def test_codes_are_read_as_people_type_them(code: str) -> None:
    plain = sign_in.plain_code(code)
    assert plain == sign_in.plain_code(code.upper()) == sign_in.plain_code(f" {plain[:4]}-{plain[4:]} ")
