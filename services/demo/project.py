"""The network's project work: ``projects``, ``roadmaps``, ``recommendations``, ``support_cases``."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.demo.events import services_of_network
from services.demo.outline import day, keyed, outline
from services.demo.world import World
from services.registry import actions as registry
from services.registry import queries

#: How long before its term the work on an item begins.
AHEAD = timedelta(days=60)


def projects(world: World) -> None:
    """The two projects of the customer's document with tasks, target groups, directions and products."""
    plan = outline()
    with world.inside("registry", day(outline()["agreements"][0]["date"])):
        known = {
            item["key"]: registry.add_direction(world.operator, name=item["name"])
            for item in plan["priority_directions"]
        }
        for item in plan["projects"]:
            period = [day(text) for text in item.get("period", [])] or [None, None]
            named = services_of_network() if item.get("targets") == "all_tms" else []
            world.projects[item["key"]] = registry.start_project(
                world.operator,
                name=item["name"],
                level=item["level"],
                owner_id=world.organisations[item["owner"]],
                goal=item.get("goal"),
                starts_on=period[0],
                ends_on=period[1],
                tasks=[task["title"] for task in plan["project_tasks"]] if item.get("has_tasks") else [],
                target_ids=[world.organisations[key] for key in named],
                direction_ids=[known[key] for key in item.get("priority_directions", [])],
                act_ids=[world.acts[key] for key in item["acts"]],
            )
        for product in plan["project_products"]:
            registry.add_product(world.operator, project_id=world.projects["P1"], **product)


def roadmaps(world: World) -> None:
    """The roadmap of the project and that of a municipality: approved, then marked in the order of dates."""
    for plan in outline()["roadmaps"]:
        approved = day(plan["approved_on"])
        service = keyed("organisations").get(plan.get("tms", ""), {})
        with world.inside("registry", approved):
            roadmap = registry.draft_roadmap(
                world.operator,
                title=plan["title"],
                project_id=world.projects[plan["project"]] if "project" in plan else None,
                municipality_oktmo=service.get("municipality"),
            )
            for item in plan["items"]:
                registry.add_item(
                    world.operator,
                    roadmap_id=roadmap,
                    section=item["section"],
                    title=item["title"],
                    due_on=day(item["due"]),
                    due_precision="MONTH",
                    responsible_id=world.organisations[plan.get("tms", "KNMC")],
                )
            registry.approve_roadmap(
                world.operator,
                roadmap_id=roadmap,
                approved_on=approved,
                approved_by=plan["approved_by"],
                act_id=world.acts[plan["act"]] if "act" in plan else None,
                agreement_id=_agreement(world, plan["agreement"]) if "agreement" in plan else None,
            )
            items = queries.roadmap(world.operator, roadmap).items
            keys = [row.item.item_key for row in items]
        _mark(world, roadmap, approved, list(zip(keys, plan["items"], strict=True)))


def recommendations(world: World) -> None:
    """Eleven recommendations, one of each ТМС: they came by letter, the operator has entered them (S-003)."""
    plan = outline()["recommendations"]
    fates = [state for state, count in plan["states"].items() for _ in range(count)]
    submitted = day(plan["submitted_on"])
    for number, (key, text, fate) in enumerate(zip(services_of_network(), plan["texts"], fates, strict=True)):
        with world.inside("registry", submitted + timedelta(days=number)):
            recommendation = registry.submit_recommendation(
                world.operator,
                municipality_oktmo=keyed("organisations")[key]["municipality"],
                text=text,
                organisation_id=world.organisations[key],
            )
        with world.inside("registry", submitted + timedelta(days=30)):
            if fate != "SUBMITTED":
                registry.accept_recommendation(world.operator, recommendation_id=recommendation)
        with world.inside("registry", submitted + timedelta(days=180)):
            if fate == "REALISED":
                registry.realise_recommendation(
                    world.operator,
                    recommendation_id=recommendation,
                    realised_words=plan["realised_words"],
                )


def support_cases(world: World) -> None:
    """A few threads: answered and closed, answered, waiting for either side (S-055, S-086)."""
    for plan in outline()["support_cases"]:
        case: UUID | None = None
        for entry in plan["thread"]:
            who = world.staff[entry["who"]]
            with world.inside("registry", day(entry["date"])):
                if case is None:
                    case = registry.open_case(
                        who,
                        topic=plan["topic"],
                        text=entry["text"],
                        organisation_id=world.organisations[plan["to"]] if "to" in plan else None,
                    )
                elif "closing" in entry:
                    registry.close_case(who, case_id=case, result=entry["closing"])
                else:
                    registry.post_message(who, case_id=case, text=entry["text"])


def _agreement(world: World, number: str) -> UUID:
    found: UUID = queries.agreements(world.operator, text=number).items[0].agreement.id
    return found


def _mark(world: World, roadmap: UUID, approved: date, items: list[tuple[UUID, Mapping[str, Any]]]) -> None:
    """Items that are done or begun by the day of the demonstration; done on the 20th of their month."""
    for key, item in items:
        due = day(item["due"])
        begun = max(approved, due - AHEAD)
        if item["state"] in ("DONE", "IN_PROGRESS"):
            with world.inside("registry", begun):
                registry.start_item(world.operator, roadmap_id=roadmap, item_key=key, on=begun)
        if item["state"] == "DONE":
            done = due.replace(day=20)
            with world.inside("registry", done):
                registry.finish_item(
                    world.operator,
                    roadmap_id=roadmap,
                    item_key=key,
                    on=done,
                    evidence=outline()["roadmap_evidence"],
                )
