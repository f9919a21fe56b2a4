"""A small network to test on: two municipalities, the operator, two ТМС, schools, an order."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, has_app_context

from services.registry import actions
from shared import clock, migrate
from shared.person import Person, Role
from shared.service import service_of
from shared.testing.suite import app_on, let_go, make_app, person
from tests.broker.servers import Postgres

KRASNODAR, SEVERSKY, ABINSKY = "03701000", "03643000", "03601000"
TODAY = date(2020, 12, 31)


@dataclass
class World:
    """Identifiers of what has been entered."""

    app: Flask
    operator: Person
    knmc: UUID
    ministry: UUID
    tms: UUID
    other_tms: UUID
    order: UUID
    schools: list[UUID] = field(default_factory=list)

    @property
    def tms_person(self) -> Person:
        """Somebody of the first ТМС."""
        return person(Role.TMS, organisation_id=self.tms, municipality_oktmo=SEVERSKY)

    @property
    def stranger(self) -> Person:
        """Somebody of the other ТМС."""
        return person(Role.TMS, organisation_id=self.other_tms, municipality_oktmo=ABINSKY)

    def do(self, action: Callable[..., Any], who: Person | None = None, **data: Any) -> Any:
        """Press a button of the registry, as the operator unless somebody else is named."""
        if has_app_context():
            return action(who or self.operator, **data)
        with self.app.app_context():
            return action(who or self.operator, **data)

    def agreement(self, **changes: Any) -> UUID:
        """A draft agreement with the first ТМС."""
        given = {
            "number": "КРЦ-2019/09",
            "date": date(2019, 3, 5),
            "operator_id": self.knmc,
            "tms_id": self.tms,
            "subject": "Сетевое взаимодействие",
            "valid_from": date(2019, 3, 5),
            "valid_to": date(2021, 12, 31),
        }
        return self.do(actions.draft_agreement, **{**given, **changes})

    def signed(self, **changes: Any) -> UUID:
        """The same, signed by both parties."""
        key = self.agreement(**changes)
        self.do(actions.send_agreement, agreement_id=key)
        for party in (self.knmc, changes.get("tms_id", self.tms)):
            self.do(
                actions.sign_agreement,
                agreement_id=key,
                organisation_id=party,
                signed_on=changes.get("date", date(2019, 3, 5)),
            )
        return key

    def in_force(self, **changes: Any) -> UUID:
        """The same, in force."""
        key = self.signed(**changes)
        self.do(
            actions.put_in_force,
            agreement_id=key,
            on=changes.get("valid_from", date(2019, 3, 5)),
            scan_waiver="скан утрачен",
        )
        return key

    def platform(self, topic: str = "Тема", school: int = 0, **changes: Any) -> UUID:
        """A platform that has been applied for."""
        given = {"kind": "MUNICIPAL", "holder_ids": [self.schools[school]], "curator_id": self.knmc}
        return self.do(actions.apply_for_platform, **{**given, "topic": topic, **changes})

    def active(self, topic: str = "Тема", school: int = 0, **changes: Any) -> UUID:
        """The same with its status awarded from 2019-01-01 for 36 months."""
        key = self.platform(topic, school, **changes)
        self.do(actions.award_status, platform_id=key, act_id=self.order, valid_from=date(2019, 1, 1))
        return key

    def roadmap(self, who: Person | None = None, **owner: Any) -> UUID:
        """A draft roadmap of the first ТМС's municipality, with three items."""
        key: UUID = self.do(
            actions.draft_roadmap, who, title="Дорожная карта", **(owner or {"municipality_oktmo": SEVERSKY})
        )
        for section, title, due, precision in (
            ("IMPLEMENTATION", "Вебинар", date(2020, 10, 1), "QUARTER"),
            ("NORMATIVE", "Положение", date(2020, 6, 15), "MONTH"),
            ("IMPLEMENTATION", "Стажировка", date(2021, 4, 1), "MONTH"),
        ):
            self.do(
                actions.add_item,
                who,
                roadmap_id=key,
                section=section,
                title=title,
                due_on=due,
                due_precision=precision,
                responsible_id=self.tms,
                result="Отчёт",
            )
        return key

    def approved(self, on: date = date(2020, 1, 15), **owner: Any) -> UUID:
        """The same, approved on the ground of the order."""
        key = self.roadmap(**owner)
        self.do(
            actions.approve_roadmap,
            roadmap_id=key,
            approved_on=on,
            approved_by="директор КНМЦ Проверкина А. Б.",
            act_id=self.order,
        )
        return key

    def project(self, **changes: Any) -> UUID:
        """A project of the operator."""
        given = {"name": "Движение вверх", "level": "KRAI", "owner_id": self.knmc, "tasks": ["Анализ"]}
        return self.do(actions.start_project, **{**given, **changes})


@pytest.fixture
def app(app_of: Callable[[str], Flask]) -> Iterator[Flask]:
    """The registry alone; the clock stands at the end of 2020."""
    with clock.at(TODAY):
        yield app_of("registry")


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """A database of PostgreSQL with the registry's tables, to copy from."""
    name = postgres.fresh()
    app = app_on("registry", postgres.url(name))
    migrate.upgrade(app)
    let_go(app)
    return name


@pytest.fixture
def on_postgres(postgres: Postgres, migrated: str) -> Iterator[str]:
    """The address of such a copy."""
    name = postgres.fresh(migrated)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def world(app: Flask, tmp_path: Path) -> World:
    """The small network: on SQLite built once a run, its file laid under each test's application."""
    with app.app_context():
        if service_of(app).db.engine.dialect.name != "sqlite":
            return _build(app)
    content, fields = _built()
    with app.app_context():
        service_of(app).db.engine.dispose()
    source, target = sqlite3.connect(":memory:"), sqlite3.connect(tmp_path / "registry.db")
    with closing(source), closing(target):
        source.deserialize(content)
        source.backup(target)
    return World(app=app, **deepcopy(fields))


@cache
def _built() -> tuple[bytes, dict[str, Any]]:
    """The file of the small network, and what the tests know of it."""
    with TemporaryDirectory() as folder, clock.at(TODAY):
        app = make_app("registry", Path(folder))
        built = _build(app)
        let_go(app)
        with closing(sqlite3.connect(Path(folder) / "registry.db")) as file:
            file.execute("PRAGMA journal_mode=DELETE")
            content = file.serialize()
    return content, {name: value for name, value in vars(built).items() if name != "app"}


def _build(app: Flask) -> World:
    operator = person(Role.OPERATOR, Role.SYSTEM_ADMIN)
    with app.app_context():
        for oktmo, name, kind in (
            (KRASNODAR, "город Краснодар", "URBAN_OKRUG"),
            (SEVERSKY, "Северский район", "DISTRICT"),
            (ABINSKY, "Абинский район", "DISTRICT"),
        ):
            actions.add_municipality(operator, oktmo=oktmo, short_name=name, kind=kind)

        def organisation(full_name: str, *roles: str, **more: Any) -> UUID:
            return actions.register_organisation(operator, full_name=full_name, roles=roles, **more)

        knmc = organisation(
            "МКУ «Краснодарский научно-методический центр»", "NETWORK_OPERATOR", municipality_oktmo=KRASNODAR
        )
        ministry = organisation("министерство образования и науки Краснодарского края", "MINISTRY")
        return World(
            app=app,
            operator=operator,
            knmc=knmc,
            ministry=ministry,
            tms=organisation(
                "Информационно-методический центр Северского района", "TMS", municipality_oktmo=SEVERSKY
            ),
            other_tms=organisation(
                "Информационно-методический центр Абинского района", "TMS", municipality_oktmo=ABINSKY
            ),
            order=actions.record_act(
                operator,
                kind="ORDER",
                number="25",
                date=date(2018, 12, 31),
                title="О присвоении статуса",
                level="REGIONAL",
                issuer_id=ministry,
            ),
            schools=[
                organisation(
                    f"МБОУ «Школа № {number}»", "EDU_ORG", municipality_oktmo=oktmo, edu_kind="SCHOOL"
                )
                for number, oktmo in (
                    (1, KRASNODAR),
                    (2, KRASNODAR),
                    (3, SEVERSKY),
                    (4, SEVERSKY),
                    (5, ABINSKY),
                )
            ],
        )


@pytest.fixture
def inside(world: World) -> Iterator[World]:
    """The small network, for tests that stay inside the application's context and open no page."""
    with world.app.app_context():
        yield world
