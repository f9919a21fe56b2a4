"""Certificates: to their owners in full, to the public as a check of what is printed (BR-67, BR-68)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.events import access
from services.events.access import Scope
from services.events.model import Certificate, Event, Registration
from services.events.queries.papers import certificate_paper
from services.events.queries.people import within
from services.events.queries.sheets import Sheet
from services.events.rules.codes import plain_verify_code
from services.events.rules.kinds import CertificateState, DatePrecision
from services.events.rules.labels import PAPER_TITLES
from services.events.rules.states import EventState, RegistrationState
from shared.person import Person
from shared.refusal import N_, NotFound, SignInNeeded
from shared.unit import read
from shared.web import links
from shared.web.paging import Page, paged


@dataclass(frozen=True)
class Verified:
    """What the public learns from a verify code: no name, no organisation of the holder (BR-67)."""

    kind: str
    number: str
    issued_on: date
    event_title: str
    date_precision: DatePrecision
    starts_on: date
    ends_on: date | None
    state: CertificateState
    is_duplicate: bool


def certificates(
    who: Person, *, event_id: UUID | None = None, page: int = 1, size: int = 50
) -> Page[Certificate]:
    """Certificates of the people whom this person may see, the latest first."""
    if who.is_public:
        raise SignInNeeded
    return paged(_visible(access.personal_scope(who), event_id), page, size)


def own_certificates(who: Person) -> list[Certificate]:
    """Valid certificates of the person and of the people of the person's organisation, for the cabinet."""
    scope = access.personal_scope(who)
    wanted = _visible(Scope(organisations=scope.organisations, person_id=scope.person_id))
    return list(read().scalars(wanted.where(Certificate.state == CertificateState.VALID).limit(10)))


def certificate_file(who: Person, certificate_id: UUID) -> Sheet:
    """A certificate as PDF with the QR code of its page; somebody else's is not found."""
    certificate = read().get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound(CERTIFICATE)
    owner = certificate.registration
    if not access.personal_scope(who).sees(owner.organisation_id, owner.person_id):
        raise NotFound(CERTIFICATE)
    if certificate.state is not CertificateState.VALID:
        raise NotFound(CERTIFICATE)
    paper = certificate_paper(certificate, verify_url(certificate))
    return Sheet(f"certificate-{certificate.verify_code}.pdf", "application/pdf", paper.pdf())


def verify(typed_code: str) -> Verified:
    """The public check of a printed certificate; a cancelled one is found too, as «аннулирован» (BR-68)."""
    code = plain_verify_code(typed_code)
    certificate = read().scalar(
        sa.select(Certificate).where(Certificate.verify_code == code).options(joinedload(Certificate.event))
    )
    if certificate is None:
        raise NotFound(CERTIFICATE)
    return Verified(
        kind=PAPER_TITLES[certificate.role],
        number=certificate.number,
        issued_on=certificate.issued_on,
        event_title=certificate.event.title,
        date_precision=certificate.event.date_precision,
        starts_on=certificate.event.starts_on,
        ends_on=certificate.event.ends_on,
        state=certificate.state,
        is_duplicate=certificate.duplicates > 0,
    )


def verify_url(certificate: Certificate) -> str:
    """The address printed on the certificate."""
    return links.absolute("events", f"/verify/{certificate.verify_code}")


def uncertified_events(who: Person) -> list[Event]:
    """Events that are over and have people who attended without a certificate, for the operator's day."""
    if not access.keeps_attendance(who):
        return []
    waiting = sa.select(Registration.event_id).where(Registration.state == RegistrationState.ATTENDED)
    return list(
        read().scalars(
            sa.select(Event)
            .where(Event.state == EventState.HELD, Event.id.in_(waiting))
            .order_by(Event.starts_on)
        )
    )


CERTIFICATE = N_("сертификат")


def _visible(scope: Scope, event_id: UUID | None = None) -> "sa.Select[tuple[Certificate]]":
    wanted = (
        sa.select(Certificate)
        .join(Certificate.registration)
        .options(joinedload(Certificate.registration), joinedload(Certificate.event))
        .where(within(scope))
        .order_by(Certificate.issued_on.desc(), Certificate.number.desc())
    )
    return wanted.where(Certificate.event_id == event_id) if event_id else wanted
