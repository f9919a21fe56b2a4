"""The rating table of a nomination (D-05)."""

from uuid import UUID

from services.expertise import access
from services.expertise.queries import found, names
from services.expertise.queries.standings import standings
from services.expertise.queries.views import RatingRow
from services.expertise.rules.scoring import passes
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def rating(who: Person, edition_id: UUID, nomination_id: UUID) -> list[RatingRow]:
    """Places, stage and final scores, spread, applied tie-breakers; experts are coded (BR-53, BR-61)."""
    session = read()
    edition = found.edition(session, edition_id)
    nomination = next((one for one in edition.nominations if one.id == nomination_id), None)
    if nomination is None:
        raise NotFound(N_("номинация"))
    if not access.may_see_rating(who, edition.state, [stage.kind for stage in edition.expert_stages]):
        raise NotAllowed(N_("Рейтинг открывается после закрытия этапов экспертизы"))
    rows = standings(session, edition, nominations={nomination_id})
    codes = names.expert_codes(session, edition_id)
    organisations = names.organisations_called(session, {row.applicant_id for row in rows})
    return [
        RatingRow(
            **vars(row),
            applicant_name=organisations(row.applicant_id, row.submitted_at),
            coded=[(codes[cell.expert_id], cell) for cell in row.cells],
            passing=passes(row.final, row.place, edition.policy, nomination.quota),
        )
        for row in rows
    ]
