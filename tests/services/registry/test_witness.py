"""Registry keeps heads of contest logs; a rewritten expertise contradicts it, and the operator sees that (F6)."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import queries
from services.registry.readmodel import WitnessedHead
from services.registry.rules.witness import Trouble
from shared import ids
from shared.person import Role
from shared.testing.suite import deliver, person
from shared.unit import read
from tests.rules.registry.test_witness import OTHER, Told, told
from tests.services.registry.conftest import World


def tell(world: World, head: Told) -> dict[str, Any]:
    """A head as expertise tells it."""
    data = {
        **{key: value for key, value in vars(head).items() if key != "edition"},
        "edition_id": head.edition,
        "head_id": ids.new_id(),
        "signed_at": "2020-10-01T00:00:00+00:00",
    }
    deliver(world.app, "expertise.tree_head.signed.v1", data, subject=head.edition, version=head.number)
    return data


def test_nothing_yet(world: World, client: Callable[..., FlaskClient]) -> None:
    assert "Голов пока нет" in client(world.app).get("/witness").text
    assert client(world.app).get("/api/v1/witness/heads").json == []


def test_heads_that_grow_are_kept_for_everybody(world: World, client: Callable[..., FlaskClient]) -> None:
    for head in (told(1, 5, 0), told(2, 9, 5), told(2, 9, 5)):
        tell(world, head)
    edition = {"edition_id": told(1, 5, 0).edition, "title": "XIX конкурс", "state": "ACCEPTING"}
    deliver(world.app, "expertise.edition.changed.v1", edition)
    page = client(world.app).get("/witness").text
    assert "XIX конкурс" in page and f"9:{told(2, 9, 5).root}" in page and "продолжает прежние" in page
    rows = client(world.app).get(f"/api/v1/witness/heads?edition_id={edition['edition_id']}").json
    assert [(one["number"], one["size"], one["trouble"]) for one in rows] == [(2, 9, None), (1, 5, None)]
    assert client(world.app).get(f"/api/v1/witness/heads?edition_id={ids.new_id()}").json == []
    assert "Журнал конкурса переписан" not in client(world.app, world.operator).get("/cabinet").text


def test_a_rewritten_log_is_an_alarm_that_stays(world: World, client: Callable[..., FlaskClient]) -> None:
    """The operator's cabinet shows it, the public page too; heads that fit do not silence it."""
    tell(world, told(1, 5, 0))
    tell(world, told(2, 9, 5, leaves=OTHER))
    with world.app.app_context():
        (alarm,) = queries.troubled_heads()
        assert (alarm.number, alarm.trouble) == (2, Trouble.REWRITTEN)
    assert "прежние записи изменены" in client(world.app).get("/witness").text
    tell(world, told(2, 9, 5))
    cabinet = client(world.app, world.operator).get("/cabinet").text
    assert "Журнал конкурса переписан" in cabinet and "прежние записи изменены" in cabinet
    assert "Журнал конкурса переписан" not in client(world.app, person(Role.SECRETARY)).get("/cabinet").text


def test_kept_heads_cannot_be_changed(world: World) -> None:
    tell(world, told(1, 5, 0))
    for statement in (sa.update(WitnessedHead).values(root="0" * 64), sa.delete(WitnessedHead)):
        with world.app.app_context(), pytest.raises(sa.exc.DBAPIError, match="append only"):
            read().execute(statement)
