"""Recommendations of municipalities: submitted, decided, realised (S-003)."""

from uuid import UUID

from services.registry import access, model
from services.registry.actions import territory
from services.registry.actions.organisations import need
from services.registry.rules import recommendations
from services.registry.rules.kinds import OrgRole
from services.registry.rules.names import clean
from shared import clock
from shared.person import Person, Role
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def submit_recommendation(
    who: Person, *, municipality_oktmo: str, text: str, organisation_id: UUID | None = None
) -> UUID:
    """A ТМС or МОУО recommends for its municipality; the operator enters what came by letter (S-003).

    Whoever acts for a ТМС is its voice; ``organisation_id`` is for the operator.
    """
    access.require(access.may_recommend(who, municipality_oktmo))
    if not text.strip():
        raise Refused("RECOMMENDATION", N_("Напишите текст"), field="text")
    with work(who) as u:
        territory.need(u, municipality_oktmo)
        author = _author(u, municipality_oktmo, organisation_id)
        row = u.add(
            model.Recommendation(
                municipality_oktmo=municipality_oktmo,
                organisation_id=author,
                text=text.strip(),
                submitted_on=clock.today(),
            )
        )
        u.journal("recommendation.submitted", row)
        return row.id


def accept_recommendation(who: Person, *, recommendation_id: UUID) -> None:
    """The operator accepts a recommendation: it is to be realised in the project (S-003)."""
    with work(who) as u:
        row = _decided(u, recommendation_id, "accept")
        row.decided_on = clock.today()
        u.journal("recommendation.accepted", row)


def reject_recommendation(who: Person, *, recommendation_id: UUID, reason: str) -> None:
    """The operator rejects a recommendation for a reason (S-003)."""
    with work(who) as u:
        row = _decided(u, recommendation_id, "reject")
        row.reason = clean(recommendations.reason(reason))
        row.decided_on = clock.today()
        u.journal("recommendation.rejected", row)


def realise_recommendation(
    who: Person,
    *,
    recommendation_id: UUID,
    item_id: UUID | None = None,
    realised_words: str | None = None,
) -> None:
    """An accepted recommendation is realised: by an item of a roadmap, or as words tell (S-003)."""
    with work(who) as u:
        item = u.session.get(model.RoadmapItem, item_id) if item_id else None
        row = _decided(u, recommendation_id, "realise")
        recommendations.check_realised(has_item=item is not None, words=realised_words)
        row.item = item
        row.realised_words = clean(realised_words) if realised_words else None
        row.realised_on = clock.today()
        u.journal("recommendation.realised", row)


def _decided(u: Unit, recommendation_id: UUID, action: str) -> model.Recommendation:
    access.require(access.may_operate(u.who))
    row = u.get(model.Recommendation, recommendation_id)
    row.state = recommendations.move(row.state, action)
    return row


def _author(u: Unit, municipality_oktmo: str, organisation_id: UUID | None) -> UUID | None:
    """The ТМС that a person acts for in the municipality; the operator names a ТМС or authority of it."""
    if not access.may_operate(u.who):
        own = [
            grant.organisation_id
            for grant in u.who.grants
            if grant.municipality_oktmo == municipality_oktmo and grant.role in (Role.TMS, Role.EDU_AUTHORITY)
        ]
        return next((key for key in own if key is not None), None)
    if organisation_id is None:
        return None
    author = need(u, organisation_id, "organisation_id")
    fits = {OrgRole.TMS, OrgRole.EDU_AUTHORITY}.intersection(author.roles)
    if not fits or author.municipality_oktmo != municipality_oktmo:
        raise Refused(
            "RECOMMENDATION", N_("Это не ТМС и не МОУО указанного муниципалитета"), field="organisation_id"
        )
    return author.id
