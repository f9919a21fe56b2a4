"""Organisations: ``organisations``, ``second_spellings``, ``merged_import``, ``organisation_generator``."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from services.demo.outline import chance, day, keyed, outline
from services.demo.world import School, World
from services.registry import actions as registry
from shared.person import Person

SEED = "Заявка КНМЦ на конкурс «Инновационный поиск»"
#: Bodies that must be there before the operator of the network has an account.
FIRST = ("MIN", "IRO", "DEP", "KNMC")


def bodies(world: World) -> None:
    """The ministry with the history of its name, the ИРО, the department of the city, КНМЦ."""
    admin = world.staff["admin"]
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for key in FIRST:
            item = keyed("organisations")[key]
            history = item.get("name_history", [])
            name = item.get("full_name") or history[-1]["name"]
            former = [(before["name"], day(after["from"])) for before, after in pairwise(history)]
            key_id = world.organisations[key] = _register(admin, item, full_name=name, former_names=former)
            for alias in item.get("aliases", []):
                registry.add_alias(admin, organisation_id=key_id, text=alias, source=SEED)


def methodical_services(world: World) -> None:
    """The 11 ТМС, under their cleaned names, with both spellings of the customer's document kept."""
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for key, item in keyed("organisations").items():
            if "TMS" not in item["roles"]:
                continue
            world.organisations[key] = _register(
                world.operator,
                item,
                full_name=" ".join(part for part in (item["legal_form"], item["full_name"]) if part),
                source_text=item["source_text"],
            )
            second = outline()["second_spellings"].get(key)
            if second:
                registry.add_alias(
                    world.operator,
                    organisation_id=world.organisations[key],
                    text=second,
                    source=f"{SEED}, раздел 4.3",
                )
        row = outline()["merged_import"]
        merged = registry.merge_import(
            world.operator,
            full_name=row["text"],
            municipality_oktmo=row["municipality"],
            source_text=row["text"],
        )
        assert merged == world.organisations[row["key"]], "SC-13: the import must find the existing record"


def schools(world: World) -> None:
    """Education organisations: 246 of Krasnodar, 30 to 70 in each municipality of a ТМС."""
    city = outline()["organisation_generator"]["krasnodar"]
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for oktmo, kind, item in _all_schools():
            key = item["key"]
            world.organisations[key] = _register(world.operator, item, full_name=item["full_name"])
            world.schools.setdefault(oktmo, []).append(
                School(world.organisations[key], key, kind, item["short_name"])
            )
    assert len(world.schools[city["municipality"]]) == city["total"]


def _register(
    who: Person,
    item: Mapping[str, Any],
    *,
    full_name: str,
    source_text: str | None = None,
    former_names: Sequence[tuple[str, date]] = (),
) -> Any:
    return registry.register_organisation(
        who,
        full_name=full_name,
        short_name=item.get("short_name"),
        roles=item["roles"],
        municipality_oktmo=item.get("municipality"),
        edu_kind=item.get("edu_kind"),
        legal_form=item.get("legal_form"),
        source_text=source_text,
        source=SEED if "seed" in item.get("origin", "") else None,
        former_names=former_names,
    )


def _all_schools() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Named and generated education organisations: OKTMO code, kind, what to register."""
    plan = outline()["organisation_generator"]
    city = plan["krasnodar"]
    named = [keyed("organisations")[key] for key in city["includes"]]
    for item in named:
        short = item["full_name"].partition("«")[2].rstrip("»")
        yield city["municipality"], item["edu_kind"], {**item, "short_name": short}
    taken = {(item["edu_kind"], int(item["key"].removeprefix("DS"))) for item in named}
    for kind, total in city["kinds"].items():
        numbers = (n for n in range(1, total + len(named) + 1) if (kind, n) not in taken)
        there = sum(item["edu_kind"] == kind for item in named)
        for _, number in zip(range(total - there), numbers, strict=False):
            yield city["municipality"], kind, _generated(city["municipality"], kind, number)
    for item in keyed("organisations").values():
        if "TMS" in item["roles"]:
            yield from _of_district(item["municipality"])


def _of_district(oktmo: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The education organisations of a municipality of a ТМС, the kinds in their usual shares."""
    plan = outline()["organisation_generator"]
    dice = chance(f"schools of {oktmo}")
    names = {code: name for code, name, _ in outline()["municipalities"]}
    kinds = plan["kinds"]
    drawn = dice.choices(
        list(kinds), [kind["share"] for kind in kinds.values()], k=dice.randint(*plan["network"]["total"])
    )
    for kind in kinds:
        for number in range(1, drawn.count(kind) + 1):
            # «Абинский район» → «Абинского района»
            district = names[oktmo].replace("ский район", "ского района")
            yield oktmo, kind, _generated(oktmo, kind, number, district)


def _generated(oktmo: str, kind: str, number: int, district: str = "") -> Mapping[str, Any]:
    named = outline()["organisation_generator"]["kinds"][kind]
    short = " ".join(part for part in (f"{named['noun']} № {number}", district, "(демо)") if part)
    return {
        "key": f"{oktmo}-{kind}-{number}",
        "roles": ["EDU_ORG"],
        "edu_kind": kind,
        "municipality": oktmo,
        "legal_form": named["form"],
        "full_name": f"{named['form']} «{short}»",
        "short_name": short,
    }
