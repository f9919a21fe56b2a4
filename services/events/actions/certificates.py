"""Certificates: issuing, cancelling, printing anew (BR-34, BR-67, BR-68)."""

import secrets
from uuid import UUID

import sqlalchemy as sa

from services.events import access
from services.events.actions.found import found, locked_event
from services.events.model import Certificate, CertificateCount, Registration
from services.events.queries.papers import certificate_paper
from services.events.rules import certificates, codes, registration
from services.events.rules.kinds import CertificateState, ParticipationRole
from services.events.rules.states import registration_after
from shared import clock
from shared.person import Person
from shared.unit import Unit, work


def issue_certificates(who: Person, *, event_id: UUID) -> list[UUID]:
    """Give a certificate to everybody who attended and has none for the role yet (BR-34)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        event = locked_event(u, event_id)
        certificates.event_is_held(event.state)
        have = _roles_certified(u, event.id)
        entitled = [
            one
            for one in u.session.scalars(
                sa.select(Registration)
                .where(Registration.event_id == event.id)
                .order_by(Registration.last_name, Registration.first_name, Registration.id)
            )
            if certificates.may_have(one.state, one.role, have.get(one.id, []))
        ]
        certificates.somebody_gets_one(len(entitled))
        issued = [_issue(u, one) for one in entitled]
        u.journal("certificates.issued", event, note={"count": len(issued)})
        return [certificate.id for certificate in issued]


def cancel_certificate(who: Person, *, certificate_id: UUID, reason: str) -> None:
    """Declare a certificate void; it stays verifiable as «аннулирован» (BR-68)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        certificate = found(u, Certificate, certificate_id)
        certificates.is_valid(certificate.state)
        certificate.cancel_reason = registration.checked_reason(reason, "BR-68")
        certificate.state = CertificateState.CANCELLED
        owner = certificate.registration
        owner.state = registration_after(owner.state, "withdraw_certificate")
        u.announce(owner)
        u.journal("certificate.cancelled", certificate)


def reissue_certificate(who: Person, *, certificate_id: UUID) -> None:
    """Print a certificate anew: the same number with the mark «дубликат» (BR-34)."""
    with work(who) as u:
        access.must_keep_attendance(who)
        certificate = found(u, Certificate, certificate_id)
        certificates.is_valid(certificate.state)
        certificate.duplicates += 1
        u.journal("certificate.reissued", certificate)


def _issue(u: Unit, one: Registration) -> Certificate:
    today = clock.today()
    certificate = Certificate(
        registration=one,
        event=one.event,
        role=one.role,
        number=certificates.number(today.year, _next_count(u, today.year)),
        verify_code=codes.verify_code(secrets.randbelow),
        issued_on=today,
        state=CertificateState.VALID,
        duplicates=0,
    )
    certificate.sha256 = certificate_paper(certificate).content_hash()
    u.add(certificate)
    one.state = registration_after(one.state, "certify")
    u.session.flush()
    u.tell(certificate.issued(), of=certificate)
    u.announce(one)
    return certificate


def _next_count(u: Unit, year: int) -> int:
    """The next number of the year, without gaps: the counter is locked until the end of the unit."""
    counter = u.session.get(CertificateCount, year, with_for_update=True)
    if counter is None:
        counter = u.add(CertificateCount(year=year, count=0))
    counter.count += 1
    u.session.flush()
    return counter.count


def _roles_certified(u: Unit, event_id: UUID) -> dict[UUID, list[ParticipationRole]]:
    rows = u.session.execute(
        sa.select(Certificate.registration_id, Certificate.role).where(
            Certificate.event_id == event_id, Certificate.state == CertificateState.VALID
        )
    )
    have: dict[UUID, list[ParticipationRole]] = {}
    for registration_id, role in rows:
        have.setdefault(registration_id, []).append(role)
    return have
