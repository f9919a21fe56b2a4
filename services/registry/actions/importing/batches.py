"""A batch before it is applied: sent, decided row by row, checked again, discarded."""

import hashlib
import re
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.rules.importing.kinds import (
    OVER,
    BatchKind,
    BatchState,
    Decision,
    Verdict,
    check_decidable,
    check_decision,
    move,
)
from shared import ids
from shared.jobs import enqueue
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

#: Kinds of jobs, also the names in the journal of jobs.
CHECK, APPLY, UNDO = "import.check", "import.apply", "import.undo"


def upload_import(who: Person, *, kind: BatchKind | str, filename: str, content: bytes) -> UUID:
    """Keep a sent table and let a job check it; the same file is not taken twice (SC-13)."""
    access.require(access.may_import(who))
    chosen, digest = BatchKind(kind), hashlib.sha256(content).hexdigest()
    with work(who) as u:
        known = u.session.scalar(
            sa.select(model.ImportBatch.id).where(
                model.ImportBatch.kind == chosen,
                model.ImportBatch.sha256 == digest,
                model.ImportBatch.state.not_in(OVER),
            )
        )
        if known is not None:
            raise Refused(
                "IMPORT",
                N_("Этот файл уже загружен: загрузка %(existing)s"),
                field="file",
                existing=known,
            )
        batch = u.add(
            model.ImportBatch(
                id=ids.new_id(),
                kind=chosen,
                file_name=_file_name(filename),
                sha256=digest,
                content=content,
                state=BatchState.UPLOADED,
                header={},
                created_by=who.account_id,
            )
        )
        start(u, batch, CHECK)
        u.journal("import.uploaded", batch, {"sha256": digest})
        return batch.id


def check_import_again(who: Person, *, batch_id: UUID) -> None:
    """Check once more against the registry of now; decisions made before are to be made anew."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        batch.state = move(batch.state, "recheck")
        batch.note = None
        start(u, batch, CHECK)
        u.journal("import.rechecked", batch)


def discard_import(who: Person, *, batch_id: UUID) -> None:
    """Drop a batch that has not been applied; what was sent stays for the record."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        batch.state = move(batch.state, "discard")
        u.journal("import.discarded", batch)


def decide_row(
    who: Person,
    *,
    batch_id: UUID,
    number: int,
    decision: Decision | str | None,
    target_id: UUID | None = None,
) -> None:
    """A person says what a row means: a new organisation, a known one, or nothing; or takes that back."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        check_decidable(batch.state)
        row = u.session.scalar(
            sa.select(model.ImportRow).where(
                model.ImportRow.batch_id == batch_id, model.ImportRow.number == number
            )
        )
        if row is None:
            raise NotFound(N_("строка загрузки"))
        row.decision, row.decided_id = None, None
        if decision is not None:
            chosen = Decision(decision)
            target = _target(row, target_id) if chosen is Decision.MERGE else None
            check_decision(
                row.verdict,
                chosen,
                has_target=target is not None,
                same_name=any(one["same_name"] for one in row.candidates),
            )
            row.decision, row.decided_id = chosen, target
        batch.note = None
        u.journal(
            "import.row_decided", batch, {"row": number, "decision": str(decision) if decision else None}
        )


def skip_rows(who: Person, *, batch_id: UUID, verdict: Verdict | str) -> int:
    """Leave out every row of one verdict about which nobody has decided; nothing else is decided in bulk."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        check_decidable(batch.state)
        skipped = u.session.execute(
            sa.update(model.ImportRow)
            .where(
                model.ImportRow.batch_id == batch_id,
                model.ImportRow.verdict == Verdict(verdict),
                model.ImportRow.decision.is_(None),
            )
            .values(decision=Decision.SKIP)
        ).rowcount
        batch.note = None
        u.journal("import.rows_skipped", batch, {"verdict": str(verdict), "rows": skipped})
        return int(skipped)


def locked(u: Unit, batch_id: UUID) -> model.ImportBatch:
    """The batch, ours until the end of the transaction: one job or person at a time."""
    batch = u.session.scalar(
        sa.select(model.ImportBatch)
        .where(model.ImportBatch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if batch is None:
        raise NotFound(N_("загрузка"))
    return batch


def start(u: Unit, batch: model.ImportBatch, kind: str, **payload: Any) -> None:
    """Let a job go on with the batch."""
    batch.job_id = enqueue(u, kind, {"batch_id": str(batch.id), **payload})


def _target(row: model.ImportRow, target_id: UUID | None) -> UUID | None:
    """One of the candidates that the row was shown with; nothing else can be merged into."""
    shown = [UUID(one["id"]) for one in row.candidates]
    if target_id is None and len(shown) == 1:
        return shown[0]
    if target_id is not None and target_id not in shown:
        raise Refused("IMPORT", N_("Этой организации нет среди предложенных для строки"), field="target_id")
    return target_id


def _file_name(name: str) -> str:
    """The name as people know the file, without folders and signs that names do not have."""
    return re.sub(r"[^\w .,()№–—-]", "_", re.split(r"[/\\]", name)[-1]).strip(" .")[:200] or "table"
