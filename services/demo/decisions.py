"""What follows from the contest: the order of December 2020, imported numbers, the report of the network."""

from services.demo import acts
from services.demo.outline import day, outline
from services.demo.world import World
from services.registry import actions as registry
from services.registry import queries as registry_queries
from services.reports import actions as reports

ORDER = "D-XIX"


def order(world: World) -> None:
    """The decisions came to the registry by message; the operator enacts them by one order (BR-56)."""
    plan = outline()["platforms"]
    since = day(plan["awarded_from"])
    acts.adopted(world, since)
    with world.inside("registry", since):
        waiting = registry_queries.proposals(world.operator)
        registry.enact_decisions(
            world.operator,
            act_id=world.acts[ORDER],
            proposal_ids=[row.proposal.id for row in waiting.items],
            valid_from=since,
            months=plan["months"],
        )


def imported_indicators(world: World) -> None:
    """Values of a time before the records: «> 37 %» of 2016 (``imported_indicators``)."""
    with world.inside("reports", day(outline()["meta"]["as_of"])):
        for item in outline()["imported_indicators"]:
            reports.import_indicator(
                world.operator,
                code=item["code"],
                municipality_oktmo=item["municipality"],
                year=item["year"],
                comparator=item["comparator"],
                value=item["value"],
                source=item["source"],
            )


def report(world: World) -> None:
    """The report of the network as of the day of the demonstration (``report``, D-10)."""
    plan = outline()["report"]
    first, last = (day(text) for text in plan["period"])
    with world.inside("reports", day(plan["issued_on"])):
        reports.issue_network_report(
            world.operator, as_of=day(plan["as_of"]), period_from=first, period_to=last
        )
