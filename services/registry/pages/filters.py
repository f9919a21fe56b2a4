"""How the registry's things are written on pages."""

from datetime import date, timedelta
from enum import StrEnum

from flask_babel import gettext as _

from services.registry.pages.door import bp
from services.registry.rules.facts import ALWAYS, FOREVER
from services.registry.rules.kinds import (
    ActState,
    AgreementState,
    OrgState,
    PlatformState,
    ProposalState,
    Stage,
)
from services.registry.rules.labels import label as name_of
from services.registry.rules.papers import PaperState
from shared.web.filters import day

_TONES: dict[type[StrEnum], dict[str, str]] = {
    ActState: {"IN_FORCE": "success", "REPEALED": "danger"},
    AgreementState: {
        "ON_SIGNING": "info",
        "SIGNED": "info",
        "IN_FORCE": "success",
        "EXPIRED": "warning",
        "TERMINATED": "danger",
        "REFUSED": "danger",
    },
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
    ProposalState: {"WAITING": "warning", "ENACTED": "success"},
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
