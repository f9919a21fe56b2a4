"""BR-07: cleaning and comparing names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules.names import clean, person_key, search_key


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        (
            "Информационно-методический центр \u0043еверского района",
            "Информационно-методический центр Северского района",
        ),
        ("МКУ\u00a0 «ИМЦ»\n Темрюкский   район", "МКУ «ИМЦ» Темрюкский район"),
        ('МКУ "ИМЦ" Темрюкский район', "МКУ «ИМЦ» Темрюкский район"),
        ("МБУ “Центр „Радуга“”", "МБУ «Центр «Радуга»»"),
        ("Образование и наука - будущее", "Образование и наука — будущее"),
        ("программа 2016–2020", "программа 2016–2020"),
        ("Вебинар в Zoom и ZOOM", "Вебинар в Zoom и ZOOM"),
        ("невиди\u00adмый\u200b знак\ufeff", "невидимый знак"),
        ("и\u0306од", "йод"),
        ("№ 5", "№ 5"),
    ],
)
def test_clean(raw: str, tidy: str) -> None:
    assert clean(raw) == tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Информационно-методический центр Cеверского района",
            "«Информационно - методический центр» северского района",
        ),
        ("учёба", "УЧЕБА"),
        ("Школа № 5", "школа 5"),
        ("Организационно – методический", "Организационно-методический"),
    ],
)
def test_equal_in_search(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_different_names_stay_different() -> None:
    assert search_key("Детский сад № 94") != search_key("Детский сад № 49")


def test_person_key_skips_what_is_missing() -> None:
    assert person_key("Ёлкина", "Анна", None) == "елкина анна"


@given(st.text(max_size=80))
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=80))
def test_search_key_holds_no_wildcards_and_no_case(text: str) -> None:
    key = search_key(text)
    assert not set('%_"«»\\') & set(key)
    assert search_key(clean(text)) == key


@given(st.text(max_size=60))
def test_a_spelling_and_the_name_made_of_it_have_one_key(text: str) -> None:
    """Imports keep one key for both (BR-07)."""
    assert search_key(clean(text)) == search_key(text)
