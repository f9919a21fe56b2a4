"""Plans of assignments: what they are made from, and a computed plan in names (F1)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import Assignment, AssignmentPlan, Entry, ExpertProfile, Stage
from services.expertise.queries import facts, names
from services.expertise.queries.views.planning import (
    Advice,
    LoadLine,
    PairLine,
    PlanCard,
    PlanLine,
    ShortLine,
)
from services.expertise.readmodel import Municipality
from services.expertise.rules.assignment import Options, Task
from services.expertise.rules.states import UNDER_EXPERTISE
from services.expertise.rules.vocabulary import LIVE_ASSIGNMENTS, AssignmentKind, AssignmentState
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read


def task(session: Session, stage: Stage, seed: int, options: Options | None = None) -> Task:
    """What is to be planned for a stage now; in a repair proposals that nobody accepted may move."""
    edition = stage.edition
    wanted = options or Options()
    if wanted.municipality_cap is None and edition.policy.municipality_cap is not None:
        wanted = replace(wanted, municipality_cap=edition.policy.municipality_cap)
    experts = facts.expert_facts(session, edition)
    entries = session.scalars(
        sa.select(Entry)
        .where(Entry.edition_id == edition.id, Entry.state.in_(UNDER_EXPERTISE))
        .order_by(Entry.reg_no)
    ).all()
    live = session.execute(
        sa.select(Assignment.entry_id, Assignment.expert_id, Assignment.state, Assignment.kind).where(
            Assignment.stage_id == stage.id, Assignment.state.in_(LIVE_ASSIGNMENTS)
        )
    ).all()
    movable = {
        (row.entry_id, row.expert_id)
        for row in live
        if wanted.repair and row.state is AssignmentState.PROPOSED and row.kind is AssignmentKind.REGULAR
    }
    return Task(
        entries=facts.entry_facts(session, edition, entries),
        experts=list(experts.values()),
        contestants=facts.contestants(session, edition.id),
        min_experts=stage.min_experts,
        same_municipality=edition.policy.same_municipality,
        assigned=frozenset((row.entry_id, row.expert_id) for row in live) - movable,
        seed=seed,
        conflicts=facts.conflicts(session, edition, experts),
        options=wanted,
        movable=frozenset(movable),
    )


def expert_persons(session: Session) -> set[UUID]:
    """Persons enrolled as experts: they may not assign (model 3.5)."""
    return set(session.scalars(sa.select(ExpertProfile.person_id)))


def plan_lines(who: Person, edition_id: UUID) -> list[PlanLine]:
    """The last plans of an edition."""
    access.require_secretary(who)
    rows = read().execute(
        sa.select(AssignmentPlan.id, AssignmentPlan.state, AssignmentPlan.created_at, Stage.kind)
        .join(Stage, Stage.id == AssignmentPlan.stage_id)
        .where(Stage.edition_id == edition_id)
        .order_by(AssignmentPlan.created_at.desc(), AssignmentPlan.id.desc())
        .limit(10)
    )
    return [PlanLine(plan_id=key, state=state, created_at=at, stage_kind=kind) for key, state, at, kind in rows]


def plan(who: Person, plan_id: UUID) -> PlanCard:
    """A plan with names: pairs and why, reserve, loads, coverage, or the certificate that there is none (F1)."""
    access.require_secretary(who)
    session = read()
    row = session.get(AssignmentPlan, plan_id)
    if row is None:
        raise NotFound(N_("план назначений"))
    result = row.result or {}
    words = _Words(session, result)
    certificate = result.get("certificate")
    return PlanCard(
        plan_id=row.id,
        edition_id=row.stage.edition_id,
        stage_kind=row.stage.kind,
        state=row.state,
        seed=row.seed,
        created_at=row.created_at,
        applied_at=row.applied_at,
        options=row.options,
        wanted=result.get("wanted", 0),
        newcomers=result.get("newcomers", 0),
        pairs=[words.pair(one) for one in result.get("pairs", [])],
        released=[(words.entry(a), words.expert(b)) for a, b in result.get("released", [])],
        reserve=sorted(
            (words.entry(key), [words.expert(one) for one in every])
            for key, every in result.get("reserve", {}).items()
        ),
        loads=sorted(
            (
                LoadLine(expert_id=UUID(key), name=words.expert(key), before=load[0], new=load[1], limit=load[2])
                for key, load in result.get("loads", {}).items()
            ),
            key=lambda one: (-one.before - one.new, one.name),
        ),
        coverage=[(words.place(key), count) for key, count in result.get("coverage", {}).items()],
        now=result.get("now"),
        best=result.get("best"),
        fair=result.get("fair"),
        connected=result.get("connected"),
        rounds=result.get("rounds", 0),
        arcs=result.get("arcs", 0),
        possible_pairs=result.get("possible_pairs", 0),
        possible=certificate["possible"] if certificate else None,
        short=[words.short(one) for one in certificate["works"]] if certificate else [],
        saturated=[words.expert(one) for one in certificate["saturated"]] if certificate else [],
        idle=[words.expert(one) for one in certificate["idle"]] if certificate else [],
        outside=sorted({words.place(p) for one in certificate["works"] for p in one["eligible"] if p})
        if certificate
        else [],
        advice=words.advice(certificate.get("helps")) if certificate else None,
    )


class _Words:
    """Names of the entries, experts and municipalities of a plan."""

    def __init__(self, session: Session, result: dict[str, Any]) -> None:
        certificate = result.get("certificate") or {}
        entries = {*result.get("reserve", {}), *(one["entry_id"] for one in certificate.get("works", []))}
        self.labels = {
            str(key): reg_no or topic
            for key, reg_no, topic in session.execute(
                sa.select(Entry.id, Entry.reg_no, Entry.topic).where(
                    Entry.id.in_([UUID(one) for one in entries])
                )
            )
        }
        self.experts = {
            str(key): name
            for key, name in names.expert_names(
                session, [UUID(one) for one in result.get("loads", {})]
            ).items()
        }
        today = clock.today()
        self.places = {one.oktmo: one.called_on(today) for one in session.scalars(sa.select(Municipality))}

    def entry(self, key: str) -> str:
        return self.labels.get(key, names.UNKNOWN)

    def expert(self, key: str) -> str:
        return self.experts.get(key, names.UNKNOWN)

    def place(self, key: str) -> str:
        return self.places.get(key, key or names.UNKNOWN)

    def pair(self, one: dict[str, Any]) -> PairLine:
        return PairLine(
            **{**one, "entry_id": UUID(one["entry_id"]), "expert_id": UUID(one["expert_id"])},
            label=self.entry(one["entry_id"]),
            expert=self.expert(one["expert_id"]),
        )

    def short(self, one: dict[str, Any]) -> ShortLine:
        return ShortLine(
            entry_id=UUID(one["entry_id"]),
            label=self.entry(one["entry_id"]),
            lacks=one["lacks"],
            eligible=[(self.place(key), count) for key, count in one["eligible"].items()],
            reasons=one["reasons"],
        )

    def advice(self, helps: dict[str, Any] | None) -> Advice | None:
        if helps is None:
            return None
        return Advice(
            newcomers=helps["newcomers"],
            more_load=helps["more_load"],
            single=[(self.expert(key), more) for key, more in helps["single"]],
            variants=helps["variants"],
            without_lower=helps["without_lower"],
        )
