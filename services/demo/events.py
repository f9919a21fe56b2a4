"""Events (``event_series``, ``events``): held with their people, planned, webinars with attendance."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.demo import accounts, zoom
from services.demo.outline import chance, day, keyed, moment, outline
from services.demo.people import Somebody
from services.demo.world import World
from services.events import actions as events

POSITIONS = ("Методист", "Старший методист")


def specialists(world: World) -> None:
    """Two specialists of each ТМС, who go to events and are experts of the contest (``experts.per_tms``)."""
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for key in services_of_network():
            expert = world.people["expert"]
            own = [expert] if expert.organisation_id == world.organisations[key] else []
            missing = POSITIONS[len(own) : outline()["contest"]["experts"]["per_tms"]]
            world.specialists[key] = own + [accounts.enter(world, position, key) for position in missing]


def services_of_network() -> list[str]:
    """Keys of the 11 ТМС."""
    return [key for key, item in keyed("organisations").items() if "TMS" in item["roles"]]


def series(world: World) -> None:
    """The two series of the customer's document."""
    with world.inside("events", day(outline()["meta"]["entered_on"])):
        for item in outline()["event_series"]:
            world.series[item["key"]] = events.add_series(
                world.operator,
                name=item["name"],
                organiser_id=world.organisations[item["organiser"]],
                ordinal_style=item.get("ordinal_style", "ROMAN"),
                aliases=item.get("aliases", ()),
            )


def held(world: World, key: str) -> None:
    """A past event is entered after it, with those who took part on the organiser's word."""
    item = keyed("events")[key]
    with world.inside("events", _afterwards(item)):
        event = events.record_past_event(world.operator, **_plan(world, item))
        for somebody, role in _participants(world, item):
            events.record_past_participation(
                world.operator,
                event_id=event,
                organisation_id=somebody.organisation_id,
                role=role,
                last_name=somebody.name.last,
                first_name=somebody.name.first,
                middle_name=somebody.name.middle,
                person_id=somebody.id,
            )


def planned(world: World) -> None:
    """Events that are still to come on the day of the demonstration."""
    with world.inside("events", day(outline()["meta"]["as_of"])):
        for item in outline()["events"]:
            if item["state"] == "PLANNED":
                events.plan_event(world.operator, **_plan(world, item))


def webinar(world: World, key: str) -> None:
    """An online event from the announcement to the certificates, attendance by the report of Zoom (SC-15)."""
    item = keyed("events")[key]
    operator = world.operator
    begins, ends = (moment(item["date"], hour) for hour in item["hours"])
    with world.inside("events", begins - timedelta(days=14)):
        event = events.plan_event(
            operator, **_plan(world, item), starts_at=begins, ends_at=ends,
            join_url="https://example.org/zoom-demo",
        )  # fmt: skip
        events.open_registration(operator, event_id=event)
    guests = [
        world.people["participant"],
        *(person for key in services_of_network() for person in world.specialists[key][: item["people"]]),
    ]
    with world.inside("events", begins - timedelta(days=7)):
        codes = {guest.id: _register(world, event, guest) for guest in guests}
    with world.inside("events", begins):
        events.close_registration(operator, event_id=event)
        events.start_event(operator, event_id=event)
    report = zoom.report(
        title=item.get("title", ""),
        begins=begins,
        ends=ends,
        guests=[zoom.Guest(guest.name, codes[guest.id]) for guest in guests],
        strangers=item["zoom"]["strangers"],
        absent=item["zoom"]["absent"],
        short=item["zoom"]["short"],
        dice=chance(f"zoom {key}"),
    )
    with world.inside("events", ends + timedelta(minutes=30)):
        events.finish_event(operator, event_id=event, started_at=begins, ended_at=ends)
        result = events.import_attendance(
            operator, event_id=event, filename=f"participants_{key.lower()}.csv", content=report
        )
        assert result.unmatched == len(item["zoom"]["strangers"]), "SC-15: only strangers stay unmatched"
        events.settle_attendance(operator, event_id=event)
        events.issue_certificates(operator, event_id=event)


def _register(world: World, event: UUID, guest: Somebody) -> str:
    registered = events.register_participant(
        world.operator,
        event_id=event,
        last_name=guest.name.last,
        first_name=guest.name.first,
        middle_name=guest.name.middle,
        email=guest.name.email,
        organisation_id=guest.organisation_id,
        person_id=guest.id,
    )
    return registered.join_code


def _plan(world: World, item: Mapping[str, Any]) -> dict[str, Any]:
    """What the outline says of an event, in the words of the service."""
    by_hour = "hours" in item
    return {
        "kind": item["kind"],
        "title": item.get("title"),
        "mode": item.get("mode", "OFFLINE"),
        "date_precision": item["precision"],
        "starts_on": None if by_hour else day(item["date"]),
        "ends_on": day(item["to"]) if "to" in item else None,
        "organiser_ids": [world.organisations[item.get("organiser", "KNMC")]],
        "series_id": world.series.get(item.get("series", "")),
        "ordinal": item.get("ordinal"),
        "jubilee": item.get("jubilee", False),
        "audience": item.get("audience"),
        "provider": item.get("provider"),
    }


def _afterwards(item: Mapping[str, Any]) -> date:
    """The day on which a past event is entered: soon after its end, and never before its month is over."""
    last = day(item.get("to", item["date"]))
    return last + timedelta(days=7 if item["precision"] == "DAY" else 35)


def _participants(world: World, item: Mapping[str, Any]) -> Iterator[tuple[Somebody, str]]:
    """People of the services named, as many of each as the outline says."""
    for service, role in item.get("participants", {}).items():
        for key in services_of_network() if service == "all_tms" else [service]:
            yield from ((person, role) for person in world.specialists[key][: item["people"]])
