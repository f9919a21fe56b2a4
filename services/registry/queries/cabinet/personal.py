"""Oneself in a cabinet: consents, requests and their terms, who looked, the second factor (PD-01, PD-03, BR-71)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from services.registry import model
from services.registry.queries.identity import has_second_factor
from services.registry.queries.privacy import consent_texts
from services.registry.queries.readings import ReadingRow, readings_of
from services.registry.rules.cabinets import Shortlist, comes_up
from services.registry.rules.consents import ConsentPurpose, ConsentState
from services.registry.rules.requests import RequestState
from shared.person import Person
from shared.unit import read

#: How many of the latest readings are shown.
_READINGS = 3


@dataclass(frozen=True)
class Personal:
    """What concerns the person as a subject of data and as the owner of an account."""

    given: list[model.Consent]
    #: Purposes of consents whose term ends soon or is over; a new one can be given.
    to_renew: list[ConsentPurpose]
    #: Purposes for which a consent can be given: nobody must.
    open: list[ConsentPurpose]
    requests: list[model.DataRequest]
    readings: Shortlist[ReadingRow]
    has_second_factor: bool


def personal(who: Person, today: date) -> Personal | None:
    """The own consents, requests, readings and protection; nothing for who is no person of the registry."""
    if who.person_id is None or read().get(model.Person, who.person_id) is None:
        return None
    consent, asked = model.Consent, model.DataRequest
    consents = list(
        read().scalars(
            sa.select(consent)
            .options(lazyload(consent.text))
            .where(
                consent.person_id == who.person_id,
                consent.state.in_([ConsentState.GIVEN, ConsentState.EXPIRED]),
            )
            .order_by(consent.given_on.desc(), consent.id.desc())
        )
    )
    given = [one for one in consents if one.state_on(today) is ConsentState.GIVEN]
    purposes = {one.purpose for one in given}
    over = {one.purpose for one in consents} - purposes
    ending = {one.purpose for one in given if comes_up(one.valid_to, today)}
    texts = consent_texts()
    requests = read().scalars(
        sa.select(asked)
        .where(asked.person_id == who.person_id, asked.state == RequestState.NEW)
        .order_by(asked.due_on, asked.id)
    )
    looked = readings_of(who, who.person_id, size=_READINGS)
    return Personal(
        given=given,
        to_renew=[one for one in ConsentPurpose if one in over or one in ending],
        open=[one for one in ConsentPurpose if one in texts and one not in purposes and one not in over],
        requests=list(requests),
        readings=Shortlist(looked.items, looked.total),
        has_second_factor=who.account_id is not None and has_second_factor(who.account_id),
    )
