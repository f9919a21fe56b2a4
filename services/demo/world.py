"""What the loader knows while it works: the suite, the identifiers behind the outline's keys, who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from flask import Flask

from services.demo.people import Name, Somebody, names
from shared import clock
from shared.messaging.local import Postman
from shared.person import Person


class AnySuite(Protocol):
    """What is needed of the suite that is being filled."""

    apps: dict[str, Flask]
    postman: Postman
    folder: Path


@dataclass(frozen=True)
class School:
    """An education organisation of the demonstration."""

    id: UUID
    key: str
    kind: str
    short_name: str


@dataclass(eq=False)
class Entrant:
    """An organisation that enters the contest: its platform and topic, what becomes of its entry."""

    school: School
    topic: str = ""
    platform_id: UUID | None = None
    members: list[School] = field(default_factory=list)
    entry_id: UUID = field(init=False)


@dataclass
class World:
    """The state of one load. Keys are those of the outline."""

    suite: AnySuite
    organisations: dict[str, UUID] = field(default_factory=dict)
    #: Education organisations by OKTMO code, in the order of registration.
    schools: dict[str, list[School]] = field(default_factory=dict)
    acts: dict[str, UUID] = field(default_factory=dict)
    projects: dict[str, UUID] = field(default_factory=dict)
    #: Organisations of Krasnodar that are to be innovative on the day of the demonstration.
    innovative: list[School] = field(default_factory=list)
    #: Those of them that hold no municipal platform and only belong to networks.
    members: list[School] = field(default_factory=list)
    #: Who enters the XIX contest, by nomination, in the order of registration.
    entrants: dict[str, list[Entrant]] = field(default_factory=dict)
    series: dict[str, UUID] = field(default_factory=dict)
    #: The specialists of each ТМС.
    specialists: dict[str, list[Somebody]] = field(default_factory=dict)
    #: Contest series and the XIX edition.
    contests: dict[str, UUID] = field(default_factory=dict)
    edition: UUID = field(init=False)
    #: The experts of the contest and their profiles, in the order of enrolment.
    experts: list[Person] = field(default_factory=list)
    profiles: list[UUID] = field(default_factory=list)
    #: Who acts, by login.
    staff: dict[str, Person] = field(default_factory=dict)
    #: The people behind these logins.
    people: dict[str, Somebody] = field(default_factory=dict)
    #: Login, password and what the account is for, as they are told at the end.
    credentials: list[tuple[str, str, str]] = field(default_factory=list)
    names: Iterator[Name] = field(default_factory=names)

    @contextmanager
    def inside(self, service: str, on: date | datetime | None = None) -> Iterator[None]:
        """Work inside a service, on a day of the past when one is named."""
        with self.suite.apps[service].app_context():
            if on is None:
                yield
            else:
                with clock.at(on):
                    yield

    def settle(self) -> None:
        """Let the messages reach everybody."""
        self.suite.postman.settle()

    def entrant(self, entry: str) -> Entrant:
        """Who entered ``N1-007``."""
        nomination, _, number = entry.partition("-")
        return self.entrants[nomination][int(number) - 1]

    @property
    def operator(self) -> Person:
        """The operator of the network (КНМЦ)."""
        return self.staff["operator"]

    @property
    def secretary(self) -> Person:
        """The secretary of the contest."""
        return self.staff["secretary"]
