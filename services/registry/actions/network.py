"""The resource centre and the transformation of municipal networks."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model, queries
from services.registry.actions import facts, territory
from services.registry.actions.citing import cite
from services.registry.actions.organisation_facts import need
from services.registry.rules import facts as rules
from services.registry.rules import transformation
from services.registry.rules.facts import Basis, Statement
from services.registry.rules.kinds import Evidence, FactKind, OrgRole, Stage
from services.registry.rules.names import clean
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def grant_resource_centre(
    who: Person, *, organisation_id: UUID, act_id: UUID, valid_from: date, capacity: int
) -> UUID:
    """Record the status of krai resource centre and its capacity of municipalities (S-049, BR-17)."""
    access.require(access.may_operate(who))
    if capacity < 1:
        raise Refused("BR-17", N_("Ёмкость ресурсного центра — положительное число"), field="capacity")
    with work(who) as u:
        organisation = need(u, organisation_id, "organisation_id")
        cite(u, act_id, valid_from)
        same = sa.select(model.ResourceCentre.id).filter_by(
            organisation_id=organisation_id, valid_from=valid_from
        )
        if u.session.scalar(same) is not None:
            raise Refused("BR-17", N_("Статус с этой даты уже внесён"), field="valid_from")
        centre = u.add(
            model.ResourceCentre(
                organisation_id=organisation_id, act_id=act_id, valid_from=valid_from, capacity=capacity
            )
        )
        facts.record_change(
            u,
            organisation.id,
            FactKind.CAPACITY,
            Statement(str(capacity), valid_from, basis=Basis.act(act_id)),
        )
        u.journal("resource_centre.granted", organisation, {"capacity": capacity})
        return centre.id


def set_transformation(
    who: Person,
    *,
    municipality_oktmo: str,
    tms_id: UUID,
    stage: Stage | str,
    since: date,
    evidence: Mapping[Evidence | str, str] | None = None,
    historical: bool = False,
) -> UUID:
    """Record that a municipality reached a stage, with its evidence (BR-18).

    ``historical`` enters what is known of the past, where stages come without their evidence. The
    registry itself proves an agreement in force and an active platform.
    """
    access.require(access.may_operate(who))
    target = Stage(stage)
    proofs = {Evidence(kind): clean(text) for kind, text in (evidence or {}).items() if text}
    with work(who) as u:
        territory.need(u, municipality_oktmo)
        tms = need(u, tms_id, "tms_id")
        if OrgRole.TMS not in tms.roles or tms.municipality_oktmo != municipality_oktmo:
            raise Refused("BR-18", N_("Это не ТМС указанного муниципалитета"), field="tms_id")
        row = u.session.scalar(
            sa.select(model.Transformation).filter_by(municipality_oktmo=municipality_oktmo)
        )
        if not historical:
            known = queries.proofs_of(municipality_oktmo, tms_id, since)
            proofs = {**{k: v for k, v in proofs.items() if k not in queries.PROVED_HERE}, **known}
            reached, now = _progress(row)
            transformation.check_stage(reached, now, target, proofs)
            if row is not None and since < row.since:
                raise Refused("BR-18", N_("Этап не может начаться раньше предыдущего"), field="since")
        if row is None:
            row = u.add(model.Transformation(municipality_oktmo=municipality_oktmo, steps=[]))
        row.tms, row.stage, row.since = tms, target, since
        row.steps.append(
            model.TransformationStep(stage=target, since=since, evidence=dict(proofs), historical=historical)
        )
        note = "; ".join(proofs.values()) or N_("внесено из истории")
        held = facts.held(u, row.id, FactKind.STAGE)
        said = Statement(target.value, since, basis=Basis.source(note))
        facts.record(u, row.id, FactKind.STAGE, rules.placed(held, said))
        u.journal("transformation.stage_set", row, {"stage": target.value})
        u.announce(row)
        return row.id


def _progress(row: model.Transformation | None) -> tuple[Stage, Stage]:
    """The furthest stage so far and the present one."""
    if row is None:
        return Stage.NOT_STARTED, Stage.NOT_STARTED
    stages = [step.stage for step in row.steps if step.stage is not Stage.PAUSED]
    return (stages[-1] if stages else Stage.NOT_STARTED), row.stage
