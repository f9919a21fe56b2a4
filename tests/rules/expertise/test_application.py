"""Facts in, sections out, in the words of the seed (sections 1.2, 4.1, 4.3–4.6)."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.expertise.rules import application as a
from services.expertise.rules.templates import read_template
from services.expertise.rules.vocabulary import SectionSource

D = date
MINISTRY = "министерство образования и науки Краснодарского края"
A07, A10, A11 = (UUID(int=number) for number in (7, 10, 11))
ACTS = (
    a.ActFact(
        act_id=UUID(int=1), kind="LAW", number="273-ФЗ", dated=D(2012, 12, 29), level="FEDERAL",
        title="Об образовании в Российской Федерации",
    ),
    a.ActFact(
        act_id=A07, kind="ORDER", number="563", dated=D(2015, 2, 13), level="REGIONAL", issuer=MINISTRY,
        title="Об утверждении Положения об образовательном Форуме",
    ),
    a.ActFact(
        act_id=A10, kind="ORDER", number="2603", dated=D(2015, 6, 3), level="REGIONAL", issuer=MINISTRY,
        title="О внесении изменений", amends=frozenset({A07}),
    ),
    a.ActFact(
        act_id=A11, kind="ORDER", number="4718", dated=D(2015, 9, 16), level="REGIONAL", issuer=MINISTRY,
        title="О внесении дополнений", amends=frozenset({A10}),
    ),
    a.ActFact(
        act_id=UUID(int=16), kind="ORDER", number="25", dated=D(2019, 1, 31), level="REGIONAL",
        issuer="ГБОУ ИРО Краснодарского края",
        title="Об утверждении положения о краевом ресурсном центре общего образования",
    ),
)  # fmt: skip
FACTS = a.NetworkFacts(
    on=D(2020, 12, 31),
    operator="КНМЦ",
    acts=ACTS,
    participants=[
        a.ParticipantFact("МКУ ИМЦ МО Крымский район", "Крымский район"),
        a.ParticipantFact("Информационно-методический центр Северского района", "Северский район"),
        a.ParticipantFact("Второй центр", "Северский район"),
    ],
    platforms=87,
    organisations=98,
    events=[
        a.EventFact(kind="WEBINAR", title="Основы", starts_on=D(2020, 4, 16), precision="DAY", state="HELD"),
        a.EventFact(kind="WEBINAR", title="Сроки", starts_on=D(2021, 5, 1), precision="MONTH", state="PLANNED"),
        a.EventFact(kind="FESTIVAL", title="X", starts_on=D(2020, 1, 1), precision="YEAR", state="ARCHIVED"),
        a.EventFact(kind="MEETING", title="Нет", starts_on=D(2020, 1, 1), precision="DAY", state="CANCELLED"),
    ],
    roadmaps=[
        a.RoadmapFact(
            "Дорожная карта проекта",
            D(2019, 9, 30),
            [
                a.ItemFact(no="1", title="Готово", due_on=D(2019, 12, 31), done_on=D(2019, 12, 1)),
                a.ItemFact(no="2", title="Стажировка", due_on=D(2021, 4, 30)),
                a.ItemFact(no="3", title="Снято", due_on=D(2021, 4, 30), cancelled_on=D(2020, 2, 1)),
            ],
        )
    ],
    transformations=[
        a.TransformationFact("Северский район", "TRANSFORMED", D(2020, 3, 1)),
        a.TransformationFact("Крымский район", "TRANSFORMED", D(2019, 6, 1)),
        a.TransformationFact("Лабинский район", "AGREEMENT_SIGNED", D(2019, 6, 1)),
        a.TransformationFact("Абинский район", "NOT_STARTED", D(2019, 6, 1)),
    ],
)


def lines(source: str, facts: a.NetworkFacts = FACTS, **more: object) -> list[str]:
    section = read_template([{"code": "1", "title": "Раздел", "kind": "AUTO", "source": source, **more}]).sections[0]
    proposal = a.propose(section, facts)
    assert proposal is not None
    return list(proposal.paragraphs)


def test_acts_by_level_with_amendments_of_amendments() -> None:
    """Seed 1.2: «Федеральный уровень: …», «в ред.» by A10 and by A11, which changed A10 (S-018)."""
    federal, regional = lines("ACTS")
    assert federal == (
        "Федеральный уровень: Закон Российской Федерации от 29.12.2012 № 273-ФЗ"
        " «Об образовании в Российской Федерации»."
    )
    assert regional.startswith(
        "Региональный уровень: Приказ министерства образования и науки Краснодарского края от 13.02.2015 № 563"
        " «Об утверждении Положения об образовательном Форуме»"
        " (в ред. от 03.06.2015 № 2603, от 16.09.2015 № 4718); Приказ"
    )


def test_numbers_in_the_words_of_the_seed() -> None:
    """Seed 4.1: «обеспечивает работу 87 инновационных площадок», «подписано … договоров»."""
    assert lines("NUMBERS") == [
        "КНМЦ обеспечивает работу 87 инновационных площадок.",
        "В рамках работы сети подписано 3 договора с территориальными методическими службами,"
        " участвуют 2 муниципалитета.",
    ]


def test_participants_by_municipality() -> None:
    """Seed 4.3: «Договоры заключены с … муниципалитетами. Состав участников сети: …» (BR-13: each once)."""
    assert lines("PARTICIPANTS") == [
        "На инновационных площадках сети 98 организаций.",
        "Договоры заключены с 2 муниципалитетами.",
        "Состав участников сети: Крымский район, МКУ ИМЦ МО Крымский район;"
        " Северский район, Второй центр;"
        " Северский район, Информационно-методический центр Северского района.",
    ]


def test_forms_of_events() -> None:
    """Seed 4.4, by kind; a cancelled event is none, a day is told as exactly as it is known."""
    assert lines("EVENTS") == [
        "1. Вебинары: проведено 1: «Основы» (16.04.2020); запланировано 1: «Сроки» (май 2021);",
        "2. Фестивали: проведено 1: «X» (2020).",
    ]


def test_what_regulates_the_network() -> None:
    """Seed 4.5: agreements, the roadmap, acts by the words of the form."""
    assert lines("REGULATION", words=["ресурсном центре"]) == [
        "1. 3 договора с территориальными методическими службами;",
        "2. Дорожная карта проекта, утверждена 30.09.2019;",
        "3. Приказ ГБОУ ИРО Краснодарского края от 31.01.2019 № 25"
        " «Об утверждении положения о краевом ресурсном центре общего образования».",
    ]
    assert len(lines("REGULATION")) == 2


def test_the_plan() -> None:
    """Seed 4.6: what the roadmap still holds; «С 2019 года благодаря трансформации …» (S-089)."""
    assert lines("PLAN") == [
        "Согласно дорожной карте «Дорожная карта проекта» предстоит: Стажировка (до 30.04.2021).",
        "С 2019 года благодаря трансформации инновационной сети в методическую изменили свою сеть:"
        " Крымский район, Северский район.",
        "Трансформация сети продолжается: Лабинский район.",
    ]


@pytest.mark.parametrize("source", SectionSource)
def test_without_facts_the_text_says_so(source: SectionSource) -> None:
    section = read_template([{"code": "1", "title": "Раздел", "kind": "AUTO", "source": source}]).sections[0]
    proposal = a.propose(section, a.NetworkFacts(on=D(2020, 1, 1)))
    assert proposal is not None
    assert proposal.text == "Данных нет."


def test_a_typed_section_has_no_proposal() -> None:
    assert a.propose(read_template([{"code": "1", "title": "Раздел"}]).sections[0], FACTS) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 договор"), (2, "2 договора"), (5, "5 договоров"), (11, "11 договоров"), (21, "21 договор"),
     (112, "112 договоров"), (122, "122 договора")],
)  # fmt: skip
def test_russian_numbers(number: int, words: str) -> None:
    assert a._counted(number, "договор", "договора", "договоров") == words


@given(st.permutations(ACTS))
def test_the_order_of_facts_changes_nothing(acts: list[a.ActFact]) -> None:
    facts = a.NetworkFacts(on=FACTS.on, acts=acts)
    assert lines("ACTS", facts) == lines("ACTS", a.NetworkFacts(on=FACTS.on, acts=ACTS))
