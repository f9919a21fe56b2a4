"""Batches, their rows and their faults, for the page and the API; templates to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.rules.importing.columns import COLUMNS, Column
from services.registry.rules.importing.kinds import AT_WORK, BatchKind, BatchState, Decision, Verdict
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class BatchCard:
    """A batch as its page shows it; ``open`` are rows that forbid the application."""

    batch: model.ImportBatch
    counts: Mapping[Verdict, int]
    open_errors: int
    open_undecided: int
    skipped: int
    at_work: bool
    done: int
    total: int

    @property
    def percent(self) -> int | None:
        """How far the job is, where it can be said."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def unknown(self) -> list[str]:
        """Columns that were not understood."""
        return list(self.batch.header.get("unknown", ()))

    @property
    def unread(self) -> list[str]:
        """Sheets that were not read."""
        return list(self.batch.header.get("unread", ()))

    @property
    def may_apply(self) -> bool:
        """Whether nothing forbids the application."""
        return (
            self.batch.state is BatchState.READY
            and not self.open_errors
            and not self.open_undecided
            and self.batch.total > self.skipped
        )


def import_batches(who: Person, *, page: int = 1, size: int = 50) -> Page[model.ImportBatch]:
    """All batches, the newest first."""
    access.require(access.may_import(who))
    return paged(
        sa.select(model.ImportBatch).order_by(
            model.ImportBatch.created_at.desc(), model.ImportBatch.id.desc()
        ),
        page,
        size,
    )


def import_batch(who: Person, batch_id: UUID) -> BatchCard:
    """A batch with its counts and the progress of its job."""
    access.require(access.may_import(who))
    session = read()
    batch = session.get(model.ImportBatch, batch_id)
    if batch is None:
        raise NotFound(N_("загрузка"))
    one = model.ImportRow
    grouped = session.execute(
        sa.select(one.verdict, one.decision, sa.func.count())
        .where(one.batch_id == batch_id)
        .group_by(one.verdict, one.decision)
    ).all()
    counts = dict.fromkeys(Verdict, 0)
    for verdict, _, count in grouped:
        counts[verdict] += count
    job = session.get(model.Job, batch.job_id) if batch.job_id else None
    return BatchCard(
        batch=batch,
        counts=counts,
        open_errors=_open(grouped, Verdict.ERROR),
        open_undecided=_open(grouped, Verdict.UNDECIDED),
        skipped=sum(count for _, decision, count in grouped if decision is Decision.SKIP),
        at_work=batch.state in AT_WORK,
        done=job.done if job else 0,
        total=job.total if job else 0,
    )


def import_rows(
    who: Person, batch_id: UUID, *, verdict: Verdict | None = None, page: int = 1, size: int = 50
) -> Page[model.ImportRow]:
    """Rows of a batch in the order of the file."""
    access.require(access.may_import(who))
    if read().get(model.ImportBatch, batch_id) is None:
        raise NotFound(N_("загрузка"))
    chosen = sa.select(model.ImportRow).where(model.ImportRow.batch_id == batch_id)
    if verdict is not None:
        chosen = chosen.where(model.ImportRow.verdict == verdict)
    return paged(chosen.order_by(model.ImportRow.number), page, size)


def import_faults(who: Person, batch_id: UUID) -> tuple[model.ImportBatch, Sequence[model.ImportRow]]:
    """Faulty rows as they stand in the file, to be mended there."""
    card = import_batch(who, batch_id)
    rows = read().scalars(
        sa.select(model.ImportRow)
        .where(model.ImportRow.batch_id == batch_id, model.ImportRow.verdict == Verdict.ERROR)
        .order_by(model.ImportRow.number)
    )
    return card.batch, rows.all()


def import_template(who: Person, kind: BatchKind) -> Sequence[Column]:
    """Columns of the template."""
    access.require(access.may_import(who))
    return COLUMNS[kind]


def _open(grouped: Sequence[Any], verdict: Verdict) -> int:
    return sum(count for found, decision, count in grouped if found is verdict and decision is None)
