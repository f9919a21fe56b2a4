"""What a certificate says (D-08); printed by shared.documents."""

from datetime import date

from services.events.model import Certificate, Event
from services.events.queries import network
from services.events.rules import certificates, codes
from services.events.rules.kinds import DatePrecision
from services.events.rules.labels import PAPER_TITLES, label
from shared.documents import Block, Document, Facts, Paragraph, Signatures

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_DUPLICATE = "ДУБЛИКАТ"


def certificate_paper(certificate: Certificate, verify_url: str = "") -> Document:
    """The certificate as a document; with ``verify_url`` it carries the QR code of its page (BR-67)."""
    owner, event = certificate.registration, certificate.event
    organisers = _organisers(event)
    facts = [("Роль", label(certificate.role)), ("Дата проведения", dates_of(event))]
    facts.append(("Форма проведения", label(event.mode)))
    if event.started_at and event.ended_at and owner.minutes:
        hours = certificates.academic_hours(event.ended_at - event.started_at)
        if hours:
            facts.append(("Объём, академических часов", str(hours)))
    if owner.organisation_name:
        facts.append(("Организация", owner.organisation_name))
    blocks: list[Block] = [
        Paragraph("выдан", align="center"),
        Paragraph(owner.full_name, align="center", bold=True),
        Paragraph("за участие в мероприятии", align="center"),
        Paragraph(f"«{event.title.strip('«»')}»" if "«" not in event.title else event.title, align="center"),
        Facts(facts),
        Signatures([("Руководитель организации-организатора", "")]),
    ]
    if certificate.duplicates:
        blocks.insert(0, Paragraph(_DUPLICATE, align="center", bold=True))
    return Document(
        title=PAPER_TITLES[certificate.role],
        number=certificate.number,
        date=certificate.issued_on,
        org_head=organisers,
        blocks=blocks,
        verify_url=verify_url,
        verify_code=codes.spaced_verify_code(certificate.verify_code),
    )


def dates_of(event: Event) -> str:
    """The date of an event in words, no more exact than it is known (BR-27)."""
    first = event.starts_on
    if event.date_precision is DatePrecision.YEAR:
        return f"{first.year} год"
    if event.date_precision is DatePrecision.MONTH:
        return f"{_MONTHS[first.month - 1]} {first.year} года"
    if event.ends_on and event.ends_on != first:
        return f"{_day(first)} — {_day(event.ends_on)}"
    return _day(first)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _organisers(event: Event) -> list[str]:
    """Who held the event, called as on its day: a certificate printed anew says the same (BR-06)."""
    names = network.organisation_names(event.organiser_ids, event.starts_on)
    return [names[key] for key in event.organiser_ids if key in names]
