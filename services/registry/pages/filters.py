"""How the registry's things are written on pages."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from services.registry import queries
from services.registry.pages.door import bp
from services.registry.rules.consents import ConsentState
from services.registry.rules.facts import ALWAYS, FOREVER
from services.registry.rules.importing.kinds import BatchState, Verdict
from services.registry.rules.kinds import (
    ActState,
    AgreementState,
    BasisFault,
    GrantState,
    InvitationState,
    OrgState,
    PlatformState,
    ProposalState,
    ReportState,
    Stage,
)
from services.registry.rules.labels import label as name_of
from services.registry.rules.project_kinds import (
    CaseState,
    DuePrecision,
    ItemState,
    RecommendationState,
    VersionState,
)
from services.registry.rules.requests import RequestState
from shared.refusal import Refused
from shared.requisites import PaperState
from shared.web.filters import day
from shared.web.wording import refusal_text

_TONES: dict[type[StrEnum], dict[str, str]] = {
    ActState: {"DRAFT": "info", "IN_FORCE": "success", "REPEALED": "danger", "REJECTED": "danger"},
    BasisFault: {"OUT_NOW": "danger", "OUT_AT_START": "warning", "UNDERMINED": "warning"},
    AgreementState: {
        "ON_SIGNING": "info",
        "SIGNED": "info",
        "IN_FORCE": "success",
        "EXPIRED": "warning",
        "TERMINATED": "danger",
        "REFUSED": "danger",
    },
    ConsentState: {"GIVEN": "success", "WITHDRAWN": "warning", "EXPIRED": "warning"},
    GrantState: {"IN_FORCE": "success", "TO_COME": "info"},
    InvitationState: {"WAITING": "info", "ACCEPTED": "success", "REVOKED": "danger"},
    OrgState: {"ACTIVE": "success", "DRAFT": "info", "WITHDRAWN": "danger"},
    PlatformState: {
        "APPLIED": "info",
        "ACTIVE": "success",
        "SUSPENDED": "warning",
        "EXPIRED": "warning",
        "TERMINATED": "danger",
        "DECLINED": "danger",
    },
    PaperState: {"ISSUED": "success", "CANCELLED": "danger"},
    BatchState: {
        "CHECKING": "info",
        "READY": "info",
        "APPLYING": "info",
        "APPLIED": "success",
        "UNDONE": "warning",
        "FAILED": "danger",
    },
    Verdict: {"NEW": "success", "MERGE": "info", "UNDECIDED": "warning", "ERROR": "danger"},
    ProposalState: {"WAITING": "warning", "ENACTED": "success"},
    ReportState: {
        "SUBMITTED": "info",
        "RETURNED": "warning",
        "ACCEPTED": "success",
        "OVERDUE": "danger",
        "NOT_ACCEPTED": "danger",
    },
    RequestState: {"NEW": "warning", "DONE": "success", "REFUSED": "danger"},
    CaseState: {"OPEN": "warning", "ANSWERED": "info"},
    ItemState: {"IN_PROGRESS": "info", "MOVED": "warning", "DONE": "success", "OVERDUE": "danger"},
    RecommendationState: {
        "SUBMITTED": "warning",
        "ACCEPTED": "info",
        "REJECTED": "danger",
        "REALISED": "success",
    },
    VersionState: {"DRAFT": "warning", "APPROVED": "success"},
    Stage: {"TRANSFORMED": "success", "PAUSED": "warning"},
}


@bp.app_template_filter("label")
def label(value: StrEnum) -> str:
    """What a code is called."""
    return _(name_of(value))


@bp.app_template_filter("since")
def since(value: date) -> str:
    """Since when something holds: «с 01.02.2019», or always."""
    return _("всегда") if value == ALWAYS else _("с %(day)s", day=day(value))


@bp.app_template_filter("until")
def until(value: date) -> str:
    """Up to which day something holds, that day included; nothing for «until further notice»."""
    return "" if value == FOREVER else _("по %(day)s", day=day(value - timedelta(days=1)))


@bp.app_template_filter("tone")
def tone(value: StrEnum) -> str:
    """The colour of a state."""
    return _TONES.get(type(value), {}).get(value.value, "neutral")


@bp.app_template_filter("due")
def due(value: date, precision: DuePrecision) -> str:
    """A term as exactly as it is known, in the language of the reader."""
    return queries.due_words(value, precision, str(get_locale() or "ru"))
@bp.app_template_filter("noted")
def noted(note: dict[str, Any]) -> str:
    """What an import says about a row, in the language of the reader."""
    return refusal_text(Refused("IMPORT", note["text"], **note["params"]))
