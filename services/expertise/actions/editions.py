"""Editions of contests: drafting, approval, cancellation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import (
    ContestEdition,
    ContestSeries,
    Nomination,
    Rubric,
    Stage,
)
from services.expertise.queries import found
from services.expertise.rules import guards
from services.expertise.rules.policy import read_policy
from services.expertise.rules.states import (
    EDITION,
)
from services.expertise.rules.vocabulary import (
    EXPERT_STAGES,
    EditionState,
    EntryKind,
    LedgerKind,
    PlatformKind,
    StageKind,
)
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

DEFAULT_WEIGHT = Decimal(50)
DEFAULT_EXPERTS = 3


def draft_edition(
    who: Person,
    *,
    series_id: UUID,
    ordinal: int | None = None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    stages: Sequence[Mapping[str, Any]],
    nominations: Sequence[Mapping[str, Any]],
    policy: Mapping[str, Any] | None = None,
) -> UUID:
    """Draft an edition with its stages, nominations, rubrics and scoring policy (BR-36, BR-40)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        kinds = [StageKind(stage["kind"]) for stage in stages]
        experts = [_experts(stage) for stage in stages if StageKind(stage["kind"]) in EXPERT_STAGES]
        guards.check_stages(kinds, experts)
        if not nominations:
            raise Refused("BR-36", N_("В выпуске нужна хотя бы одна номинация"), field="nominations")
        edition = _new(u, EditionState.DRAFT, series_id, ordinal, year, title, opens_on, closes_on, policy)
        _add_parts(u, edition, stages, nominations)
        u.announce(edition)
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, change="DRAFTED", **edition.rules_told())
        u.journal("edition.drafted", edition)
        return edition.id


def record_past_edition(
    who: Person,
    *,
    series_id: UUID,
    ordinal: int | None = None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    stages: Sequence[Mapping[str, Any]] = (),
    nominations: Sequence[Mapping[str, Any]] = (),
    policy: Mapping[str, Any] | None = None,
    act_ref: str | None = None,
) -> UUID:
    """Record an edition held before the system; it is in the archive at once and may lack details."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = _new(u, EditionState.ARCHIVED, series_id, ordinal, year, title, opens_on, closes_on, policy)
        edition.act_ref = act_ref
        _add_parts(u, edition, stages, nominations)
        u.announce(edition)
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, change="RECORDED", **edition.rules_told())
        u.journal("edition.recorded", edition)
        return edition.id


def use_rubric(who: Person, *, nomination_id: UUID, rubric_id: UUID) -> None:
    """Give a nomination another version of its rubric, which is possible until ACCEPTING (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        nomination = found.nomination(u.session, nomination_id)
        if nomination.edition.state not in (EditionState.DRAFT, EditionState.ANNOUNCED):
            raise Refused("BR-36", N_("Рубрики заморожены с начала приёма заявок"), field="rubric_id")
        nomination.rubric = u.get(Rubric, rubric_id)
        u.announce(nomination.edition)
        told = {"change": "RUBRIC", "nomination": str(nomination_id), "rubric": str(rubric_id)}
        ledger.edition(u, LedgerKind.EDITION_RULES, nomination.edition, **told)
        u.journal("nomination.rubric_set", nomination, {"rubric_id": str(rubric_id)})


def approve_edition(who: Person, *, edition_id: UUID, act_ref: str) -> None:
    """The operator approves an edition by an act, and it is announced (model 3.3)."""
    with work(who) as u:
        access.require_operator(who)
        edition = found.edition(u.session, edition_id)
        before = edition.state
        edition.state = EDITION.after(edition.state, "approve")
        if not act_ref.strip():
            raise Refused("3.3 ContestEdition", N_("Укажите акт, которым утверждён выпуск"), field="act_ref")
        edition.act_ref = act_ref
        u.announce(edition)
        ledger.moved(u, edition, before, act=ledger.words(u, edition.id, act_ref))
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, change="APPROVED", **edition.rules_told())
        ledger.sign_head(u, edition)
        u.journal("edition.approved", edition, {"act_ref": act_ref})


def cancel_edition(who: Person, *, edition_id: UUID, reason: str) -> None:
    """The operator cancels an edition before the decision of the council (model 3.3)."""
    with work(who) as u:
        access.require_operator(who)
        edition = found.edition(u.session, edition_id)
        before = edition.state
        edition.state = EDITION.after(edition.state, "cancel")
        if not reason.strip():
            raise Refused("3.3 ContestEdition", N_("Укажите причину"), field="reason")
        edition.cancel_reason = reason
        u.announce(edition)
        ledger.moved(u, edition, before, reason=ledger.words(u, edition.id, reason))
        ledger.sign_head(u, edition)
        u.journal("edition.cancelled", edition, {"reason": reason})


def _new(
    u: Unit,
    state: EditionState,
    series_id: UUID,
    ordinal: int | None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    policy: Mapping[str, Any] | None,
) -> ContestEdition:
    series = u.session.get(ContestSeries, series_id)
    if series is None:
        raise NotFound(N_("серия конкурсов"))
    if closes_on < opens_on:
        raise Refused(
            "3.2 ContestEdition", N_("Конец выпуска не может быть раньше начала"), field="closes_on"
        )
    same = sa.select(ContestEdition.id).where(
        ContestEdition.series_id == series_id, ContestEdition.ordinal.is_not_distinct_from(ordinal)
    )
    if ordinal is None:
        same = same.where(ContestEdition.year == year)
    if u.session.scalar(same):
        raise Refused("3.2 ContestEdition", N_("Такой выпуск этой серии уже есть"), field="ordinal")
    return u.add(
        ContestEdition(
            series=series,
            ordinal=ordinal,
            year=year,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            state=state,
            policy_data=read_policy(policy or {}).as_data(),
        )
    )


def _add_parts(
    u: Unit,
    edition: ContestEdition,
    stages: Sequence[Mapping[str, Any]],
    nominations: Sequence[Mapping[str, Any]],
) -> None:
    for stage in stages:
        opens_at, closes_at = _moment(stage, "opens_at"), _moment(stage, "closes_at")
        if closes_at <= opens_at:
            raise Refused("3.2 Stage", N_("Этап должен закрываться позже, чем открывается"), field="stages")
        kind = StageKind(stage["kind"])
        weight = stage.get("weight")
        scored = kind in EXPERT_STAGES
        edition.stages.append(
            Stage(
                position=stage["order"],
                kind=kind,
                opens_at=opens_at,
                closes_at=closes_at,
                weight=(DEFAULT_WEIGHT if weight is None else Decimal(weight)) if scored else Decimal(0),
                min_experts=_experts(stage),
            )
        )
    if len({nomination["code"] for nomination in nominations}) != len(nominations):
        raise Refused("BR-38", N_("Коды номинаций повторяются"), field="nominations")
    for nomination in nominations:
        platform_kind = nomination.get("platform_kind")
        edition.nominations.append(
            Nomination(
                code=nomination["code"],
                title=nomination["title"],
                entry_kind=EntryKind(nomination["entry_kind"]),
                rubric=_latest_rubric(u, nomination["rubric_code"]),
                platform_kind=PlatformKind(platform_kind) if platform_kind else None,
                quota=nomination.get("quota"),
                last_number=0,
            )
        )


def _experts(stage: Mapping[str, Any]) -> int:
    return stage.get("min_experts") or DEFAULT_EXPERTS


def _moment(stage: Mapping[str, Any], name: str) -> datetime:
    moment: datetime = stage[name]
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.MOSCOW)


def _latest_rubric(u: Unit, code: str) -> Rubric:
    rubric = u.session.scalar(
        sa.select(Rubric).where(Rubric.code == code).order_by(Rubric.number.desc()).limit(1)
    )
    if rubric is None:
        raise Refused("BR-36", N_("Рубрики с кодом %(code)s нет"), field="nominations", code=code)
    return rubric
