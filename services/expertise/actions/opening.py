"""Sealing a score sheet when it is signed, opening all of a stage together when it is closed (F6, BR-44)."""

import json
import secrets
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import contains_eager

from services.expertise.actions import ledger
from services.expertise.messages import SheetOpened
from services.expertise.model import (
    Assignment,
    ContestEdition,
    Entry,
    LedgerLine,
    Nomination,
    Rubric,
    ScoreSheet,
    SheetSeal,
    Stage,
)
from services.expertise.queries import names
from services.expertise.rules import rubrics, scoring
from services.expertise.rules.sealing import plain, sheet_commitment, sheet_content, words_commitment
from services.expertise.rules.vocabulary import LedgerKind, SheetState
from shared import clock
from shared.refusal import N_, Refused
from shared.unit import Unit

log = structlog.get_logger()

#: The last decimal that PostgreSQL keeps of a total.
ROUNDING = Decimal("0.0001")


def commit_sheet(u: Unit, sheet: ScoreSheet, assignment: Assignment) -> None:
    """The log gets the hash of a signed sheet; what opens it stays in the sheet's seal (F6)."""
    salt = secrets.token_hex(32)
    sealed = u.add(
        SheetSeal(
            sheet_id=sheet.id,
            nonce=secrets.token_hex(32),
            salt=salt,
            words=words_commitment(salt, sheet.words),
        )
    )
    u.session.flush()
    nomination = assignment.entry.nomination
    content = _content(sheet, sealed, assignment, assignment.stage, nomination.rubric_id, nomination.rubric.rules)
    ledger.record(
        u,
        LedgerKind.SHEET_COMMITTED,
        edition_id=assignment.entry.edition_id,
        subject_id=sheet.id,
        data={
            "assignment": str(assignment.id),
            "entry": str(assignment.entry_id),
            "expert": str(assignment.expert_id),
            "stage": assignment.stage.kind.value,
            "commitment": sheet_commitment(content),
        },
    )


def open_sheets(u: Unit, edition: ContestEdition, stage: Stage) -> int:
    """Open every sheet ever signed in a stage, cancelled ones too, in one transaction (F6).

    A valid sheet that is not what was committed, or was never committed, and a sheet that is gone keep the
    stage open: the refusal names it. A cancelled one that does not fit any more is told as such, without
    content. What is open already stays as it is. Gives how many were opened.
    """
    committed, already = _committed(u, edition, stage), _opened(u, edition)
    told, opened = [], []
    for sheet, sealed, rubric_id, rubric in _signed(u, stage):
        if sheet.id in already:
            continue
        expected = committed.pop(sheet.id, None)
        content = sealed and _content(sheet, sealed, sheet.assignment, stage, rubric_id, rubric)
        if content is None or sheet_commitment(content) != expected or not _row_fits(sheet, sealed, content):
            if sheet.state is SheetState.SIGNED:
                raise _mismatch(u, edition, sheet.entry_id, sheet.expert_id)
            content = None
        told.append((sheet.id, {"content": content, "state": sheet.state.value}))
        if sheet.state is SheetState.SIGNED:
            opened.append(sheet)
    for sheet_id in set(committed) - already:
        raise Refused(
            "F6", N_("Подписанный лист %(sheet)s исчез: этап не закрывается"), sheet=str(sheet_id)
        )
    ledger.record_many(u, LedgerKind.SHEET_OPENED, edition_id=edition.id, told=told)
    for sheet in opened:
        message = SheetOpened(
            sheet_id=sheet.id,
            entry_id=sheet.entry_id,
            edition_id=edition.id,
            stage_kind=stage.kind,
            opened_on=clock.today(),
            percent=sheet.percent,
        )
        u.tell(message, of=sheet)
    return len(told)


def _signed(u: Unit, stage: Stage) -> Iterator[tuple[ScoreSheet, SheetSeal | None, UUID, rubrics.Rubric]]:
    """Sheets of the stage that were ever signed, by the order of signing, with seal and rubric."""
    rows = u.session.execute(
        sa.select(ScoreSheet, SheetSeal, Rubric)
        .join(ScoreSheet.assignment)
        .join(Entry, Entry.id == ScoreSheet.entry_id)
        .join(Nomination, Nomination.id == Entry.nomination_id)
        .join(Rubric, Rubric.id == Nomination.rubric_id)
        .outerjoin(SheetSeal, SheetSeal.sheet_id == ScoreSheet.id)
        .options(contains_eager(ScoreSheet.assignment))
        .where(ScoreSheet.stage_id == stage.id, ScoreSheet.signed_at.is_not(None))
        .order_by(ScoreSheet.signed_at, ScoreSheet.id)
    ).all()
    read: dict[UUID, rubrics.Rubric] = {}
    for sheet, sealed, rubric in rows:
        if rubric.id not in read:
            read[rubric.id] = rubric.rules
        yield sheet, sealed, rubric.id, read[rubric.id]


def _committed(u: Unit, edition: ContestEdition, stage: Stage) -> dict[UUID, str]:
    """The commitments that the log itself holds for a stage: it cannot be rewritten."""
    lines = u.session.scalars(
        sa.select(LedgerLine.line).where(
            LedgerLine.edition_id == edition.id, LedgerLine.kind == LedgerKind.SHEET_COMMITTED
        )
    )
    told = (json.loads(line) for line in lines)
    return {
        UUID(one["subject"]): one["data"]["commitment"]
        for one in told
        if one["data"]["stage"] == stage.kind.value
    }


def _opened(u: Unit, edition: ContestEdition) -> set[UUID]:
    """Sheets that the log has opened."""
    lines = sa.select(LedgerLine.subject_id).where(
        LedgerLine.edition_id == edition.id, LedgerLine.kind == LedgerKind.SHEET_OPENED
    )
    return set(u.session.scalars(lines))


def _content(
    sheet: ScoreSheet,
    sealed: SheetSeal,
    assignment: Assignment,
    stage: Stage,
    rubric_id: UUID,
    rubric: rubrics.Rubric,
) -> dict[str, Any]:
    """The content with total and percent counted anew from the scores (BR-47)."""
    scores = sheet.exact_scores
    return sheet_content(
        sheet_id=sheet.id,
        entry_id=sheet.entry_id,
        stage=stage.kind,
        expert_id=sheet.expert_id,
        kind=assignment.kind,
        rubric_id=rubric_id,
        scores=scores,
        total=scoring.total(rubric, scores),
        percent=scoring.percent(rubric, scores),
        words=sealed.words,
        nonce=sealed.nonce,
    )


def _row_fits(sheet: ScoreSheet, sealed: SheetSeal, content: dict[str, Any]) -> bool:
    """Whether the row says what its scores give, and its words are the committed ones.

    With a destroyed salt nobody can tell about the words. PostgreSQL keeps four decimals of a total.
    """
    counted = abs(sheet.total - Decimal(content["total"])) <= ROUNDING and plain(sheet.percent) == content["percent"]
    said = sealed.salt is None or (
        words_commitment(sealed.salt, sheet.words) == sealed.words
    )
    return counted and said


def _mismatch(u: Unit, edition: ContestEdition, entry_id: UUID, expert_id: UUID) -> Refused:
    code = names.expert_codes(u.session, edition.id).get(expert_id, str(expert_id))
    label = u.get(Entry, entry_id).label
    log.error("a sheet is not what was committed", edition=str(edition.id), entry=label, expert=code)
    return Refused(
        "F6",
        N_(
            "Лист эксперта %(expert)s по заявке %(entry)s не совпадает с тем, что он подписал: этап не "
            "закрывается. Аннулируйте лист с причиной, эксперт подпишет его заново"
        ),
        expert=code,
        entry=label,
    )
