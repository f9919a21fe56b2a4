"""From when to when an act is in force: its term and the living relations that end it, with two times (BR-04)."""

import sqlalchemy as sa

from services.registry import model
from services.registry.actions import facts
from services.registry.rules import acts
from services.registry.rules.facts import FOREVER, Basis, Statement
from services.registry.rules.kinds import FactKind
from shared.refusal import N_
from shared.unit import Unit

#: What a fact of force says; an act out of force has none for that day.
IN_FORCE = "IN_FORCE"


def keep_force(u: Unit, act: model.Act, basis: Basis, correction: model.Correction | None = None) -> None:
    """Record the days on which an act is in force; what was known of them before stays readable (F7)."""
    end = act.in_force_to or FOREVER
    said = [Statement(IN_FORCE, act.in_force_from, end, basis=basis)] if act.in_force_from < end else []
    facts.record(u, act.id, FactKind.ACT_FORCE, said, correction_id=correction.id if correction else None)


def derive_end(u: Unit, target: model.Act, *, withdrawn: str | None = None) -> None:
    """The end of an act follows from its term and from the living relations that end it (BR-04).

    ``withdrawn`` is the reason for which one of them was withdrawn: what follows is a correction.
    """
    relation, source = model.ActRelation, model.Act
    endings = u.session.execute(
        sa.select(source.in_force_from, source.id, relation.source_clause)
        .join(relation, relation.source_id == source.id)
        .where(
            relation.target_id == target.id,
            relation.type.in_(acts.ENDING),
            relation.target_clause == "",
            relation.withdrawn_at.is_(None),
        )
        .order_by(source.in_force_from, relation.id)
    ).all()
    end = acts.end_of_force(target.term_to, [day for day, _, _ in endings])
    if end == target.in_force_to:
        return
    target.in_force_to = end
    correction = None
    basis = Basis.act(target.id)
    if endings and endings[0][0] == end:
        basis = Basis.act(endings[0][1], endings[0][2] or None)
    if withdrawn is not None:
        what = N_("Отмена акта отозвана как ошибочная")
        correction = facts.correct(u, subject_id=target.id, what=what, reason=withdrawn, act_id=None)
        if basis.act_id == target.id:
            basis = Basis.correction(correction.id, withdrawn)
    keep_force(u, target, basis, correction)
    u.announce(target)
