"""The log of an edition: numbers without gaps, canonical lines, commitments instead of names (F6)."""

import json
from hashlib import sha256
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise.actions import ledger
from services.expertise.model import LedgerLine, LedgerSalt
from services.expertise.rules.vocabulary import LedgerKind
from shared import ids
from shared.unit import read, work


def lines(edition_id: Any) -> list[LedgerLine]:
    query = sa.select(LedgerLine).where(LedgerLine.edition_id == edition_id).order_by(LedgerLine.seq)
    return list(read().scalars(query))


def test_lines_are_numbered_without_gaps_and_hashed(world: Any) -> None:
    edition_id = world.draft_edition()
    before = len(lines(edition_id))
    for _ in range(2):
        with work(world.secretary) as u:
            ledger.record(
                u, LedgerKind.DECISION, edition_id=edition_id, subject_id=ids.new_id(), data={"score": "79.67"}
            )
    written = lines(edition_id)[before:]
    assert [one.seq for one in written] == [before, before + 1]
    told = json.loads(written[0].line)
    assert told["data"] == {"score": "79.67"} and told["actor"] == str(world.secretary.account_id)
    assert written[0].leaf == sha256(b"\x00" + written[0].line).hexdigest()


def test_a_line_that_was_not_committed_leaves_no_gap(world: Any) -> None:
    edition_id = world.draft_edition()
    before = len(lines(edition_id))
    with pytest.raises(LookupError), work(world.secretary) as u:
        ledger.record(u, LedgerKind.VOTE, edition_id=edition_id, subject_id=edition_id)
        raise LookupError
    with work(world.secretary) as u:
        ledger.record(u, LedgerKind.VOTE, edition_id=edition_id, subject_id=edition_id)
    assert [one.seq for one in lines(edition_id)][before:] == [before]


def test_words_stand_as_a_commitment(world: Any) -> None:
    """Equal words give different commitments, and only the salt opens one."""
    edition_id = world.draft_edition()
    with work(world.secretary) as u:
        first, second = (ledger.commit(u, edition_id, "Знаю авторов") for _ in range(2))
    assert first != second
    kept = read().scalars(sa.select(LedgerSalt).where(LedgerSalt.commitment == first)).one()
    assert sha256(f"{kept.salt}:Знаю авторов".encode()).hexdigest() == first
