"""F7: the registry as of a day, as known on a day; changes by acts, corrections, a history nobody rewrites."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import DatabaseError

from services.registry import actions, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import OrgState
from shared import clock
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.service import current, service_of
from shared.testing.suite import person
from tests.services.registry.conftest import KRASNODAR, SEVERSKY, TODAY, World

D = date
LATER = D(2021, 3, 1)


def name_of(world: World, on: date | None = None, known: date | None = None) -> str:
    return queries.organisation(world.operator, world.schools[0], on, known).then.full_name


def rename(world: World, name: str, on: date, **basis: Any) -> None:
    given = {"act_id": world.order, **basis}
    actions.change_organisation(
        world.operator, organisation_id=world.schools[0], kind="NAME", value=name, valid_from=on, **given
    )


def fact_of(world: World, value: str) -> UUID:
    lines = queries.history(world.operator, world.schools[0]).lines
    return next(line.fact.id for line in lines if line.fact.value == value and line.fact.known_now())


def test_a_name_of_any_day_as_known_on_any_day(inside: World) -> None:
    """On 31.12.2020 nobody knew the name that an act of 2021 gave from 01.12.2020 on."""
    with clock.at(LATER):
        rename(inside, "Лицей № 1", D(2020, 12, 1), clause="п. 2")
        assert name_of(inside) == "Лицей № 1"
        assert name_of(inside, D(2020, 11, 30)) == "МБОУ «Школа № 1»"
        assert name_of(inside, D(2020, 12, 1), known=TODAY) == "МБОУ «Школа № 1»"
        listed = {row.full_name for row in queries.organisations(PUBLIC, known=TODAY).items}
        assert "МБОУ «Школа № 1»" in listed and "Лицей № 1" not in listed
        # Every name is found on every day, under the name of the day asked.
        (found,) = queries.organisations(PUBLIC, text="лицей", on=D(2020, 1, 1)).items
        assert found.full_name == "МБОУ «Школа № 1»"


def test_what_was_not_recorded_yet_was_not_known(inside: World) -> None:
    with pytest.raises(NotFound):
        queries.organisation(inside.operator, inside.schools[0], known=D(2020, 12, 30))
    assert queries.organisations(PUBLIC, known=D(2020, 12, 30)).total == 0
    assert queries.organisations(PUBLIC, known=TODAY).total == 9


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"act_id": None}, "F7"),
        ({"kind": "ORG_STATE", "value": "LIQUIDATED"}, "F7"),
        ({"kind": "ROLE", "value": "KING"}, "F7"),
        ({"kind": "TERRITORY", "value": "99999999"}, "BR-08"),
        ({"kind": "PARENT", "value": "not an id"}, "F7"),
        ({"valid_from": D(2021, 1, 1)}, "BR-06"),
        ({"valid_from": D(2020, 5, 1), "valid_to": D(2020, 5, 1)}, "F7"),
        ({"value": " "}, "F7"),
        ({"value": "МБОУ «Школа № 2»"}, "BR-07"),
    ],
)
def test_a_change_names_what_it_rests_on(inside: World, change: dict[str, Any], rule: str) -> None:
    given = {
        "organisation_id": inside.schools[0],
        "kind": "NAME",
        "value": "Новая",
        "valid_from": D(2020, 5, 1),
        "act_id": inside.order,
        **change,
    }
    before = len(queries.history(inside.operator, inside.schools[0]).lines)
    with pytest.raises(Refused, match=rule):
        actions.change_organisation(inside.operator, **given)
    assert len(queries.history(inside.operator, inside.schools[0]).lines) == before


def test_a_second_change_of_the_same_day_is_a_mistake_to_correct(inside: World) -> None:
    rename(inside, "Гимназия", D(2020, 5, 1))
    with pytest.raises(Refused, match="F7"):
        rename(inside, "Лицей", D(2020, 5, 1))


def test_every_kind_changes_by_date(inside: World) -> None:
    school = inside.schools[0]
    head = actions.add_person(inside.operator, last_name="Иванова", first_name="Анна", is_synthetic=True)
    for kind, value in (
        ("ROLE", "OTHER"),
        ("EDU_KIND", "SUPPLEMENTARY"),
        ("TERRITORY", SEVERSKY),
        ("PARENT", str(inside.knmc)),
        ("HEAD", str(head)),
        ("SHORT_NAME", "Школа"),
    ):
        actions.change_organisation(
            inside.operator,
            organisation_id=school,
            kind=kind,
            value=value,
            valid_from=D(2020, 9, 1),
            act_id=inside.order,
        )
    now, before = (queries.organisation(inside.operator, school, on) for on in (TODAY, D(2020, 8, 31)))
    assert (now.then.municipality_oktmo, before.then.municipality_oktmo) == (SEVERSKY, KRASNODAR)
    assert [sorted(card.then.roles) for card in (now, before)] == [["EDU_ORG", "OTHER"], ["EDU_ORG"]]
    assert (now.parent, before.parent) == ("МКУ «Краснодарский научно-методический центр»", None)
    assert (now.head, before.head) == ("Иванова Анна", None)
    assert (now.then.short_name, now.then.edu_kind) == ("Школа", "SUPPLEMENTARY")
    there = {"municipality_oktmo": SEVERSKY, "role": "EDU_ORG"}
    assert [queries.organisations(PUBLIC, **there, on=on).total for on in (TODAY, D(2020, 8, 31))] == [3, 2]
    assert queries.organisation(PUBLIC, school).head is None, "a person's name is no open field"


def test_a_correction_says_what_it_corrects_and_the_old_word_stays(inside: World) -> None:
    rename(inside, "Лецей", D(2020, 5, 1))
    with clock.at(LATER):
        actions.correct_fact(
            inside.operator, fact_id=fact_of(inside, "Лецей"), value="Лицей", reason="опечатка"
        )
        assert (name_of(inside), name_of(inside, known=TODAY)) == ("Лицей", "Лецей")
        (old,) = [
            line for line in queries.history(inside.operator, inside.schools[0]).lines if line.text == "Лецей"
        ]
        assert old.closed_by and old.closed_by.reason == "опечатка"
        page = queries.changes(PUBLIC, queries.compared(TODAY, TODAY, LATER))
        assert [(line.before, line.after) for line in page.items] == [("Лецей", "Лицей")]
        with pytest.raises(Refused, match="F7"):
            actions.correct_fact(inside.operator, fact_id=old.fact.id, value="Лицей", reason="ещё раз")


def test_a_corrected_day_moves_the_neighbour(inside: World) -> None:
    rename(inside, "Лицей", D(2020, 5, 1))
    with clock.at(LATER):
        actions.correct_fact(
            inside.operator, fact_id=fact_of(inside, "Лицей"), valid_from=D(2020, 6, 1), reason="не тот день"
        )
        assert name_of(inside, D(2020, 5, 15)) == "МБОУ «Школа № 1»"
        assert name_of(inside, D(2020, 5, 15), known=TODAY) == "Лицей"


def test_a_correction_needs_its_reason_and_a_manager(inside: World) -> None:
    fact = fact_of(inside, "МБОУ «Школа № 1»")
    with pytest.raises(Refused, match="F7"):
        actions.correct_fact(inside.operator, fact_id=fact, value="X", reason=" ")
    for who in (PUBLIC, inside.tms_person, person(Role.IRO)):
        with pytest.raises(NotAllowed):
            actions.correct_fact(who, fact_id=fact, value="X", reason="хочу")


def test_drafts_and_mistakes_are_for_the_managers(inside: World) -> None:
    draft = actions.register_organisation(
        inside.operator, full_name="Новая школа", roles=["EDU_ORG"], municipality_oktmo=KRASNODAR, draft=True
    )
    assert queries.organisations(PUBLIC, text="новая").total == 0
    with pytest.raises(NotFound):
        queries.organisation(PUBLIC, draft)
    with pytest.raises(NotFound):
        queries.history(PUBLIC, draft)
    actions.publish_organisation(inside.operator, organisation_id=draft)
    assert queries.organisation(PUBLIC, draft).then.state is OrgState.ACTIVE
    with clock.at(LATER):
        actions.withdraw_organisation(inside.operator, organisation_id=draft, reason="двойник")
        assert queries.organisations(PUBLIC, text="новая").total == 0
        assert queries.organisations(PUBLIC, text="новая", known=TODAY).total == 1
    with pytest.raises(Refused, match="ORGANISATION_STATE"):
        actions.publish_organisation(inside.operator, organisation_id=draft)


def test_counts_of_a_past_day_stay_what_was_known(inside: World) -> None:
    """«Who was a platform on 01.06.2020 as we knew it on 31.12.2020» never changes afterwards (F7)."""
    key = inside.active()
    then = AsOf(D(2020, 6, 1), TODAY)
    with clock.at(LATER):
        actions.terminate_status(
            inside.operator, platform_id=key, on=D(2020, 3, 1), act_id=inside.order, reason="задним числом"
        )
        assert queries.platforms_active(AsOf(D(2020, 6, 1))) == 0
        assert queries.platforms_active(then) == 1
        assert queries.platforms(on=then.on, known=TODAY).items[0].state == "ACTIVE"
        assert queries.numbers(then).innovation_organisations == 1
        assert len(queries.platform(inside.operator, key, known=TODAY).history) == 1


def test_grounds_of_a_status_are_for_those_who_read_the_platform(inside: World) -> None:
    """Neither the passport nor the differences tell strangers why a status was suspended (model 3.5)."""
    key = inside.active()
    insiders = [inside.operator, person(Role.IRO), person(Role.EXPERT)]
    strangers = [PUBLIC, person(Role.PARTICIPANT), person(Role.TMS, municipality_oktmo=SEVERSKY)]
    with clock.at(LATER):
        actions.suspend_status(
            inside.operator, platform_id=key, on=D(2020, 6, 1), act_id=inside.order, reason="ТАЙНА"
        )
        asked = queries.compared(D(2020, 7, 1), TODAY, LATER)
        for who in insiders:
            assert any("ТАЙНА" in line.basis for line in queries.history(who, key).lines)
            assert any("ТАЙНА" in (line.basis or "") for line in queries.changes(who, asked).items)
        for who in strangers:
            assert queries.history(who, key).lines == []
            assert key not in {line.subject_id for line in queries.changes(who, asked).items}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.broker)])
def guarded(
    request: pytest.FixtureRequest, app_of: Callable[..., Flask], borrow: Callable[[str, str], Flask]
) -> Iterator[Flask]:
    """A registry with one municipality, on each kind of database."""
    lite = request.param == "sqlite"
    app = app_of("registry") if lite else borrow("registry", request.getfixturevalue("on_postgres"))
    with app.app_context():
        actions.add_municipality(person(Role.OPERATOR), oktmo=KRASNODAR, short_name="город Краснодар")
        yield app


@pytest.mark.parametrize(
    "blow",
    [
        "UPDATE fact SET value = 'другое'",
        "UPDATE fact SET valid_from = '1999-01-01'",
        "UPDATE fact SET recorded_from = '1999-01-01 00:00:00'",
        "UPDATE fact SET note = NULL",
        "DELETE FROM fact",
    ],
)
def test_the_database_itself_lets_nobody_rewrite_a_fact(guarded: Flask, blow: str) -> None:
    session = current().db.session
    before = session.execute(sa.text("SELECT value, valid_from, note FROM fact ORDER BY id")).all()
    with pytest.raises(DatabaseError, match="F7"), service_of(guarded).db.engine.begin() as connection:
        connection.execute(sa.text(blow))
    session.rollback()
    assert session.execute(sa.text("SELECT value, valid_from, note FROM fact ORDER BY id")).all() == before


def test_the_database_closes_a_fact_once(guarded: Flask) -> None:
    engine = service_of(guarded).db.engine
    close = sa.text("UPDATE fact SET recorded_to = '2099-01-01 00:00:00.000000' WHERE kind = 'MO_NAME'")
    with engine.begin() as connection:
        connection.execute(close)
    with pytest.raises(DatabaseError, match="F7"), engine.begin() as connection:
        connection.execute(close)


def test_the_header_travels_with_every_link(world: World, client: Callable[..., FlaskClient]) -> None:
    browser = client(world.app)
    page = browser.get("/organisations?on=2020-06-01&known=2020-12-31").text
    assert "Реестр на 01.06.2020, как его знали 31.12.2020" in page
    assert f"/organisations/{world.schools[0]}?on=2020-06-01&amp;known=2020-12-31" in page
    assert browser.get("/organisations?on=завтра").status_code == 200
    assert "Реестр на сегодня" in browser.get("/organisations").text
    assert "as known on" in browser.get("/organisations?known=2020-12-31&lang=en").text


def test_the_api_tells_both_times(world: World, client: Callable[..., FlaskClient]) -> None:
    api = client(world.app, world.operator)
    school = world.schools[0]
    changed = api.post(
        f"/api/v1/organisations/{school}/facts",
        json={"kind": "NAME", "value": "Лицей", "valid_from": "2020-05-01", "act_id": str(world.order)},
    )
    assert changed.status_code == 204
    facts = api.get(f"/api/v1/history/{school}").json
    name = next(one for one in facts if one["value"] == "Лицей")
    assert (name["valid_from"], name["valid_to"], name["recorded_to"]) == ("2020-05-01", None, None)
    assert (name["basis_kind"], name["act_id"]) == ("ACT", str(world.order))
    path = f"/api/v1/organisations/{school}"
    assert api.get(f"{path}?on=2020-04-30").json["full_name"] == "МБОУ «Школа № 1»"
    assert api.get(f"{path}?known=2020-12-30").status_code == 404
    assert api.get(f"{path}?known=x").status_code == 422
    wrong = api.post(f"/api/v1/facts/{name['id']}/correct", json={"value": "Гимназия"})
    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["reason"])
    right = {"value": "Гимназия", "reason": "опечатка"}
    assert api.post(f"/api/v1/facts/{name['id']}/correct", json=right).status_code == 204
    differences = api.get("/api/v1/changes?earlier=2020-12-30&later=2020-12-31")
    assert differences.status_code == 200 and int(differences.headers["X-Total-Count"]) > 0
    assert api.get("/api/v1/changes?earlier=2020-12-31&later=2020-12-31").status_code == 422


def test_registers_print_the_municipality_under_the_name_of_the_day(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    """SC-19 for every register: the old name before the change, the new one after it (BR-11)."""
    world.in_force(valid_to=D(2026, 1, 1))
    world.active(school=2)
    world.do(
        actions.add_municipality_version,
        oktmo=SEVERSKY,
        kind="MUNICIPAL_OKRUG",
        valid_from=D(2025, 1, 1),
        act_id=world.order,
        short_name="Северский округ",
    )
    browser = client(world.app, world.operator)
    for path in ("agreements", "platforms", "organisations", "municipalities"):
        before, after = (browser.get(f"/{path}?on={day}").text for day in ("2020-12-31", "2025-01-01"))
        assert "Северский район" in before and "Северский округ" not in before, path
        assert "Северский округ" in after and "Северский район<" not in after, path
