"""How contests are written on pages."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from services.expertise.pages import policy_form
from services.expertise.pages.door import bp
from services.expertise.rules import labels
from services.expertise.rules.deadlines import Unit, left
from services.expertise.rules.policy import Policy
from services.expertise.rules.rubrics import Criterion
from services.expertise.rules.scoring import CommentReason
from services.expertise.rules.vocabulary import (
    AppealState,
    AssignmentState,
    ConflictKind,
    EditionState,
    EntryState,
    PlanState,
    Presence,
    ProtocolState,
    SheetState,
    StageKind,
    Urgency,
    VoteChoice,
)
from shared import clock
from shared.refusal import Refused
from shared.requisites import PaperState
from shared.web.filters import moment, number
from shared.web.wording import refusal_text

_TONE_OF = {
    (EditionState, EditionState.ACCEPTING): "success",
    (EditionState, EditionState.TECHNICAL): "info",
    (EditionState, EditionState.CORRESPONDENCE): "info",
    (EditionState, EditionState.IN_PERSON): "info",
    (EditionState, EditionState.DECISION): "warning",
    (EditionState, EditionState.APPEALS): "warning",
    (EditionState, EditionState.COMPLETED): "success",
    (EditionState, EditionState.CANCELLED): "danger",
    (EntryState, EntryState.SUBMITTED): "warning",
    (EntryState, EntryState.REGISTERED): "info",
    (EntryState, EntryState.ADMITTED): "success",
    (EntryState, EntryState.ADMITTED_WITH_REMARKS): "success",
    (EntryState, EntryState.CONDITIONAL): "warning",
    (EntryState, EntryState.REJECTED): "danger",
    (EntryState, EntryState.IN_EXPERTISE): "info",
    (EntryState, EntryState.REVISION): "warning",
    (EntryState, EntryState.FINALIST): "success",
    (EntryState, EntryState.AWARDED): "success",
    (EntryState, EntryState.LAUREATE): "success",
    (EntryState, EntryState.DIPLOMA): "success",
    (EntryState, EntryState.DECLINED): "danger",
    (AssignmentState, AssignmentState.PROPOSED): "warning",
    (AssignmentState, AssignmentState.ACCEPTED): "info",
    (AssignmentState, AssignmentState.IN_WORK): "info",
    (AssignmentState, AssignmentState.DONE): "success",
    (PaperState, PaperState.ISSUED): "success",
    (PaperState, PaperState.CANCELLED): "danger",
    (Urgency, Urgency.LATER): "info",
    (Urgency, Urgency.SOON): "warning",
    (Urgency, Urgency.OVER): "danger",
    (ProtocolState, ProtocolState.ON_SIGNING): "warning",
    (ProtocolState, ProtocolState.SIGNED): "success",
    (ProtocolState, ProtocolState.PUBLISHED): "info",
    (Presence, Presence.PRESENT): "success",
    (Presence, Presence.REMOTE): "success",
    (VoteChoice, VoteChoice.FOR): "success",
    (VoteChoice, VoteChoice.AGAINST): "danger",
    (AppealState, AppealState.FILED): "warning",
    (AppealState, AppealState.IN_REVIEW): "info",
    (AppealState, AppealState.UPHELD_UP): "success",
    (AppealState, AppealState.UPHELD_DOWN): "danger",
    (PlanState, PlanState.WAITING): "info",
    (PlanState, PlanState.READY): "success",
    (PlanState, PlanState.IMPOSSIBLE): "danger",
    (PlanState, PlanState.APPLIED): "success",
    (PlanState, PlanState.STALE): "warning",
    (PlanState, PlanState.FAILED): "danger",
    (SheetState, SheetState.SIGNED): "success",
    (SheetState, SheetState.CANCELLED): "danger",
}


@bp.app_template_filter("label")
def label(value: StrEnum) -> str:
    """What a member of a dictionary is called."""
    return _(labels.label(value))


@bp.app_template_filter("tone")
def tone(value: StrEnum) -> str:
    """The colour of a state."""
    return _TONE_OF.get((type(value), value), "neutral")


@bp.app_template_filter("time_left")
def time_left(due: datetime) -> str:
    """How much time is left until a deadline, in words."""
    one = left(due, clock.now())
    if one.over:
        if one.unit is Unit.DAYS:
            return _("просрочено на %(number)s дн.", number=one.number)
        return _("просрочено на %(number)s ч", number=one.number)
    if one.unit is Unit.DAYS:
        return _("осталось %(number)s дн.", number=one.number)
    return _("осталось %(number)s ч", number=one.number)


@bp.app_template_filter("why_comment")
def why_comment(reason: CommentReason, policy: Policy, criterion: Criterion) -> str:
    """Why a comment is obligatory and how long it must be (BR-45)."""
    length = policy.comment_length
    if reason is CommentReason.BELOW:
        return _(
            "Комментарий обязателен: оценка ниже %(value)s, не короче %(length)s знаков",
            value=number(criterion.comment_below),
            length=length,
        )
    if reason is CommentReason.LOWEST:
        return _("Комментарий обязателен: низшая оценка, не короче %(length)s знаков", length=length)
    return _("Комментарий обязателен: высшая оценка, не короче %(length)s знаков", length=length)


@bp.app_template_filter("rule_change")
def rule_change(change: Mapping[str, Any]) -> str:
    """One changed place of the rules in words: what it is, what it was, what it is now."""
    where, *rest = change["path"]
    words = {
        "opens_at": _("начало этапа"),
        "closes_at": _("окончание этапа"),
        "weight": _("вес этапа"),
        "min_experts": _("экспертов на заявку"),
        "quota": _("квота"),
        "title": _("название"),
        "rubric": _("рубрика"),
        "closes_on": _("окончание выпуска"),
        **{one["name"].removeprefix("policy-"): one["label"] for one in policy_form.asked()},
        "tie": _("при равенстве баллов"),
    }
    last = words.get(change["path"][-1], change["path"][-1])
    subject = label(StageKind(rest[0])) if where == "stages" else rest[0] if where == "nominations" else ""
    return _(
        "%(what)s: было %(before)s, стало %(after)s",
        what=f"{subject}, {last}" if subject else last,
        before=_value(change["before"]),
        after=_value(change["after"]),
    )


def _value(value: Any) -> str:
    """A value of the rules as people read it."""
    if isinstance(value, Mapping):
        return f"{value.get('code')}, № {value.get('number')}"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "—"
    if value is None:
        return "—"
    try:
        return moment(datetime.fromisoformat(value)) if "T" in str(value) else str(value)
    except ValueError:
        return str(value)


@bp.app_template_filter("refusal")
def refusal(reason: Refused) -> str:
    """The text of a refusal."""
    return refusal_text(reason)


@bp.app_template_filter("capital")
def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


@bp.app_template_filter("conflict_name")
def conflict_name(code: str) -> str:
    """What a conflict is called that is kept as a code; nominations bind an expert without being a conflict."""
    return _(labels.label(ConflictKind(code))) if code in ConflictKind.__members__ else _("другая номинация")
