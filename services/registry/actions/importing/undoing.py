"""An applied batch is taken back by correction: nothing of it is in force, what it was the history tells (F7)."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.actions import facts, platforms
from services.registry.actions.importing import additions, dependents
from services.registry.actions.importing.organisations import told
from services.registry.actions.importing.plan import portions
from services.registry.rules.facts import UNTIL_CORRECTED, Basis, Statement
from services.registry.rules.importing.kinds import Decision, Verdict
from services.registry.rules.kinds import FactKind, OrgRole, OrgState, PlatformState
from shared import clock
from shared.refusal import N_
from shared.unit import Unit

REASON = N_("загрузка таблицы отменена")


def undo_organisations(u: Unit, batch: model.ImportBatch) -> None:
    """New organisations are withdrawn, additions to known ones removed, unless later facts rest on them."""
    made, traces = _made(u, batch), _traces(u, batch)
    dependents.refuse_used_organisations(u, made, batch)
    dependents.refuse_changed_additions(u, traces)
    correction = facts.correct(u, subject_id=batch.id, what=batch.file_name, reason=REASON, act_id=None)
    _withdraw(u, made, correction)
    _remove(u, traces, correction)


def undo_platforms(u: Unit, batch: model.ImportBatch) -> None:
    """The awards of the batch are withdrawn and its applications declined, unless something followed."""
    made = _made(u, batch)
    dependents.refuse_used_platforms(u, made, batch)
    correction = facts.correct(u, subject_id=batch.id, what=batch.file_name, reason=REASON, act_id=None)
    for key in made:
        platform = u.get(model.Platform, key)
        for record in platform.history:
            record.withdrawn_at, record.withdrawn_by_id = clock.now(), correction.id
        u.session.flush()
        u.session.expire(platform, ["history"])
        platform.state = PlatformState.APPLIED
        platforms.restate(u, platform, correction=correction)
        platforms.decline_platform(u.who, platform_id=key, reason=REASON)


def close(
    u: Unit, subjects: Collection[UUID], kind: FactKind, correction: model.Correction, item: str | None = None
) -> None:
    """Facts of many subjects are known no longer; the correction says why."""
    fact, now = model.Fact.__table__, clock.now()
    for keys in portions(subjects):
        chosen = [fact.c.subject_id.in_(keys), fact.c.kind == kind, fact.c.recorded_to == UNTIL_CORRECTED]
        if item is not None:
            chosen.append(fact.c.item == item)
        u.session.execute(
            sa.update(fact)
            .where(*chosen)
            .values(
                recorded_to=sa.case((fact.c.recorded_from > now, fact.c.recorded_from), else_=now),
                closed_by_id=correction.id,
            )
        )


def _withdraw(u: Unit, made: Collection[UUID], correction: model.Correction) -> None:
    table, now = model.Organisation.__table__, clock.now()
    basis = Basis.correction(correction.id, correction.reason)
    close(u, made, FactKind.ORG_STATE, correction)
    facts.record_all(
        u, [(key, FactKind.ORG_STATE, Statement(OrgState.WITHDRAWN.value, basis=basis)) for key in made]
    )
    for keys in portions(made):
        u.session.execute(
            sa.update(table)
            .where(table.c.id.in_(keys))
            .values(state=OrgState.WITHDRAWN, version=table.c.version + 1, updated_at=now)
        )
        spelled = model.OrganisationAlias.__table__
        u.session.execute(sa.delete(spelled).where(spelled.c.organisation_id.in_(keys)))
        known = additions.known(u, keys)
        u.tell_all((told(key, one, OrgState.WITHDRAWN), one["version"]) for key, one in known.items())
    u.journal_all("organisation.withdraw", model.Organisation, made, {"reason": correction.reason})


def _remove(u: Unit, traces: dict[UUID, dict[str, Any]], correction: model.Correction) -> None:
    """Spellings, roles and filled fields that the batch added to known organisations."""
    spelled, role = model.OrganisationAlias.__table__, model.OrganisationRole.__table__
    for keys in portions([UUID(one) for trace in traces.values() for one in trace["aliases"]]):
        u.session.execute(sa.delete(spelled).where(spelled.c.id.in_(keys)))
    for code in OrgRole:
        having = [key for key, trace in traces.items() if code.value in trace["roles"]]
        close(u, having, FactKind.ROLE, correction, item=code.value)
        for keys in portions(having):
            u.session.execute(sa.delete(role).where(role.c.organisation_id.in_(keys), role.c.role == code))
    close(u, _having(traces, "edu_kind"), FactKind.EDU_KIND, correction)
    changed = [key for key, trace in traces.items() if trace["filled"] or trace["roles"]]
    for keys in portions(changed):
        known = additions.known(u, keys)
        rows = [{**one, **dict.fromkeys(traces[key]["filled"])} for key, one in known.items()]
        additions.write_rows(u, rows, clock.now())
        u.tell_all((told(one["id"], one, one["state"]), one["version"] + 1) for one in rows)
    u.journal_all(
        "organisation.import_undone", model.Organisation, list(traces), {"reason": correction.reason}
    )


def _having(traces: dict[UUID, dict[str, Any]], field: str) -> list[UUID]:
    return [key for key, trace in traces.items() if field in trace["filled"]]


def _made(u: Unit, batch: model.ImportBatch) -> list[UUID]:
    """What the batch entered anew."""
    row = model.ImportRow.__table__.c
    rows: Iterable[UUID] = u.session.scalars(
        sa.select(row.result_id)
        .where(
            row.batch_id == batch.id,
            sa.or_(
                row.decision == Decision.NEW,
                sa.and_(row.decision.is_(None), row.verdict == Verdict.NEW),
            ),
        )
        .order_by(row.number)
    )
    return list(rows)


def _traces(u: Unit, batch: model.ImportBatch) -> dict[UUID, dict[str, Any]]:
    """What the batch added, by organisation."""
    row = model.ImportRow.__table__.c
    found = u.session.execute(
        sa.select(row.applied).where(row.batch_id == batch.id, row.applied.is_not(None))
    )
    return {UUID(trace["organisation_id"]): trace for (trace,) in found}
