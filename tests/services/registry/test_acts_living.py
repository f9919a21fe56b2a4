"""The living normative base: drafts, clauses, corrections, two times, redactions, bases, warnings (F8)."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.acts import state_on
from services.registry.rules.kinds import ActKind, ActLevel, ActState, BasisFault, FactKind, RelationType
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person
from shared.unit import read
from tests.services.registry.conftest import World
from tests.services.registry.test_actions_acts import act

D = date


def relate(world: World, source: UUID, kind: str, target: UUID | None = None, **more: object) -> UUID:
    """What one act does to another."""
    return world.do(actions.relate_acts, source_id=source, type=kind, target_id=target, **more)


def state(act_id: UUID, on: date, known: date | None = None) -> ActState:
    """What an act is on a day, as it was known on a day."""
    return queries.act(PUBLIC, act_id, on, known).state


# Drafts.


def test_a_draft_becomes_an_act_with_number_and_date(inside: World) -> None:
    draft = actions.draft_act(
        inside.operator,
        kind="ORDER",
        title="О форуме",
        level="REGIONAL",
        issuer_id=inside.ministry,
        summary="О чём",
        url="https://example.org/act",
    )
    assert not list(queries.acts(text="форуме").items)
    with pytest.raises(Refused, match="ACT_STATE"):
        actions.approve_act(inside.operator, draft_id=draft, number=None, date=D(2020, 5, 1))
    with pytest.raises(Refused, match="ACT_STATE"):
        actions.approve_act(inside.operator, draft_id=draft, number="7", date=D(2021, 1, 1))
    key = actions.approve_act(
        inside.operator, draft_id=draft, number="7", date=D(2020, 5, 1), in_force_to=D(2020, 9, 1)
    )
    card = queries.act(PUBLIC, key, D(2020, 6, 1))
    assert (card.act.summary, card.act.url, card.state) == ("О чём", "https://example.org/act", "IN_FORCE")
    assert state(key, D(2020, 9, 1)) is ActState.REPEALED
    for move in (
        lambda: actions.approve_act(inside.operator, draft_id=draft, number="8", date=D(2020, 5, 1)),
        lambda: actions.reject_act(inside.operator, draft_id=draft, reason="нет"),
    ):
        with pytest.raises(Refused, match="ACT_STATE"):
            move()


def test_a_draft_that_repeats_an_act_stays_a_draft(inside: World) -> None:
    act(inside, "7", D(2020, 5, 1))
    draft = actions.draft_act(
        inside.operator, kind="ORDER", title="Другой", level="REGIONAL", issuer_id=inside.ministry
    )
    with pytest.raises(Refused, match="BR-01"):
        actions.approve_act(inside.operator, draft_id=draft, number="№ 7", date=D(2020, 5, 1))
    assert queries.draft(inside.operator, draft).state is ActState.DRAFT


def test_drafts_are_seen_by_those_who_keep_them(inside: World) -> None:
    who = inside.tms_person
    own = actions.draft_act(who, kind="ORDER", title="Наш", level="LOCAL", issuer_id=inside.tms)
    assert [row.id for row in queries.drafts(who).items] == [own]
    assert [row.id for row in queries.drafts(inside.operator).items] == [own]
    for other in (inside.stranger, PUBLIC, person(Role.EXPERT)):
        assert queries.drafts(other).total == 0
        with pytest.raises(NotFound):
            queries.draft(other, own)
        with pytest.raises(NotFound):
            actions.reject_act(other, draft_id=own, reason="чужой")
    with pytest.raises(NotAllowed):
        actions.draft_act(who, kind="ORDER", title="Краевой", level="REGIONAL")
    actions.reject_act(who, draft_id=own, reason="передумали")
    assert queries.draft(who, own).reason == "передумали"


# Relations.


def test_a_repeal_of_a_clause_leaves_the_act_in_force(inside: World) -> None:
    old, new = act(inside, "1", D(2015, 1, 1)), act(inside, "2", D(2016, 1, 1))
    relate(inside, new, "REPEALS", old, source_clause="п. 3", target_clause="п. 2")
    assert state(old, D(2020, 1, 1)) is ActState.IN_FORCE
    shown = queries.act(PUBLIC, old).incoming[0]
    assert (shown.source_clause, shown.target_clause) == ("п. 3", "п. 2")
    relate(inside, new, "REPEALS", old, target_clause="п. 4")
    with pytest.raises(Refused, match="BR-03"):
        relate(inside, new, "REPEALS", old, target_clause="п. 4")


def test_an_act_out_of_force_is_not_changed(inside: World) -> None:
    old, new, late = (act(inside, n, D(y, 1, 1)) for n, y in (("1", 2015), ("2", 2016), ("3", 2017)))
    relate(inside, new, "REPEALS", old)
    for kind in ("AMENDS", "REPEALS", "REPLACES"):
        with pytest.raises(Refused, match="ACT_STATE"):
            relate(inside, late, kind, old)
    relate(inside, late, "BASED_ON", old)


def test_a_withdrawn_relation_stays_and_the_end_is_derived_anew(inside: World) -> None:
    old, new, other = (act(inside, n, D(y, 1, 1)) for n, y in (("1", 2015), ("2", 2018), ("3", 2017)))
    wrong = relate(inside, new, "REPEALS", old)
    earlier = relate(inside, other, "REPEALS", old)
    assert state(old, D(2017, 6, 1)) is ActState.REPEALED
    with pytest.raises(Refused, match="BR-03"):
        actions.withdraw_relation(inside.operator, relation_id=wrong, reason=" ")
    actions.withdraw_relation(inside.operator, relation_id=earlier, reason="другой акт")
    assert state(old, D(2017, 6, 1)) is ActState.IN_FORCE
    assert state(old, D(2018, 1, 1)) is ActState.REPEALED
    actions.withdraw_relation(inside.operator, relation_id=wrong, reason="опечатка")
    assert state(old, D(2020, 1, 1)) is ActState.IN_FORCE
    with pytest.raises(Refused, match="BR-03"):
        actions.withdraw_relation(inside.operator, relation_id=wrong, reason="ещё раз")
    card = queries.act(PUBLIC, new)
    assert (card.outgoing, [one.withdrawn_reason for one in card.withdrawn]) == ([], ["опечатка"])
    correction = read().scalars(sa.select(model.Correction).order_by(model.Correction.id.desc())).first()
    assert correction is not None
    assert (correction.subject_id, correction.reason) == (old, "опечатка")
    relate(inside, new, "REPEALS", old)
    assert state(old, D(2018, 1, 1)) is ActState.REPEALED


def test_a_withdrawn_relation_makes_no_circle(inside: World) -> None:
    first, second = act(inside, "1", D(2015, 1, 1)), act(inside, "2", D(2015, 1, 1))
    wrong = relate(inside, first, "AMENDS", second)
    with pytest.raises(Refused, match="BR-03"):
        relate(inside, second, "AMENDS", first)
    actions.withdraw_relation(inside.operator, relation_id=wrong, reason="наоборот")
    relate(inside, second, "AMENDS", first)
    assert queries.amend_chain(second)[1].id == first


def test_the_end_of_the_term_stands_against_a_later_repeal(inside: World) -> None:
    old = act(inside, "1", D(2015, 1, 1), in_force_to=D(2018, 1, 1))
    early, late = act(inside, "2", D(2017, 1, 1)), act(inside, "3", D(2019, 1, 1))
    with pytest.raises(Refused, match="ACT_STATE"):
        relate(inside, late, "REPEALS", old)
    relation = relate(inside, early, "REPEALS", old)
    assert queries.act(PUBLIC, old).in_force_to == D(2017, 1, 1)
    actions.withdraw_relation(inside.operator, relation_id=relation, reason="ошибка")
    assert queries.act(PUBLIC, old).in_force_to == D(2018, 1, 1)
    with pytest.raises(Refused, match="BR-04"):
        act(inside, "4", D(2015, 1, 1), in_force_to=D(2015, 1, 1))


def test_relations_to_things_of_the_registry(inside: World) -> None:
    platform, agreement = inside.active(), inside.in_force()
    relate(inside, inside.order, "AWARDS", object_kind="PLATFORM", object_id=platform)
    relate(inside, inside.order, "APPROVES", object_kind="AGREEMENT", object_id=agreement)
    relate(inside, inside.order, "LAUNCHES", target_ref="KRAI-IP-2020")
    card = queries.act(PUBLIC, inside.order)
    assert [one.type for one in card.outgoing] == ["AWARDS", "APPROVES", "LAUNCHES"]
    assert card.things[platform].name == "Тема"
    assert card.things[agreement].name is None
    for given in (
        {"object_kind": "PLATFORM"},
        {"object_kind": "PLATFORM", "object_id": platform, "target_ref": "и ещё"},
        {},
    ):
        with pytest.raises(Refused, match="BR-03"):
            relate(inside, inside.order, "AWARDS", **given)
    with pytest.raises(NotFound):
        relate(inside, inside.order, "AWARDS", object_kind="PLATFORM", object_id=agreement)
    who = inside.stranger
    with pytest.raises(NotFound):
        relate(inside, inside.order, "APPROVES", object_kind="PROJECT", object_id=platform)
    own = actions.record_act(who, kind="ORDER", number="1", date=D(2020, 1, 1), title="X", level="LOCAL")
    with pytest.raises(NotFound):
        actions.relate_acts(who, source_id=own, type="APPROVES", object_kind="AGREEMENT", object_id=agreement)


# Two times.


def test_a_repeal_changes_what_is_known_from_its_recording_on(inside: World) -> None:
    with clock.at(D(2019, 1, 10)):
        old = act(inside, "611", D(2013, 7, 23), in_force_from=D(2013, 9, 1))
    with clock.at(D(2020, 3, 1)):
        new = act(inside, "21н", D(2019, 3, 22))
        relation = relate(inside, new, "REPLACES", old)
    with clock.at(D(2020, 6, 1)):
        actions.withdraw_relation(inside.operator, relation_id=relation, reason="не тот акт")
    on = D(2020, 1, 1)
    assert state(old, on, D(2020, 2, 29)) is ActState.IN_FORCE
    assert state(old, on, D(2020, 3, 1)) is ActState.REPEALED
    assert state(old, on, D(2020, 6, 1)) is ActState.IN_FORCE
    assert state(old, on) is ActState.IN_FORCE
    known = {"on": on, "known": D(2020, 3, 1)}
    assert [row.act.id for row in queries.acts(state=ActState.REPEALED, **known).items] == [old]
    assert queries.acts(state=ActState.REPEALED, on=on).total == 0
    assert len(queries.act(PUBLIC, old, **known).incoming) == 1
    assert queries.act(PUBLIC, old, on, D(2020, 2, 29)).incoming == []
    with pytest.raises(NotFound):
        queries.act(PUBLIC, new, on, D(2020, 2, 29))
    cards = [queries.act(PUBLIC, new, on, day) for day in (D(2020, 3, 1), D(2020, 6, 1))]
    assert [(len(card.outgoing), len(card.withdrawn)) for card in cards] == [(1, 0), (0, 1)]
    assert queries.acts_in_force(on, D(2020, 3, 1)) == {ActLevel.REGIONAL: {ActKind.ORDER: 1}}
    assert queries.acts_in_force(on, D(2020, 2, 29)) == {ActLevel.REGIONAL: {ActKind.ORDER: 1}}
    assert queries.acts_in_force(on, D(2020, 12, 31)) == {ActLevel.REGIONAL: {ActKind.ORDER: 3}}
    with pytest.raises(NotFound):
        queries.act(PUBLIC, old, on, D(2019, 1, 9))
    said = read().scalars(sa.select(model.Fact).filter_by(subject_id=old, kind=FactKind.ACT_FORCE)).all()
    assert len(said) == 3
    assert {str(one.basis_kind) for one in said} == {"ACT", "CORRECTION"}


def test_the_state_by_facts_equals_the_state_by_the_rule(inside: World) -> None:
    keys = [act(inside, str(n), D(2015, n, 1), in_force_from=D(2015, n, 15)) for n in range(1, 6)]
    relate(inside, keys[2], "REPEALS", keys[0])
    relate(inside, keys[4], "REPLACES", keys[1])
    for day in (D(2015, 1, 14), D(2015, 3, 14), D(2015, 3, 15), D(2015, 6, 1)):
        for row in queries.acts(on=day).items:
            assert row.state is state_on(row.act.in_force_from, row.act.in_force_to, day)


# Redactions, the register, the list of acts.


def test_the_redaction_of_a_day(inside: World) -> None:
    a06, a07 = act(inside, "4049", D(2014, 9, 17)), act(inside, "563", D(2015, 2, 13))
    a10, a11 = act(inside, "2603", D(2015, 6, 3)), act(inside, "4718", D(2015, 9, 16))
    a14 = act(inside, "4719", D(2016, 3, 25))
    for source, target in ((a14, a07), (a11, a10), (a10, a06), (a10, a07)):
        relate(inside, source, "AMENDS", target)
    numbers = {
        day: [row.number for row in queries.redaction(a07, day)]
        for day in (D(2015, 6, 2), D(2015, 6, 3), D(2015, 12, 31), D(2016, 3, 25))
    }
    assert list(numbers.values()) == [[], ["2603"], ["2603", "4718"], ["2603", "4718", "4719"]]
    assert [row.number for row in queries.redaction(a06, D(2020, 1, 1))] == ["2603", "4718"]


@pytest.mark.parametrize("typed", ["4719", "№ 4719", "№4719", " 47 19"])
def test_sc12_a_number_is_found_as_it_is_typed(inside: World, typed: str) -> None:
    act(inside, "14719", D(2017, 3, 25))
    both = {act(inside, "4719", D(2015, 9, 16)), act(inside, "4719", D(2016, 3, 25))}
    found = [row.act.id for row in queries.acts(text=typed).items]
    assert set(found[:2]) == both


def test_a_number_with_a_slash_stands_first(inside: World) -> None:
    wanted = act(inside, "47/1", D(2019, 2, 26))
    act(inside, "47-21042/15-14", D(2020, 12, 30))
    assert queries.acts(text="47/1").items[0].act.id == wanted
    assert queries.acts(text="№ 47 / 1").items[0].act.id == wanted


def test_the_list_of_acts_as_of_a_day(inside: World) -> None:
    old = act(inside, "563", D(2015, 2, 13), title="О форуме")
    relate(inside, act(inside, "2603", D(2015, 6, 3), title="Об изменениях"), "AMENDS", old)
    relate(inside, act(inside, "99", D(2020, 2, 1), title="О новом"), "REPLACES", old)
    head = "Приказ министерства образования и науки Краснодарского края от"
    on = D(2019, 1, 1)
    assert queries.bibliography(on=on).paragraphs == [
        f"Региональный уровень: {head} 13.02.2015 № 563 «О форуме» (в ред. от 03.06.2015 № 2603); "
        f"{head} 03.06.2015 № 2603 «Об изменениях»; {head} 31.12.2018 № 25 «О присвоении статуса»."
    ]
    later = queries.bibliography(on=D(2020, 6, 1), with_repealed=True)
    assert later.parts[0][1][0].endswith("(утратил силу с 01.02.2020)")
    assert len(queries.bibliography(on=D(2020, 6, 1)).parts[0][1]) == 3
    assert queries.bibliography(level=ActLevel.FEDERAL).parts == []


def test_the_issuer_prints_under_the_name_of_the_acts_date(inside: World) -> None:
    """BR-06, S-025."""
    act(inside, "563", D(2015, 2, 13), title="О форуме")
    act(inside, "4719", D(2016, 3, 25), title="Об изменениях")
    actions.rename_organisation(
        inside.operator,
        organisation_id=inside.ministry,
        full_name="министерство образования, науки и молодёжной политики Краснодарского края",
        valid_from=D(2015, 12, 31),
        act_id=inside.order,
    )
    lines = queries.bibliography(on=D(2017, 1, 1)).parts[0][1]
    assert lines[0].startswith("Приказ министерства образования и науки Краснодарского края от 13.02.2015")
    assert lines[1].startswith("Приказ министерства образования, науки и молодёжной политики")


def test_the_list_is_printed_with_its_number(inside: World) -> None:
    act(inside, "563", D(2015, 2, 13), title="О форуме")
    key = actions.print_bibliography(inside.operator, on=D(2019, 1, 1))
    paper = read().get(model.Paper, key)
    assert paper is not None
    assert paper.number == "ПА-2020/0001"
    text = zipfile.ZipFile(io.BytesIO(paper.docx or b"")).read("word/document.xml").decode()
    assert "О форуме" in text
    assert [row.id for row in queries.bibliography_papers(inside.operator)] == [key]
    with pytest.raises(Refused, match="D-20"):
        actions.print_bibliography(inside.operator, on=D(1990, 1, 1))
    with pytest.raises(NotAllowed):
        actions.print_bibliography(person(Role.EXPERT))


# What rests on an act.


def test_what_loses_its_basis_with_an_act(inside: World) -> None:
    ground = act(inside, "4049", D(2014, 9, 17))
    relate(inside, inside.order, "BASED_ON", ground)
    rules = act(inside, "5", D(2019, 1, 1), kind="REGULATION")
    relate(inside, inside.order, "APPROVES", rules)
    relate(inside, ground, "LAUNCHES", target_ref="KRAI-IP-2015")
    platform = inside.active()
    actions.grant_resource_centre(
        inside.operator,
        organisation_id=inside.knmc,
        act_id=inside.order,
        valid_from=D(2019, 1, 31),
        capacity=11,
    )
    agreement = inside.in_force()
    relate(inside, inside.order, "APPROVES", object_kind="AGREEMENT", object_id=agreement)
    found = queries.impact(inside.operator, ground, D(2020, 1, 1))
    assert found.state is ActState.IN_FORCE
    seen = {(row.what, row.id) for row in found.rows}
    assert {(FactKind.STATUS, platform), (FactKind.CAPACITY, inside.knmc)} <= seen
    assert {(None, inside.order), (None, rules), (RelationType.LAUNCHES, None)} <= seen
    assert {(RelationType.APPROVES, agreement), (FactKind.MEMBERSHIP, inside.tms)} <= seen
    assert not queries.impact(inside.operator, rules, D(2020, 1, 1)).rows
    relate(inside, act(inside, "6", D(2020, 2, 1)), "REPEALS", rules)
    later = {(row.what, row.id) for row in queries.impact(inside.operator, ground, D(2020, 3, 1)).rows}
    assert (None, rules) not in later
    assert (None, inside.order) in later
    with pytest.raises(NotAllowed):
        queries.impact(inside.tms_person, ground)
    with pytest.raises(NotFound):
        queries.impact(inside.operator, ids.new_id())


def test_what_has_no_valid_basis_on_a_day(inside: World) -> None:
    platform = inside.active()
    assert queries.without_basis(inside.operator, D(2020, 1, 1)) == []
    ground = act(inside, "4049", D(2014, 9, 17))
    relate(inside, inside.order, "BASED_ON", ground)
    relate(inside, act(inside, "9", D(2020, 2, 1)), "REPEALS", ground)
    rows = {row.id: row.fault for row in queries.without_basis(inside.operator, D(2020, 3, 1))}
    assert rows[platform] is BasisFault.UNDERMINED
    assert rows[inside.order] is BasisFault.UNDERMINED
    relate(inside, act(inside, "10", D(2020, 4, 1)), "REPEALS", inside.order)
    rows = {row.id: row.fault for row in queries.without_basis(inside.operator, D(2020, 5, 1))}
    assert rows[platform] is BasisFault.OUT_NOW
    assert queries.without_basis(inside.operator, D(2020, 1, 1)) == []
    with pytest.raises(NotAllowed):
        queries.without_basis(PUBLIC)


def test_sc14_611_cited_in_2020_gives_a_warning_and_stands_in_the_list(
    world: World, client: Callable[..., FlaskClient]
) -> None:
    """BR-05: a warning, not an error; the status stands in the list without a valid basis (F7)."""
    with world.app.app_context():
        old = act(world, "611", D(2013, 7, 23), in_force_from=D(2013, 9, 1))
        relate(world, act(world, "21н", D(2019, 3, 22)), "REPLACES", old)
    first, second = world.platform("Первая"), world.platform("Вторая")
    browser = client(world.app, world.operator)
    answer = browser.post(
        f"/platforms/{first}/steps/award",
        data={"act_id": str(old), "valid_from": "2020-03-01"},
        follow_redirects=True,
    )
    assert answer.status_code == 200
    assert "Акт № 611 от 23.07.2013 утратил силу 22.03.2019" in answer.text
    quiet = browser.post(
        f"/platforms/{second}/steps/award",
        data={"act_id": str(world.order), "valid_from": "2020-03-01"},
        follow_redirects=True,
    )
    assert "утратил силу" not in quiet.text
    with world.app.app_context():
        rows = {row.id: row.fault for row in queries.without_basis(world.operator, D(2020, 4, 1))}
        assert rows == {first: BasisFault.OUT_AT_START}
