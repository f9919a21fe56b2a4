"""The jobs of an import: each is one transaction that may be begun again, and done twice is done once."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.importing import applying, checking
from services.registry.actions.importing.batches import APPLY, CHECK, UNDO, locked
from services.registry.rules.importing.kinds import BATCH_MOVES, BatchState, move
from services.registry.rules.importing.notes import Note, note, refusal
from shared import clock
from shared.jobs import Kind, Running
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, read, work

_WHO = Person.system("registry")


def check(job: Running) -> None:
    """Check a sent file; what cannot be read makes the batch FAILED with its reason."""
    batch_id = UUID(job.payload["batch_id"])
    with work(_WHO) as u:
        batch = locked(u, batch_id)
        if batch.state not in (BatchState.UPLOADED, BatchState.CHECKING):
            return
        if batch.state is BatchState.UPLOADED:
            batch.state = move(batch.state, "check")
        kind, content = batch.kind, batch.content
    try:
        found = checking.check(read(), batch_id, kind, content, job.progress)
    except Refused as refused:
        with work(_WHO) as u:
            _failed(u, batch_id, refusal(refused))
        return
    with work(_WHO) as u:
        batch = locked(u, batch_id)
        if batch.state is not BatchState.CHECKING:
            return
        u.session.execute(sa.delete(model.ImportRow).where(model.ImportRow.batch_id == batch_id))
        if found.rows:
            u.session.execute(sa.insert(model.ImportRow), found.rows)
        batch.header, batch.total = found.header, len(found.rows)
        batch.state, batch.checked_at = move(batch.state, "checked"), clock.now()
        u.journal("import.checked", batch, {"rows": len(found.rows)})


def apply(job: Running) -> None:
    """Apply a batch as a whole; what forbids it returns the batch to the person with the reason."""
    _whole(job, applying.write, "return")


def undo(job: Running) -> None:
    """Take a batch back as a whole; what forbids it leaves the batch applied and says why."""
    _whole(job, applying.take_back, "keep")


def _whole(job: Running, act: Callable[[Unit, model.ImportBatch], None], otherwise: str) -> None:
    batch_id = UUID(job.payload["batch_id"])
    account = job.payload.get("account_id")
    who = Person(UUID(account) if account else None, None, "registry", (), True)
    try:
        with work(who) as u:
            batch = locked(u, batch_id)
            # Applied already: the worker was killed between the commit and the end of the job.
            if batch.state in (BatchState.APPLYING, BatchState.UNDOING):
                act(u, batch)
    except Refused as refused:
        _returned(batch_id, otherwise, refusal(refused))
    except sa.exc.IntegrityError:
        _returned(
            batch_id,
            otherwise,
            note(N_("Реестр изменился после проверки. Проверьте загрузку заново.")),
        )


def _returned(batch_id: UUID, action: str, why: Note) -> None:
    with work(_WHO) as u:
        batch = locked(u, batch_id)
        batch.state, batch.note = move(batch.state, action), why
        u.journal("import.refused", batch, {"rule": why.get("rule")})


def _failed(u: Unit, batch_id: UUID, why: Note) -> None:
    batch = locked(u, batch_id)
    batch.state, batch.note = move(batch.state, "fail"), why
    u.journal("import.failed", batch)


_BROKEN = note(N_("Программа не справилась с загрузкой. Обратитесь к администратору."))


def _gave_up(action: str) -> Callable[[Unit, Mapping[str, Any]], None]:
    """What becomes of the batch when its job has failed for good."""

    def give_up(u: Unit, payload: Mapping[str, Any]) -> None:
        batch = locked(u, UUID(payload["batch_id"]))
        if BATCH_MOVES.allows(batch.state, action):
            batch.state, batch.note = move(batch.state, action), _BROKEN
            u.journal("import.gave_up", batch)

    return give_up


JOBS: Mapping[str, Kind] = {
    CHECK: Kind(check, _gave_up("fail")),
    APPLY: Kind(apply, _gave_up("return")),
    UNDO: Kind(undo, _gave_up("keep")),
}
