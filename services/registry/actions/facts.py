"""Recording facts: what is known is closed and added to, never rewritten (F7)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions.citing import cite
from services.registry.rules import facts
from services.registry.rules.facts import UNTIL_CORRECTED, Basis, Statement
from services.registry.rules.kinds import FactKind
from services.registry.rules.names import clean
from shared import clock, ids
from shared.refusal import N_, Refused
from shared.unit import Unit


def held(u: Unit, subject_id: UUID, kind: FactKind, item: str | None = None) -> list[Statement]:
    """What is known now of a subject: the timeline of one kind, of one item where it is named."""
    return [row.statement for row in _rows(u, subject_id, kind, item)]


def record(
    u: Unit,
    subject_id: UUID,
    kind: FactKind,
    statements: Iterable[Statement],
    *,
    item: str | None = None,
    correction_id: UUID | None = None,
) -> bool:
    """Make the known timeline equal to ``statements``: what is no longer said is closed, what is new is added.

    True when anything changed. ``correction_id`` says which correction closes the old rows.
    """
    wanted = list(statements)
    rows = {row.statement: row for row in _rows(u, subject_id, kind, item)}
    closing = [row.id for said, row in rows.items() if said not in wanted]
    now = clock.now()
    if closing:
        fact = model.Fact
        # At once and not with the flush, which would add the new rows first.
        u.session.execute(
            sa.update(fact)
            .where(fact.id.in_(closing))
            .values(
                recorded_to=sa.case((fact.recorded_from > now, fact.recorded_from), else_=now),
                closed_by_id=correction_id,
            )
            .execution_options(synchronize_session=False)
        )
        for row in rows.values():
            u.session.expire(row)
    fresh = [said for said in wanted if said not in rows]
    record_all(u, [(subject_id, kind, said) for said in fresh])
    return bool(closing or fresh)


def record_all(u: Unit, said: Sequence[tuple[UUID, FactKind, Statement]]) -> None:
    """Add facts of subjects of which nothing of the kind is known yet, many at a time."""
    if not said:
        return
    u.session.flush()
    now = clock.now()
    rows = [
        {
            "id": new,
            "subject_id": subject_id,
            "kind": kind,
            "item": one.item,
            "value": one.value,
            "key": one.key,
            "ref_id": one.ref_id,
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
            "recorded_from": now,
            "recorded_to": UNTIL_CORRECTED,
            "recorded_by": u.who.account_id,
            "basis": one.basis.kind,
            "act_id": one.basis.act_id,
            "clause": one.basis.clause,
            "agreement_id": one.basis.agreement_id,
            "correction_id": one.basis.correction_id,
            "note": one.basis.note,
        }
        for new, (subject_id, kind, one) in zip(ids.new_ids(len(said)), said, strict=True)
    ]
    # What no row has need not be sent for each of them.
    used = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    u.session.execute(sa.insert(model.Fact.__table__), [{name: row[name] for name in used} for row in rows])


def record_change(u: Unit, subject_id: UUID, kind: FactKind, new: Statement) -> list[Statement]:
    """A change from its day on, by its basis; gives the timeline after it (F7)."""
    item = new.item if kind in facts.MANY else None
    before = held(u, subject_id, kind, item)
    facts.check_span(new.valid_from, new.valid_to)
    facts.check_change(kind, before, new.valid_from, new.basis)
    after = facts.changed(before, new)
    record(u, subject_id, kind, after, item=item)
    return after


def correct(u: Unit, *, subject_id: UUID, what: str, reason: str, act_id: UUID | None) -> model.Correction:
    """Open a correction: it says what it corrects and why; an act may stand behind it (F7)."""
    if not reason.strip():
        raise Refused("F7", N_("Укажите, что было ошибкой и почему"), field="reason")
    if act_id is not None:
        u.get(model.Act, act_id)
    correction = u.add(
        model.Correction(
            subject_id=subject_id,
            what=what[:500],
            reason=clean(reason)[:500],
            act_id=act_id,
            made_by=u.who.account_id,
        )
    )
    u.session.flush()
    return correction


def basis_of(
    u: Unit,
    *,
    act_id: UUID | None,
    on: date,
    clause: str | None = None,
    agreement_id: UUID | None = None,
) -> Basis | None:
    """The basis that somebody named for a day, checked to exist; None when nothing was named (BR-05)."""
    if act_id is not None:
        return Basis.act(cite(u, act_id, on).id, clean(clause) if clause else None)
    if agreement_id is not None:
        return Basis.agreement(u.get(model.Agreement, agreement_id).id)
    return None


def known_kinds(u: Unit, subject_id: UUID, kinds: Collection[FactKind]) -> dict[FactKind, list[Statement]]:
    """Several timelines of a subject in one question."""
    fact = model.Fact
    rows = u.session.scalars(
        sa.select(fact)
        .where(fact.subject_id == subject_id, fact.kind.in_(kinds), fact.recorded_to == UNTIL_CORRECTED)
        .order_by(fact.kind, fact.item, fact.valid_from)
    )
    found: dict[FactKind, list[Statement]] = {kind: [] for kind in kinds}
    for row in rows:
        found[row.kind].append(row.statement)
    return found


def _rows(u: Unit, subject_id: UUID, kind: FactKind, item: str | None) -> list[model.Fact]:
    fact = model.Fact
    query = sa.select(fact).where(
        fact.subject_id == subject_id, fact.kind == kind, fact.recorded_to == UNTIL_CORRECTED
    )
    if item is not None:
        query = query.where(fact.item == item)
    return list(u.session.scalars(query.order_by(fact.item, fact.valid_from)))
