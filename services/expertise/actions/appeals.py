"""Appeals: filed by the applicant, taken by the secretary, decided by the commission (BR-57, BR-59, F-23, F-24)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.actions.papers import issue_paper
from services.expertise.model import (
    Appeal,
    AppealCorrection,
    AppealMember,
    ContestEdition,
    Council,
)
from services.expertise.queries import found, names
from services.expertise.queries.appeal_bars import appeal_bars, commission_of
from services.expertise.queries.appeal_effect import effect_of
from services.expertise.queries.appeal_paper import appeal_paper
from services.expertise.rules import appeals as rules
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.states import APPEAL, DECIDED
from services.expertise.rules.vocabulary import (
    AppealBar,
    AppealRefusal,
    AppealState,
    EditionState,
    LedgerKind,
    Presence,
    StageKind,
    VoteChoice,
)
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def file_appeal(who: Person, *, entry_id: UUID, grounds: str, criteria: Sequence[str]) -> UUID:
    """The applicant appeals against a published result, in term and once for an entry (BR-59, F-23)."""
    with work(who) as u:
        entry = found.entry(u.session, entry_id)
        access.require_applicant(who, entry.applicant_id)
        edition = entry.edition
        rules.check_filing(edition.state, edition.appeals_until, clock.now())
        if entry.state not in DECIDED:
            raise Refused(rules.RULE, N_("Обжалуется результат, а у этой заявки его нет"))
        if u.session.scalar(sa.select(Appeal.id).where(Appeal.entry_id == entry_id)):
            raise Refused(rules.RULE, N_("По заявке апелляция уже подавалась, второй раз её не подают"))
        codes = rules.check_grounds(grounds, criteria, entry.nomination.rubric.rules)
        appeal = u.add(
            Appeal(
                entry_id=entry_id,
                filed_by=who.account_id,
                filed_at=clock.now(),
                grounds=grounds.strip(),
                criteria=codes,
                state=AppealState.FILED,
            )
        )
        u.journal("appeal.filed", appeal, {"criteria": codes})
        _log_filing(u, edition, appeal, "FILED", criteria=codes, grounds=grounds.strip())
        return appeal.id


def withdraw_appeal(who: Person, *, appeal_id: UUID) -> None:
    """The applicant takes an appeal back before it is taken into review (model 3.3, Appeal)."""
    with work(who) as u:
        appeal = found.appeal(u.session, appeal_id)
        access.require_applicant(who, appeal.entry.applicant_id)
        _check_open(appeal)
        appeal.state = APPEAL.after(appeal.state, "withdraw")
        u.journal("appeal.withdrawn", appeal)
        _log_filing(u, appeal.entry.edition, appeal, "WITHDRAWN")


def accept_appeal(who: Person, *, appeal_id: UUID) -> None:
    """Take an appeal filed in term into review: the commission hears it (BR-59)."""
    with work(who) as u:
        access.require_secretary(who)
        appeal = found.appeal(u.session, appeal_id)
        _check_open(appeal)
        state = APPEAL.after(appeal.state, "accept")
        _commission(u, appeal.entry.edition)
        appeal.state = state
        appeal.accepted_at = clock.now()
        u.journal("appeal.accepted", appeal)
        _log_filing(u, appeal.entry.edition, appeal, "ACCEPTED")


def refuse_appeal(who: Person, *, appeal_id: UUID, refusal: AppealRefusal | str, reason: str) -> None:
    """Do not take an appeal into review: it is late or names no grounds; the applicant reads why (BR-59)."""
    with work(who) as u:
        access.require_secretary(who)
        appeal = found.appeal(u.session, appeal_id)
        _check_open(appeal)
        state = APPEAL.after(appeal.state, "refuse")
        if not reason.strip():
            raise Refused(rules.RULE, N_("Укажите причину"), field="reason")
        appeal.state = state
        appeal.refusal = AppealRefusal(refusal)
        appeal.reason = reason.strip()
        u.journal("appeal.refused", appeal, {"refusal": appeal.refusal.value})
        edition_id = appeal.entry.edition_id
        ledger.record(
            u,
            LedgerKind.APPEAL_DECIDED,
            edition_id=edition_id,
            subject_id=appeal.id,
            data={
                "what": AppealState.REFUSED.value,
                "entry": str(appeal.entry_id),
                "refusal": appeal.refusal.value,
                "reason": ledger.commit(u, edition_id, appeal.reason),
            },
        )


def decide_appeal(
    who: Person,
    *,
    appeal_id: UUID,
    outcome: AppealState | str,
    text: str,
    members: Sequence[Mapping[str, Any]],
    corrections: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Record the decision of the commission: who heard it, what was set, how they voted; it is final (BR-59).

    ``members`` are ``person_id``, ``presence``, ``choice`` and a ``note`` with which a member recuses; whoever is
    not named was absent. ``corrections`` are ``stage_kind``, ``criterion``, ``value`` of contested criteria. The
    experts' sheets stay as signed; the results are counted anew when the appeals are closed (BR-46, BR-60).
    """
    with work(who) as u:
        appeal = found.appeal(u.session, appeal_id)
        entry, edition = appeal.entry, appeal.entry.edition
        commission = _commission(u, edition)
        bars = appeal_bars(u.session, edition, entry, commission)
        access.require_appeal_decider(who, {one.person_id for one in commission.members} - set(bars))
        _check_open(appeal)
        declared = AppealState(outcome)
        state = APPEAL.after(appeal.state, f"decide:{declared.value}")
        seats = _seats(u, appeal, commission, bars, members)
        votes = rules.check_hearing(
            [rules.Hearer(one.person_id, one.presence, one.bar, one.choice) for one in seats]
        )
        values = rules.read_corrections(
            entry.nomination.rubric.rules,
            [(StageKind(one["stage_kind"]), one["criterion"], one.get("value")) for one in corrections],
            appeal.criteria,
        )
        stages = {kind: found.stage(edition, kind) for kind in values}
        effect = effect_of(u.session, edition, entry, values)
        rules.check_outcome(declared, effect.score_before, effect.score_after)
        rules.check_text(text)
        appeal.members.extend(seats)
        appeal.corrections.extend(
            AppealCorrection(stage_id=stages[kind].id, criterion=code, value=value)
            for kind, marks in values.items()
            for code, value in marks.items()
        )
        appeal.commission_id = commission.id
        appeal.decided_at = clock.now()
        appeal.text = text.strip()
        appeal.score_before, appeal.score_after = effect.score_before, effect.score_after
        appeal.place_before, appeal.place_after = effect.place_before, effect.place_after
        appeal.votes_for, appeal.votes_against = votes.votes_for, votes.votes_against
        appeal.abstained = votes.abstained
        appeal.state = state
        u.journal("appeal.decided", appeal, {"outcome": state.value})
        _log_decision(u, edition, appeal, values)


def issue_appeal_decision(who: Person, *, appeal_id: UUID) -> UUID:
    """Print the decision of the commission: D-21 (BR-67)."""
    with work(who) as u:
        appeal = found.appeal(u.session, appeal_id)
        access.require_appeal_decider(who, {one.person_id for one in appeal.members if one.bar is None})
        if appeal.decided_at is None:
            raise Refused("BR-67", N_("Апелляция ещё не рассмотрена, печатать нечего"))
        return issue_paper(
            u,
            kind=PaperKind.D21_APPEAL_DECISION,
            edition_id=appeal.entry.edition_id,
            object_id=appeal.id,
            build=lambda requisites: appeal_paper(u.session, who, appeal, requisites),
        ).id


def _check_open(appeal: Appeal) -> None:
    if appeal.entry.edition.state is not EditionState.APPEALS:
        raise Refused("BR-60", N_("Приём апелляций завершён, результаты окончательны"))


def _commission(u: Unit, edition: ContestEdition) -> Council:
    commission = commission_of(u.session, edition.id)
    if commission is None:
        raise Refused(rules.RULE, N_("Сначала утвердите состав апелляционной комиссии"))
    return commission


def _seats(
    u: Unit,
    appeal: Appeal,
    commission: Council,
    bars: Mapping[UUID, AppealBar],
    members: Sequence[Mapping[str, Any]],
) -> list[AppealMember]:
    """The whole commission at this appeal: who is not named was absent, who gives a note recuses."""
    told = [UUID(str(one["person_id"])) for one in members]
    known = {one.person_id for one in commission.members}
    if len(set(told)) != len(told):
        raise Refused(rules.RULE, N_("Один человек назван в составе дважды"), field="members")
    if set(told) - known:
        raise Refused(
            rules.RULE, N_("В апелляционной комиссии нет такого человека"), field="members"
        )
    said = dict(zip(told, members, strict=True))
    people = names.person_names(u.session, known)
    seats = []
    for member in commission.members:
        one = said.get(member.person_id, {})
        note = str(one.get("note") or "").strip()
        bar = bars.get(member.person_id) or (AppealBar.DECLARED if note else None)
        presence = Presence(one.get("presence") or Presence.ABSENT)
        votes = bar is None and presence is not Presence.ABSENT and one.get("choice")
        seats.append(
            AppealMember(
                person_id=member.person_id,
                name=people.get(member.person_id, names.UNKNOWN),
                role=member.role,
                organisation_id=member.organisation_id,
                presence=presence,
                bar=bar,
                note=note,
                choice=VoteChoice(one["choice"]) if votes else None,
            )
        )
    return seats


def _log_filing(u: Unit, edition: ContestEdition, appeal: Appeal, what: str, **data: Any) -> None:
    if "grounds" in data:
        data["grounds"] = ledger.commit(u, edition.id, data["grounds"])
    ledger.record(
        u,
        LedgerKind.APPEAL_FILED,
        edition_id=edition.id,
        subject_id=appeal.id,
        data={"what": what, "entry": str(appeal.entry_id), **data},
    )


def _log_decision(
    u: Unit, edition: ContestEdition, appeal: Appeal, values: Mapping[StageKind, Mapping[str, Decimal]]
) -> None:
    ledger.record(
        u,
        LedgerKind.APPEAL_DECIDED,
        edition_id=edition.id,
        subject_id=appeal.id,
        data={
            "what": appeal.state.value,
            "entry": str(appeal.entry_id),
            "corrections": [
                [kind.value, code, str(value)] for kind, marks in values.items() for code, value in marks.items()
            ],
            "score": [str(appeal.score_before), str(appeal.score_after)],
            "place": [appeal.place_before, appeal.place_after],
            "delta": str(appeal.delta),
            "votes": [appeal.votes_for, appeal.votes_against, appeal.abstained],
            "commission": [
                [
                    str(one.person_id),
                    one.presence.value,
                    one.bar.value if one.bar else None,
                    one.choice.value if one.choice else None,
                ]
                for one in appeal.members
            ],
            "text": ledger.commit(u, edition.id, appeal.text or ""),
        },
    )
