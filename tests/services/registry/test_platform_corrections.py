"""Corrections of statuses: what is known changes, what was known stays, the database lets nobody rewrite it (F7)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.registry import actions, model, queries
from services.registry.queries.asof import end_of
from services.registry.rules import platforms as rules
from services.registry.rules.facts import AsOf
from services.registry.rules.kinds import FactKind, PlatformState
from shared import clock, ids
from shared.person import PUBLIC, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person, told
from shared.unit import read, work
from tests.services.registry.conftest import TODAY, World

D = date
LATER = D(2021, 3, 1)


def record_of(world: World, platform: UUID, place: int = -1) -> model.StatusRecord:
    return world.do(queries.platform, platform_id=platform).history[place]


def right(record: model.StatusRecord, **changes: Any) -> dict[str, Any]:
    """A correction that repeats the record but for the changes."""
    said = {
        "record_id": record.id,
        "on": record.on,
        "valid_to": record.valid_to,
        "act_id": record.act_id,
        "clause": record.clause,
        "ground": record.reason,
        "reason": "опечатка",
    }
    return {"platform_id": record.platform_id, **said, **changes}


def test_a_wrong_term_is_corrected_and_stays_readable(inside: World) -> None:
    key = inside.active()
    wrong = record_of(inside, key)
    with clock.at(LATER):
        actions.correct_status(inside.operator, **right(wrong, valid_to=D(2020, 12, 31), clause="п. 1.3"))
        assert [row.clause for row in queries.platform(inside.operator, key).history] == ["п. 1.3"]
        assert queries.platforms_active(AsOf(D(2021, 2, 1))) == 0
        assert queries.platforms_active(AsOf(D(2021, 2, 1), TODAY)) == 1
        then = queries.platform(inside.operator, key, D(2021, 2, 1), TODAY)
        assert [row.id for row in then.history] == [wrong.id]
        assert then.state is PlatformState.ACTIVE
        known = queries.platform(inside.operator, key, D(2021, 2, 1))
        assert known.state is PlatformState.EXPIRED
        fact = queries.timeline(key, FactKind.STATUS)[0]
        assert (fact.act_id, fact.clause) == (inside.order, "п. 1.3")
        said = told(inside.app)[-1][1]
        assert said["periods"][0]["valid_to"] == "2020-12-31"
    record = read().get(model.StatusRecord, wrong.id)
    assert record.withdrawn_by_id is not None
    correction = read().get(model.Correction, record.withdrawn_by_id)
    assert correction.reason == "опечатка"
    closed = read().scalars(sa.select(model.Fact).where(model.Fact.closed_by_id == correction.id)).all()
    assert {fact.kind for fact in closed} == {FactKind.STATUS}


def test_an_impossible_history_is_refused_by_its_rule(inside: World) -> None:
    key = inside.active()
    actions.suspend_status(inside.operator, platform_id=key, on=D(2020, 6, 1), reason="проверка")
    actions.resume_status(inside.operator, platform_id=key, on=D(2020, 7, 1))
    award, suspended, resumed = (record_of(inside, key, place) for place in range(3))
    before = [fact.id for fact in queries.timeline(key, FactKind.STATUS)]
    cases: list[tuple[str, Callable[..., None], dict[str, Any]]] = [
        ("BR-26", actions.correct_status, right(suspended, on=D(2020, 7, 2))),
        ("BR-26", actions.correct_status, right(award, on=D(2020, 6, 2))),
        ("BR-26", actions.correct_status, right(suspended, ground=None)),
        ("BR-23", actions.correct_status, right(award, valid_to=D(2020, 5, 1))),
        ("BR-23", actions.correct_status, right(award, valid_to=None)),
        ("BR-19", actions.correct_status, right(award, act_id=None)),
        ("BR-56", actions.correct_status, right(award, on=D(2017, 1, 1))),
        ("F7", actions.correct_status, right(award)),
        ("F7", actions.correct_status, right(award, clause="п. 2", reason="  ")),
        ("PLATFORM_STATE", actions.withdraw_status_record, {"record_id": suspended.id, "reason": "x"}),
        ("PLATFORM_STATE", actions.withdraw_status_record, {"record_id": award.id, "reason": "x"}),
        ("F7", actions.withdraw_status_record, {"record_id": resumed.id, "reason": " "}),
    ]
    for rule, action, data in cases:
        with pytest.raises(Refused) as refused:
            action(inside.operator, **{"platform_id": key, **data})
        assert refused.value.rule == rule, (rule, data)
    assert [fact.id for fact in queries.timeline(key, FactKind.STATUS)] == before
    assert read().scalar(sa.select(sa.func.count()).select_from(model.Correction)) == 0


def test_a_record_that_never_was_is_withdrawn(inside: World) -> None:
    key = inside.active()
    actions.suspend_status(inside.operator, platform_id=key, on=D(2020, 6, 1), reason="не та площадка")
    record = record_of(inside, key)
    with clock.at(LATER):
        actions.withdraw_status_record(
            inside.operator, platform_id=key, record_id=record.id, reason="ошибка", by_act_id=inside.order
        )
        assert queries.platform(inside.operator, key).state is PlatformState.ACTIVE
        assert queries.platforms_active(AsOf(D(2020, 8, 1))) == 1
        assert queries.platforms_active(AsOf(D(2020, 8, 1), TODAY)) == 0
        with pytest.raises(NotFound):
            actions.withdraw_status_record(
                inside.operator, platform_id=key, record_id=record.id, reason="ещё раз"
            )
        actions.suspend_status(inside.operator, platform_id=key, on=LATER, reason="теперь верно")
        with clock.at(LATER + timedelta(days=1)):
            actions.withdraw_status_record(
                inside.operator, platform_id=key, record_id=record_of(inside, key).id, reason="и это ошибка"
            )
            award = record_of(inside, key)
            actions.withdraw_status_record(
                inside.operator, platform_id=key, record_id=award.id, reason="приказ о другой площадке"
            )
    assert queries.platform(inside.operator, key).platform.state is PlatformState.APPLIED


def test_a_correction_may_not_double_a_platform(inside: World) -> None:
    inside.active("Тема")
    other = inside.platform("Тема")
    act = inside.do(
        actions.record_act, kind="ORDER", number="5", date=D(2020, 1, 1), title="Приказ", level="MUNICIPAL"
    )
    actions.award_status(inside.operator, platform_id=other, act_id=act, valid_from=D(2022, 1, 1))
    with pytest.raises(Refused, match="BR-20"):
        actions.correct_status(inside.operator, **right(record_of(inside, other), on=D(2021, 1, 1)))


def test_the_database_refuses_to_rewrite_a_record(inside: World) -> None:
    key = inside.active()
    record = record_of(inside, key)
    table = model.StatusRecord
    attacks: list[Any] = [
        sa.update(table).values(valid_to=D(2030, 1, 1)),
        sa.update(table).values(clause="п. 9"),
        sa.update(table).values(withdrawn_at=None),
        sa.update(table).values(withdrawn_at=clock.now()),
        sa.delete(table),
    ]
    for attack in attacks:
        with pytest.raises(sa.exc.DBAPIError), work(inside.operator) as u:
            u.session.execute(attack.where(table.id == record.id))
    actions.correct_status(inside.operator, **right(record, clause="п. 1"))
    with pytest.raises(sa.exc.DBAPIError), work(inside.operator) as u:
        u.session.execute(sa.update(table).where(table.id == record.id).values(withdrawn_at=clock.now()))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "TERMINATE"},
        {"kind": "AWARD"},
        {"kind": "SUSPEND"},
        {"kind": "AWARD", "basis": "x", "valid_to": D(2018, 1, 1)},
    ],
)
def test_the_database_repeats_the_grounds(inside: World, fields: dict[str, Any]) -> None:
    key = inside.platform()
    with pytest.raises(sa.exc.IntegrityError), work(inside.operator) as u:
        u.add(model.StatusRecord(platform_id=key, ordinal=7, on=D(2019, 1, 1), **fields))
        u.session.flush()


def test_who_corrects(inside: World) -> None:
    key, other = inside.active(), inside.active("Другая")
    record = record_of(inside, key)
    own = person(Role.ORGANISATION, organisation_id=inside.schools[0])
    for who in (own, inside.tms_person, person(Role.IRO), person(Role.SYSTEM_ADMIN), PUBLIC):
        with pytest.raises(NotAllowed):
            actions.correct_status(who, **right(record, clause="п. 1"))
        with pytest.raises(NotAllowed):
            actions.withdraw_status_record(who, platform_id=key, record_id=record.id, reason="x")
    with pytest.raises(NotFound):
        actions.correct_status(inside.operator, **right(record, clause="п. 1", platform_id=other))
    with pytest.raises(NotFound):
        actions.correct_status(inside.operator, **right(record, act_id=ids.new_id()))


STEPS = st.one_of(
    st.tuples(st.sampled_from(["suspend", "resume", "complete"]), st.integers(0, 200), st.just(0)),
    st.tuples(st.just("expire"), st.integers(0, 900), st.just(0)),
    st.tuples(st.just("correct"), st.integers(-60, 60), st.integers(0, 5)),
    st.tuples(st.just("withdraw"), st.just(0), st.integers(0, 5)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=7))
def test_facts_say_what_the_rule_says_on_every_day_as_known_on_every_day(
    inside: World, moves: list[tuple[str, int, int]]
) -> None:
    """And no later action changes a count on a past day as known on a past day (BR-26)."""
    key = inside.active(f"Тема {ids.new_id()}")
    day, known = D(2019, 1, 1), TODAY
    days = [D(2018, 12, 31) + timedelta(days=61 * step) for step in range(24)]
    counted: dict[tuple[date, date], int] = {}
    for move, number, place in moves:
        for on in days:
            counted[on, known] = queries.platforms_active(AsOf(on, known))
        known += timedelta(days=1)
        with clock.at(known):
            history = queries.platform(inside.operator, key).history
            record = history[place % len(history)] if history else None
            try:
                if move == "expire":
                    actions.expire_statuses(inside.operator, on=D(2022, 1, 1) + timedelta(days=number))
                elif move == "correct" and record:
                    later = timedelta(days=number)
                    term = record.valid_to + later if record.valid_to else None
                    actions.correct_status(
                        inside.operator, **right(record, on=record.on + later, valid_to=term)
                    )
                elif move == "withdraw" and record:
                    actions.withdraw_status_record(
                        inside.operator, platform_id=key, record_id=record.id, reason="ошибка"
                    )
                elif move in ("suspend", "resume", "complete"):
                    action = getattr(actions, f"{move}_status")
                    action(inside.operator, platform_id=key, on=day + timedelta(days=number), reason="да")
                    day += timedelta(days=number)
            except (Refused, NotFound):
                continue
    applied = read().get(model.Platform, key).applied_on
    records = read().scalars(sa.select(model.StatusRecord).filter_by(platform_id=key)).all()
    for known_day in [TODAY + timedelta(days=step) for step in range(len(moves) + 1)]:
        moment = end_of(known_day)
        steps = [
            row.step
            for row in sorted(records, key=lambda one: one.ordinal)
            if row.recorded_at < moment and (row.withdrawn_at is None or row.withdrawn_at >= moment)
        ]
        first = min([applied, *(step.on for step in steps[:1])])
        facts = queries.timeline(key, FactKind.STATUS, known_day)
        for on in days:
            said = [fact.key for fact in facts if fact.statement.holds(on)]
            expected = [rules.state_on(steps, on).value] if on >= first else []
            assert said == expected, (on, known_day)
    for (on, then), count in counted.items():
        assert queries.platforms_active(AsOf(on, then)) == count


def test_doors_of_corrections(world: World, client: Callable[..., FlaskClient]) -> None:
    key = world.active()
    record = world.do(lambda who: queries.platform(who, key).history[0].id)
    operator, public = client(world.app, world.operator), client(world.app)
    path = f"/platforms/{key}/records/{record}"
    for lang in ("ru", "en"):
        for page in (f"/platforms/{key}", f"{path}/correct", f"{path}/withdraw"):
            assert "<h1>" in operator.get(f"{page}?lang={lang}").text
    body = {"on": "2019-01-01", "valid_to": "2020-12-31", "act_id": str(world.order), "reason": "опечатка"}
    assert public.post(f"/api/v1{path}/correct", json=body).status_code in (401, 403)
    refused = operator.post(f"/api/v1{path}/correct", json={**body, "valid_to": "2018-01-01"})
    assert (refused.status_code, refused.json["rule"]) == (422, "BR-23")
    assert operator.post(f"/api/v1{path}/correct", json={**body, "state": "ACTIVE"}).status_code == 422
    assert operator.post(f"/api/v1{path}/correct", json={**body, "clause": "я" * 101}).status_code == 422
    assert operator.post(f"{path}/correct", data=body).status_code == 303
    card = operator.get(f"/api/v1/platforms/{key}").json
    assert card["history"][0]["valid_to"] == "2020-12-31"
    assert card["history"][0]["correction_id"]
    fresh = card["history"][0]["id"]
    assert operator.post(f"/api/v1{path}/withdraw", json={"reason": "x"}).status_code == 404
    answer = operator.post(
        f"/api/v1/platforms/{key}/records/{fresh}/withdraw", json={"reason": "другая площадка"}
    )
    assert answer.status_code == 204
    assert operator.get(f"/api/v1/platforms/{key}?on=2021-01-01").json["state"] == "APPLIED"
