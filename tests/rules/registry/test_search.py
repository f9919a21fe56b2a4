"""BR-07: what words are looked for, and that forms of one word come together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.queries.search import Term, terms_of
from services.registry.rules import search
from services.registry.rules.names import search_key
from shared.stems import stem

PARADIGMS = [
    "лицей лицея лицею лицеем лицее лицеи лицеев лицеям лицеями лицеях",
    "школа школы школе школу школой школ школам школами школах",
    "гимназия гимназии гимназию гимназией гимназий гимназиям",
    "площадка площадки площадке площадку площадкой площадок площадкам",
    "учреждение учреждения учреждению учреждений учреждениями",
    "методический методического методическая методические методических",
    "северский северского северском северская северской",
    "договор договора договоры договоров договором",
    "образование образования образованию",
    "ребенок ребенка ребенку",
]


@pytest.mark.parametrize("paradigm", PARADIGMS)
def test_forms_of_one_word_have_one_stem(paradigm: str) -> None:
    assert len({stem(form) for form in paradigm.split()}) == 1


@pytest.mark.parametrize("paradigm", PARADIGMS)
def test_a_word_is_found_at_every_letter_of_its_typing(paradigm: str) -> None:
    """Whoever types a form letter by letter keeps seeing what has the word."""
    for form in paradigm.split():
        for end in range(2, len(form) + 1):
            (term,) = terms_of(form[:end])
            assert term.fits(stem(form)), (form[:end], term)


@pytest.mark.parametrize("word", ["94", "273", "имц", "кнмц", "сош", "фгос", "фз", "zoom"])
def test_numbers_and_abbreviations_are_looked_for_as_typed(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Школа № 94", ["школа", "94"]),
        ("273-ФЗ", ["273", "фз"]),
        ("школа в Cеверском районе", ["школа", "северском", "районе"]),
        ("О порядке", ["порядке"]),
        ("и", ["и"]),
        ("по", ["по"]),
        ("", []),
        ("«—» №", []),
        (" ".join(map(str, range(30))), [str(n) for n in range(10)]),
        ("ы" * 300, ["ы" * 100]),
    ],
)
def test_words_that_are_asked(typed: str, asked: list[str]) -> None:
    assert search.asked(typed) == asked


def test_only_the_last_word_may_be_unfinished_and_never_a_number() -> None:
    assert terms_of("школ 9") == [Term("школ"), Term("9")]
    assert [term.is_open for term in terms_of("9 школ")] == [False, True]
    assert [term.is_open for term in terms_of("ш")] == [False]


@given(st.text(max_size=60))
def test_words_are_those_of_the_search_key(text: str) -> None:
    """Cut word by word or as a whole, a text has the same words (the cache depends on it)."""
    assert search.words(text) == [word[: search.MAX_WORD] for word in search_key(text).split()]


@given(st.text(max_size=60))
def test_words_hold_letters_and_digits_only(text: str) -> None:
    """Nothing in a stem can be read as an operator of tsquery or FTS5."""
    assert all(stem(word).isalnum() for word in search.words(text))
