"""One small network for the tests of events: two municipalities, the centre, two ТМС and a school."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask

from services.events import actions
from shared.clock import MOSCOW
from shared.person import Person, Role
from shared.testing.suite import deliver
from shared.testing.suite import person as somebody

CENTRE, TMS, OTHER_TMS, SCHOOL = (UUID(int=n) for n in (1, 2, 3, 4))
STARTS = datetime(2020, 4, 16, 10, 0, tzinfo=MOSCOW)
ENDS = datetime(2020, 4, 16, 11, 30, tzinfo=MOSCOW)
BEFORE = datetime(2020, 4, 1, 12, 0, tzinfo=MOSCOW)

ORGANISATIONS = (
    (CENTRE, "Краснодарский научно-методический центр", ["NETWORK_OPERATOR"], "03701000"),
    (TMS, "ТМС Северского района", ["TMS"], "03643000"),
    (OTHER_TMS, "ТМС Крымского района", ["TMS"], "03625000"),
    (SCHOOL, "МБОУ СОШ № 1", ["EDU_ORG"], "03643000"),
)
MUNICIPALITIES = (
    (UUID(int=11), "03701000", "город Краснодар"),
    (UUID(int=12), "03643000", "Северский район"),
    (UUID(int=13), "03625000", "Крымский район"),
)

OPERATOR = somebody(Role.OPERATOR, organisation_id=CENTRE)
OF_TMS = somebody(Role.TMS, organisation_id=TMS, municipality_oktmo="03643000")
OF_OTHER_TMS = somebody(Role.TMS, organisation_id=OTHER_TMS, municipality_oktmo="03625000")
OF_SCHOOL = somebody(Role.ORGANISATION, organisation_id=SCHOOL)
OF_AUTHORITY = somebody(Role.EDU_AUTHORITY, municipality_oktmo="03643000")
OF_IRO = somebody(Role.IRO, organisation_id=UUID(int=5))
TEACHER = somebody(Role.PARTICIPANT)
STRANGER = somebody(Role.PARTICIPANT)


def tell_organisation(
    app: Flask, key: UUID, name: str, roles: list[str], oktmo: str, *, version: int = 1, state: str = "ACTIVE"
) -> None:
    """Bring the registry's message about an organisation."""
    data = {"organisation_id": key, "full_name": name, "short_name": name, "roles": roles}
    data |= {"municipality_oktmo": oktmo, "state": state}
    deliver(app, "registry.organisation.changed.v1", data, version=version)


@dataclass
class Webinar:
    """A webinar in the making; every step is one action, done by the operator in its own context."""

    app: Flask
    id: UUID
    people: dict[str, actions.Registered] = field(default_factory=dict)

    def do(self, action: Callable[..., Any], who: Person = OPERATOR, **asked: Any) -> Any:
        """One action in a fresh context, as a request would run it."""
        with self.app.app_context():
            return action(who, **asked)

    def step(self, action: Callable[..., Any], **asked: Any) -> Any:
        """One action on this event."""
        return self.do(action, event_id=self.id, **asked)

    def enter(
        self, last_name: str, first_name: str, who: Person = OPERATOR, **more: Any
    ) -> actions.Registered:
        """Register a person of the first ТМС."""
        more.setdefault("organisation_id", TMS)
        asked = {"event_id": self.id, "last_name": last_name, "first_name": first_name, **more}
        self.people[last_name] = self.do(actions.register_participant, who, **asked)
        return self.people[last_name]

    def hold(self) -> None:
        """Close the registration, start and finish."""
        self.step(actions.close_registration)
        self.step(actions.start_event)
        self.step(actions.finish_event)

    def take(self, *rows: str) -> actions.ImportResult:
        """Import rows «name,e-mail,10:00:00,11:00:00» of the day of the event."""
        lines = ["Имя (настоящее имя),Электронная почта,Время входа,Время выхода"]
        for row in rows:
            name, email, joined, left = row.split(",")
            lines.append(f"{name},{email},16.04.2020 {joined},16.04.2020 {left}")
        content = "\n".join(lines).encode()
        result: actions.ImportResult = self.step(
            actions.import_attendance, filename="zoom.csv", content=content
        )
        return result


def plan(app: Flask, who: Person = OPERATOR, **changes: Any) -> UUID:
    """A webinar planned for 16 April 2020, with whatever the test changes."""
    asked: dict[str, Any] = {
        "kind": "WEBINAR",
        "title": "Основы работы с площадками",
        "mode": "ONLINE",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "organiser_ids": [CENTRE],
        "provider": "ZOOM",
        "join_url": "https://zoom.example.org/j/1",
    }
    with app.app_context():
        return actions.plan_event(who, **(asked | changes))


def upload(text: str, name: str = "zoom.csv", **more: str) -> dict[str, Any]:
    """A form with a file, as a browser sends it; the client's own encoder leaves large files open."""
    parts = [(f'name="{key}"', value) for key, value in more.items()]
    parts.append((f'name="file"; filename="{name}"\r\nContent-Type: text/csv', text))
    body = "".join(
        f"--ms\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in parts
    )
    return {"data": f"{body}--ms--\r\n".encode(), "content_type": "multipart/form-data; boundary=ms"}
