"""Copies of registry's facts: the newest state wins (house law 11)."""

from typing import Any

from services.expertise import actions, queries
from shared import ids
from shared.person import PUBLIC
from shared.testing.suite import deliver


def organisation(key: Any, name: str, state: str = "ACTIVE") -> dict[str, Any]:
    return {
        "organisation_id": key,
        "full_name": name,
        "short_name": name,
        "roles": ["TMS"],
        "state": state,
        "municipality_oktmo": "03625000",
    }


def test_older_news_is_ignored(world: Any) -> None:
    key = ids.new_id()
    deliver(world.app, "registry.organisation.changed.v1", organisation(key, "Новое имя"), version=2)
    deliver(world.app, "registry.organisation.changed.v1", organisation(key, "Старое имя"), version=1)
    with world.app.app_context():
        assert dict(queries.acting_organisations(world.secretary))[key] == "Новое имя"
    deliver(world.app, "registry.organisation.changed.v1", organisation(key, "Имя", "LIQUIDATED"), version=3)
    assert key not in dict(queries.acting_organisations(world.secretary))


def test_an_expert_moves_with_the_person(world: Any) -> None:
    first, second = world.organisation("03701000"), world.organisation("03625000")
    key = world.human(first)
    actions.enrol_expert(world.secretary, person_id=key)
    moved = {"person_id": key, "last_name": "Переездова", "first_name": "Ия", "organisation_id": str(second)}
    deliver(world.app, "registry.person.changed.v1", moved, version=2)
    (line,) = queries.experts(world.secretary)
    assert (line.name, line.municipality_name) == ("Переездова И.", "Крымский район")
    assert queries.open_editions(PUBLIC) == []
