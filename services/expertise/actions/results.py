"""Publication of results, end of appeals, recount (BR-58, BR-59, BR-60)."""

from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger, protocols
from services.expertise.model import ContestEdition, Decision, Entry, Protocol
from services.expertise.queries import found, snapshot, standings
from services.expertise.queries.appeal_effect import appeal_obstacles
from services.expertise.rules.decisions import final_state, snapshot_hash
from services.expertise.rules.scoring import passes, title_for
from services.expertise.rules.states import AWAITING_DECISION, DECIDED, EDITION, ENTRY
from services.expertise.rules.vocabulary import EditionState, LedgerKind, ProtocolState
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def publish_results(who: Person, *, edition_id: UUID) -> None:
    """Publish the results when every entry has its decision; the term of appeals begins (BR-59).

    The protocols that decided are published with them.
    """
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
        decided = u.session.scalars(
            sa.select(Entry).where(Entry.edition_id == edition_id, Entry.state.in_(DECIDED))
        ).all()
        for entry in decided:
            u.announce(entry)
        for protocol in _that_decided(u, edition_id):
            protocols.put_out(u, protocol)
        u.journal("results.published", edition)
        ledger.moved(u, edition, EditionState.DECISION)
        ledger.edition(u, LedgerKind.RESULTS_PUBLISHED, edition, entries=len(decided))
        ledger.sign_head(u, edition)


def close_appeals(who: Person, *, edition_id: UUID) -> None:
    """End the term of appeals: the results are counted anew and final (BR-59, BR-60).

    Not before the term is over, every appeal is decided and the council has decided anew where it must.
    """
    with work(who) as u:
        edition = _moved(u, edition_id, "close", "appeals.closed")
        in_the_way = appeal_obstacles(u.session, edition)
        if in_the_way:
            raise in_the_way[0]
        changed = settle(u, edition)
        u.session.flush()
        final = snapshot(standings(u.session, edition))
        ledger.edition(
            u,
            LedgerKind.RESULTS_FINAL,
            edition,
            rating_hash=snapshot_hash(final),
            entries=len(final),
            changed=len(changed),
        )
        ledger.sign_head(u, edition)


def archive_edition(who: Person, *, edition_id: UUID) -> None:
    """Put a completed edition into the archive (model 3.3)."""
    with work(who) as u:
        ledger.sign_head(u, _moved(u, edition_id, "archive", "edition.archived"))


def settle(u: Unit, edition: ContestEdition) -> list[Entry]:
    """Count scores, places and titles of the decided entries anew from sheets and recorded votes (BR-60).

    A title that the council gave for a reason of its own, or gave none, stays; the others follow the place.
    Returns the entries that changed; their state is told.
    """
    rows = u.session.execute(
        sa.select(Entry, Decision)
        .join(Decision, sa.and_(Decision.entry_id == Entry.id, Decision.in_force))
        .where(Entry.edition_id == edition.id)
    ).all()
    places = {one.entry_id: one for one in standings(u.session, edition)}
    changed = []
    for entry, decision in rows:
        standing = places[entry.id]
        quota, policy = entry.nomination.quota, edition.policy
        passed = passes(decision.final_score, decision.rank, policy, quota)
        follows = not decision.title_reason and decision.title is title_for(
            decision.rank, decision.final_score, passed, policy
        )
        passing = passes(standing.final, standing.place, policy, quota)
        title = title_for(standing.place, standing.final, passing, policy) if follows else decision.title
        if (entry.final_score, entry.rank, entry.title) == (standing.final, standing.place, title):
            continue
        entry.final_score, entry.rank, entry.title = standing.final, standing.place, title
        state = final_state(decision.outcome, title)
        if state is not entry.state:
            entry.state = ENTRY.after(entry.state, f"redecide:{state.value}")
        u.announce(entry)
        changed.append(entry)
    return changed


def _that_decided(u: Unit, edition_id: UUID) -> list[Protocol]:
    deciding = sa.select(Decision.protocol_id).where(Decision.in_force)
    return list(
        u.session.scalars(
            sa.select(Protocol)
            .where(
                Protocol.edition_id == edition_id,
                Protocol.state == ProtocolState.SIGNED,
                Protocol.id.in_(deciding),
            )
            .order_by(Protocol.date, Protocol.number)
        )
    )


def _moved(u: Unit, edition_id: UUID, action: str, what: str) -> ContestEdition:
    access.require_contest_keeper(u.who)
    edition = found.edition(u.session, edition_id)
    before = edition.state
    edition.state = EDITION.after(before, action)
    u.announce(edition)
    u.journal(what, edition)
    ledger.moved(u, edition, before)
    return edition
