"""D-20: the list of acts in the words of the seed's section 1.2; issuers in the genitive; bases (F7, F8)."""

from datetime import date
from itertools import permutations

import pytest

from services.registry.rules import bases
from services.registry.rules.kinds import ActKind, ActLevel, ActState, BasisFault
from shared import bibliography
from shared.bibliography import Cited, entry
from shared.genitive import genitive

D = date
_MINISTRY = "министерство образования и науки Краснодарского края"

#: An act and the line of the seed (lines 60-169; the seed's line breaks joined, its closing quotes doubled).
SEED = [
    (
        Cited(
            ActKind.LAW, "273-ФЗ", D(2012, 12, 29), "Об образовании в Российской Федерации", ActLevel.FEDERAL
        ),
        "Закон Российской Федерации от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»",
    ),
    (
        Cited(
            ActKind.ORDER,
            "611",
            D(2013, 7, 23),
            "Об утверждении Порядка формирования и функционирования инновационной инфраструктуры в системе "
            "образования",
            ActLevel.FEDERAL,
            "Министерство образования и науки РФ",
        ),
        "Приказ Министерства образования и науки РФ от 23.07.2013 № 611 «Об утверждении Порядка формирования "
        "и функционирования инновационной инфраструктуры в системе образования»",
    ),
    (
        Cited(
            ActKind.GOVERNMENT_DECREE,
            "497",
            D(2015, 5, 23),
            "О Федеральной целевой программе развития образования на 2016–2020 годы",
            ActLevel.FEDERAL,
            "Правительство РФ",
        ),
        "Постановление Правительства РФ от 23.05.2015 № 497 «О Федеральной целевой программе развития "
        "образования на 2016–2020 годы»",
    ),
    (
        Cited(
            ActKind.RESOLUTION,
            None,
            D(2016, 6, 8),
            "Резолюция Форума «Образование и наука — будущее России»",
            ActLevel.FEDERAL,
            None,
            "Новосибирск",
        ),
        "Резолюция Форума «Образование и наука — будущее России». — Новосибирск. — 08.06.2016",
    ),
    (
        Cited(
            ActKind.LAW, "2770-КЗ", D(2013, 7, 16), "Об образовании в Краснодарском крае", ActLevel.REGIONAL
        ),
        "Закон Краснодарского края от 16.07.2013 № 2770-КЗ «Об образовании в Краснодарском крае»",
    ),
    (
        Cited(
            ActKind.ORDER,
            "563",
            D(2015, 2, 13),
            "Об утверждении Положения об образовательном Форуме Краснодарского края «Инновационный поиск»",
            ActLevel.REGIONAL,
            _MINISTRY,
        ),
        "Приказ министерства образования и науки Краснодарского края от 13.02.2015 № 563 «Об утверждении "
        "Положения об образовательном Форуме Краснодарского края «Инновационный поиск»»",
    ),
    (
        Cited(
            ActKind.LETTER,
            "47-21042/15-14",
            D(2015, 12, 30),
            "О номинациях образовательного форума «Инновационный поиск» в 2016 году",
            ActLevel.REGIONAL,
            _MINISTRY,
        ),
        "Письмо министерства образования и науки Краснодарского края от 30.12.2015 № 47-21042/15-14 "
        "«О номинациях образовательного форума «Инновационный поиск» в 2016 году»",
    ),
    (
        Cited(
            ActKind.ORDER,
            "153",
            D(2020, 5, 18),
            "О проведении образовательного конкурса «Инновационный поиск» в 2020 году",
            ActLevel.REGIONAL,
            "ГБОУ ИРО Краснодарского края",
        ),
        "Приказ ГБОУ ИРО Краснодарского края от 18.05.2020 № 153 «О проведении образовательного конкурса "
        "«Инновационный поиск» в 2020 году»",
    ),
]


@pytest.mark.parametrize(("act", "line"), SEED)
def test_an_act_prints_as_in_the_seed(act: Cited, line: str) -> None:
    assert entry(act) == line


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_levels_and_dates_give_the_order(order: tuple[int, ...]) -> None:
    given = [SEED[1][0], SEED[4][0], SEED[0][0]]
    found = bibliography.parts([given[one] for one in order])
    assert found == [
        (ActLevel.FEDERAL, [SEED[0][1], SEED[1][1]]),
        (ActLevel.REGIONAL, [SEED[4][1]]),
    ]
    assert bibliography.paragraph(*found[1]) == f"Региональный уровень: {SEED[4][1]}."


def test_a_redaction_and_an_end_are_named() -> None:
    act = Cited(
        ActKind.ORDER,
        "563",
        D(2015, 2, 13),
        "О форуме",
        ActLevel.REGIONAL,
        _MINISTRY,
        amended=[(D(2015, 6, 3), "2603"), (D(2016, 3, 25), "4719")],
        ended=D(2019, 1, 1),
    )
    assert entry(act).endswith(
        "«О форуме» (в ред. от 03.06.2015 № 2603, от 25.03.2016 № 4719) (утратил силу с 01.01.2019)"
    )


def test_an_act_without_number_names_its_issuer() -> None:
    act = Cited(ActKind.DISPOSITION, None, D(2020, 2, 1), "О плане", ActLevel.LOCAL, "Комитет образования")
    assert entry(act) == "Распоряжение Комитета образования от 01.02.2020 «О плане»"
    other = Cited(ActKind.OTHER, "7", D(2020, 2, 1), "Соглашение", ActLevel.LOCAL)
    assert entry(other) == "от 01.02.2020 № 7 «Соглашение»"


@pytest.mark.parametrize(
    ("name", "case"),
    [
        (
            "министерство образования, науки и молодёжной политики Краснодарского края",
            "министерства образования, науки и молодёжной политики Краснодарского края",
        ),
        ("Правительство РФ", "Правительства РФ"),
        ("Минобрнауки России", "Минобрнауки России"),
        ("ГБОУ ИРО Краснодарского края", "ГБОУ ИРО Краснодарского края"),
        ("Федеральная служба по надзору", "Федеральной службы по надзору"),
        ("Законодательное Собрание Краснодарского края", "Законодательного Собрания Краснодарского края"),
        (
            "администрация муниципального образования город Краснодар",
            "администрации муниципального образования город Краснодар",
        ),
        ("Краснодарский научно-методический центр", "Краснодарского научно-методического центра"),
        ("МКУ «Комитет развития образования»", "МКУ «Комитет развития образования»"),
        ("", ""),
    ],
)
def test_issuers_in_the_genitive(name: str, case: str) -> None:
    assert genitive(name) == case


def test_what_loses_its_ground_at_any_depth() -> None:
    grounds = {1: {2}, 2: {3}, 3: {4}, 9: {8}}
    assert bases.resting_on([1], grounds) == {2, 3, 4}
    assert bases.resting_on([1, 9], grounds) == {2, 3, 4, 8}
    assert bases.resting_on([4], grounds) == set()


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({}, None),
        ({"started": ActState.REPEALED}, BasisFault.OUT_AT_START),
        ({"started": ActState.NOT_YET, "out_now": True}, BasisFault.OUT_AT_START),
        ({"out_now": True, "undermined": True}, BasisFault.OUT_NOW),
        ({"undermined": True}, BasisFault.UNDERMINED),
    ],
)
def test_when_a_basis_is_not_valid(facts: dict[str, object], fault: BasisFault | None) -> None:
    assert bases.fault(**facts) is fault  # type: ignore[arg-type]  # one table of cases for differing types
