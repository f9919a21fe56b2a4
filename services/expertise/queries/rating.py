"""The rating table of a nomination (D-05)."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import ContestEdition, Nomination
from services.expertise.queries import found, names
from services.expertise.queries.rating_page import TooManySheets, counted_rows, rating_row
from services.expertise.queries.standings import standings
from services.expertise.queries.views import RatingRow
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read
from shared.web.paging import Page

PAGE = 50


def rating(who: Person, edition_id: UUID, nomination_id: UUID) -> list[RatingRow]:
    """Places, stage and final scores, spread, applied tie-breakers; experts are coded (BR-53, BR-61)."""
    session = read()
    edition, nomination = _open(session, who, edition_id, nomination_id)
    return _all(session, edition, nomination)


def rating_page(
    who: Person, edition_id: UUID, nomination_id: UUID, *, page: int = 1, size: int = PAGE
) -> Page[RatingRow]:
    """One page of the rating: the same rows as :func:`rating`, counted by the database (BR-53)."""
    session = read()
    edition, nomination = _open(session, who, edition_id, nomination_id)
    first = max(0, page - 1) * size
    try:
        rows, total = counted_rows(session, edition, nomination, first, size)
    except TooManySheets:
        everything = _all(session, edition, nomination)
        rows, total = everything[first : first + size], len(everything)
    return Page(rows, total, max(1, page), max(1, -(-total // size)))


def _open(
    session: Session, who: Person, edition_id: UUID, nomination_id: UUID
) -> tuple[ContestEdition, Nomination]:
    edition = found.edition(session, edition_id)
    nomination = next((one for one in edition.nominations if one.id == nomination_id), None)
    if nomination is None:
        raise NotFound(N_("номинация"))
    if not access.may_see_rating(who, edition.state, [stage.kind for stage in edition.expert_stages]):
        raise NotAllowed(N_("Рейтинг открывается после закрытия этапов экспертизы"))
    return edition, nomination


def _all(session: Session, edition: ContestEdition, nomination: Nomination) -> list[RatingRow]:
    rows = standings(session, edition, nominations={nomination.id})
    policy = edition.policy
    codes = names.expert_codes(session, edition.id)
    organisations = names.organisations_called(session, {row.applicant_id for row in rows})
    return [
        rating_row(
            row,
            row.place,
            row.tie_breakers,
            codes,
            organisations(row.applicant_id, row.submitted_at),
            policy,
            nomination.quota,
        )
        for row in rows
    ]
