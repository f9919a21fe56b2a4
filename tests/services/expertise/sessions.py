"""Steps of a session of a council, shared by the tests of councils."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.expertise import actions, queries
from shared import ids
from shared.person import Grant, Person, Role
from tests.services.expertise.conftest import DISTRICT, World, moment

NAMES = ("Председателева", "Секретарева", "Первушина", "Второва", "Третьякова")


@dataclass
class Sitting:
    """A council of five people with accounts, and its session."""

    world: World
    people: list[Person]
    council_id: UUID
    protocol_id: UUID | None = None

    @property
    def ids(self) -> list[UUID]:
        return [one.person_id for one in self.people if one.person_id]

    def draft(self, number: str = "7", on: date = date(2020, 10, 30)) -> UUID:
        self.protocol_id = actions.draft_session(
            self.world.secretary,
            council_id=self.council_id,
            number=number,
            date=on,
            place="г. Краснодар",
            agenda=["Разное"],
        )
        return self.protocol_id

    def come(self, *absent: int, observers: tuple[UUID, ...] = (), **more: Any) -> None:
        """Everybody comes but those with these numbers."""
        seats = [
            {"person_id": key, "presence": "ABSENT" if number in absent else "PRESENT"}
            for number, key in enumerate(self.ids)
        ]
        session = {
            "number": "7",
            "date": date(2020, 10, 30),
            "place": "г. Краснодар",
            "started_at": moment(10, 30, 10),
            "ended_at": moment(10, 30, 12),
            "chair_id": self.ids[0],
            "secretary_id": self.ids[1],
            **more,
        }
        actions.edit_session(
            self.world.secretary, protocol_id=self.protocol_id, seats=seats, observers=observers, **session
        )

    def propose(self, nomination: str = "N1") -> None:
        actions.propose_nomination(
            self.world.secretary,
            protocol_id=self.protocol_id,
            nomination_id=self.world.nominations[nomination],
        )

    def resolve(self) -> None:
        """Write what was resolved on every question."""
        card = self.card()
        actions.edit_agenda(
            self.world.secretary,
            protocol_id=self.protocol_id,
            items=[
                {
                    "title": item.title,
                    "nomination_id": item.nomination_id,
                    "heard": "Слушали секретаря",
                    "spoke": "Выступила Первушина",
                    "resolved": "Утвердить",
                }
                for item in card.items
            ],
        )

    def vote(self, who: Person, choice: str = "FOR", *entries: UUID, preferred: bool = False) -> int:
        wanted = entries or tuple(one.entry_id for one in self.card().decisions)
        return actions.cast_votes(
            who,
            protocol_id=self.protocol_id,
            votes=[{"entry_id": key, "choice": choice, "preferred": preferred} for key in wanted],
        )

    def vote_all(self, choice: str = "FOR") -> None:
        for who in self.people:
            self.vote(who, choice)

    def freeze(self) -> None:
        actions.freeze_protocol(self.world.secretary, protocol_id=self.protocol_id)

    def sign_all(self) -> None:
        for who in self.people:
            actions.sign_protocol(who, protocol_id=self.protocol_id)

    def card(self, who: Person | None = None) -> Any:
        assert self.protocol_id is not None
        return queries.session_card(who or self.world.secretary, self.protocol_id)


def sitting(world: World, kind: str = "COORDINATION", organisation_id: UUID | None = None) -> Sitting:
    """A council of five; the last member works in ``organisation_id`` when it is given."""
    people = []
    for number, name in enumerate(NAMES):
        last = number == len(NAMES) - 1
        place = organisation_id if last and organisation_id else world.organisation(DISTRICT, "Центр")
        person_id = world.human(place, last_name=name)
        people.append(Person(ids.new_id(), person_id, f"{name} А.", (Grant(Role.COUNCIL),)))
    council_id = actions.compose_council(
        world.operator,
        edition_id=world.edition_id,
        kind=kind,
        title="Координационный совет",
        members=members_of([one.person_id for one in people]),
    )
    return Sitting(world, people, council_id)


def members_of(people: list[Any]) -> list[dict[str, Any]]:
    """The first is the chair, the second the secretary."""
    roles = ["CHAIR", "SECRETARY", *["MEMBER"] * (len(people) - 2)]
    return [{"person_id": key, "role": role} for key, role in zip(people, roles, strict=True)]
