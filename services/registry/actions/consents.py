"""Consents: their texts, giving, entering from paper, withdrawing, printing (PD-01, PD-02, BR-69)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.papers import issue_paper
from services.registry.queries.privacy_papers import consent_form
from services.registry.rules import consents, scans
from services.registry.rules.consents import (
    CONSENT_MOVES,
    CONSENT_REFUSALS,
    ConsentMethod,
    ConsentPurpose,
    ConsentState,
    DataCategory,
)
from services.registry.rules.labels import after
from services.registry.rules.names import clean
from services.registry.rules.papers import PaperKind
from services.registry.rules.retention import LegalBasis
from shared import clock, files
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def publish_consent_text(who: Person, *, purpose: ConsentPurpose, text: str) -> UUID:
    """Publish the next version of the text for a purpose; earlier consents keep theirs (PD-01)."""
    access.require(access.may_manage(who))
    consents.check_text(text)
    with work(who) as u:
        newest = _newest_text(u, purpose)
        row = u.add(
            model.ConsentText(
                purpose=purpose,
                version=newest.version + 1 if newest else 1,
                text=text.strip(),
                published_by=who.account_id,
            )
        )
        u.journal("consent_text.published", row, {"purpose": purpose.value, "version": row.version})
        return row.id


def give_consent(
    who: Person,
    *,
    purpose: ConsentPurpose,
    text_id: UUID,
    confirmed: bool,
    categories: Collection[DataCategory] = (),
) -> UUID:
    """Give the own consent for one purpose to the text that was read (PD-01, PD-02)."""
    access.require(who.person_id is not None and not who.is_system)
    assert who.person_id is not None
    consents.check_choice(purpose, categories, confirmed=confirmed)
    with work(who) as u:
        return _record(
            u,
            person_id=who.person_id,
            purpose=purpose,
            text_id=text_id,
            categories=categories,
            method=ConsentMethod.CABINET,
            given_on=clock.today(),
            valid_to=None,
        ).id


def record_consent(
    who: Person,
    *,
    person_id: UUID,
    purpose: ConsentPurpose,
    given_on: date,
    filename: str,
    content: bytes,
    valid_to: date | None = None,
    categories: Collection[DataCategory] = (),
) -> UUID:
    """Enter a consent signed on paper, with its scan, to the text now published (PD-01)."""
    access.require(access.may_operate(who))
    consents.check_choice(purpose, categories, confirmed=True)
    consents.check_dates(given_on, valid_to, clock.today())
    kind = scans.media_type(content)
    with work(who) as u:
        newest = _newest_text(u, purpose)
        if newest is None:
            raise Refused("PD-01", N_("Текст согласия для этой цели ещё не опубликован"), field="purpose")
        consent = _record(
            u,
            person_id=person_id,
            purpose=purpose,
            text_id=newest.id,
            categories=categories,
            method=ConsentMethod.PAPER,
            given_on=given_on,
            valid_to=valid_to,
        )
        consent.scan = model.ConsentScan(
            filename=files.safe_name(filename, kind),
            media_type=kind,
            sha256=files.fingerprint(content),
            content=content,
        )
        return consent.id


def withdraw_consent(who: Person, *, consent_id: UUID, withdrawn_on: date | None = None) -> None:
    """Withdraw a consent: from this day 30 days run in which the data are destroyed (BR-69, PD-03).

    The person withdraws today; the operator enters the day of a letter.
    """
    with work(who) as u:
        consent = _reached(u, consent_id)
        today = clock.today()
        day = withdrawn_on if withdrawn_on is not None and access.may_operate(who) else today
        consents.check_withdrawal(consent.given_on, day, today)
        consent.state = after(CONSENT_MOVES, consent.state_on(today), "withdraw", CONSENT_REFUSALS)
        consent.withdrawn_on = day
        u.journal("consent.withdrawn", consent, {"purpose": consent.purpose.value, "on": day.isoformat()})


def close_consent(who: Person, *, consent_id: UUID, note: str) -> None:
    """Record what was done after a withdrawal: taken down, destroyed, or kept on which other basis (BR-69)."""
    access.require(access.may_operate(who))
    if not note.strip():
        raise Refused("BR-69", N_("Напишите, что сделано"), field="note")
    with work(who) as u:
        consent = u.get(model.Consent, consent_id)
        state = after(CONSENT_MOVES, consent.state, "erase", CONSENT_REFUSALS)
        processing = u.session.get(model.Processing, consent.person_id)
        rests = processing is not None and processing.basis is not LegalBasis.CONSENT
        if consent.purpose is ConsentPurpose.PROCESSING and not rests:
            raise Refused(
                "BR-69", N_("Других оснований для обработки нет: уничтожьте данные человека"), field="note"
            )
        consent.state, consent.erased_on, consent.erased_note = state, clock.today(), clean(note)
        u.journal("consent.closed", consent, {"purpose": consent.purpose.value})


def print_consent(who: Person, *, person_id: UUID, purpose: ConsentPurpose) -> UUID:
    """Print the form of a consent to be signed by hand, one purpose on it (D-15, PD-01)."""
    with work(who) as u:
        person = _person(u, person_id)
        text = _newest_text(u, purpose)
        if text is None:
            raise Refused("PD-01", N_("Текст согласия для этой цели ещё не опубликован"), field="purpose")
        return issue_paper(
            u,
            kind=PaperKind.D15_CONSENT,
            object_id=person.id,
            person_id=person.id,
            build=lambda requisites: consent_form(requisites, person, text),
        ).id


def _record(
    u: Unit,
    *,
    person_id: UUID,
    purpose: ConsentPurpose,
    text_id: UUID,
    categories: Collection[DataCategory],
    method: ConsentMethod,
    given_on: date,
    valid_to: date | None,
) -> model.Consent:
    """A new consent; the one before must have ended. The first for processing becomes the basis (PD-13)."""
    person = _person(u, person_id)
    newest = _newest_text(u, purpose)
    if newest is None or newest.id != text_id:
        raise Refused("PD-01", N_("Текст согласия изменился: прочитайте новый"), field="text_id")
    before = u.session.scalar(
        sa.select(model.Consent)
        .filter_by(person_id=person.id, purpose=purpose, state=ConsentState.GIVEN)
        .with_for_update(of=model.Consent)
    )
    if before is not None:
        if before.state_on(clock.today()) is ConsentState.GIVEN:
            raise Refused("PD-01", N_("Согласие для этой цели уже дано"), field="purpose")
        before.state = after(CONSENT_MOVES, before.state, "expire", CONSENT_REFUSALS)
        u.session.flush()
    consent = u.add(
        model.Consent(
            person_id=person.id,
            purpose=purpose,
            text_id=text_id,
            categories=sorted({category.value for category in categories}),
            method=method,
            given_on=given_on,
            valid_to=valid_to,
            recorded_by=u.who.account_id,
        )
    )
    if purpose is ConsentPurpose.PROCESSING and u.session.get(model.Processing, person.id) is None:
        u.add(model.Processing(person_id=person.id, basis=LegalBasis.CONSENT, anonymisation_keeps=False))
    u.journal("consent.given", consent, {"purpose": purpose.value, "method": method.value})
    return consent


def _newest_text(u: Unit, purpose: ConsentPurpose) -> model.ConsentText | None:
    found: model.ConsentText | None = u.session.scalars(
        sa.select(model.ConsentText).filter_by(purpose=purpose).order_by(model.ConsentText.version.desc())
    ).first()
    return found


def _person(u: Unit, person_id: UUID) -> model.Person:
    """The person, for whoever may consent in that name; erased people consent to nothing more."""
    person = u.session.get(model.Person, person_id)
    if person is None or not access.may_consent(u.who, person_id):
        raise NotFound(N_("человек"))
    if person.erased_on is not None:
        raise Refused("BR-70", N_("Данные этого человека уже уничтожены"))
    return person


def _reached(u: Unit, consent_id: UUID) -> model.Consent:
    consent = u.session.get(model.Consent, consent_id)
    if consent is None or not access.may_consent(u.who, consent.person_id):
        raise NotFound(N_("согласие"))
    return consent
