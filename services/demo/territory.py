"""Municipalities with their versions and the numbers of organisations: ``municipalities``, ``org_counts``."""

from services.demo import acts
from services.demo.outline import day, outline
from services.demo.world import World
from services.registry import actions as registry

_CITY = "город"


def municipalities(world: World) -> None:
    """The 44 municipalities of the krai as they were before 2025 (``municipalities``)."""
    admin = world.staff["admin"]
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for oktmo, name, centre in outline()["municipalities"]:
            registry.add_municipality(
                admin,
                oktmo=oktmo,
                short_name=name,
                official_name=f"муниципальное образование {name}",
                kind="URBAN_OKRUG" if name.startswith(_CITY) else "DISTRICT",
                centre=centre,
            )


def okrugs(world: World) -> None:
    """Four of them become municipal okrugs in 2025 (``municipality_versions``, SC-19)."""
    names = {oktmo: name for oktmo, name, _ in outline()["municipalities"]}
    acts.adopted(world, max(day(version["from"]) for version in outline()["municipality_versions"]))
    for version in outline()["municipality_versions"]:
        since = day(version["from"])
        name = names[version["oktmo"]].replace(" район", " муниципальный округ")
        with world.inside("registry", since):
            registry.add_municipality_version(
                world.operator,
                oktmo=version["oktmo"],
                kind=version["kind"],
                valid_from=since,
                act_id=world.acts[outline()["municipality_versions_act"]],
                short_name=name,
                official_name=f"муниципальное образование {name}",
            )


def organisation_counts(world: World) -> None:
    """How many education organisations a municipality has: the denominator of I-01 (``org_counts``)."""
    for count in outline()["org_counts"]:
        as_of = day(count["as_of"])
        with world.inside("registry", as_of):
            registry.set_org_count(
                world.operator,
                municipality_oktmo=count["municipality"],
                year=count["year"],
                as_of=as_of,
                total=count["total"],
                source=count["source"],
            )
