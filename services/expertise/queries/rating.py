"""The rating table of a nomination (D-05): all of it, or a page of what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise import access
from services.expertise.model import ContestEdition, Decision, Entry, Nomination
from services.expertise.queries import found, names
from services.expertise.queries.corrections import corrections_of
from services.expertise.queries.rating_page import TooManySheets, counted_rows, rating_row
from services.expertise.queries.standings import snapshot, standings
from services.expertise.queries.views import RatingRow, Standing
from services.expertise.readmodel import Municipality, Organisation
from services.expertise.rules.decisions import snapshot_hash
from services.expertise.rules.scoring import title_for
from services.expertise.rules.vocabulary import ResultTitle
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read
from shared.web.paging import Page

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RatingFilter:
    """Which lines of a rating are wanted: words of number, topic or applicant, passing or not, a title."""

    words: str = ""
    passing: bool | None = None
    title: ResultTitle | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return not self.words.strip() and self.passing is None and self.title is None

    def suits(self, row: RatingRow) -> bool:
        """Whether a line is wanted; ё and е are the same letter."""
        said = _plain(f"{row.label} {row.topic} {row.applicant_name}")
        return (
            (self.passing is None or row.passing is self.passing)
            and (self.title is None or row.title is self.title)
            and all(word in said for word in _plain(self.words).split())
        )


def rating(who: Person, edition_id: UUID, nomination_id: UUID) -> list[RatingRow]:
    """Places, stage and final scores, spread, applied tie-breakers; experts are coded (BR-53, BR-61)."""
    session = read()
    edition, nomination = _open(session, who, edition_id, nomination_id)
    return _all(session, edition, nomination)


def rating_page(
    who: Person,
    edition_id: UUID,
    nomination_id: UUID,
    *,
    wanted: RatingFilter | None = None,
    page: int = 1,
    size: int = PAGE,
) -> Page[RatingRow]:
    """One page of the rating: the same rows as :func:`rating`, counted by the database (BR-53).

    With a filter, and after appeals, everything is counted from the sheets; places are those of the whole
    nomination either way (BR-52, BR-60).
    """
    session = read()
    edition, nomination = _open(session, who, edition_id, nomination_id)
    page = max(1, page)
    first = (page - 1) * size
    try:
        filtered = wanted is not None and not wanted.is_empty
        if filtered or corrections_of(session, edition_id, nominations={nomination_id}):
            raise TooManySheets
        rows, total = counted_rows(session, edition, nomination, first, size)
        rows = _completed(session, edition, rows)
    except TooManySheets:
        everything = _all(session, edition, nomination)
        if wanted is not None:
            everything = [row for row in everything if wanted.suits(row)]
        rows, total = everything[first : first + size], len(everything)
    return Page(rows, total, page, max(1, -(-total // size)))


def rating_for_paper(
    session: Session, edition: ContestEdition, nomination: Nomination
) -> tuple[list[RatingRow], str]:
    """All lines with the hash of the rating, for a printed table (BR-58)."""
    standing = standings(session, edition, nominations={nomination.id})
    return _rows(session, edition, nomination, standing), snapshot_hash(snapshot(standing))


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
    return _rows(session, edition, nomination, standings(session, edition, nominations={nomination.id}))


def _rows(
    session: Session, edition: ContestEdition, nomination: Nomination, standing: Sequence[Standing]
) -> list[RatingRow]:
    policy = edition.policy
    codes = names.expert_codes(session, edition.id)
    organisations = names.organisations_called(session, {row.applicant_id for row in standing})
    rows = [
        rating_row(
            row,
            row.place,
            row.tie_breakers,
            codes,
            organisations(row.applicant_id, row.submitted_at),
            policy,
            nomination.quota,
        )
        for row in standing
    ]
    return _completed(session, edition, rows)


def _completed(session: Session, edition: ContestEdition, rows: Sequence[RatingRow]) -> list[RatingRow]:
    """The lines with the municipality of the applicant and the title, decided or following from the place."""
    places = _municipalities(session, {row.applicant_id for row in rows})
    decided = _titles(session, [row.entry_id for row in rows])
    policy = edition.policy
    return [
        replace(
            row,
            municipality_name=places.get(row.applicant_id, ""),
            title=decided[row.entry_id]
            if row.entry_id in decided
            else title_for(row.place, row.final, row.passing, policy),
            title_is_decided=row.entry_id in decided,
        )
        for row in rows
    ]


def _titles(session: Session, entries: Sequence[UUID]) -> Mapping[UUID, ResultTitle | None]:
    """Titles that the council has decided."""
    rows = session.execute(
        sa.select(Entry.id, Entry.title)
        .join(Decision, sa.and_(Decision.entry_id == Entry.id, Decision.in_force))
        .where(Entry.id.in_(entries))
    )
    return {row[0]: row[1] for row in rows}


def _municipalities(session: Session, organisations: set[UUID]) -> Mapping[UUID, str]:
    rows = session.execute(
        sa.select(Organisation.id, Municipality)
        .join(Municipality, Municipality.oktmo == Organisation.municipality_oktmo)
        .where(Organisation.id.in_(organisations))
    )
    return {key: one.called_on(clock.today()) for key, one in rows}


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
