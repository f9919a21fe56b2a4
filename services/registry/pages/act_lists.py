"""Lists about normative acts: what loses its basis, what has none that is valid, the bibliography."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries
from services.registry.pages.door import bp, choices, wanted
from services.registry.rules.kinds import ActLevel
from services.registry.schemas import filters
from shared import clock
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

AUDITORS = (Role.OPERATOR, Role.SYSTEM_ADMIN, Role.IRO)


@bp.get("/acts/<uuid:act_id>/impact")
@page_roles(*AUDITORS)
def act_impact(act_id: UUID) -> str:
    """What loses its basis with an act: a what-if before the repeal, a work list after it."""
    asked = wanted(filters.AsOfFilter)
    return render_template(
        "registry/act_impact.html",
        found=queries.impact(current_person(), act_id, asked["on"], asked["known"]),
        asked=asked,
    )


@bp.get("/acts/without-basis")
@page_roles(*AUDITORS)
def without_basis() -> str:
    """What holds on a day without a valid basis, over the whole registry."""
    asked = wanted(filters.AsOfFilter)
    return render_template(
        "registry/act_without_basis.html",
        rows=queries.without_basis(current_person(), asked["on"], asked["known"]),
        asked=asked,
        day=asked["on"] or clock.today(),
    )


@bp.get("/acts/bibliography")
def bibliography() -> str:
    """The list of normative acts of a day, ready to be copied (D-20)."""
    asked = wanted(filters.BibliographyFilter)
    who = current_person()
    return render_template(
        "registry/act_bibliography.html",
        found=queries.bibliography(**asked),
        asked=asked,
        levels=choices(ActLevel),
        title=_("Перечень нормативных актов"),
        may_print=access.may_print_bibliography(who),
        papers=queries.bibliography_papers(who),
    )


@bp.route("/acts/bibliography/print", methods=["GET", "POST"])
@page_roles(Role.OPERATOR, Role.IRO, Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION)
def print_bibliography() -> ResponseReturnValue:
    """Print the list as DOCX and PDF, with its number and checking code."""

    def submit(data: dict[str, Any]) -> str:
        return url_for(".paper", paper_id=actions.print_bibliography(current_person(), **data))

    return form_page(
        "registry/act_bibliography_print.html",
        filters.BibliographyFilter(),
        submit,
        title=_("Перечень нормативных актов"),
        done=_("Документ выпущен"),
        initial=wanted(filters.BibliographyFilter),
        levels=choices(ActLevel),
    )
