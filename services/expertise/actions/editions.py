"""Editions of contests: drafting, editing, copying, approval, cancellation."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.actions.edition_parts import (
    Rows,
    check_dates,
    check_number,
    check_parts,
    new_edition,
    put_parts,
)
from services.expertise.model import Rubric
from services.expertise.queries import found
from services.expertise.rules.policy import new_policy
from services.expertise.rules.states import EDITABLE, EDITION
from services.expertise.rules.vocabulary import EditionState, LedgerKind
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def draft_edition(
    who: Person,
    *,
    series_id: UUID,
    ordinal: int | None = None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    stages: Rows,
    nominations: Rows,
    policy: Mapping[str, Any] | None = None,
) -> UUID:
    """Draft an edition with its stages, nominations, rubrics and scoring policy (BR-36, BR-40)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        check_parts(stages, nominations)
        edition = new_edition(
            u,
            EditionState.DRAFT,
            series_id=series_id,
            ordinal=ordinal,
            year=year,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            policy=policy,
        )
        put_parts(u, edition, stages, nominations)
        u.announce(edition)
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, change="DRAFTED", **edition.rules_told())
        u.journal("edition.drafted", edition)
        return edition.id


def edit_edition(
    who: Person,
    *,
    edition_id: UUID,
    ordinal: int | None = None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    stages: Rows,
    nominations: Rows,
    policy: Mapping[str, Any] | None = None,
    act_ref: str | None = None,
) -> None:
    """Change everything about an edition until its reception opens; then only an amendment can (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        if edition.state not in EDITABLE:
            raise Refused("BR-36", N_("Правила выпуска заморожены: изменить их можно только актом"))
        check_parts(stages, nominations)
        check_dates(opens_on, closes_on)
        check_number(u, edition.series_id, ordinal, year, but=edition)
        edition.ordinal, edition.year = ordinal, year
        edition.title, edition.opens_on, edition.closes_on = title, opens_on, closes_on
        edition.policy_data = new_policy(policy or {}).as_data()
        if act_ref and edition.state is EditionState.ANNOUNCED:
            edition.act_ref = act_ref
        put_parts(u, edition, stages, nominations)
        u.announce(edition)
        u.journal("edition.edited", edition)


def copy_edition(
    who: Person, *, edition_id: UUID, ordinal: int | None = None, year: int, title: str, opens_on: date
) -> UUID:
    """Draft the next edition after the pattern of another: its windows are moved by the same number of days,
    its nominations take the newest versions of their rubrics (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        pattern = found.edition(u.session, edition_id)
        shift = opens_on - pattern.opens_on
        return draft_edition(
            who,
            series_id=pattern.series_id,
            ordinal=ordinal,
            year=year,
            title=title,
            opens_on=opens_on,
            closes_on=pattern.closes_on + shift,
            stages=[
                {
                    "order": stage.position,
                    "kind": stage.kind,
                    "opens_at": stage.opens_at + shift,
                    "closes_at": stage.closes_at + shift,
                    "weight": stage.weight or None,
                    "min_experts": stage.min_experts,
                }
                for stage in pattern.stages
            ],
            nominations=[
                {
                    "code": nomination.code,
                    "title": nomination.title,
                    "entry_kind": nomination.entry_kind,
                    "rubric_code": nomination.rubric.code,
                    "template_code": nomination.template.code if nomination.template else None,
                    "platform_kind": nomination.platform_kind,
                    "quota": nomination.quota,
                    "applicants": nomination.applicants,
                }
                for nomination in pattern.nominations
            ],
            policy=pattern.policy.as_data(),
        )


def record_past_edition(
    who: Person,
    *,
    series_id: UUID,
    ordinal: int | None = None,
    year: int,
    title: str,
    opens_on: date,
    closes_on: date,
    stages: Rows = (),
    nominations: Rows = (),
    policy: Mapping[str, Any] | None = None,
    act_ref: str | None = None,
) -> UUID:
    """Record an edition held before the system; it is in the archive at once and may lack details."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = new_edition(
            u,
            EditionState.ARCHIVED,
            series_id=series_id,
            ordinal=ordinal,
            year=year,
            title=title,
            opens_on=opens_on,
            closes_on=closes_on,
            policy=policy,
        )
        edition.act_ref = act_ref
        put_parts(u, edition, stages, nominations)
        u.announce(edition)
        ledger.edition(u, LedgerKind.EDITION_RULES, edition, change="RECORDED", **edition.rules_told())
        u.journal("edition.recorded", edition)
        return edition.id


def use_rubric(who: Person, *, nomination_id: UUID, rubric_id: UUID) -> None:
    """Give a nomination another version of its rubric, which is possible until ACCEPTING (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        nomination = found.nomination(u.session, nomination_id)
        if nomination.edition.state not in EDITABLE:
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
        edition.state = EDITION.after(before, "approve")
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
        edition.state = EDITION.after(before, "cancel")
        if not reason.strip():
            raise Refused("3.3 ContestEdition", N_("Укажите причину"), field="reason")
        edition.cancel_reason = reason
        u.announce(edition)
        ledger.moved(u, edition, before, reason=ledger.words(u, edition.id, reason))
        ledger.sign_head(u, edition)
        u.journal("edition.cancelled", edition, {"reason": reason})

