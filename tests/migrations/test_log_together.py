"""Two connections of PostgreSQL write one log: no gaps, no duplicates, heads over what is committed (F6)."""

import random
import threading
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from services.expertise.actions import ledger
from services.expertise.model import ContestEdition, ContestSeries, LedgerLine, TreeHead
from services.expertise.rules.vocabulary import ContestLevel, EditionState, LedgerKind, OrdinalStyle
from shared import clock, ids, migrate
from shared.merkle import Tree, leaf
from shared.person import Role
from shared.testing.suite import person
from shared.unit import read, work
from tests.migrations.test_migrations import app_on

ROUNDS = 40


def edition() -> UUID:
    """An edition with nothing in its log."""
    with work(person(Role.OPERATOR)) as u:
        series = u.add(
            ContestSeries(
                name="Конкурс", code="K", organiser_id=ids.new_id(), level=ContestLevel.MUNICIPAL,
                ordinal_style=OrdinalStyle.ROMAN,
            )
        )  # fmt: skip
        today = clock.today()
        row = u.add(
            ContestEdition(
                series=series, year=2020, title="Выпуск", opens_on=today, closes_on=today,
                state=EditionState.DRAFT, policy_data={},
            )
        )  # fmt: skip
        return row.id


def write(app: Flask, edition_id: UUID, barrier: threading.Barrier, faults: list[BaseException]) -> None:
    """Many units at once: lines by one and by many, some of them undone, now and then a head."""
    draw = random.Random(threading.get_ident())
    with app.app_context():
        barrier.wait()
        for turn in range(ROUNDS):
            try:
                with work(person(Role.SECRETARY)) as u:
                    told: list[tuple[UUID, dict[str, Any]]] = [
                        (edition_id, {"turn": str(turn)}) for _ in range(draw.randint(1, 3))
                    ]
                    ledger.record_many(u, LedgerKind.VOTE, edition_id=edition_id, told=told)
                    if turn % 7 == 3:
                        ledger.sign_head(u, u.session.get(ContestEdition, edition_id))
                    if draw.random() < 0.2:
                        raise LookupError
            except LookupError:
                continue
            except BaseException as fault:
                faults.append(fault)
                raise


@pytest.mark.broker
def test_two_connections_leave_no_gap_and_no_duplicate(empty_postgres: str) -> None:
    with app_on("expertise", empty_postgres) as app:
        migrate.upgrade(app)
        with app.app_context():
            edition_id = edition()
        faults: list[BaseException] = []
        barrier = threading.Barrier(2)
        threads = [
            threading.Thread(target=write, args=(app, edition_id, barrier, faults), daemon=True) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not faults and not any(thread.is_alive() for thread in threads)
        with app.app_context():
            rows = read().execute(sa.select(LedgerLine.seq, LedgerLine.line).order_by(LedgerLine.seq)).all()
            assert [row.seq for row in rows] == list(range(len(rows))) and len(rows) > ROUNDS
            tree = Tree([leaf(row.line) for row in rows])
            signed = read().scalars(sa.select(TreeHead).order_by(TreeHead.number)).all()
            assert len(signed) > 5 and [one.number for one in signed] == list(range(1, len(signed) + 1))
            assert all(tree.root_of(one.size).hex() == one.root for one in signed)
