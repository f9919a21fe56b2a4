"""Normative acts and their relations: ``acts``, ``act_relations``, ``launches``, ``demo_acts``."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.demo.outline import day, keyed, outline
from services.demo.world import World
from services.registry import actions as registry


def adopted(world: World, until: date) -> None:
    """Acts adopted up to a day, each entered on its own date, and the relations that they close."""
    begun = day(outline()["meta"]["entered_on"])
    known = _all()
    fresh = [act for act in known.values() if act["key"] not in world.acts and day(act["date"]) <= until]
    for act in sorted(fresh, key=lambda one: one["date"]):
        with world.inside("registry", max(begun, day(act["date"]))):
            world.acts[act["key"]] = _record(world, act)
    for relation in [*outline()["act_relations"], *outline()["launches"]]:
        ends = {relation["source"], relation["target"]} & set(known)
        if ends <= set(world.acts) and ends & {act["key"] for act in fresh}:
            with world.inside("registry", max(begun, *(day(known[key]["date"]) for key in ends))):
                _relate(world, relation)


def _all() -> dict[str, Mapping[str, Any]]:
    return keyed("acts") | keyed("demo_acts")


def _record(world: World, act: Mapping[str, Any]) -> Any:
    return registry.record_act(
        world.operator,
        kind=act["kind"],
        number=act["number"],
        date=day(act["date"]),
        title=act["title"],
        level=act["level"],
        issuer_id=world.organisations[act["issuer"]] if "issuer" in act else None,
        issuer_name=act.get("issuer_name"),
        in_force_from=day(act["in_force_from"]) if "in_force_from" in act else None,
        place=act.get("place"),
    )


def _relate(world: World, relation: Mapping[str, Any]) -> None:
    target = world.acts.get(relation["target"])
    registry.relate_acts(
        world.operator,
        source_id=world.acts[relation["source"]],
        type=relation["type"],
        target_id=target,
        target_ref=None if target else relation["target"],
    )
