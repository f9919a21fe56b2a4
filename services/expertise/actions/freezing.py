"""From a draft to a protocol that may be signed, and from the last signature to what is true (BR-54…BR-58)."""

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from services.expertise.actions import ledger
from services.expertise.messages import EntryDecided
from services.expertise.model import ContestEdition, Decision, Entry, Protocol
from services.expertise.queries import standings
from services.expertise.queries.protocol_contents import contents
from services.expertise.queries.rating_now import rating_now
from services.expertise.readmodel import Platform
from services.expertise.rules import decisions as rules
from services.expertise.rules.scoring import passes, title_for
from services.expertise.rules.sessions import content_hash
from services.expertise.rules.states import AWAITING_DECISION, DECIDED, ENTRY, PROTOCOL
from services.expertise.rules.vocabulary import EditionState, LedgerKind
from shared.refusal import N_, Refused
from shared.unit import Unit


def freeze(u: Unit, edition: ContestEdition, protocol: Protocol, *, auto_titles: bool = False) -> None:
    """Fix what will be signed: places with the votes, outcomes, the rating with its hash (BR-53…BR-58).

    ``auto_titles``: titles for which no reason is given follow the places that the votes have made.
    """
    if protocol.decisions:
        check_stage(edition, protocol)
        _check_whole_nominations(u, edition, protocol)
        places = {
            one.entry_id: one
            for one in standings(
                u.session,
                edition,
                nominations={decision.entry.nomination_id for decision in protocol.decisions},
                votes={one.entry_id: one.tie_key for one in protocol.decisions} if protocol.decides else None,
            )
        }
        for decision in protocol.decisions:
            entry, standing = decision.entry, places[decision.entry_id]
            passing = passes(standing.final, standing.place, edition.policy, entry.nomination.quota)
            rules.check_outcome(entry.label, entry.kind, decision.outcome, passing)
            decision.rank, decision.final_score = standing.place, standing.final
            if auto_titles and not decision.title_reason:
                decision.title = title_for(standing.place, standing.final, passing, edition.policy)
    rating = rating_now(u.session, edition, protocol)
    # A draft has no hash and a frozen protocol has one: nothing may be written between the two.
    with u.session.no_autoflush:
        protocol.rating_snapshot = rating
        protocol.snapshot_hash = rules.snapshot_hash(rating)
        protocol.content_hash = content_hash(contents(protocol))
        protocol.state = PROTOCOL.after(protocol.state, "freeze")


def check_rating(u: Unit, edition: ContestEdition, protocol: Protocol) -> None:
    """Nobody signs a rating that is no longer the one counted from the sheets (BR-58)."""
    if rules.snapshot_hash(rating_now(u.session, edition, protocol)) != protocol.snapshot_hash:
        raise Refused(
            "BR-58", N_("Рейтинг изменился после составления протокола. Верните протокол в черновик")
        )


def complete(u: Unit, edition: ContestEdition, protocol: Protocol) -> None:
    """The last signature makes the decisions true: entries, messages, the log; an older protocol gives way."""
    protocol.state = PROTOCOL.after(protocol.state, "complete")
    if not protocol.decides:
        for decision in protocol.decisions:
            _log(u, edition, protocol, decision, "RECOMMENDED")
        ledger.sign_head(u, edition)
        return
    _retire(u, {decision.entry_id for decision in protocol.decisions})
    for decision in protocol.decisions:
        decision.in_force = True
        _decide(u, edition, protocol, decision)
    ledger.sign_head(u, edition)


def check_stage(edition: ContestEdition, protocol: Protocol) -> None:
    """Councils decide at the stage of decision; during appeals only to supersede a protocol (BR-57, BR-60)."""
    again = protocol.supersedes_id is not None and edition.state is EditionState.APPEALS
    if edition.state is not EditionState.DECISION and not again:
        raise Refused("BR-57", N_("Решения принимаются на этапе решения совета"))


def may_be_decided(u: Unit, edition: ContestEdition, protocol: Protocol) -> list[Entry]:
    """Entries that wait for a decision, and those of the protocol that this one supersedes."""
    mine = Entry.edition_id == edition.id
    waiting = sa.and_(mine, Entry.state.in_(AWAITING_DECISION))
    if protocol.supersedes_id is not None:
        decided = sa.select(Decision.entry_id).where(Decision.protocol_id == protocol.supersedes_id)
        waiting = sa.or_(waiting, sa.and_(mine, Entry.id.in_(decided), Entry.state.in_(DECIDED)))
    return list(u.session.scalars(sa.select(Entry).where(waiting).order_by(Entry.reg_no)))


def _check_whole_nominations(u: Unit, edition: ContestEdition, protocol: Protocol) -> None:
    """Every entry of each nomination touched, and no others: else the rating would change afterwards (BR-58)."""
    waiting = may_be_decided(u, edition, protocol)
    entries = {entry.id: entry for entry in waiting}
    wanted = {decision.entry_id for decision in protocol.decisions}
    if not wanted <= set(entries):
        raise Refused("BR-57", N_("Решение принимается по заявкам, которые его ждут"), field="decisions")
    if not protocol.decides:
        return
    nominations = {entries[key].nomination_id for key in wanted}
    superseded = protocol.supersedes_id is not None
    _refuse_left(
        one
        for one in waiting
        if one.id not in wanted
        and (one.nomination_id in nominations or (superseded and one.state in DECIDED))
    )


def _refuse_left(left: Iterable[Entry]) -> None:
    labels = sorted(entry.label for entry in left)
    if labels:
        raise Refused(
            "BR-58",
            N_("Номинация решается целиком, иначе рейтинг изменится. Не хватает: %(entries)s"),
            field="decisions",
            entries=", ".join(labels),
        )


def _retire(u: Unit, entries: Collection[UUID]) -> None:
    for older in u.session.scalars(
        sa.select(Decision).where(Decision.entry_id.in_(entries), Decision.in_force)
    ):
        older.in_force = False
    u.session.flush()


def _decide(u: Unit, edition: ContestEdition, protocol: Protocol, decision: Decision) -> None:
    entry = decision.entry
    final = rules.final_state(decision.outcome, decision.title)
    move = "redecide" if entry.state in DECIDED else "decide"
    entry.state = ENTRY.after(entry.state, f"{move}:{final.value}")
    entry.final_score, entry.rank, entry.title = decision.final_score, decision.rank, decision.title
    u.announce(entry)
    _log(u, edition, protocol, decision, "DECIDED")
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
            outcome=decision.outcome,
            protocol_number=protocol.number,
            protocol_date=protocol.date,
            rank=decision.rank,
            final_score=decision.final_score,
        ),
        of=entry,
    )


def _log(u: Unit, edition: ContestEdition, protocol: Protocol, decision: Decision, what: str) -> None:
    ledger.record(
        u,
        LedgerKind.DECISION,
        edition_id=edition.id,
        subject_id=decision.entry_id,
        data={
            "nomination": str(decision.entry.nomination_id),
            "state": decision.entry.state.value,
            "what": what,
            "protocol": str(protocol.id),
            "outcome": decision.outcome.value,
            "title": decision.title.value if decision.title else None,
            "votes": [decision.votes_for, decision.votes_against, decision.abstained],
            "place": decision.rank,
            "score": str(decision.final_score),
        },
    )


def _platform_kind(u: Unit, entry: Entry) -> str | None:
    """The kind of the platform that the entry is about, or of the status that the nomination leads to."""
    platform = u.session.get(Platform, entry.platform_id) if entry.platform_id else None
    return platform.kind if platform else entry.nomination.platform_kind
