"""Municipalities, organisations, people: actions and what they tell."""

from datetime import date, timedelta

import pytest

from services.registry import actions, queries
from shared import clock, ids
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from tests.services.registry.conftest import KRASNODAR, SEVERSKY, TODAY, World

CENTRE = "Информационно-методический центр Северского района"
#: The same with a Latin C, as it stands in the source (SC-13, D-02).
LATIN = "Информационно-методический центр \u0043еверского района"


def last(world: World, name: str) -> dict:
    """The newest message of a name."""
    return [data for told_name, data in told(world.app) if told_name == name][-1]


def test_a_municipality_is_told_under_the_name_of_the_day(inside: World) -> None:
    actions.add_municipality_version(
        inside.operator,
        oktmo=SEVERSKY,
        kind="MUNICIPAL_OKRUG",
        valid_from=date(2025, 1, 1),
        act_id=inside.order,
        short_name="Северский округ",
    )
    assert last(inside, "registry.municipality.changed.v1")["short_name"] == "Северский район"
    assert queries.municipality(SEVERSKY).named.short_name == "Северский район"
    assert queries.municipality(SEVERSKY, date(2025, 1, 1)).named.short_name == "Северский округ"
    with pytest.raises(Refused, match="BR-11"):
        actions.add_municipality_version(
            inside.operator,
            oktmo=SEVERSKY,
            kind="DISTRICT",
            valid_from=date(2025, 1, 1),
            act_id=inside.order,
        )


def test_a_code_is_entered_once(inside: World) -> None:
    with pytest.raises(Refused, match="BR-09"):
        actions.add_municipality(inside.operator, oktmo="037010000", short_name="Краснодар")


def test_the_yearly_count_is_replaced_and_told(inside: World) -> None:
    for total in (245, 246):
        actions.set_org_count(
            inside.operator, municipality_oktmo=KRASNODAR, year=2020, as_of=TODAY, total=total, source="demo"
        )
    assert last(inside, "registry.org_count.changed.v1")["total"] == 246
    assert [count.total for count in queries.municipality(KRASNODAR).counts] == [246]


def test_an_organisation_is_registered_and_told(inside: World) -> None:
    key = actions.register_organisation(
        inside.operator,
        full_name='МКУ "Комитет  развития образования Туапсинского района"',
        roles=["TMS", "EDU_AUTHORITY"],
        municipality_oktmo=SEVERSKY,
        inn="7707083893",
        source_text='МКУ "Комитет',
    )
    assert last(inside, "registry.organisation.changed.v1") == {
        "organisation_id": str(key),
        "full_name": "МКУ «Комитет развития образования Туапсинского района»",
        "short_name": "МКУ «Комитет развития образования Туапсинского района»",
        "roles": ["EDU_AUTHORITY", "TMS"],
        "edu_kind": None,
        "municipality_oktmo": SEVERSKY,
        "state": "ACTIVE",
        "names": [
            {"full_name": "МКУ «Комитет развития образования Туапсинского района»", "valid_from": None}
        ],
    }


def test_the_same_name_in_one_municipality_is_refused_with_the_known_one(inside: World) -> None:
    with pytest.raises(Refused, match="BR-07") as refused:
        actions.register_organisation(
            inside.operator, full_name=LATIN.upper(), roles=["TMS"], municipality_oktmo=SEVERSKY
        )
    assert refused.value.params["existing"] == inside.tms
    actions.register_organisation(
        inside.operator, full_name=CENTRE, roles=["TMS"], municipality_oktmo=KRASNODAR
    )


def test_an_import_with_a_latin_letter_merges_and_keeps_the_spelling(inside: World) -> None:
    found = actions.merge_import(
        inside.operator, full_name=LATIN, municipality_oktmo=SEVERSKY, source_text=LATIN
    )
    assert found == inside.tms
    card = queries.organisation(inside.operator, inside.tms)
    assert [alias.text for alias in card.aliases] == [LATIN]


def test_an_import_finds_by_a_kept_spelling_and_registers_what_is_new(inside: World) -> None:
    actions.add_alias(inside.operator, organisation_id=inside.tms, text="ИМЦ Северский", source="письмо")
    known = {"municipality_oktmo": SEVERSKY, "source_text": "имц  северский"}
    assert actions.merge_import(inside.operator, full_name="ИМЦ Северский", **known) == inside.tms
    fresh = actions.merge_import(
        inside.operator, full_name="Детский сад № 7", municipality_oktmo=SEVERSKY, source_text="д/с 7"
    )
    assert fresh != inside.tms
    assert queries.organisations(PUBLIC, text="д с 7").items[0].id == fresh


@pytest.mark.parametrize(
    "typed", ["северск", "СЕВЕРСКОГО центр", "«Информационно–методический центр» СЕВЕРСК", "\u0043еверского"]
)
def test_search_forgives_spelling(inside: World, typed: str) -> None:
    assert [row.id for row in queries.organisations(PUBLIC, text=typed).items] == [inside.tms]


def test_search_takes_no_wildcards(inside: World) -> None:
    assert queries.organisations(PUBLIC, text="' OR 1=1 --").total == 0
    everything = queries.organisations(PUBLIC).total
    assert queries.organisations(PUBLIC, text="%").total == everything
    assert queries.organisations(PUBLIC, text="Школ_").total == 5


def test_an_act_prints_the_issuers_name_of_its_date(inside: World) -> None:
    later = actions.record_act(
        inside.operator,
        kind="ORDER",
        number="7",
        date=date(2020, 2, 1),
        title="Позже",
        level="REGIONAL",
        issuer_id=inside.ministry,
    )
    actions.rename_organisation(
        inside.operator,
        organisation_id=inside.ministry,
        full_name="министерство образования, науки и молодёжной политики",
        valid_from=date(2019, 1, 1),
        act_id=inside.order,
    )
    assert queries.act(PUBLIC, inside.order).act.issuer_name.endswith("науки Краснодарского края")
    assert queries.act(PUBLIC, later).act.issuer_name.endswith("молодёжной политики")
    assert last(inside, "registry.act.changed.v1")["act_id"] == str(later)
    renamed = last(inside, "registry.organisation.changed.v1")
    assert renamed["full_name"].endswith("политики")
    assert [name["valid_from"] for name in renamed["names"]] == [None, "2019-01-01"]
    assert queries.organisations(PUBLIC, text="науки Краснодарского").items[0].id == inside.ministry
    with pytest.raises(Refused, match="BR-06"):
        actions.rename_organisation(
            inside.operator,
            organisation_id=inside.ministry,
            full_name="завтра",
            valid_from=TODAY + timedelta(1),
        )


def test_an_organisation_ends_once_and_needs_a_successor(inside: World) -> None:
    school, other = inside.schools[:2]
    given = {"organisation_id": school, "outcome": "REORGANISED", "on": TODAY, "act_id": inside.order}
    with pytest.raises(Refused, match="правопреемника"):
        actions.end_organisation(inside.operator, **given)
    actions.end_organisation(inside.operator, **given, successor_id=other)
    assert last(inside, "registry.organisation.changed.v1")["state"] == "REORGANISED"
    with pytest.raises(Refused, match="ORGANISATION_STATE"):
        actions.end_organisation(inside.operator, **given, successor_id=other)
    with pytest.raises(Refused, match="ORGANISATION"):
        inside.platform(school=0)
    with pytest.raises(Refused, match="F7"):
        actions.end_organisation(
            inside.operator, organisation_id=other, outcome="LIQUIDATED", on=TODAY, act_id=None
        )


@pytest.mark.parametrize("who", [PUBLIC, person(Role.TMS), person(Role.IRO), person(Role.SECRETARY)])
def test_only_managers_change_the_register(inside: World, who: Person) -> None:
    attempts = [
        lambda: actions.add_municipality(who, oktmo="03605000", short_name="Апшеронский район"),
        lambda: actions.register_organisation(who, full_name="X", roles=["OTHER"]),
        lambda: actions.merge_import(who, full_name="X", municipality_oktmo=None, source_text="X"),
        lambda: actions.add_alias(who, organisation_id=inside.tms, text="X", source="X"),
        lambda: actions.add_person(who, last_name="А", first_name="Б"),
        lambda: actions.rename_organisation(who, organisation_id=inside.tms, full_name="X", valid_from=TODAY),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()


def test_inner_fields_are_for_the_own_organisation(inside: World) -> None:
    actions.add_alias(inside.operator, organisation_id=inside.tms, text="сырое", source="письмо")
    assert queries.organisation(inside.tms_person, inside.tms).inner
    for who in (PUBLIC, inside.stranger, person(Role.ORGANISATION, organisation_id=inside.schools[0])):
        card = queries.organisation(who, inside.tms)
        assert not card.inner
        assert card.aliases == []
    with pytest.raises(NotFound):
        queries.organisation(inside.operator, ids.new_id())


def test_people_are_seen_by_scope(inside: World) -> None:
    own = actions.add_person(
        inside.operator, last_name="Ёлкина", first_name="Анна", organisation_id=inside.tms
    )
    assert last(inside, "registry.person.changed.v1")["last_name"] == "Ёлкина"
    assert queries.people(inside.operator, text="елкина").total == 1
    assert queries.person(inside.tms_person, own).person.full_name == "Ёлкина Анна"
    assert queries.people(inside.stranger).total == 0
    with pytest.raises(NotFound):
        queries.person(inside.stranger, own)
    with pytest.raises(NotAllowed):
        queries.people(PUBLIC)


def test_nothing_is_told_of_what_was_refused(inside: World) -> None:
    before = len(told(inside.app))
    with pytest.raises(Refused):
        actions.register_organisation(
            inside.operator, full_name="Новая", roles=["TMS"], municipality_oktmo="03605000"
        )
    assert len(told(inside.app)) == before
    assert clock.today() == TODAY
