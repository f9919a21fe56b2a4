"""Printing what councils decide: protocols, ratings, diplomas (D-01, D-05, D-06, D-09, BR-67)."""

from uuid import UUID

from services.expertise import access
from services.expertise.actions.papers import issue_paper
from services.expertise.queries import found
from services.expertise.queries.diploma_paper import awarded, diploma_paper, issued
from services.expertise.queries.protocol_paper import paper_kind, protocol_paper
from services.expertise.queries.rating_paper import rating_paper
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import EditionState, ProtocolState
from shared.person import Person
from shared.refusal import N_, NotAllowed, Refused
from shared.unit import work

#: How many diplomas one press of the button prints; the rest waits for the next.
AT_ONCE = 50
FINAL = frozenset({EditionState.COMPLETED, EditionState.ARCHIVED})


def issue_protocol(who: Person, *, protocol_id: UUID) -> UUID:
    """Print a protocol that is given out for signing or signed: D-01 or D-06 (BR-67)."""
    with work(who) as u:
        protocol = found.protocol(u.session, protocol_id)
        access.require_session_keeper(who, protocol.secretary_id)
        if protocol.state is ProtocolState.DRAFT:
            raise Refused("BR-67", N_("Сначала передайте протокол на подписание: черновик не печатается"))
        return issue_paper(
            u,
            kind=paper_kind(protocol),
            edition_id=protocol.edition_id,
            object_id=protocol.id,
            build=lambda requisites: protocol_paper(u.session, who, protocol, requisites),
        ).id


def issue_rating(who: Person, *, edition_id: UUID, nomination_id: UUID) -> UUID:
    """Print the rating of a nomination as it stands, with its hash: D-05 (BR-58, BR-67)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        nomination = found.nomination(u.session, nomination_id)
        if nomination.edition_id != edition_id:
            raise NotAllowed()
        if not access.may_see_rating(who, edition.state, [stage.kind for stage in edition.expert_stages]):
            raise NotAllowed(N_("Рейтинг открывается после закрытия этапов экспертизы"))
        return issue_paper(
            u,
            kind=PaperKind.D05_RATING,
            edition_id=edition_id,
            object_id=nomination_id,
            build=lambda requisites: rating_paper(u.session, edition, nomination, requisites),
        ).id


def issue_diplomas(who: Person, *, edition_id: UUID) -> tuple[int, int]:
    """Print the diplomas that are not printed yet, fifty at once: how many were printed, how many wait (D-09).

    Only final results are honoured: during appeals a place may still change (BR-60).
    """
    with work(who) as u:
        access.require_contest_keeper(who)
        edition = found.edition(u.session, edition_id)
        if edition.state not in FINAL:
            raise Refused("BR-60", N_("Дипломы печатаются, когда результаты окончательны"))
        rows = awarded(u.session, edition_id)
        ready = issued(u.session, [entry.id for entry, *_ in rows])
        waiting = [row for row in rows if row[0].id not in ready]
        for entry, nomination, protocol in waiting[:AT_ONCE]:
            issue_paper(
                u,
                kind=PaperKind.D09_DIPLOMA,
                edition_id=edition_id,
                object_id=entry.id,
                build=lambda requisites, row=(entry, nomination, protocol): diploma_paper(
                    u.session, edition, *row, requisites
                ),
            )
        printed = min(len(waiting), AT_ONCE)
        return printed, len(waiting) - printed
