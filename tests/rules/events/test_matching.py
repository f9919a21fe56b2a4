"""Finding the registration behind a row: the order of BR-31, and never a silent guess."""

from uuid import UUID

import pytest

from services.events.rules import names
from services.events.rules.kinds import MatchedBy
from services.events.rules.matching import Candidate, Match, Matcher

ANNA, PETR, TWIN, OLGA, IGOR = (UUID(int=i) for i in range(1, 6))

MATCHER = Matcher(
    [
        Candidate(ANNA, "111111", "anna@example.org", "Семёнова", "Анна", "Петровна"),
        Candidate(PETR, "222222", "school@example.org", "Петров", "Пётр"),
        Candidate(TWIN, "333333", None, "Петров", "Пётр"),
        Candidate(OLGA, "444444", "school@example.org", "Ким", "Ольга", "Игоревна"),
        Candidate(IGOR, "555555", "igor@example.org", "Римская-Корсакова", "Инга"),
    ]
)


@pytest.mark.parametrize(
    ("raw_name", "email", "expected"),
    [
        ("111111 Семёнова А.П.", None, Match(ANNA, MatchedBy.JOIN_CODE)),
        ("iPhone 444 444", None, Match(OLGA, MatchedBy.JOIN_CODE)),
        ("222222", "anna@example.org", Match(PETR, MatchedBy.JOIN_CODE)),
        ("111111 и 444444", None, None),
        ("iPad Анны", "Anna@Example.org", Match(ANNA, MatchedBy.EMAIL)),
        ("СЕМЕНОВА анна", None, Match(ANNA, MatchedBy.NAME)),
        ("Анна Петровна Семёнова", None, Match(ANNA, MatchedBy.NAME)),
        ("999999 Семенова Анна", None, Match(ANNA, MatchedBy.NAME)),
        ("Аня (Семёнова Анна)", None, Match(ANNA, MatchedBy.NAME)),
        ("Cемeновa Aннa", None, Match(ANNA, MatchedBy.NAME)),
        ("Римская Корсакова Инга", None, None),
        ("римская-корсакова инга", None, Match(IGOR, MatchedBy.NAME)),
        ("Пётр Петров", None, None),
        ("Ольга Ким", "school@example.org", Match(OLGA, MatchedBy.EMAIL)),
        ("Гость", "school@example.org", None),
        ("Ким Ольга", "anna@example.org", None),
        ("Семёнова А.П.", None, None),
        ("1111112", None, None),
        ("", None, None),
    ],
)
def test_order_and_refusal_to_guess(raw_name: str, email: str | None, expected: Match | None) -> None:
    assert MATCHER.match(raw_name, email) == expected


def test_display_name_is_code_then_surname_with_initials() -> None:
    assert names.display("123456", "Семёнова", "Анна", "Петровна") == "123456 Семёнова А.П."
    assert names.display("123456", "Ким", "Ольга") == "123456 Ким О."
