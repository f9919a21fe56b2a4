"""A checked batch becomes part of the registry, all of it or nothing; an applied one is taken back."""

from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.importing import organisations, platforms, undoing
from services.registry.actions.importing.batches import APPLY, UNDO, locked, start
from services.registry.actions.importing.plan import plan
from services.registry.rules.importing.kinds import BatchKind, Verdict, check_complete, move
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def apply_import(who: Person, *, batch_id: UUID) -> None:
    """Apply a checked batch as a whole; a job does it, in one transaction (all or nothing)."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        move(batch.state, "apply")
        check_complete(_waiting(u, batch, Verdict.ERROR), _waiting(u, batch, Verdict.UNDECIDED))
        batch.state, batch.note = move(batch.state, "apply"), None
        start(u, batch, APPLY, account_id=str(who.account_id) if who.account_id else None)
        u.journal("import.applying", batch)


def undo_import(who: Person, *, batch_id: UUID) -> None:
    """Take an applied batch back by correction, unless later facts rest on it (BR-26)."""
    access.require(access.may_import(who))
    with work(who) as u:
        batch = locked(u, batch_id)
        batch.state, batch.note = move(batch.state, "undo"), None
        start(u, batch, UNDO, account_id=str(who.account_id) if who.account_id else None)
        u.journal("import.undoing", batch)


def write(u: Unit, batch: model.ImportBatch) -> None:
    """Everything a batch brings, in this transaction."""
    one = model.ImportRow.__table__.c
    rows = u.session.execute(
        sa.select(
            one.id, one.number, one.raw, one.understood, one.verdict, one.target_id, one.decision,
            one.decided_id, one.result_id,
        )
        .where(one.batch_id == batch.id)
        .order_by(one.number)
    ).all()  # fmt: skip
    name_at = next((int(at) for at, field in batch.header["fields"].items() if field == "full_name"), 0)
    found = plan(rows, name_at)
    if not found.new and not found.merged:
        raise Refused("IMPORT", N_("В загрузке нет ничего нового: применять нечего"))
    if batch.kind is BatchKind.ORGANISATIONS:
        organisations.write(u, batch, found)
    else:
        platforms.write(u, batch, found)
    batch.state, batch.applied_at = move(batch.state, "applied"), clock.now()
    merged = sum(len(some) for some in found.merged.values())
    u.journal("import.applied", batch, {"new": len(found.new), "merged": merged})


def take_back(u: Unit, batch: model.ImportBatch) -> None:
    """Nothing of the batch is in force any more; what it was, the history tells."""
    if batch.kind is BatchKind.ORGANISATIONS:
        undoing.undo_organisations(u, batch)
    else:
        undoing.undo_platforms(u, batch)
    batch.state, batch.undone_at = move(batch.state, "undone"), clock.now()
    u.journal("import.undone", batch)


def _waiting(u: Unit, batch: model.ImportBatch, verdict: Verdict) -> int:
    return (
        u.session.scalar(
            sa.select(sa.func.count())
            .select_from(model.ImportRow)
            .where(
                model.ImportRow.batch_id == batch.id,
                model.ImportRow.verdict == verdict,
                model.ImportRow.decision.is_(None),
            )
        )
        or 0
    )
