"""A small contest world: registry's facts told by messages, an edition, entries, experts."""

import contextvars
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from services.expertise import actions, queries
from shared import clock, ids
from shared.clock import MOSCOW
from shared.person import Grant, Person, Role
from shared.testing.keys import signed_in
from shared.testing.suite import deliver, person

CITY, DISTRICT = "03701000", "03625000"
WEIGHTS = (3, 5, 7, 5, 10, 8, 6, 6)
WHY = "Подробное обоснование выставленной крайней оценки"
GOOD = [{"requirement": "Заявка", "ok": True, "remark": ""}]
BAD = [{"requirement": "Согласование учредителя", "ok": False, "remark": "Нет подписи"}]


def moment(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of the contest year, on the Moscow clock."""
    return datetime(2020, month, day, hour, minute, tzinfo=MOSCOW)


@dataclass
class World:
    """People and organisations around one edition; every method does what its button does."""

    app: Flask
    secretary: Person = field(default_factory=lambda: person(Role.SECRETARY))
    operator: Person = field(default_factory=lambda: person(Role.OPERATOR))
    council: Person = field(default_factory=lambda: person(Role.COUNCIL))
    experts: dict[UUID, Person] = field(default_factory=dict)
    edition_id: UUID = field(default_factory=ids.new_id)
    nominations: dict[str, UUID] = field(default_factory=dict)

    def at(self, *parts: int) -> AbstractContextManager[None]:
        return clock.at(moment(*parts))

    def browse(self, who: Person | None, method: str, path: str, **more: Any) -> Any:
        """A request as a browser or program of ``who`` sends it, at the present moment of the test."""
        now = clock.now()

        def send() -> Any:
            with clock.at(now):
                return signed_in(self.app, who).open(path, method=method, **more)

        # An empty context: a request must not find the application context of the test.
        return contextvars.Context().run(send)

    def post(self, who: Person | None, path: str, **form: Any) -> Any:
        """A form sent by a page."""
        return self.browse(who, "POST", path, data={"csrf_token": "test-csrf", **form})

    def page(self, who: Person | None, path: str) -> str:
        """The HTML of a page that must open."""
        answer = self.browse(who, "GET", path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def organisation(self, place: str = CITY, name: str = "Школа") -> UUID:
        key = ids.new_id()
        deliver(
            self.app,
            "registry.organisation.changed.v1",
            {
                "organisation_id": key,
                "full_name": f"{name} № {key}",
                "short_name": f"{name} {str(key)[-4:]}",
                "roles": ["EDU_ORG"],
                "municipality_oktmo": place,
                "state": "ACTIVE",
            },
        )
        return key

    def platform(self, holder: UUID, kind: str = "MUNICIPAL") -> UUID:
        key = ids.new_id()
        deliver(
            self.app,
            "registry.platform.changed.v1",
            {
                "platform_id": key,
                "kind": kind,
                "topic": "Площадка",
                "holder_ids": [str(holder)],
                "state": "ACTIVE",
            },
        )
        return key

    def human(self, organisation_id: UUID | None, last_name: str = "Экспертова") -> UUID:
        key = ids.new_id()
        deliver(
            self.app,
            "registry.person.changed.v1",
            {
                "person_id": key,
                "last_name": last_name,
                "first_name": "Анна",
                "middle_name": None,
                "organisation_id": organisation_id and str(organisation_id),
            },
        )
        return key

    def expert(self, place: str = DISTRICT, organisation_id: UUID | None = None, **more: Any) -> UUID:
        person_id = self.human(organisation_id or self.organisation(place))
        expert_id = actions.enrol_expert(self.secretary, person_id=person_id, **more)
        self.experts[expert_id] = Person(ids.new_id(), person_id, "Экспертова А.", (Grant(Role.EXPERT),))
        return expert_id

    def applicant(self, organisation_id: UUID) -> Person:
        return person(Role.ORGANISATION, organisation_id=organisation_id)

    def draft_edition(
        self, *, stages: tuple[str, ...] = (), policy: dict[str, Any] | None = None, **more: Any
    ) -> UUID:
        for code in ("R-PROJECT", "R-REPORT"):
            actions.add_rubric(
                self.secretary,
                code=code,
                title="Рубрика",
                criteria=[
                    {"code": f"C{n}", "title": f"Критерий {n}", "weight": w, "priority": n == 3}
                    for n, w in enumerate(WEIGHTS, 1)
                ],
                scale={"type": "SET", "values": [0, 1, 2]},
            )
        series_id = actions.add_contest_series(
            self.secretary, name="Городской конкурс", organiser_id=self.organisation(), code="CITY"
        )
        times = {
            "SUBMISSION": (moment(9, 7, 0), moment(9, 18, 18)),
            "TECHNICAL": (moment(9, 21, 0), moment(9, 25, 18)),
            "CORRESPONDENCE": (moment(9, 28, 0), moment(10, 14, 18)),
            "IN_PERSON": (moment(10, 19, 0), moment(10, 27, 18)),
            "DECISION": (moment(10, 30, 0), moment(10, 30, 18)),
        }
        wanted = stages or tuple(times)
        self.edition_id = actions.draft_edition(
            self.operator,
            series_id=series_id,
            ordinal=19,
            year=2020,
            title="XIX конкурс",
            opens_on=date(2020, 9, 7),
            closes_on=date(2020, 10, 30),
            stages=[
                {"order": n, "kind": kind, "opens_at": times[kind][0], "closes_at": times[kind][1], **more}
                for n, kind in enumerate(wanted, 1)
            ],
            nominations=[
                {
                    "code": "N1",
                    "title": "Проекты",
                    "entry_kind": "PROJECT",
                    "rubric_code": "R-PROJECT",
                    "platform_kind": "MUNICIPAL",
                },
                {"code": "N2", "title": "Отчёты", "entry_kind": "REPORT", "rubric_code": "R-REPORT"},
            ],
            policy=policy or {},
        )
        card = queries.edition(self.operator, self.edition_id)
        self.nominations = {one.code: one.nomination_id for one in card.nominations}
        return self.edition_id

    def open(self, **more: Any) -> UUID:
        """An edition that accepts entries on 10 September."""
        with self.at(9, 1):
            self.draft_edition(**more)
            actions.approve_edition(self.operator, edition_id=self.edition_id, act_ref="Приказ № 1")
        with self.at(9, 7):
            actions.advance_edition(self.operator, edition_id=self.edition_id)
        return self.edition_id

    def draft(self, organisation_id: UUID, nomination: str = "N1", **more: Any) -> UUID:
        return actions.draft_entry(
            self.applicant(organisation_id),
            edition_id=self.edition_id,
            nomination_id=self.nominations[nomination],
            applicant_id=organisation_id,
            topic=more.pop("topic", "Новая школа"),
            **more,
        )

    def file(
        self, organisation_id: UUID | None = None, nomination: str = "N1", day: int = 10, **more: Any
    ) -> UUID:
        """A registered entry."""
        organisation_id = organisation_id or self.organisation()
        with self.at(9, day):
            entry_id = self.draft(organisation_id, nomination, **more)
            actions.submit_entry(self.applicant(organisation_id), entry_id=entry_id)
            actions.register_entry(self.secretary, entry_id=entry_id)
        return entry_id

    def admit(self, *entry_ids: UUID) -> None:
        """Close the reception, admit the entries, begin the correspondence stage."""
        with self.at(9, 21):
            self.advance()
            for entry_id in entry_ids:
                actions.check_entry(self.secretary, entry_id=entry_id, outcome="ADMITTED", items=GOOD)
        with self.at(9, 28):
            self.advance()

    def advance(self) -> Any:
        return actions.advance_edition(self.secretary, edition_id=self.edition_id)

    def assign(self, stage_kind: str = "CORRESPONDENCE") -> int:
        return actions.assign_experts(
            self.secretary, edition_id=self.edition_id, stage_kind=stage_kind, seed=1
        )

    def tasks(
        self, entry_id: UUID | None = None, stage_kind: str = "CORRESPONDENCE"
    ) -> list[tuple[Person, UUID]]:
        """Live assignments with their experts."""
        return [
            (who, line.assignment_id)
            for who in self.experts.values()
            for line in queries.queue(who)
            if line.stage_kind == stage_kind and entry_id in (None, line.entry_id)
        ]

    def score(self, who: Person, assignment_id: UUID, *scores: int) -> UUID:
        """Accept, fill in and sign a sheet; one number stands for all criteria."""
        row = scores if len(scores) == len(WEIGHTS) else scores * len(WEIGHTS)
        card = queries.assignment(who, assignment_id)
        if card.state == "PROPOSED":
            actions.accept_assignment(who, assignment_id=assignment_id)
        actions.save_sheet(
            who,
            assignment_id=assignment_id,
            scores={f"C{n}": value for n, value in enumerate(row, 1)},
            comments={f"C{n}": WHY for n in range(1, len(row) + 1)},
            conclusion="Рекомендовать",
        )
        return actions.sign_sheet(who, assignment_id=assignment_id)

    def score_all(self, stage_kind: str = "CORRESPONDENCE", value: int = 2) -> None:
        for who, assignment_id in self.tasks(stage_kind=stage_kind):
            self.score(who, assignment_id, value)

    def decide(self, *decisions: dict[str, Any], **more: Any) -> UUID:
        session = {
            "number": "1",
            "date": date(2020, 10, 30),
            "chair": "Председателева П.П.",
            "secretary": "Секретарева С.С.",
            "members_total": 11,
            "present": 9,
            **more,
        }
        ready = [{"votes_for": 9, **one} for one in decisions]
        return actions.record_decisions(
            self.secretary, edition_id=self.edition_id, decisions=ready, **session
        )


@pytest.fixture
def world(app_of: Callable[[str], Flask]) -> Iterator[World]:
    """The world around an empty expertise service, inside its application context."""
    app = app_of("expertise")
    with app.app_context():
        for key, (oktmo, name) in enumerate(((CITY, "город Краснодар"), (DISTRICT, "Крымский район"))):
            deliver(
                app,
                "registry.municipality.changed.v1",
                {"municipality_id": UUID(int=key + 1), "oktmo": oktmo, "short_name": name},
            )
        yield World(app)
