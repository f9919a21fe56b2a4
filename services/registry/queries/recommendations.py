"""Recommendations of municipalities, by scope, and I-23 (S-003)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.registry import access, model
from services.registry.model.organisation import Organisation
from services.registry.rules import recommendations as rules
from services.registry.rules.project_kinds import RecommendationState
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.unit import read
from shared.web.paging import Page, paged


def recommendations(
    who: Person,
    *,
    state: RecommendationState | None = None,
    municipality_oktmo: str | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[model.Recommendation]:
    """Recommendations this person may read: all of them, or those of the own municipality (S-003)."""
    table = model.Recommendation
    query = sa.select(table).options(
        joinedload(table.organisation).lazyload(Organisation.role_rows), joinedload(table.item)
    )
    if not access.reads_all_recommendations(who):
        municipalities = access.recommendation_scope(who)
        access.require(bool(municipalities))
        query = query.where(table.municipality_oktmo.in_(municipalities))
    if state:
        query = query.where(table.state == state)
    if municipality_oktmo:
        query = query.where(table.municipality_oktmo == municipality_oktmo)
    return paged(query.order_by(table.submitted_on.desc(), table.id), page, size)


@dataclass(frozen=True)
class RecommendationCard:
    """A recommendation and what this person may do with it."""

    one: model.Recommendation
    may_decide: bool


def recommendation(who: Person, recommendation_id: UUID) -> RecommendationCard:
    """One recommendation; for a stranger it does not exist."""
    row = read().get(model.Recommendation, recommendation_id)
    if row is None or not (
        access.reads_all_recommendations(who) or row.municipality_oktmo in access.recommendation_scope(who)
    ):
        raise NotFound(N_("рекомендация"))
    return RecommendationCard(row, access.may_operate(who))


def recommendation_tally(who: Person) -> rules.Tally:
    """I-23 of the whole network, for everybody signed in (S-003: 11 municipalities)."""
    access.require(access.may_read_projects(who))
    table = model.Recommendation
    rows = read().execute(sa.select(table.municipality_oktmo, table.state))
    return rules.tally((oktmo, state) for oktmo, state in rows)
