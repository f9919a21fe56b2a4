"""Technical check: four outcomes, remarks, a deadline to the minute (BR-39)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.expertise.rules.labels import label
from services.expertise.rules.templates import Template
from services.expertise.rules.vocabulary import AttachmentKind, CheckOutcome, EntryKind
from shared.refusal import N_, Refused

#: What is looked at when the nomination has no form of its own (model 3.2, attachments; F-20).
USUAL = (
    AttachmentKind.APPLICATION,
    AttachmentKind.CALENDAR_PLAN,
    AttachmentKind.COLLEGIAL_DECISION,
    AttachmentKind.FOUNDER_APPROVAL,
)
#: What an entry is about, as a file.
CONTENT = {
    EntryKind.PROJECT: AttachmentKind.PROGRAMME,
    EntryKind.PROGRAMME: AttachmentKind.PROGRAMME,
    EntryKind.REPORT: AttachmentKind.REPORT,
    EntryKind.PRODUCT: AttachmentKind.PRODUCT,
}
SECTIONS = N_("Разделы заявки заполнены по форме")


@dataclass(frozen=True)
class Requirement:
    """A line of the technical check; ``kind`` is the file that shows it, when a file does."""

    text: str
    kind: AttachmentKind | None = None


def requirements(template: Template | None, kind: EntryKind) -> list[Requirement]:
    """What is checked: the sections and files of the nomination's form and what only a person can see (BR-39)."""
    if template is None:
        first, *rest = USUAL
        return [Requirement(label(one), one) for one in (first, CONTENT[kind], *rest)]
    return [
        Requirement(SECTIONS),
        *(Requirement(label(one), one) for one in template.required_files),
        *(Requirement(text) for text in template.checks),
    ]


def check_outcome(
    outcome: CheckOutcome, items: Sequence[Mapping[str, Any]], fix_until: datetime | None, now: datetime
) -> None:
    """The outcome agrees with the list of requirements, and CONDITIONAL has a deadline ahead (BR-39)."""
    failed = [item for item in items if not item["ok"]]
    if outcome is CheckOutcome.ADMITTED and failed:
        raise Refused(
            "BR-39",
            N_("Допуск без замечаний невозможен: не выполнено требование «%(requirement)s»"),
            field="outcome",
            requirement=failed[0]["requirement"],
        )
    if outcome is not CheckOutcome.ADMITTED and not failed:
        raise Refused(
            "BR-39", N_("Исход с замечаниями требует хотя бы одного невыполненного требования"), field="items"
        )
    for item in failed:
        if not str(item.get("remark") or "").strip():
            raise Refused(
                "BR-39",
                N_("К невыполненному требованию «%(requirement)s» нужно замечание"),
                field="items",
                requirement=item["requirement"],
            )
    if outcome is CheckOutcome.CONDITIONAL and (fix_until is None or fix_until <= now):
        raise Refused(
            "BR-39", N_("Условный допуск требует будущего срока исправления: дата и час"), field="fix_until"
        )
    if outcome is not CheckOutcome.CONDITIONAL and fix_until is not None:
        raise Refused("BR-39", N_("Срок исправления задаётся только при условном допуске"), field="fix_until")


def check_fix_in_time(fix_until: datetime, now: datetime) -> None:
    """Remarks may be fixed up to the deadline and not a minute later (BR-39)."""
    if now >= fix_until:
        raise Refused("BR-39", N_("Срок исправления замечаний истёк"))
