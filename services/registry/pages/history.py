"""Passports: every fact with its basis, corrections; what changed between two days of knowledge (F7)."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import actions, queries, schemas
from services.registry.pages.door import bp, page_number, wanted
from services.registry.pages.organisations import MANAGERS
from services.registry.pages.values import value_choices
from services.registry.schemas import filters
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles


@bp.get("/history/<uuid:subject_id>")
def history(subject_id: UUID) -> str:
    """Everything recorded of a thing."""
    card = queries.history(current_person(), subject_id)
    return render_template("registry/history.html", card=card, address=_address(card.subject))


@bp.get("/changes")
def changes() -> str:
    """How the registry of one day differs as known on two days; yesterday and today by default."""
    asked = queries.compared(**wanted(filters.ChangesFilter))
    page = queries.changes(current_person(), asked, page=page_number())
    return render_template("registry/changes.html", page=page, asked=asked)


@bp.route("/facts/<uuid:fact_id>/correct", methods=["GET", "POST"])
@page_roles(*MANAGERS)
def correct_fact(fact_id: UUID) -> ResponseReturnValue:
    """Correct what was recorded by mistake."""
    subject, line = queries.fact_line(current_person(), fact_id)

    def submit(data: dict[str, Any]) -> str:
        actions.correct_fact(current_person(), fact_id=fact_id, **data)
        return url_for(".history", subject_id=line.fact.subject_id)

    return form_page(
        "registry/fact_correct.html",
        schemas.CorrectionIn(),
        submit,
        title=_("Исправление сведений"),
        done=_("Сведения исправлены"),
        initial={"value": line.fact.value},
        subject=subject,
        line=line,
        options=value_choices(line.fact.kind),
        acts=queries.act_choices(),
    )


def _address(subject: Any) -> str:
    """The card of a subject."""
    argument = "oktmo" if subject.kind == "municipality" else f"{subject.kind}_id"
    return url_for(f".{subject.kind}", **{argument: subject.key})
