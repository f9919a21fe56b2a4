"""What a decision about an appeal makes of scores and places, and what still keeps results from being final."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import Appeal, ContestEdition, Decision, Entry
from services.expertise.queries.corrections import Correction, corrections_of
from services.expertise.queries.standings import standings
from services.expertise.queries.views.appeals import AppealEffect, Shift
from services.expertise.queries.views.council import Standing
from services.expertise.rules import appeals as rules
from services.expertise.rules.states import APPEAL_IS_OPEN
from shared import clock
from shared.refusal import N_, Refused


def effect_of(
    session: Session, edition: ContestEdition, entry: Entry, values: rules.Corrections
) -> AppealEffect:
    """The recount with these values beside the rating of now; nothing is written (BR-59, BR-60)."""
    known = corrections_of(session, edition.id)
    proposed = Correction(None, entry.nomination.rubric.rules, values)
    nominations = {entry.nomination_id}
    before = _by_entry(standings(session, edition, nominations=nominations, corrections=known))
    after = _by_entry(
        standings(session, edition, nominations=nominations, corrections={**known, entry.id: proposed})
    )
    mine, then = before[entry.id], after[entry.id]
    if mine.final is None or then.final is None:
        raise Refused(rules.RULE, N_("У заявки нет балла, пересчитывать нечего"))
    decided = _decided(session, edition.id)
    shifts = [
        _shift(one, after[key], edition, entry.nomination.quota, decided.get(key))
        for key, one in before.items()
        if (one.final, one.place) != (after[key].final, after[key].place) or key == entry.id
    ]
    return AppealEffect(
        score_before=mine.final,
        score_after=then.final,
        place_before=mine.place,
        place_after=then.place,
        outcome=rules.outcome_of(mine.final, then.final),
        shifts=shifts,
    )


def undecided(session: Session, edition: ContestEdition) -> list[tuple[UUID, str]]:
    """Entries that passed when the council decided and fail now, or the reverse, in the order of numbers (BR-54)."""
    if not corrections_of(session, edition.id):
        return []
    quotas = {one.id: one.quota for one in edition.nominations}
    decided, policy = _decided(session, edition.id), edition.policy
    found = [
        (one.entry_id, one.label)
        for one in standings(session, edition)
        if one.entry_id in decided
        and rules.needs_new_decision(
            decided[one.entry_id], rules.Stand(one.final, one.place), policy, quotas[one.nomination_id]
        )
    ]
    return sorted(found, key=lambda one: one[1])


def appeal_obstacles(session: Session, edition: ContestEdition) -> list[Refused]:
    """What keeps the results of an edition from being final (BR-59, BR-60)."""
    until = edition.appeals_until
    if until is None:
        return []
    waiting = session.scalars(
        sa.select(Entry.reg_no)
        .join(Appeal, Appeal.entry_id == Entry.id)
        .where(Entry.edition_id == edition.id, Appeal.state.in_(APPEAL_IS_OPEN))
    )
    return rules.before_closing(
        until, clock.now(), [one for one in waiting if one], [label for _, label in undecided(session, edition)]
    )


def _by_entry(standing: list[Standing]) -> dict[UUID, Standing]:
    return {one.entry_id: one for one in standing}


def _decided(session: Session, edition_id: UUID) -> Mapping[UUID, rules.Stand]:
    """Scores and places on which the decisions in force rest."""
    rows = session.execute(
        sa.select(Decision.entry_id, Decision.final_score, Decision.rank)
        .join(Entry, Entry.id == Decision.entry_id)
        .where(Entry.edition_id == edition_id, Decision.in_force)
    )
    return {row.entry_id: rules.Stand(row.final_score, row.rank) for row in rows}


def _shift(
    before: Standing,
    after: Standing,
    edition: ContestEdition,
    quota: int | None,
    decided: rules.Stand | None,
) -> Shift:
    return Shift(
        entry_id=before.entry_id,
        label=before.label,
        score_before=before.final,
        score_after=after.final,
        place_before=before.place,
        place_after=after.place,
        needs_decision=decided is not None
        and rules.needs_new_decision(
            decided, rules.Stand(after.final, after.place), edition.policy, quota
        ),
    )
