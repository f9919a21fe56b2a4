"""Technical check: four outcomes, remarks, a deadline to the minute (BR-39)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.expertise.rules.vocabulary import CheckOutcome
from shared.refusal import N_, Refused


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
