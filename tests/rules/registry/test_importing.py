"""Importing tables: columns, values, municipalities, likeness, the life of a batch."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules.importing import columns, kinds, likeness, organisations, platforms, values
from services.registry.rules.importing.kinds import (
    BatchKind,
    BatchState,
    Decision,
    Likeness,
    Verdict,
)
from services.registry.rules.importing.likeness import Candidate, Known, judge, number_and_kind
from services.registry.rules.importing.territories import Territories
from services.registry.rules.kinds import ActKind, EduOrgKind, OrgRole, PlatformKind
from services.registry.rules.names import clean, search_key
from shared import ids
from shared.refusal import Refused

INN, OTHER_INN = "7707083893", "7736050003"


def nearest(text: str, choices: Any) -> list[str]:
    return [choice for choice in choices if choice[:3] == text[:3]]


TERRITORIES = Territories(
    [
        ("03643000", "Северский район"),
        ("03643000", "Северский муниципальный округ"),
        ("03701000", "город Краснодар"),
        ("03701000", "муниципальное образование город Краснодар"),
        ("03726000", "город-курорт Сочи"),
        ("03601000", "Крымский район"),
        ("03602000", "город Крымск"),
    ],
    nearest,
)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (["Полное наименование", "ИНН"], {0: "full_name", 1: "inn"}),
        (["инн ", "НАЗВАНИЕ", "Е-mail"], {0: "inn", 1: "full_name", 2: "email"}),
        (["Name", "OGRN", "Municipality"], {0: "full_name", 1: "ogrn", 2: "municipality"}),
        (["full_name", "municipality_oktmo"], {0: "full_name", 1: "municipality"}),
        (["Организация", "Код ОКТМО", "Орг.-правовая форма"], {0: "full_name", 1: "municipality"}),
    ],
)
def test_a_header_is_recognised_by_names_in_any_order(header: list[str], fields: dict[int, str]) -> None:
    found = columns.recognise(BatchKind.ORGANISATIONS, [(1, header)])
    assert found.fields == fields
    assert found.unknown == [cell for at, cell in enumerate(header) if at not in fields]


def test_a_title_may_stand_above_the_header() -> None:
    rows = [(1, ["Список организаций на 2021 год"]), (3, ["Название", "Район"])]
    assert columns.recognise(BatchKind.ORGANISATIONS, rows).row == 1


@pytest.mark.parametrize(
    ("header", "text"),
    [(["Директор", "ИНН"], "Не найдены столбцы"), (["Название", "Наименование"], "одно и то же")],
)
def test_a_header_that_cannot_be_understood_is_refused(header: list[str], text: str) -> None:
    with pytest.raises(Refused, match=text):
        columns.recognise(BatchKind.ORGANISATIONS, [(1, header)])


@pytest.mark.parametrize("kind", BatchKind)
def test_the_template_is_understood_by_the_importer(kind: BatchKind) -> None:
    """Titles, field names and synonyms of one kind never name two fields."""
    titles = [column.title for column in columns.COLUMNS[kind]]
    found = columns.recognise(kind, [(1, titles)])
    assert found.unknown == []
    assert [found.fields[at] for at in range(len(titles))] == [one.field for one in columns.COLUMNS[kind]]
    names = [
        search_key(name)
        for column in columns.COLUMNS[kind]
        for name in {search_key(text) for text in (column.title, column.field, *column.names)}
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        # Spellings of the seed (D-02, D-03, T01, T04, T10).
        ("Информационно-методический центр Cеверского района", "Информационно-методический центр Северского района"),
        ("МБУ «Организационно – методический центр»", "МБУ «Организационно — методический центр»"),
        ("МКУ \"ИМЦ\"\u00a0 Темрюкский   район", "МКУ «ИМЦ» Темрюкский район"),
        ("центр в системе дополнтельного образования", "центр в системе дополнтельного образования"),
        ("МБОУ CОШ №94", "МБОУ СОШ №94"),
    ],
)  # fmt: skip
def test_names_of_the_seed_are_normalised_and_shown(raw: str, name: str) -> None:
    """The raw text is kept beside what was made of it; a misprint is nobody's to correct (BR-07, D-03)."""
    row = organisations.read({"full_name": raw, "roles": "оо", "municipality": "03701000"}, TERRITORIES)
    assert row.values["full_name"] == name
    assert row.changes.get("full_name") == ([raw, name] if raw != name else None)
    assert row.faults == {}


@pytest.mark.parametrize(
    ("text", "oktmo"),
    [
        ("Северский район", "03643000"),
        ("СЕВЕРСКИЙ", "03643000"),
        ("Северский муниципальный округ", "03643000"),
        ("МО Северский район", "03643000"),
        ("Cеверский район", "03643000"),
        ("03643000", "03643000"),
        ("г. Краснодар", "03701000"),
        ("Сочи", "03726000"),
        ("Крымский район", "03601000"),
    ],
)
def test_a_municipality_is_found_by_code_and_by_any_of_its_names(text: str, oktmo: str) -> None:
    assert TERRITORIES.find(text) == oktmo


@pytest.mark.parametrize(
    ("text", "rule", "near"),
    [
        ("Северовский район", "BR-11", "Северский район; Северский муниципальный округ"),
        ("Марс", "BR-11", None),
        ("03643001", "BR-09", None),
        ("123", "BR-09", None),
    ],
)
def test_an_unknown_municipality_is_proposed_and_never_taken(text: str, rule: str, near: str | None) -> None:
    with pytest.raises(Refused) as refused:
        TERRITORIES.find(text)
    assert (refused.value.rule, refused.value.field) == (rule, "municipality")
    assert refused.value.params.get("near") == near


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (OrgRole, "ТМС", OrgRole.TMS),
        (OrgRole, "территориальная методическая служба", OrgRole.TMS),
        (OrgRole, "Образовательная  организация", OrgRole.EDU_ORG),
        (OrgRole, "МОУО", OrgRole.EDU_AUTHORITY),
        (OrgRole, "EDU_ORG", OrgRole.EDU_ORG),
        (EduOrgKind, "ДОУ", EduOrgKind.PRESCHOOL),
        (EduOrgKind, "гимназия", EduOrgKind.SCHOOL),
        (PlatformKind, "МСИП", PlatformKind.MUNICIPAL_NETWORK),
        (PlatformKind, "краевая инновационная площадка", PlatformKind.KRAI),
        (PlatformKind, "муниципальная (МИП)", PlatformKind.MUNICIPAL),
        (ActKind, "Приказ", ActKind.ORDER),
    ],
)
def test_codes_are_known_by_labels_and_synonyms(kind: Any, text: str, code: Any) -> None:
    assert values.code(kind, text, "field") is code


@pytest.mark.parametrize("kind", [OrgRole, EduOrgKind, PlatformKind])
def test_no_synonym_means_two_codes(kind: Any) -> None:
    """Whatever the order of the table, a word leads to one code."""
    words = [
        (search_key(word), code) for code, some in values._SYNONYMS[kind].items() for word in some
    ]  # the table itself, because a double would silently win
    assert len({word for word, _ in words}) == len(words)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.legal_form, "муниципальное казённое учреждение", "МКУ"),
        (values.legal_form, "мбоу", "МБОУ"),
        (values.legal_form, "НКО", "НКО"),
        (lambda text: values.day(text, "on"), "31.12.2020", date(2020, 12, 31)),
        (lambda text: values.day(text, "on"), "2020-12-31", date(2020, 12, 31)),
        (lambda text: values.day(text, "on"), "1.2.2020 г.", date(2020, 2, 1)),
        (values.site, "www.school.ru", "http://www.school.ru"),
        (values.digits, "'77 0708 3893", INN),
        (lambda text: values.act(text, ""), "приказ № 25 от 31.12.2018", ("25", date(2018, 12, 31))),
        (lambda text: values.act(text, ""), "№ 47/1 от 26.02.2019 г.", ("47/1", date(2019, 2, 26))),
        (lambda text: values.act(text, "31.01.2019"), "25", ("25", date(2019, 1, 31))),
        (values.several, "ТМС; школа,\nИРО", ["ТМС", "школа", "ИРО"]),
    ],
)
def test_values_are_read_as_people_write_them(read: Callable[[str], Any], text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (lambda text: values.day(text, "on"), "31.02.2020"),
        (lambda text: values.day(text, "on"), "02/31"),
        (lambda text: values.day(text, "on"), "в 2020 году"),
        (lambda text: values.day(text, "on"), "01.01.0001"),
        (values.site, "нет"),
        (values.email, "кому угодно"),
        (values.roles, "завод"),
        (lambda text: values.act(text, ""), "приказ"),
        (lambda text: values.act(text, ""), "приказ № 25"),
    ],
)
def test_nothing_is_guessed(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(Refused):
        read(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Школа № 94", "МБОУ СОШ №94", True),
        ("МБОУ «Средняя общеобразовательная школа № 94»", "СОШ 94", True),
        ("МАДОУ № 7 «Солнышко»", "Детский сад № 7", True),
        ("Лицей № 4", "Школа № 4", False),
        ("Школа № 9", "Школа № 94", False),
        ("Школа-интернат № 1", "Школа № 1", False),
        ("Детская школа искусств № 2", "Школа № 2", False),
        ("Школа", "Школа", False),
    ],
)
def test_number_and_kind(one: str, other: str, same: bool) -> None:
    assert (number_and_kind(one) is not None and number_and_kind(one) == number_and_kind(other)) is same


def known(name: str, key: str = "a", oktmo: str | None = "03701000", **more: Any) -> Known:
    return Known(id=key, name=name, oktmo=oktmo, **more)


@pytest.mark.parametrize(
    ("row", "found", "verdict", "text"),
    [
        (known("А"), [], Verdict.NEW, None),
        (known("А"), [Candidate(known("А"), Likeness.NAME)], Verdict.MERGE, "то же наименование"),
        (known("А", inn=INN), [Candidate(known("Б", inn=INN), Likeness.INN, INN)], Verdict.MERGE, "ИНН"),
        (known("А"), [Candidate(known("Б"), Likeness.NEAR, score=91)], Verdict.UNDECIDED, "похожи"),
        (
            known("А"),
            [Candidate(known("Б", "b"), Likeness.INN), Candidate(known("А"), Likeness.NAME)],
            Verdict.UNDECIDED,
            "разные организации",
        ),
        (
            known("А", inn=INN),
            [Candidate(known("А", inn=OTHER_INN), Likeness.NAME)],
            Verdict.UNDECIDED,
            "другой",
        ),
        (
            known("А", inn=INN),
            [Candidate(known("А", oktmo="03643000", inn=INN), Likeness.INN)],
            Verdict.UNDECIDED,
            "муниципалитеты",
        ),
        (
            known("А", inn=INN),
            [Candidate(known("А", inn=INN, active=False), Likeness.INN)],
            Verdict.UNDECIDED,
            "прекращена",
        ),
    ],
)
def test_one_clear_candidate_is_proposed_and_a_doubt_is_a_persons(
    row: Known, found: list[Candidate], verdict: Verdict, text: str | None
) -> None:
    """Never merged without a reason that is shown (BR-07)."""
    judged = judge(row, found)
    assert judged.verdict is verdict
    assert (judged.target is not None) is (verdict is Verdict.MERGE)
    assert (text in judged.reason["text"]) if text and judged.reason else judged.reason is None


def test_codes_alone_do_not_merge_strangers() -> None:
    same = Candidate(known("Б", inn=INN), Likeness.INN, INN)
    assert judge(known("А", inn=INN), [same], likeness=likeness.STRANGE - 1).verdict is Verdict.UNDECIDED


@given(st.text(max_size=80))
def test_any_name_can_be_compared(name: str) -> None:
    """A name made of anything has a key, a core and perhaps a number; its clean form has the same."""
    assert likeness.core(name) == likeness.core(clean(name))
    assert likeness.number_of(name) == likeness.number_of(clean(name))


def test_a_merge_adds_and_never_overwrites() -> None:
    facts = {"inn": None, "site": "http://a.ru", "roles": ["TMS"], "short_name": "ИМЦ"}
    row = {"inn": INN, "site": "http://b.ru", "roles": ["EDU_ORG"], "edu_kind": "SCHOOL", "short_name": "ЦМИ"}
    added, kept = organisations.additions(facts, row)
    assert added == {"inn": INN, "edu_kind": "SCHOOL", "roles": ["EDU_ORG"]}
    assert kept == {"site": ["http://a.ru", "http://b.ru"], "short_name": ["ИМЦ", "ЦМИ"]}
    added, _ = organisations.additions({"roles": ["TMS"]}, {"edu_kind": "SCHOOL"})
    assert added == {}


ONE, TWO, THREE, ACT = (ids.new_id() for _ in range(4))
NAMES = {"один": ONE, "два": TWO, "три": THREE}


def find(text: str, field: str) -> Any:
    if text not in NAMES:
        raise Refused("IMPORT", "нет", field=field)
    return NAMES[text], text


def act(number: str, dated: date) -> Any:
    if number != "25":
        raise Refused("BR-19", "нет такого акта", field="act")
    return ACT, ActKind.ORDER


GOOD = {
    "topic": "Тема", "kind": "МИП", "holders": "один", "act": "25", "act_date": "31.12.2018",
    "valid_from": "01.01.2019",
}  # fmt: skip


def test_a_platform_is_read_with_its_act_and_the_default_term() -> None:
    """36 months when the table names no end; that is shown as a change (BR-23)."""
    row = platforms.read(GOOD, find, act)
    assert row.faults == {}
    assert row.values["holders"] == [str(ONE)]
    assert (row.values["act_id"], row.values["valid_to"]) == (str(ACT), "2021-12-31")
    assert row.changes["valid_to"] == ["", "2021-12-31"]


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"act": "26"}, "act", "BR-19"),
        ({"act": ""}, "act", "BR-19"),
        ({"act": "25", "act_date": ""}, "act_date", "BR-19"),
        ({"holders": "никто"}, "holders", "IMPORT"),
        ({"kind": "МСИП"}, "hub", "BR-21"),
        ({"kind": "МСИП", "hub": "один", "members": "два"}, "members", "BR-21"),
        ({"members": "два; три"}, "hub", "BR-21"),
        ({"kind": "партнёрская", "act": ""}, "basis", "BR-19"),
        ({"valid_from": "01.01.2018"}, "valid_from", "BR-56"),
        ({"valid_to": "01.01.2018"}, "valid_to", "BR-23"),
        ({"topic": "…"}, "topic", None),
        ({"kind": "космическая"}, "kind", "IMPORT"),
    ],
)
def test_a_platform_of_a_table_obeys_the_rules_of_platforms(
    change: dict[str, str], field: str, rule: str | None
) -> None:
    row = platforms.read({**GOOD, **change}, find, act)
    assert list(row.faults) == [field]
    assert row.faults[field].get("rule") == rule


def test_a_network_platform_of_a_table() -> None:
    row = platforms.read({**GOOD, "kind": "МСИП", "hub": "один", "members": "два; три"}, find, act)
    assert row.faults == {}
    assert row.values["members"] == [str(TWO), str(THREE)]


@pytest.mark.parametrize(
    ("state", "action", "after"),
    [
        (BatchState.READY, "apply", BatchState.APPLYING),
        (BatchState.APPLYING, "applied", BatchState.APPLIED),
        (BatchState.APPLYING, "return", BatchState.READY),
        (BatchState.APPLIED, "undo", BatchState.UNDOING),
        (BatchState.UNDOING, "keep", BatchState.APPLIED),
        (BatchState.APPLIED, "apply", None),
        (BatchState.UNDONE, "undo", None),
        (BatchState.APPLIED, "discard", None),
        (BatchState.CHECKING, "apply", None),
    ],
)
def test_the_life_of_a_batch(state: BatchState, action: str, after: BatchState | None) -> None:
    if after is None:
        with pytest.raises(Refused, match="IMPORT_STATE"):
            kinds.move(state, action)
    else:
        assert kinds.move(state, action) is after


@pytest.mark.parametrize(
    ("verdict", "decision", "target", "same_name", "allowed"),
    [
        (Verdict.ERROR, Decision.SKIP, False, False, True),
        (Verdict.ERROR, Decision.NEW, False, False, False),
        (Verdict.UNDECIDED, Decision.NEW, False, False, True),
        (Verdict.UNDECIDED, Decision.NEW, False, True, False),
        (Verdict.UNDECIDED, Decision.MERGE, True, False, True),
        (Verdict.UNDECIDED, Decision.MERGE, False, False, False),
        (Verdict.MERGE, Decision.SKIP, False, True, True),
    ],
)
def test_decisions(
    verdict: Verdict, decision: Decision, target: bool, same_name: bool, allowed: bool
) -> None:
    def decide() -> None:
        kinds.check_decision(verdict, decision, has_target=target, same_name=same_name)

    if allowed:
        decide()
    else:
        with pytest.raises(Refused):
            decide()


@pytest.mark.parametrize(("errors", "undecided"), [(1, 0), (0, 1)])
def test_nothing_is_applied_while_a_row_is_open(errors: int, undecided: int) -> None:
    kinds.check_complete(0, 0)
    with pytest.raises(Refused):
        kinds.check_complete(errors, undecided)
