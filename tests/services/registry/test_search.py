"""The search: what is found by which words, that it follows its things, and that a scope leaks nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from services.registry import access, actions, model, queries
from services.registry.model.searched import KIND_OF
from services.registry.rules.kinds import SearchKind
from shared import clock, ids
from shared.person import PUBLIC, Person, Role
from shared.service import current
from shared.testing.suite import person
from shared.unit import read, work
from tests.services.registry.conftest import ABINSKY, SEVERSKY, TODAY, World

Clients = Callable[..., FlaskClient]
#: Told to other services, but nothing that people look for by words.
NOT_SEARCHED = {"org_count", "account", "signing_key", "transformation", "roadmap"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.broker)])
def app(
    request: pytest.FixtureRequest, app_of: Callable[..., Flask], borrow: Callable[[str, str], Flask]
) -> Iterator[Flask]:
    """The registry on each kind of database; the clock stands at the end of 2020."""
    with clock.at(TODAY):
        if request.param == "sqlite":
            yield app_of("registry")
            return
        yield borrow("registry", request.getfixturevalue("on_postgres"))


def titles(text: str, who: Person = PUBLIC, *kinds: SearchKind) -> list[str]:
    """What is found, in order."""
    hits = queries.search(who, text, kinds).page.items
    return ["".join(part.text for part in hit.title) for hit in hits]


def ids_of(text: str, who: Person = PUBLIC, *kinds: SearchKind) -> set[UUID]:
    return {hit.id for hit in queries.search(who, text, kinds, size=100).page.items}


@pytest.mark.parametrize(
    "typed",
    [
        "Краснодарский научно-методический центр",
        "краснодарского научно методического центра",
        "КРАСНОДАРСКИЙ НАУЧНО–МЕТОДИЧЕСКИЙ",
        '"Краснодарский" методическ',
        "центры краснодарские",
        "Kраснодарский центp",
        "методич",
        "о научно-методическом центре",
    ],
)
def test_forms_of_words_case_dashes_and_look_alikes(inside: World, typed: str) -> None:
    """BR-07: ё = е, no case, quotes, dashes; Latin look-alikes; Russian word forms; a word half typed."""
    assert inside.knmc in ids_of(typed)
    assert inside.tms not in ids_of(typed) or typed == "методич"


def test_yo_and_typing_letter_by_letter(inside: World) -> None:
    inside.do(actions.register_organisation, full_name="Лицей имени Королёва «Звёздный»", roles=["OTHER"])
    assert titles("звездный") == titles("ЗВЁЗДНОГО") == titles("королева") != []
    for word in ("королёва", "звёздный", "звёздного", "лицеями"):
        for end in range(3, len(word) + 1):
            assert titles(word[:end]) == ["Лицей имени Королёва «Звёздный»"], word[:end]


def test_numbers_are_meant_as_they_stand_and_come_first(inside: World) -> None:
    """«№ 3» is neither 30 nor 13; the exact number of an act comes before every mention of it."""
    mentions = inside.do(
        actions.record_act,
        kind="ORDER",
        number="30",
        date=date(2019, 1, 1),
        title="О внесении изменений в приказ 273-ФЗ",
        level="REGIONAL",
        issuer_id=inside.ministry,
    )
    law = inside.do(
        actions.record_act,
        kind="LAW",
        number="273-ФЗ",
        date=date(2012, 12, 29),
        title="Об образовании в Российской Федерации",
        level="FEDERAL",
        issuer_name="Государственная Дума",
    )
    assert ids_of("школа № 3") == {inside.schools[2]}
    assert mentions not in ids_of("3")
    assert [hit.id for hit in queries.search(PUBLIC, "273-фз").page.items] == [law, mentions]
    assert ids_of("закон об образовании 29.12.2012") == {law}
    assert ids_of("приказ министерства 30") == {mentions}
    assert titles("Школа № 1 МБОУ") == ["МБОУ «Школа № 1»"]


def test_an_exact_title_comes_first(inside: World) -> None:
    longer = inside.do(actions.register_organisation, full_name="Центр «Радуга» при школе", roles=["OTHER"])
    exact = inside.do(actions.register_organisation, full_name="Радуга", roles=["OTHER"])
    assert [hit.id for hit in queries.search(PUBLIC, "«РАДУГА»").page.items] == [exact, longer]


def test_former_names_spellings_and_territory(inside: World) -> None:
    """BR-06, BR-07, BR-11: whatever it was called, it is found, and by its municipality too."""
    inside.do(
        actions.rename_organisation,
        organisation_id=inside.schools[2],
        full_name="Гимназия «Росток»",
        valid_from=date(2020, 5, 1),
        act_id=inside.order,
    )
    inside.do(actions.add_alias, organisation_id=inside.schools[3], text="СОШ4 п.Ильский", source="письмо")
    assert titles("росток") == ["Гимназия «Росток»"]
    assert inside.schools[2] in ids_of("школа № 3")
    assert ids_of("ильский") == {inside.schools[3]}
    assert ids_of("школа северский") == set(inside.schools[2:4])
    found = queries.search(PUBLIC, "северский район", [SearchKind.MUNICIPALITY]).page.items
    assert [(hit.path, hit.kind) for hit in found] == [(f"/municipalities/{SEVERSKY}", "MUNICIPALITY")]


def test_a_new_name_reaches_everything_that_bears_it(inside: World) -> None:
    """Platforms, agreements and people are found by the present name of their organisation."""
    platform, agreement = inside.platform("Читательский клуб"), inside.agreement()
    somebody = inside.do(
        actions.add_person, last_name="Петренко", first_name="Анна", organisation_id=inside.tms
    )
    inside.do(
        actions.rename_organisation,
        organisation_id=inside.schools[0],
        full_name="Лицей «Маяк»",
        valid_from=date(2020, 5, 1),
        act_id=inside.order,
    )
    inside.do(
        actions.rename_organisation,
        organisation_id=inside.tms,
        full_name="Служба «Компас»",
        valid_from=date(2020, 5, 1),
        act_id=inside.order,
    )
    assert ids_of("маяк", inside.operator) == {inside.schools[0], platform}
    assert ids_of("компас", inside.operator) == {inside.tms, agreement, somebody}


def test_the_entry_of_a_person_has_name_and_work_only_and_follows_both(inside: World) -> None:
    """PD-12: no position in the entry; a changed name is found, the old one is not; who is erased is gone."""
    key = inside.do(
        actions.add_person,
        last_name="Сидоренко",
        first_name="Ольга",
        position="Заведующая отделом",
        organisation_id=inside.tms,
    )
    assert (
        ids_of("сидоренко", inside.operator) == ids_of("ольги сидоренко северского", inside.operator) == {key}
    )
    assert ids_of("заведующая", inside.operator) == set()
    with work(inside.operator) as u:
        row = u.get(model.Person, key)
        row.last_name = "Кравченко"
        u.announce(row)
    assert ids_of("кравченко", inside.operator) == {key}
    assert ids_of("сидоренко", inside.operator) == set()
    with work(inside.operator) as u:
        row = u.get(model.Person, key)
        u.journal("person.erased", row)
        u.session.delete(row)
    assert ids_of("кравченко", inside.operator) == set()
    assert read().scalar(sa.select(model.SearchEntry).where(model.SearchEntry.subject_id == key)) is None


def test_an_undone_unit_leaves_no_entry(inside: World) -> None:
    with pytest.raises(RuntimeError), work(inside.operator):
        actions.register_organisation(inside.operator, full_name="Школа «Мираж»", roles=["OTHER"])
        raise RuntimeError
    assert titles("мираж") == []


@pytest.fixture
def crowded(inside: World) -> World:
    """Two agreements of two territories, and a person in each ТМС."""
    inside.agreement(number="777", subject="Тайна севера")
    inside.agreement(number="777/2", subject="Тайна юга", tms_id=inside.other_tms)
    for last_name, work_place in (("Тайнова", inside.tms), ("Тайненко", inside.other_tms)):
        inside.do(actions.add_person, last_name=last_name, first_name="Анна", organisation_id=work_place)
    return inside


def test_scopes_of_agreements_are_those_of_the_register(crowded: World) -> None:
    """Whoever asks finds by the search exactly the agreements of the register (model 3.5)."""
    for role in Role:
        for organisation, place in (
            (crowded.tms, SEVERSKY),
            (crowded.other_tms, ABINSKY),
            (ids.new_id(), None),
        ):
            who = person(role, organisation_id=organisation, municipality_oktmo=place)
            may = access.reads_all_agreements(who) or any(access.agreement_scope(who))
            listed = {row.agreement.id for row in queries.agreements(who).items} if may else set()
            assert ids_of("договор", who, SearchKind.AGREEMENT) == listed, role
            assert queries.search(who, "договор").counts.get(SearchKind.AGREEMENT, 0) == len(listed)


def test_scopes_of_people_are_those_of_the_register(crowded: World) -> None:
    for role in Role:
        for organisation in (crowded.tms, crowded.other_tms, ids.new_id()):
            who = person(role, organisation_id=organisation)
            may = access.reads_all_people(who) or access.people_scope(who)
            listed = {one.id for one in queries.people(who).items} if may else set()
            assert ids_of("анна", who, SearchKind.PERSON) == listed, role
            assert queries.search(who, "анна").counts.get(SearchKind.PERSON, 0) == len(listed)


def test_one_finds_oneself(crowded: World) -> None:
    """A participant reads the own card, hence finds it, and nobody else's."""
    row = read().scalars(sa.select(model.Person).where(model.Person.last_name == "Тайнова")).one()
    participant = Person(ids.new_id(), row.id, "Тайнова А.", ())
    assert titles("анна", participant) == ["Тайнова Анна"]


@pytest.mark.parametrize(
    "typed", ["тайна", "777", "777/2", "договор № 777 от 05.03.2019", "тайн", "анна", "Тайнова Анна"]
)
def test_an_attacker_learns_nothing_of_closed_things(crowded: World, typed: str) -> None:
    """Neither hits nor counts nor pages tell a stranger that a closed thing has these words."""
    for who in (PUBLIC, person(Role.PARTICIPANT), person(Role.EXPERT)):
        for kinds in ([], [SearchKind.AGREEMENT], [SearchKind.PERSON], list(SearchKind)):
            found = queries.search(who, typed, kinds)
            assert not {SearchKind.AGREEMENT, SearchKind.PERSON}.intersection(found.counts)
            assert all(hit.kind in access.OPEN_KINDS for hit in found.page.items)
            assert found.page.total == sum(found.counts.values()) if not kinds else True
    assert ids_of("тайна", crowded.tms_person).isdisjoint(ids_of("тайна", crowded.stranger))


HOSTILE = [
    '"', "'", "' OR 1=1 --", '"школа" OR "x"', "NEAR(школа район)", "stems:школа", "школа*", "-школа", "^школа",
    "школа & !район", "школа:*", "\\", "(((", "%", "_", "школа\\x00", "№", "—", "🙂 школа", "𞤀𞤁", "x" * 200, "я" * 200,
    "и и и", "а", "²", "ǅ ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_signs_of_query_languages_are_only_signs(inside: World, typed: str) -> None:
    """Whatever is typed is words to look for; nothing breaks out into the language of the database."""
    found = queries.search(PUBLIC, typed)
    assert found.page.total == sum(found.counts.values())
    assert set(found.counts) <= access.OPEN_KINDS


def test_very_long_words_can_be_entered_and_found(inside: World) -> None:
    """A tsvector takes no word of more than 2 kB; ours are cut alike on both sides."""
    key = inside.do(actions.register_organisation, full_name="ы" * 500, roles=["OTHER"])
    assert ids_of("ы" * 150) == {key}


def test_pages_of_results_and_counts_of_kinds(inside: World) -> None:
    inside.platform("Школа здоровья")
    found = queries.search(PUBLIC, "школа", size=4)
    assert found.counts == {SearchKind.ORGANISATION: 5, SearchKind.PLATFORM: 1}
    assert (found.page.total, found.page.pages, len(found.page.items)) == (6, 2, 4)
    seen = [hit.id for n in (1, 2, 3) for hit in queries.search(PUBLIC, "школа", page=n, size=4).page.items]
    assert len(seen) == len(set(seen)) == 6
    only = queries.search(PUBLIC, "школа", [SearchKind.PLATFORM])
    assert (only.page.total, only.counts) == (1, found.counts)
    assert queries.search(PUBLIC, "школа", page=10**12).page.items == []


def test_found_words_are_marked(inside: World) -> None:
    hit = queries.search(PUBLIC, "краснодарского центр").page.items[0]
    assert [part.text for part in hit.title if part.is_found] == ["Краснодарский", "центр"]


def test_many_things_of_one_unit_cost_few_statements(inside: World) -> None:
    """An import is indexed in portions: 600 organisations in one unit, a handful of statements."""
    statements: list[str] = []
    with work(inside.operator) as u:
        rows = [
            model.Organisation(
                full_name=f"Детский сад № {n}",
                short_name=f"ДС {n}",
                search_key=f"детский сад {n}",
                scope_key="",
            )
            for n in range(600)
        ]
        for row in rows:
            u.announce(u.add(row))
        u.session.flush()
        engine = u.session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        actions.keep_entries(u.session, {model.Organisation: [row.id for row in rows]})
        written = [one for one in statements if "search_entry" in one or "organisation" in one]
        assert len(written) < 20, written
    assert queries.search(PUBLIC, "детский сад").page.total == 600


def test_reindex_makes_the_same_and_drops_what_is_gone(inside: World) -> None:
    inside.platform("Робототехника")
    table = model.SearchEntry.__table__
    columns = [column for column in table.c if column.name != "seq"]
    before = set(read().execute(sa.select(*columns)).all())
    with work(inside.operator) as u:
        u.session.execute(sa.delete(table).where(table.c.kind != SearchKind.PLATFORM))
        u.session.execute(sa.update(table).values(title="—", subject_id=ids.new_id(), stems="\n"))
    assert actions.reindex(inside.operator) == len(before)
    assert set(read().execute(sa.select(*columns)).all()) == before
    assert len(ids_of("робототехника")) == 1
    with pytest.raises(Exception, match="права"):
        actions.reindex(PUBLIC)


def test_every_kind_of_thing_is_searched_or_said_not_to_be(inside: World) -> None:
    known = current().aggregates
    assert {name for name, table in known.items() if table not in KIND_OF} == NOT_SEARCHED


def test_page_and_api(world: World, client: Clients) -> None:
    """Both doors: the same results; every address leads to a card; while typing only the list comes."""
    world.platform("Школа здоровья")
    world.agreement(number="школа")
    browser, operator = client(world.app), client(world.app, world.operator)
    for lang in ("ru", "en"):
        for path in (
            "/search",
            "/search?text=школа",
            "/search?text=нет-такого",
            "/search?text=школа&kind=ACT&page=9",
        ):
            page = browser.get(path, query_string={"lang": lang} if "?" not in path else None)
            assert page.status_code == 200 and page.text.count("<h1>") == 1, path
    assert "<mark>Школа</mark>" in browser.get("/search?text=школы").text
    assert "<script>x" not in browser.get("/search?text=<script>x").text
    part = browser.get("/search?text=школа", headers={"HX-Request": "true"}).text
    assert "<html" not in part and "<mark>Школа</mark>" in part
    assert 'role="search"' in browser.get("/organisations").text

    answer = operator.get("/api/v1/search?text=школа&page_size=50")
    assert {"kind": "AGREEMENT", "total": 1} in answer.json["counts"]
    for item in answer.json["items"]:
        assert operator.get(item["path"]).status_code == 200
        assert operator.get(f"/api/v1{item['path']}").status_code == 200
    public = browser.get("/api/v1/search?text=школа").json
    assert {one["kind"] for one in public["counts"]} == {"ORGANISATION", "PLATFORM"}
    assert browser.get("/api/v1/search?text=школа&kind=SECRET").status_code == 422
    assert browser.get("/api/v1/search", query_string={"text": "я" * 201}).status_code == 422
    assert browser.get("/api/v1/search").json == {"items": [], "counts": []}


def test_the_command_makes_the_search_anew(world: World) -> None:
    result = world.app.test_cli_runner().invoke(args=["reindex"])
    assert result.exit_code == 0, result.output
    assert result.output.strip().endswith("things can be found")


def test_drafts_and_mistakes_are_found_by_managers_only(inside: World) -> None:
    """A draft is nobody's business until it is published, a mistake after it was withdrawn (model 3.3)."""
    key = inside.do(actions.register_organisation, full_name="Школа «Черновая»", roles=["OTHER"], draft=True)

    def found() -> list[int]:
        return [
            queries.search(who, "черновая").page.total for who in (PUBLIC, inside.tms_person, inside.operator)
        ]

    assert found() == [0, 0, 1]
    inside.do(actions.publish_organisation, organisation_id=key)
    assert found() == [1, 1, 1]
    inside.do(actions.withdraw_organisation, organisation_id=key, reason="двойная запись")
    assert found() == [0, 0, 1]
