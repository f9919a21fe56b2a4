"""Innovation platforms: ``platforms``. Who holds what, the founding orders of 2019, the площадки of 2022."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.demo.outline import chance, day, keyed, outline
from services.demo.topics import Topics
from services.demo.world import Entrant, School, World
from services.registry import actions as registry


def founded(world: World) -> None:
    """The platforms before the XIX contest, and who will enter it (``generate``, ``other_curator``)."""
    plan = outline()["platforms"]
    topics = Topics()
    _cast(world)
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for spec in plan["generate"]:
            for entrant in world.entrants[spec["nomination"]]:
                entrant.topic = topics.one(entrant.school.kind)
                entrant.platform_id = _found(
                    world,
                    spec,
                    entrant.school.id,
                    entrant.topic,
                    to=plan["founded"]["to"],
                    curator="KNMC",
                    members=[member.id for member in entrant.members],
                )
        for spec in plan["other_curator"]:
            for number, school in enumerate(_holders(world, spec), 1):
                _found(
                    world,
                    spec,
                    school.id,
                    topics.one(school.kind),
                    to=spec["to"],
                    curator=spec["curator"],
                    basis=spec["agreement"].format(n=number) if "agreement" in spec else None,
                )
    for entrant in world.entrants["N1"]:
        entrant.topic = topics.one(entrant.school.kind)


def krai(world: World) -> None:
    """Three nurseries become krai platforms by the ministry's order of 2022 (``fixed``, F-04)."""
    plan = outline()["platforms"]
    for item in plan["fixed"]:
        since = day(item["from"])
        with world.inside("registry", since):
            platform = registry.apply_for_platform(
                world.operator,
                kind=item["kind"],
                topic=item["topic"],
                holder_ids=[world.organisations[key] for key in item["holders"]],
                curator_id=world.organisations["IRO"],
                counts_in_i02=False,
            )
            registry.award_status(
                world.operator,
                platform_id=platform,
                act_id=world.acts[item["act"]],
                valid_from=since,
                valid_to=day(plan["fixed_to"]),
            )


def _cast(world: World) -> None:
    """Choose the innovative organisations of Krasnodar and give them their parts.

    Every one of them gets a part: a report of a platform (N2), of a network (N3), a new project (N1), or
    membership in a network; the other platforms go to organisations that are innovative already.
    """
    plan = outline()["platforms"]
    city = outline()["organisation_generator"]["krasnodar"]
    contest = {nomination["key"]: nomination for nomination in outline()["contest"]["nominations"]}
    dice = chance("innovative organisations")
    invented = [s for s in world.schools[city["municipality"]] if s.key not in city["includes"]]
    dice.shuffle(invented)
    world.innovative = invented[: plan["innovative_in_krasnodar"]]
    parts = iter(world.innovative)
    for spec in plan["generate"]:
        world.entrants[spec["nomination"]] = [Entrant(next(parts)) for _ in range(spec["count"])]
    # The last project is rejected at the technical check (SC-07) and changes no number.
    projects = [next(parts) for _ in range(contest["N1"]["entries"] - 1)]
    world.entrants["N1"] = [Entrant(school) for school in [*projects, invented[-1]]]
    world.members = list(parts)
    least, most = next(spec["members"] for spec in plan["generate"] if "members" in spec)
    newcomers = iter(world.members)
    for entrant in world.entrants["N3"]:
        others = [school for school in world.innovative if school != entrant.school]
        chosen = dict.fromkeys([*filter(None, [next(newcomers, None)]), *dice.sample(others, most)])
        entrant.members = list(chosen)[: dice.randint(least, most)]
    assert next(newcomers, None) is None, "every member belongs to a network"


def _holders(world: World, spec: Mapping[str, Any]) -> list[School]:
    """Organisations for platforms of other supervisors: some of the districts named, the rest of the city."""
    dice = chance(f"holders of {spec['kind']}")
    districts = [keyed("organisations")[key]["municipality"] for key in spec.get("outside", [])]
    outside = [dice.choice(world.schools[oktmo]) for oktmo in districts]
    return outside + dice.sample(world.innovative, spec["count"] - len(outside))


def _found(
    world: World,
    spec: Mapping[str, Any],
    holder: UUID,
    topic: str,
    *,
    to: str | None,
    curator: str | None,
    basis: str | None = None,
    members: list[UUID] | None = None,
) -> UUID:
    """One platform with its first status."""
    platform = registry.apply_for_platform(
        world.operator,
        kind=spec["kind"],
        topic=topic,
        holder_ids=[holder],
        hub_id=holder if members else None,
        member_ids=members or [],
        curator_id=world.organisations[curator] if curator else None,
        counts_in_i02="nomination" in spec,
    )
    registry.award_status(
        world.operator,
        platform_id=platform,
        act_id=world.acts[spec["act"]] if "act" in spec else None,
        valid_from=day(outline()["platforms"]["founded"]["from"]),
        valid_to=day(to) if to else None,
        basis=basis,
    )
    return platform
