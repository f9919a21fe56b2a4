"""How long personal data are kept, when they are destroyed, what stays (PD-03, PD-04, PD-06, PD-13, BR-66)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.registry.rules.consents import DAYS_TO_DESTROY
from shared.refusal import N_, Refused

#: What a destroyed name is replaced with; the number of the act's row tells the people apart.
MARKER = "Обезличено"
_YEARS_TO_KEEP_ACTS = 3


class LegalBasis(StrEnum):
    """Why a person's data are processed (PD-13)."""

    CONSENT = "CONSENT"
    CONTRACT = "CONTRACT"
    LEGAL_DUTY = "LEGAL_DUTY"


class ErasureReason(StrEnum):
    """Why data are destroyed (PD-03, PD-04, PD-05)."""

    WITHDRAWAL = "WITHDRAWAL"
    PURPOSE_REACHED = "PURPOSE_REACHED"
    REQUEST = "REQUEST"
    UNLAWFUL = "UNLAWFUL"


class ErasedCategory(StrEnum):
    """What is destroyed of a person; identifiers and numbers stay."""

    NAME = "NAME"
    POSITION = "POSITION"
    ACCOUNTS = "ACCOUNTS"
    CONSENTS = "CONSENTS"


@dataclass(frozen=True)
class Record:
    """What is known of the processing of one person's data."""

    basis: LegalBasis | None = None
    #: The day the consent to processing was withdrawn, or the first day after its term.
    consent_ended_on: date | None = None
    purpose_reached_on: date | None = None
    #: Another term set by law or contract, and which one (PD-04).
    keep_until: date | None = None
    keep_basis: str | None = None
    #: The documents to be kept are printed: the registry may forget the name (BR-69).
    anonymisation_keeps: bool = False


def destroy_due_on(record: Record) -> date | None:
    """Data are destroyed within 30 days of the withdrawal or of the purpose, or when a set term ends.

    A withdrawal counts only where the consent is the basis (PD-13); a term set by law or contract puts the
    day off unless anonymised data satisfy it (PD-03, PD-04).
    """
    begun = [record.purpose_reached_on]
    if record.basis in (None, LegalBasis.CONSENT):
        begun.append(record.consent_ended_on)
    days = [day for day in begun if day is not None]
    if not days:
        return None
    due = min(days) + timedelta(days=DAYS_TO_DESTROY)
    if record.keep_until is None or record.anonymisation_keeps:
        return due
    return max(due, record.keep_until + timedelta(days=1))


def check_erasure(
    record: Record, reason: ErasureReason, today: date, *, requested: bool, already: bool
) -> None:
    """Data are destroyed once, for a reason that the records bear out, and not against a duty to keep them.

    A recorded duty (archive, contract) forbids it until its last day, unless anonymisation satisfies it
    (PD-03, PD-04, BR-69). Unlawful processing ends whatever the duty (PD-05).
    """
    if already:
        raise Refused("BR-70", N_("Данные этого человека уже уничтожены"))
    if reason is ErasureReason.UNLAWFUL:
        return
    if reason is ErasureReason.REQUEST and not requested:
        raise Refused("PD-03", N_("Открытого запроса на уничтожение нет"), field="reason")
    if reason is ErasureReason.PURPOSE_REACHED and record.purpose_reached_on is None:
        raise Refused("PD-04", N_("День достижения цели не записан"), field="reason")
    if reason is ErasureReason.WITHDRAWAL and record.consent_ended_on is None:
        raise Refused("PD-03", N_("Согласие на обработку не отозвано"), field="reason")
    lasting = record.basis in (LegalBasis.CONTRACT, LegalBasis.LEGAL_DUTY)
    if lasting and record.purpose_reached_on is None:
        raise Refused(
            "PD-13",
            N_("Данные обрабатываются по договору или закону: сначала запишите день достижения цели"),
            field="reason",
        )
    if record.keep_until is not None and today <= record.keep_until and not record.anonymisation_keeps:
        raise Refused(
            "BR-69",
            N_("До %(day)s данные обязаны храниться: %(basis)s"),
            field="reason",
            day=record.keep_until,
            basis=record.keep_basis,
        )


def check_record(record: Record, today: date) -> None:
    """A term of keeping names the law or contract that sets it; reached is only what has passed (PD-04)."""
    if (record.keep_until is None) != (not (record.keep_basis or "").strip()):
        raise Refused("PD-04", N_("Срок хранения и его основание указывают вместе"), field="keep_basis")
    if record.anonymisation_keeps and record.keep_until is None:
        raise Refused("PD-04", N_("Укажите срок хранения и его основание"), field="keep_until")
    if record.purpose_reached_on is not None and record.purpose_reached_on > today:
        raise Refused("PD-04", N_("Этот день ещё не наступил"), field="purpose_reached_on")


def may_leave(basis: LegalBasis | None, *, consents: bool) -> bool:
    """A name goes to the ИРО only with a basis: a consent in force, or a legal duty (BR-66).

    A contract with the employer binds the two of them and not the ИРО.
    """
    return consents or basis is LegalBasis.LEGAL_DUTY


def act_kept_until(done_on: date) -> date:
    """The act of destruction and the extract of the journal are kept for three years (PD-06)."""
    try:
        return done_on.replace(year=done_on.year + _YEARS_TO_KEEP_ACTS)
    except ValueError:  # 29 February
        return date(done_on.year + _YEARS_TO_KEEP_ACTS, 3, 1)


def marker(number: int) -> tuple[str, str]:
    """«Обезличено №17»: what stands for last and first name afterwards (BR-69)."""
    return MARKER, f"№{number}"


def mask(text: str, names: Collection[str], number: int) -> str:
    """A note in which the person's names, whole words in any case, are replaced by the marker (BR-69)."""
    wanted = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    if not wanted:
        return text
    found = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)", re.IGNORECASE)
    return found.sub(" ".join(marker(number)), text)
