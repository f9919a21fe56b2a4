"""The whole suite: a contest's heads reach registry, and a rewritten log of expertise contradicts it (F6)."""

from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions as contest
from services.expertise import queries as contests
from services.expertise.model import LedgerLine, TreeHead
from services.registry import queries
from services.registry.rules.witness import Trouble
from shared.person import PUBLIC
from shared.refusal import Refused
from shared.service import service_of
from shared.testing.suite import Suite
from shared.unit import read
from tests.services.expertise.conftest import World


def rewrite(app: Any, *statements: Any) -> None:
    """Somebody with expertise's whole database in hand: triggers go first."""
    with service_of(app).db.engine.begin() as connection:
        for table in ("ledger_line", "tree_head"):
            for what in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_no_{what}")
        for statement in statements:
            connection.execute(statement)
    read().expire_all()


def test_a_rewritten_expertise_contradicts_registry(suite: Suite) -> None:
    with suite.inside("expertise") as app:
        world = World(app)
        edition_id = world.open()
        world.file()
        contest.sign_edition_head(world.secretary, edition_id=edition_id)
        kept = contests.heads(PUBLIC, edition_id)
    suite.settle()
    with suite.inside("registry"):
        rows = queries.witnessed_heads(edition_id=edition_id).items
        assert [(one.number, one.printed, one.trouble) for one in rows] == [
            (one.number, one.printed, None) for one in kept
        ]
    with suite.inside("expertise") as app:
        line = read().scalars(sa.select(LedgerLine.line).where(LedgerLine.seq == 1)).one()
        mine = sa.and_(LedgerLine.edition_id == edition_id, LedgerLine.seq == 1)
        rewrite(app, sa.update(LedgerLine).where(mine).values(line=line.replace(b"DRAFT", b"FORGED")))
        with pytest.raises(Refused, match="F6"):
            contest.sign_edition_head(world.secretary, edition_id=edition_id)
        rewrite(app, sa.delete(TreeHead))
        contest.sign_edition_head(world.secretary, edition_id=edition_id)
        world.file()
        contest.sign_edition_head(world.secretary, edition_id=edition_id)
    suite.settle()
    with suite.inside("registry"):
        alarms = {one.trouble for one in queries.troubled_heads()}
        assert alarms == {Trouble.FORKED}
