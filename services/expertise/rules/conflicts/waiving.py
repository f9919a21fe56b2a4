"""A conflict is waived only by an act with a reason, and some are never waived (F17, BR-41)."""

from collections.abc import Collection

from services.expertise.rules.conflicts.settings import UNWAIVABLE
from services.expertise.rules.vocabulary import ConflictKind
from shared.refusal import N_, Refused


def check_waiver(kind: ConflictKind, present: Collection[ConflictKind], act_ref: str, reason: str) -> None:
    """Refuse what no act lifts, what is not there, and a waiver without act or reason (F17)."""
    if kind in UNWAIVABLE:
        raise Refused("BR-41", N_("Такой конфликт интересов не снимается никаким актом"), field="kind")
    if kind not in present:
        raise Refused("BR-41", N_("Такого конфликта у эксперта с этой заявкой нет"), field="kind")
    if not act_ref.strip():
        raise Refused("BR-41", N_("Укажите акт, которым конфликт снят"), field="act_ref")
    if not reason.strip():
        raise Refused("BR-41", N_("Укажите причину"), field="reason")
