"""Plans and imported values: lists with the form below them."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.reports import actions, queries
from services.reports.pages.door import bp
from services.reports.rules.catalogue import INDICATORS
from services.reports.rules.terms import Comparator
from services.reports.schemas import ImportIn, PlanIn
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


def _indicator_choices() -> dict[str, str]:
    return {one.code: f"{one.code} {_(one.title)}" for one in INDICATORS}


@bp.route("/plans", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def plans() -> ResponseReturnValue:
    """Plans of the network; setting one again changes it."""

    def submit(data: dict[str, Any]) -> str:
        actions.set_plan(current_person(), **data)
        return url_for(".plans")

    return form_page(
        "reports/plans.html",
        PlanIn(),
        submit,
        title=_("Планы показателей"),
        done=_("План сохранён"),
        initial={"year": clock.today().year},
        plans=queries.plans(current_person()),
        indicators=_indicator_choices(),
    )


@bp.route("/imported-values", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def imported_values() -> ResponseReturnValue:
    """Values from documents of a time before our records."""

    def submit(data: dict[str, Any]) -> str:
        actions.import_indicator(current_person(), **data)
        return url_for(".imported_values")

    return form_page(
        "reports/imports.html",
        ImportIn(),
        submit,
        title=_("Значения из документов"),
        done=_("Значение внесено"),
        initial={"comparator": Comparator.EQUAL},
        imports=queries.imports(current_person()),
        indicators=_indicator_choices(),
        municipalities=queries.municipality_names(clock.today()),
        comparators={one.value: one.value for one in Comparator},
    )
