"""Freezing the rules of an edition at its opening, and changing them afterwards by an act only (BR-36)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions.edition_parts import check_dates
from services.expertise.actions.ledger import commit, record
from services.expertise.model import (
    Assignment,
    ContestEdition,
    EditionRules,
    Entry,
    EntryTemplate,
    Nomination,
    Rubric,
    ScoreSheet,
)
from services.expertise.model import Stage as StageRow
from services.expertise.queries import found
from services.expertise.rules import frozen, guards
from services.expertise.rules.policy import read_policy
from services.expertise.rules.sealing import rubric_line
from services.expertise.rules.states import AMENDABLE
from services.expertise.rules.vocabulary import AssignmentState, LedgerKind, StageKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work

_WAITING = (AssignmentState.PROPOSED, AssignmentState.ACCEPTED, AssignmentState.IN_WORK)


def freeze(u: Unit, edition: ContestEdition) -> None:
    """Freeze nominations, rubrics and policy when the reception opens: content, hash, lines of the log (BR-36)."""
    _freeze_rubrics(u, edition, [nomination.rubric for nomination in edition.nominations])
    _keep(u, edition, number=1, found_changes=[], act_ref=edition.act_ref, reason=None)


def amend_edition(
    who: Person,
    *,
    edition_id: UUID,
    act_ref: str,
    reason: str,
    title: str | None = None,
    closes_on: date | None = None,
    stages: Sequence[Mapping[str, Any]] = (),
    nominations: Sequence[Mapping[str, Any]] = (),
    policy: Mapping[str, Any] | None = None,
) -> UUID:
    """Change frozen rules: a new version with its act and reason, never retroactive for signed sheets (BR-36).

    ``stages`` are named by kind, ``nominations`` by code; what is not given stays. Deadlines of unfinished
    assignments move with the window of their stage.
    """
    with work(who) as u:
        access.require_operator(who)
        edition = found.edition(u.session, edition_id)
        if edition.state not in AMENDABLE:
            raise Refused("BR-36", N_("Правила меняют актом после начала приёма заявок и до решения совета"))
        for name, text in (("act_ref", act_ref), ("reason", reason)):
            if not text.strip():
                raise Refused("BR-36", N_("Изменение правил требует акта и причины"), field=name)
        if _last(u, edition) is None:
            _keep(u, edition, number=1, found_changes=[], act_ref=edition.act_ref, reason=None)
        before = content(edition)
        edition.title = title or edition.title
        edition.closes_on = closes_on or edition.closes_on
        check_dates(edition.opens_on, edition.closes_on)
        changed = read_policy({**edition.policy_data, **(policy or {})})
        frozen.check_blindness(edition.policy, changed)
        edition.policy_data = changed.as_data()
        for one in stages:
            _amend_stage(u, found.stage(edition, StageKind(one["kind"])), one)
        guards.check_windows([(stage.opens_at, stage.closes_at) for stage in edition.stages])
        for one in nominations:
            _amend_nomination(u, edition, one)
        found_changes = frozen.changes(before, content(edition))
        frozen.check_amendment(found_changes, signed=_signed(u, edition), now=clock.now())
        _freeze_rubrics(
            u, edition, [n.rubric for n in edition.nominations if n.rubric.frozen_at is None]
        )
        last = _last(u, edition)
        assert last is not None
        rules = _keep(
            u,
            edition,
            number=last + 1,
            found_changes=found_changes,
            act_ref=act_ref.strip(),
            reason=reason.strip(),
        )
        u.announce(edition)
        u.journal("edition.amended", edition, {"number": rules.number, "act_ref": rules.act_ref})
        return rules.id


def content(edition: ContestEdition) -> dict[str, Any]:
    """What an edition is held by, as JSON data: the thing that is hashed (BR-36)."""
    return {
        "series": edition.series.code,
        "ordinal": edition.ordinal,
        "year": edition.year,
        "title": edition.title,
        "opens_on": edition.opens_on.isoformat(),
        "closes_on": edition.closes_on.isoformat(),
        "policy": edition.policy.as_data(),
        "stages": {
            stage.kind.value: {
                "position": stage.position,
                "opens_at": _moment(stage.opens_at),
                "closes_at": _moment(stage.closes_at),
                "weight": _plain(stage.weight),
                "min_experts": stage.min_experts,
            }
            for stage in edition.stages
        },
        "nominations": {
            nomination.code: {
                "title": nomination.title,
                "entry_kind": nomination.entry_kind.value,
                "platform_kind": nomination.platform_kind.value if nomination.platform_kind else None,
                "quota": nomination.quota,
                "act_ref": nomination.act_ref,
                "applicants": nomination.applicants,
                "form": _form(nomination.template),
                "rubric": {
                    "code": nomination.rubric.code,
                    "number": nomination.rubric.number,
                    "title": nomination.rubric.title,
                    "criteria": nomination.rubric.criteria,
                    "scale": nomination.rubric.scale,
                },
            }
            for nomination in edition.nominations
        },
    }


def _form(template: EntryTemplate | None) -> dict[str, Any] | None:
    """The version of the form by which a nomination is entered; a version itself never changes."""
    return {"code": template.code, "number": template.number} if template else None


def _amend_stage(u: Unit, stage: StageRow, one: Mapping[str, Any]) -> None:
    before = stage.closes_at
    for name in ("opens_at", "closes_at"):
        if one.get(name):
            moment: datetime = one[name]
            setattr(stage, name, moment if moment.tzinfo else moment.replace(tzinfo=clock.MOSCOW))
    if one.get("weight") is not None:
        stage.weight = Decimal(one["weight"])
    if one.get("min_experts") is not None:
        guards.check_experts([one["min_experts"]])
        stage.min_experts = one["min_experts"]
    if stage.closes_at != before:
        for assignment in u.session.scalars(
            sa.select(Assignment).where(
                Assignment.stage_id == stage.id,
                Assignment.state.in_(_WAITING),
                Assignment.due_at == before,
            )
        ):
            assignment.due_at = stage.closes_at


def _amend_nomination(u: Unit, edition: ContestEdition, one: Mapping[str, Any]) -> None:
    nomination: Nomination | None = next((n for n in edition.nominations if n.code == one["code"]), None)
    if nomination is None:
        raise Refused(
            "BR-36", N_("Номинации %(code)s в выпуске нет"), field="nominations", code=one["code"]
        )
    if one.get("title"):
        nomination.title = one["title"]
    if "quota" in one:
        nomination.quota = one["quota"]
    if one.get("rubric_id"):
        nomination.rubric = u.get(Rubric, one["rubric_id"])


def _signed(u: Unit, edition: ContestEdition) -> set[str]:
    """Codes of nominations in which a sheet has been signed, also one that was cancelled later."""
    return set(
        u.session.scalars(
            sa.select(Nomination.code)
            .join(Entry, Entry.nomination_id == Nomination.id)
            .join(ScoreSheet, ScoreSheet.entry_id == Entry.id)
            .where(Nomination.edition_id == edition.id, ScoreSheet.signed_at.is_not(None))
            .distinct()
        )
    )


def _freeze_rubrics(u: Unit, edition: ContestEdition, rubrics: Iterable[Rubric]) -> None:
    """A frozen rubric is told to the log with its weights and scales, once for the edition (BR-36, F6)."""
    for rubric in {rubric.id: rubric for rubric in rubrics}.values():
        if rubric.frozen_at is None:
            rubric.frozen_at = clock.now()
            u.journal("rubric.frozen", rubric, {"edition_id": str(edition.id)})
        record(
            u,
            LedgerKind.RUBRIC_FROZEN,
            edition_id=edition.id,
            subject_id=rubric.id,
            data={
                "code": rubric.code,
                "number": rubric.number,
                "criteria": rubric_line(rubric.rules),
            },
        )


def _keep(
    u: Unit,
    edition: ContestEdition,
    *,
    number: int,
    found_changes: Sequence[frozen.Change],
    act_ref: str | None,
    reason: str | None,
) -> EditionRules:
    kept = content(edition)
    rules = u.add(
        EditionRules(
            edition_id=edition.id,
            number=number,
            content=kept,
            sha256=frozen.content_hash(kept),
            changed=[change.as_data() for change in found_changes],
            act_ref=act_ref,
            reason=reason,
            at=clock.now(),
            by=u.who.account_id,
        )
    )
    record(
        u,
        LedgerKind.EDITION_RULES,
        edition_id=edition.id,
        subject_id=edition.id,
        data={
            "number": number,
            "sha256": rules.sha256,
            "changed": [".".join(change.path) for change in found_changes],
            "act": commit(u, edition.id, act_ref) if act_ref else None,
        },
    )
    return rules


def _last(u: Unit, edition: ContestEdition) -> int | None:
    return u.session.scalar(
        sa.select(sa.func.max(EditionRules.number)).where(EditionRules.edition_id == edition.id)
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _plain(weight: Decimal) -> str:
    """The same weight is written alike whatever the database keeps behind the comma."""
    return format(weight.normalize(), "f")
