"""Composition by act (BR-21), the kinds of platforms, the words of the card."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import BasisKind, FactKind, PartyRole, PlatformKind
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from shared.unit import read, work
from tests.services.registry.conftest import TODAY, World

D = date
DAY = D(2020, 9, 1)


def network(world: World) -> UUID:
    """A МСИП of three schools, its status awarded."""
    hub, *members = world.schools[:3]
    key = world.platform(kind="MUNICIPAL_NETWORK", holder_ids=[hub], hub_id=hub, member_ids=members)
    world.do(actions.award_status, platform_id=key, act_id=world.order, valid_from=D(2019, 1, 1))
    return key


def parts(world: World, key: UUID, on: date, known: date | None = None) -> dict[UUID, PartyRole]:
    card = world.do(queries.platform, platform_id=key, on=on, known=known)
    return {party.organisation_id: party.role for party in card.parties}


def test_a_member_joins_and_the_hub_changes_from_a_day_on(inside: World) -> None:
    key = network(inside)
    hub, first, second, fresh = inside.schools[:4]
    with clock.at(TODAY + timedelta(days=5)):
        actions.change_composition(
            inside.operator,
            platform_id=key,
            on=DAY,
            act_id=inside.order,
            clause="п. 2.1",
            member_ids=[fresh],
            hub_id=first,
            leaving_ids=[hub],
        )
        assert parts(inside, key, DAY) == {
            first: PartyRole.HUB,
            second: PartyRole.MEMBER,
            fresh: PartyRole.MEMBER,
        }
        before = {hub: PartyRole.HUB, first: PartyRole.MEMBER, second: PartyRole.MEMBER}
        assert parts(inside, key, DAY - timedelta(days=1)) == before
        assert parts(inside, key, DAY, TODAY) == before
        assert queries.innovation_organisations(AsOf(DAY)) == 3
        data = told(inside.app)[-1][1]
        assert (data["hub_id"], data["holder_ids"]) == (str(first), [str(first)])
        assert data["member_ids"] == [str(second), str(fresh)]
    joined = next(fact for fact in queries.timeline(key, FactKind.PARTY) if fact.ref_id == fresh)
    assert (joined.basis_kind, joined.act_id, joined.clause) == (BasisKind.ACT, inside.order, "п. 2.1")
    rows = queries.platform(inside.operator, key).compositions
    assert {(row.record.organisation_id, row.record.role) for row in rows} == {
        (hub, None),
        (first, PartyRole.HUB),
        (fresh, PartyRole.MEMBER),
    }
    listed = queries.platforms(organisation_id=hub, on=DAY).items
    assert [row.platform.id for row in listed] == []
    assert [row.platform.id for row in queries.platforms(organisation_id=hub, on=D(2020, 1, 1)).items] == [
        key
    ]


def test_who_left_is_counted_no_more_and_who_was_stays_counted(inside: World) -> None:
    key = inside.active(holder_ids=[inside.schools[0], inside.schools[1]])
    assert queries.innovation_organisations(AsOf(DAY)) == 2
    with clock.at(TODAY + timedelta(days=1)):
        actions.change_composition(
            inside.operator, platform_id=key, on=DAY, act_id=inside.order, leaving_ids=[inside.schools[1]]
        )
    assert queries.innovation_organisations(AsOf(DAY)) == 1
    assert queries.innovation_organisations(AsOf(DAY - timedelta(days=1))) == 2
    assert queries.innovation_organisations(AsOf(DAY, TODAY)) == 2


def test_refused_changes_name_the_rule_and_change_nothing(inside: World) -> None:
    key = network(inside)
    hub, first, second, fresh = inside.schools[:4]
    before = parts(inside, key, TODAY)
    cases: list[dict[str, Any]] = [
        {"leaving_ids": [first]},
        {"leaving_ids": [hub]},
        {"leaving_ids": [fresh]},
        {"member_ids": [hub]},
        {"holder_ids": [fresh], "member_ids": [fresh]},
        {},
        {"member_ids": [fresh], "act_id": None},
        {"member_ids": [fresh], "act_id": None, "basis": "договор"},
        {"member_ids": [fresh], "on": TODAY + timedelta(days=1)},
    ]
    for case in cases:
        with pytest.raises(Refused, match="BR-21"):
            actions.change_composition(
                inside.operator, **{"platform_id": key, "on": DAY, "act_id": inside.order, **case}
            )
    with pytest.raises(Refused, match="ORGANISATION"):
        actions.change_composition(
            inside.operator, platform_id=key, on=DAY, act_id=inside.order, member_ids=[ids.new_id()]
        )
    with pytest.raises(NotFound):
        actions.change_composition(
            inside.operator, platform_id=key, on=DAY, act_id=ids.new_id(), member_ids=[fresh]
        )
    assert parts(inside, key, TODAY) == before
    step = {"platform_id": key, "act_id": inside.order}
    actions.change_composition(inside.operator, **step, on=DAY, member_ids=[fresh])
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(Refused, match="BR-21"):
            actions.change_composition(inside.operator, **step, on=day, leaving_ids=[second])


def test_a_new_holder_may_not_hold_the_same_twice(inside: World) -> None:
    inside.active("Тема", 0)
    other = inside.active("Тема", 1)
    with pytest.raises(Refused, match="BR-20"):
        actions.change_composition(
            inside.operator, platform_id=other, on=DAY, act_id=inside.order, holder_ids=[inside.schools[0]]
        )
    assert parts(inside, other, TODAY) == {inside.schools[1]: PartyRole.HOLDER}


def test_a_partner_platform_rests_on_an_agreement(inside: World) -> None:
    agreement = inside.in_force()
    key = inside.platform(kind="PARTNER")
    actions.award_status(
        inside.operator, platform_id=key, act_id=None, agreement_id=agreement, valid_from=D(2019, 3, 5)
    )
    fact = next(fact for fact in queries.timeline(key, FactKind.STATUS) if fact.key == "ACTIVE")
    assert (fact.basis_kind, fact.agreement_id) == (BasisKind.AGREEMENT, agreement)
    actions.change_composition(
        inside.operator, platform_id=key, on=DAY, basis="доп. соглашение № 1", holder_ids=[inside.schools[1]]
    )
    assert len(parts(inside, key, DAY)) == 2
    with pytest.raises(Refused, match="BR-19"):
        actions.award_status(
            inside.operator,
            platform_id=inside.platform("Вторая"),
            act_id=inside.order,
            agreement_id=agreement,
            valid_from=D(2019, 3, 5),
        )


@pytest.mark.parametrize("kind", list(PlatformKind))
def test_every_kind_lives_from_application_to_completion(inside: World, kind: PlatformKind) -> None:
    hub, *members = inside.schools[:3]
    is_network = kind is PlatformKind.MUNICIPAL_NETWORK
    more = {"hub_id": hub, "member_ids": members} if is_network else {}
    key = inside.platform(kind=kind, holder_ids=[hub], **more)
    step = {"platform_id": key, "act_id": inside.order}
    actions.award_status(inside.operator, **step, valid_from=D(2019, 1, 1), clause="п. 1")
    actions.suspend_status(inside.operator, **step, on=D(2019, 5, 1), clause="п. 2")
    actions.resume_status(inside.operator, **step, on=D(2019, 6, 1), clause="п. 3")
    actions.complete_status(inside.operator, **step, on=D(2020, 1, 1), clause="п. 4")
    clauses = [record.clause for record in queries.platform(inside.operator, key).history]
    assert clauses == ["п. 1", "п. 2", "п. 3", "п. 4"]
    assert queries.timeline(key, FactKind.STATUS)[0].clause == "п. 1"
    assert queries.platforms_by_kind(AsOf(D(2019, 12, 31))) == {kind: 1}
    assert queries.platforms_by_kind(AsOf(D(2019, 5, 15))) == {}


def test_the_database_keeps_composition_records(inside: World) -> None:
    key = network(inside)
    actions.change_composition(
        inside.operator, platform_id=key, on=DAY, act_id=inside.order, member_ids=[inside.schools[3]]
    )
    table = model.CompositionRecord
    for attack in (sa.update(table).values(clause="п. 9"), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError), work(inside.operator) as u:
            u.session.execute(attack.where(table.platform_id == key))
    with pytest.raises(sa.exc.IntegrityError), work(inside.operator) as u:
        u.add(table(platform_id=key, organisation_id=inside.schools[1], on=TODAY))
        u.session.flush()


def test_who_changes_and_who_describes(inside: World) -> None:
    key = inside.active()
    own = person(Role.ORGANISATION, organisation_id=inside.schools[0])
    foreign = person(Role.ORGANISATION, organisation_id=inside.schools[1])
    for who in (own, foreign, inside.tms_person, person(Role.SYSTEM_ADMIN), PUBLIC):
        with pytest.raises(NotAllowed):
            actions.change_composition(
                who, platform_id=key, on=DAY, act_id=inside.order, holder_ids=[inside.schools[1]]
            )
    words = {"directions": ["цифровая среда", " "], "calendar_plan": ["I квартал — семинар"]}
    for who in (foreign, inside.tms_person, person(Role.IRO), PUBLIC):
        with pytest.raises(NotAllowed):
            actions.describe_platform(who, platform_id=key, **words)
    theirs = actions.add_person(
        inside.operator, last_name="Чужая", first_name="Анна", organisation_id=inside.schools[1]
    )
    mine = actions.add_person(
        inside.operator, last_name="Своя", first_name="Анна", organisation_id=inside.schools[0]
    )
    with pytest.raises(NotAllowed):
        actions.describe_platform(own, platform_id=key, supervisor_id=theirs)
    actions.describe_platform(own, platform_id=key, supervisor_id=mine, **words)
    card = queries.platform(own, key)
    assert card.platform.directions == ["цифровая среда"]
    assert card.leaders == [mine, None]
    for stranger in (PUBLIC, inside.tms_person, foreign, person(Role.IRO)):
        assert queries.platform(stranger, key).leaders == [None, None], "a person is not for everybody (PD-12)"
    assert [text for _, text in queries.supervisor_choices(own)] == ["Своя Анна"]
    assert read().get(model.Platform, key).calendar_plan == ["I квартал — семинар"]


def test_doors_of_compositions(world: World, client: Callable[..., FlaskClient]) -> None:
    key = network(world)
    operator, public = client(world.app, world.operator), client(world.app)
    for lang in ("ru", "en"):
        for page in ("composition", "description"):
            assert "<h1>" in operator.get(f"/platforms/{key}/{page}?lang={lang}").text
    body = {"on": "2020-09-01", "act_id": str(world.order), "member_ids": [str(world.schools[3])]}
    assert public.post(f"/api/v1/platforms/{key}/composition", json=body).status_code in (401, 403)
    bad = operator.post(f"/api/v1/platforms/{key}/composition", json={**body, "member_ids": ["x"]})
    assert bad.status_code == 422
    assert operator.post(f"/platforms/{key}/composition", data=body).status_code == 303
    card = operator.get(f"/api/v1/platforms/{key}?on=2020-09-01").json
    assert {party["role"] for party in card["parties"]} == {"HUB", "MEMBER"}
    assert len(card["parties"]) == 4
    data = {"directions": "одно\nдругое", "calendar_plan": "май — семинар"}
    assert operator.post(f"/platforms/{key}/description", data=data).status_code == 303
    answer = operator.put(f"/api/v1/platforms/{key}/description", json={"directions": ["x" * 301]})
    assert answer.status_code == 422
    page = operator.get(f"/platforms/{key}?lang=ru").text
    assert "одно; другое" in page
    assert "Изменения состава" in page
    assert "Изменения состава" not in public.get(f"/platforms/{key}?lang=ru").text
