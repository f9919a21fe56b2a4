"""Stages, nominations and dates of an edition: put on a new draft or changed on one that is not open yet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise.actions.templates import latest_template
from services.expertise.model import (
    ContestEdition,
    ContestSeries,
    EntryTemplate,
    Nomination,
    Rubric,
    Stage,
)
from services.expertise.rules import guards
from services.expertise.rules.policy import new_policy
from services.expertise.rules.vocabulary import (
    EXPERT_STAGES,
    ApplicantCategory,
    EditionState,
    EntryKind,
    PlatformKind,
    StageKind,
)
from shared import clock
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit

DEFAULT_WEIGHT = Decimal(50)
DEFAULT_EXPERTS = 3

Rows = Sequence[Mapping[str, Any]]


def check_parts(stages: Rows, nominations: Rows) -> None:
    """What an edition that is going to be held cannot do without (BR-36, BR-40)."""
    kinds = [StageKind(stage["kind"]) for stage in stages]
    experts = [_experts(stage) for stage in stages if StageKind(stage["kind"]) in EXPERT_STAGES]
    guards.check_stages(kinds, experts)
    if not nominations:
        raise Refused("BR-36", N_("В выпуске нужна хотя бы одна номинация"), field="nominations")


def check_dates(opens_on: date, closes_on: date) -> None:
    """An edition does not end before it begins."""
    if closes_on < opens_on:
        raise Refused(
            "3.2 ContestEdition", N_("Конец выпуска не может быть раньше начала"), field="closes_on"
        )


def check_number(
    u: Unit, series_id: UUID, ordinal: int | None, year: int, but: ContestEdition | None = None
) -> None:
    """A series has one edition of a number, or of a year when it does not count (BR-38)."""
    same = sa.select(ContestEdition.id).where(
        ContestEdition.series_id == series_id, ContestEdition.ordinal.is_not_distinct_from(ordinal)
    )
    if ordinal is None:
        same = same.where(ContestEdition.year == year)
    if but is not None:
        same = same.where(ContestEdition.id != but.id)
    if u.session.scalar(same):
        raise Refused("3.2 ContestEdition", N_("Такой выпуск этой серии уже есть"), field="ordinal")


def new_edition(
    u: Unit,
    state: EditionState,
    *,
    series_id: UUID,
    ordinal: int | None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    policy: Mapping[str, Any] | None,
) -> ContestEdition:
    """An edition without its parts."""
    series = u.session.get(ContestSeries, series_id)
    if series is None:
        raise NotFound(N_("серия конкурсов"))
    check_dates(opens_on, closes_on)
    check_number(u, series_id, ordinal, year)
    return u.add(
        ContestEdition(
            series=series,
            ordinal=ordinal,
            year=year,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            state=state,
            policy_data=new_policy(policy or {}).as_data(),
        )
    )


def put_parts(u: Unit, edition: ContestEdition, stages: Rows, nominations: Rows) -> None:
    """Make the stages and nominations of an edition what is given: the same ones change, others come and go.

    A stage is known by its kind, a nomination by its code.
    """
    windows = [(_moment(stage, "opens_at"), _moment(stage, "closes_at")) for stage in stages]
    guards.check_windows(windows)
    held = {stage.kind: stage for stage in edition.stages}
    wanted = []
    for stage, (opens_at, closes_at) in zip(stages, windows, strict=True):
        kind = StageKind(stage["kind"])
        row = held.get(kind) or Stage(kind=kind)
        row.position = stage["order"]
        row.opens_at, row.closes_at = opens_at, closes_at
        row.weight = _weight(stage) if kind in EXPERT_STAGES else Decimal(0)
        row.min_experts = _experts(stage)
        wanted.append(row)
    edition.stages = wanted
    _put_nominations(u, edition, nominations)


def _put_nominations(u: Unit, edition: ContestEdition, nominations: Rows) -> None:
    if len({nomination["code"] for nomination in nominations}) != len(nominations):
        raise Refused("BR-38", N_("Коды номинаций повторяются"), field="nominations")
    held = {nomination.code: nomination for nomination in edition.nominations}
    wanted = []
    for nomination in nominations:
        row = held.get(nomination["code"]) or Nomination(code=nomination["code"], last_number=0)
        if row.rubric is None or row.rubric.code != nomination["rubric_code"]:
            row.rubric = latest_rubric(u, nomination["rubric_code"])
        row.title = nomination["title"]
        row.entry_kind = EntryKind(nomination["entry_kind"])
        row.platform_kind = _or_none(PlatformKind, nomination.get("platform_kind"))
        row.quota = nomination.get("quota")
        row.act_ref = nomination.get("act_ref") or None
        if "template_code" in nomination:
            row.template = _template(u, row, nomination["template_code"])
        row.applicants = sorted({ApplicantCategory(one).value for one in nomination.get("applicants") or ()})
        wanted.append(row)
    edition.nominations = wanted


def latest_rubric(u: Unit, code: str) -> Rubric:
    """The newest version of a rubric."""
    rubric = u.session.scalar(
        sa.select(Rubric).where(Rubric.code == code).order_by(Rubric.number.desc()).limit(1)
    )
    if rubric is None:
        raise Refused("BR-36", N_("Рубрики с кодом %(code)s нет"), field="nominations", code=code)
    return rubric


def _template(u: Unit, row: Nomination, code: str | None) -> EntryTemplate | None:
    """The version that the nomination already has when the code is the same, else the newest."""
    same = row.template is not None and row.template.code == code
    return row.template if same else latest_template(u, code)


def _or_none(kind: type[PlatformKind], value: object) -> PlatformKind | None:
    return kind(str(getattr(value, "value", value))) if value else None


def _weight(stage: Mapping[str, Any]) -> Decimal:
    weight = stage.get("weight")
    return DEFAULT_WEIGHT if weight is None else Decimal(weight)


def _experts(stage: Mapping[str, Any]) -> int:
    return stage.get("min_experts") or DEFAULT_EXPERTS


def _moment(stage: Mapping[str, Any], name: str) -> datetime:
    moment: datetime = stage[name]
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.MOSCOW)
