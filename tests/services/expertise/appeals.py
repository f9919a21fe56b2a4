"""Steps of an appeal, shared by its tests."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.expertise import actions, queries
from shared import ids
from shared.person import Grant, Person, Role
from tests.services.expertise.conftest import DISTRICT, World
from tests.services.expertise.sessions import members_of
from tests.services.expertise.test_council import at_decision

GROUNDS = "Эксперты не учли приложение с результатами апробации"
REASONS = "Приложение содержит измеримые результаты, оценка повышена"
NAMES = ("Апелляева", "Беспристрастнова", "Взвешенная")


@dataclass
class Contest:
    """A contest whose results are published, with a commission of three."""

    world: World
    entries: list[UUID]
    people: list[Person]

    def applicant(self, number: int = 0) -> Person:
        return self.world.applicant(queries.entry(self.world.secretary, self.entries[number]).applicant_id)

    def file(self, number: int = 0, *criteria: str) -> UUID:
        return actions.file_appeal(
            self.applicant(number),
            entry_id=self.entries[number],
            grounds=GROUNDS,
            criteria=list(criteria or ("C5",)),
        )

    def heard(self, number: int = 0, *criteria: str) -> UUID:
        """An appeal in review."""
        appeal_id = self.file(number, *criteria)
        actions.accept_appeal(self.world.secretary, appeal_id=appeal_id)
        return appeal_id

    @property
    def votes(self) -> list[dict[str, Any]]:
        return [{"person_id": one.person_id, "presence": "PRESENT", "choice": "FOR"} for one in self.people]

    def decide(self, appeal_id: UUID, outcome: str, *values: tuple[str, str, str], **more: Any) -> None:
        who = more.pop("who", self.world.secretary)
        data = {"members": self.votes, "text": REASONS, **more}
        actions.decide_appeal(
            who,
            appeal_id=appeal_id,
            outcome=outcome,
            corrections=[{"stage_kind": s, "criterion": c, "value": v} for s, c, v in values],
            **data,
        )

    def close(self) -> None:
        with self.world.at(11, 9):
            actions.close_appeals(self.world.secretary, edition_id=self.world.edition_id)

    def scores(self) -> list[tuple[str, int]]:
        cards = [queries.entry(self.world.secretary, key).result for key in self.entries]
        return [(str(one.final_score), one.rank) for one in cards if one]


def commission(world: World, *more: UUID) -> list[Person]:
    """An appeal commission of three people with accounts; ``more`` are members besides."""
    people = [
        Person(ids.new_id(), world.human(world.organisation(DISTRICT, "Центр"), name), name, (Grant(Role.PARTICIPANT),))
        for name in NAMES
    ]
    actions.compose_council(
        world.operator,
        edition_id=world.edition_id,
        kind="APPEAL",
        title="Апелляционная комиссия",
        members=members_of([one.person_id for one in people] + list(more)),
    )
    return people


def published(world: World, *values: int, more: tuple[UUID, ...] = (), **edition: Any) -> Contest:
    """Entries scored 2 pass, entries scored 1 do not; results published on Friday, 30 October 2020."""
    entries = at_decision(world, *values, **edition)
    with world.at(10, 30):
        world.decide(
            *(
                {"entry_id": key, "outcome": "AWARD_STATUS" if value == 2 else "DECLINE"}
                for key, value in zip(entries, values, strict=True)
            )
        )
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        people = commission(world, *more)
    return Contest(world, entries, people)


def superseded(contest: Contest, *outcomes: str, number: str = "2") -> UUID:
    """The council decides anew about all entries, by a protocol that supersedes the first."""
    (older,) = [
        one
        for one in queries.protocols(contest.world.secretary, contest.world.edition_id)
        if one.superseded_by is None
    ]
    return contest.world.decide(
        *(
            {"entry_id": key, "outcome": outcome}
            for key, outcome in zip(contest.entries, outcomes, strict=True)
        ),
        number=number,
        date=date(2020, 11, 6),
        supersedes_id=older.protocol_id,
    )
