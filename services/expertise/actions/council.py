"""Decisions of the council, publication of results, end of appeals (BR-54…BR-60)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.messages import EntryDecided
from services.expertise.model import ContestEdition, Decision, Entry, Protocol
from services.expertise.queries import found, snapshot, standings
from services.expertise.queries.views import Standing
from services.expertise.readmodel import Platform
from services.expertise.rules import decisions as rules
from services.expertise.rules.scoring import passes
from services.expertise.rules.states import AWAITING_DECISION, DECIDED, EDITION, ENTRY
from services.expertise.rules.vocabulary import EditionState, LedgerKind, Outcome, ResultTitle
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def record_decisions(
    who: Person,
    *,
    edition_id: UUID,
    number: str,
    date: date,
    chair: str,
    secretary: str,
    members_total: int,
    present: int,
    decisions: Sequence[Mapping[str, Any]],
) -> UUID:
    """Record a session of the council: quorum, votes, outcomes by whole nominations (BR-54, BR-55, BR-57).

    The rating with the votes is kept with its hash (BR-58). Registry learns the decisions at once;
    applicants see them when the results are published.
    """
    with work(who) as u:
        access.require_council_keeper(who)
        edition = found.edition(u.session, edition_id)
        _check_session(u, edition, number, date, members_total, present)
        votes = {UUID(str(one["entry_id"])): _votes(one) for one in decisions}
        entries = _entries(u, edition, set(votes))
        for entry_id, cast in votes.items():
            rules.check_votes(entries[entry_id].label, cast, present)
        standing = standings(
            u.session,
            edition,
            nominations={entry.nomination_id for entry in entries.values()},
            votes={entry_id: cast.votes_for for entry_id, cast in votes.items()},
        )
        rating = snapshot(standing)
        protocol = u.add(
            Protocol(
                edition_id=edition_id,
                number=number.strip(),
                date=date,
                chair=chair,
                secretary=secretary,
                members_total=members_total,
                present=present,
                rating_snapshot=rating,
                snapshot_hash=rules.snapshot_hash(rating),
            )
        )
        by_id = {one.entry_id: one for one in standing}
        for one in decisions:
            entry = entries[UUID(str(one["entry_id"]))]
            _decide(u, edition, protocol, entry, one, votes[entry.id], by_id[entry.id])
        ledger.record(
            u,
            LedgerKind.PROTOCOL_SIGNED,
            edition_id=edition_id,
            subject_id=protocol.id,
            data={
                "number": protocol.number,
                "date": date.isoformat(),
                "members": members_total,
                "present": present,
                "rating_hash": protocol.snapshot_hash,
            },
        )
        ledger.sign_head(u, edition)
        u.journal("council.decided", protocol, {"number": protocol.number, "decisions": len(decisions)})
        return protocol.id


def publish_results(who: Person, *, edition_id: UUID) -> None:
    """Publish the results when every entry has its decision; the term of appeals begins (BR-59)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        state = EDITION.after(edition.state, "publish_results")
        waiting = u.session.scalars(
            sa.select(Entry.reg_no).where(Entry.edition_id == edition_id, Entry.state.in_(AWAITING_DECISION))
        ).all()
        if waiting:
            raise Refused(
                "BR-57",
                N_("Нет решения совета по заявкам: %(entries)s"),
                entries=", ".join(sorted(filter(None, waiting))),
            )
        edition.state = state
        edition.published_at = clock.now()
        u.announce(edition)
        for entry in u.session.scalars(
            sa.select(Entry).where(Entry.edition_id == edition_id, Entry.state.in_(DECIDED))
        ):
            u.announce(entry)
        ledger.moved(u, edition, EditionState.DECISION)
        ledger.edition(u, LedgerKind.RESULTS_PUBLISHED, edition)
        ledger.sign_head(u, edition)
        u.journal("results.published", edition)


def close_appeals(who: Person, *, edition_id: UUID) -> None:
    """End the term of appeals: the results are final (BR-60)."""
    _move(who, edition_id, "close", "appeals.closed")


def archive_edition(who: Person, *, edition_id: UUID) -> None:
    """Put a completed edition into the archive (model 3.3)."""
    _move(who, edition_id, "archive", "edition.archived")


def _move(who: Person, edition_id: UUID, action: str, what: str) -> None:
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        before = edition.state
        edition.state = EDITION.after(before, action)
        u.announce(edition)
        u.journal(what, edition)
        ledger.moved(u, edition, before)
        if edition.state is EditionState.COMPLETED:
            ledger.edition(u, LedgerKind.RESULTS_FINAL, edition)
        ledger.sign_head(u, edition)


def _check_session(
    u: Unit, edition: ContestEdition, number: str, on: date, members_total: int, present: int
) -> None:
    if edition.state is not EditionState.DECISION:
        raise Refused("BR-57", N_("Решения принимаются на этапе решения совета"))
    if not number.strip():
        raise Refused("BR-57", N_("У протокола должен быть номер"), field="number")
    if on > clock.today():
        raise Refused("BR-57", N_("Дата протокола ещё не наступила"), field="date")
    rules.check_quorum(members_total, present)
    same = sa.select(Protocol.id).where(
        Protocol.edition_id == edition.id, Protocol.number == number.strip(), Protocol.date == on
    )
    if u.session.scalar(same):
        raise Refused("BR-57", N_("Протокол с этим номером и датой уже есть"), field="number")


def _votes(one: Mapping[str, Any]) -> rules.Votes:
    return rules.Votes(one["votes_for"], one.get("votes_against") or 0, one.get("abstained") or 0)


def _entries(u: Unit, edition: ContestEdition, wanted: set[UUID]) -> dict[UUID, Entry]:
    """The entries to decide about: every awaiting entry of each nomination touched, and no others."""
    waiting = u.session.scalars(
        sa.select(Entry).where(Entry.edition_id == edition.id, Entry.state.in_(AWAITING_DECISION))
    ).all()
    entries = {entry.id: entry for entry in waiting if entry.id in wanted}
    if not wanted or set(entries) != wanted:
        raise Refused("BR-57", N_("Решение принимается по заявкам, которые его ждут"), field="decisions")
    nominations = {entry.nomination_id for entry in entries.values()}
    left = [entry.label for entry in waiting if entry.nomination_id in nominations and entry.id not in wanted]
    if left:
        raise Refused(
            "BR-58",
            N_("Номинация решается целиком, иначе рейтинг изменится. Не хватает: %(entries)s"),
            field="decisions",
            entries=", ".join(sorted(left)),
        )
    return entries


def _decide(
    u: Unit,
    edition: ContestEdition,
    protocol: Protocol,
    entry: Entry,
    one: Mapping[str, Any],
    votes: rules.Votes,
    standing: Standing,
) -> None:
    outcome = Outcome(one["outcome"])
    title = ResultTitle(one["title"]) if one.get("title") else None
    passing = passes(standing.final, standing.place, edition.policy, entry.nomination.quota)
    rules.check_outcome(entry.label, entry.kind, outcome, passing)
    entry.state = ENTRY.after(entry.state, f"decide:{rules.final_state(outcome, title).value}")
    entry.final_score = standing.final
    entry.rank = standing.place
    entry.title = title
    protocol.decisions.append(
        Decision(
            entry_id=entry.id,
            outcome=outcome,
            title=title,
            votes_for=votes.votes_for,
            votes_against=votes.votes_against,
            abstained=votes.abstained,
            rank=standing.place,
            final_score=standing.final,
        )
    )
    u.announce(entry)
    ledger.entry(
        u,
        LedgerKind.DECISION,
        entry,
        protocol=str(protocol.id),
        outcome=outcome.value,
        title=title.value if title else None,
        votes=[votes.votes_for, votes.votes_against, votes.abstained],
        place=standing.place,
        score=str(standing.final),
    )
    u.tell(
        EntryDecided(
            entry_id=entry.id,
            edition_id=edition.id,
            edition_title=edition.title,
            nomination_code=entry.nomination.code,
            kind=entry.kind,
            applicant_id=entry.applicant_id,
            co_applicant_ids=[co.organisation_id for co in entry.co_applicants],
            platform_id=entry.platform_id,
            platform_kind=_platform_kind(u, entry),
            topic=entry.topic,
            outcome=outcome,
            protocol_number=protocol.number,
            protocol_date=protocol.date,
            rank=standing.place,
            final_score=standing.final,
        ),
        of=entry,
    )


def _platform_kind(u: Unit, entry: Entry) -> str | None:
    """The kind of the platform that the entry is about, or of the status that the nomination leads to."""
    platform = u.session.get(Platform, entry.platform_id) if entry.platform_id else None
    return platform.kind if platform else entry.nomination.platform_kind
