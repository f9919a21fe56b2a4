"""Imports of platforms: the platform's own rules decide, row by row and at the application."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.registry import actions, model, queries
from services.registry.rules.importing.kinds import BatchState, Verdict
from services.registry.rules.kinds import PlatformState
from shared.unit import read
from tests.services.registry.conftest import World
from tests.services.registry.importing import INN, PLATFORM_HEADERS, send, work

ACT = "приказ № 25 от 31.12.2018"


def platform(topic: str = "Тема", kind: str = "МИП", holders: str = "МБОУ «Школа № 1»", **more: str) -> Any:
    given = {"members": "", "hub": "", "act": ACT, "since": "01.01.2019", "until": "", **more}
    return (
        topic, kind, holders, given["members"], given["hub"], given["act"], given["since"], given["until"],
    )  # fmt: skip


def sent(world: World, *rows: Any) -> UUID:
    return send(world, *rows, kind="PLATFORMS", headers=PLATFORM_HEADERS)


def judged(world: World, *rows: Any) -> list[model.ImportRow]:
    return queries.import_rows(world.operator, sent(world, *rows)).items


def test_a_platform_is_entered_with_its_status(inside: World) -> None:
    """Holder by its spelling, act by number and date, 36 months by default (BR-19, BR-23)."""
    batch = sent(
        inside,
        platform("Первая", holders="МБОУ \"Школа №  1\""),
        platform(
            "Сетевая", "МСИП", hub="МБОУ «Школа № 1»", members="МБОУ «Школа № 2»; МБОУ «Школа № 3»"
        ),
    )
    inside.do(actions.apply_import, batch_id=batch)
    work()
    rows = queries.import_rows(inside.operator, batch).items
    first, network = (read().get(model.Platform, row.result_id) for row in rows)
    assert (first.topic, first.state, first.holder_ids) == (
        "Первая",
        PlatformState.ACTIVE,
        [inside.schools[0]],
    )
    assert [(one.valid_from, one.valid_to, one.act_id) for one in first.periods] == [
        (date(2019, 1, 1), date(2021, 12, 31), inside.order)
    ]
    assert (network.hub_id, network.member_ids) == (inside.schools[0], inside.schools[1:3])


def test_a_holder_is_found_by_its_inn(inside: World) -> None:
    key = inside.do(
        actions.register_organisation,
        full_name="Лицей",
        roles=["EDU_ORG"],
        municipality_oktmo="03701000",
        inn=INN,
    )
    (row,) = judged(inside, platform(holders=INN))
    assert row.understood["holders"] == [str(key)]
    assert row.changes["holders"] == [INN, "Лицей"]


@pytest.mark.parametrize(
    ("row", "field", "rule", "text"),
    [
        (platform(act="приказ № 26 от 31.12.2018"), "act", "BR-19", "нет в реестре"),
        (platform(act=""), "act", "BR-19", "акт"),
        (platform(holders="МБОУ «Школа № 11»"), "holders", "IMPORT", "нет в реестре"),
        (platform(holders="МБОУ «Школ № 1»"), "holders", "IMPORT", "Похоже на"),
        (platform(holders="7707083890"), "holders", "BR-10", "не сходится"),
        (platform(kind="МСИП"), "hub", "BR-21", "сетевой центр"),
        (platform(since="01.01.2018"), "valid_from", "BR-56", "раньше даты акта"),
        (platform(until="01.01.2018"), "valid_to", "BR-23", "заканчивается раньше"),
    ],
)
def test_the_rules_of_platforms_hold(inside: World, row: Any, field: str, rule: str, text: str) -> None:
    (found,) = judged(inside, row)
    assert found.verdict is Verdict.ERROR
    fault = found.faults[field]
    assert text in fault["text"]
    assert fault.get("rule") == rule


def test_the_same_platform_twice(inside: World) -> None:
    """The same topic, kind and term is the same platform; another term of it is refused (BR-20)."""
    inside.active("Тема")
    rows = judged(
        inside,
        platform("ТЕМА"),
        platform("Тема", until="31.12.2020"),
        platform("Другая"),
        platform("другая"),
        platform("Другая", since="01.06.2019"),
    )
    assert [row.verdict for row in rows] == [
        Verdict.SAME, Verdict.ERROR, Verdict.NEW, Verdict.SAME, Verdict.ERROR,
    ]  # fmt: skip
    assert rows[1].faults["topic"]["rule"] == "BR-20"
    assert rows[3].reason["params"] == {"row": 4}


def test_one_refused_platform_undoes_all(inside: World) -> None:
    """What the rules refuse at the application returns the whole batch, naming the row."""
    batch = sent(inside, platform("Первая"), platform("Вторая"))
    inside.active("Вторая")
    before = read().scalar(sa.select(sa.func.count()).select_from(model.Platform))
    inside.do(actions.apply_import, batch_id=batch)
    work()
    kept = read().get(model.ImportBatch, batch)
    assert kept.state is BatchState.READY
    assert kept.note["params"]["row"] == 3
    assert read().scalar(sa.select(sa.func.count()).select_from(model.Platform)) == before
