"""Rubrics: versions, the next version, the preview of a sheet."""

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp
from services.expertise.pages.editions import KEEPERS
from services.expertise.rules import rubrics as rules
from services.expertise.rules.policy import Policy
from shared.refusal import Refused
from shared.web.forms import Form, form_page
from shared.web.person import current_person, page_roles

CRITERIA_ROWS, SPARE_ROWS = 12, 4


@bp.get("/rubrics")
def rubrics() -> str:
    """All versions of all rubrics."""
    return render_template(
        "expertise/rubrics.html", title=_("Рубрики"), rubrics=queries.rubrics(current_person())
    )


@bp.get("/rubrics/<uuid:rubric_id>")
def rubric(rubric_id: UUID) -> str:
    """One version: the sheet as an expert sees it, the maximum, the other versions."""
    one, versions = queries.rubric(current_person(), rubric_id)
    return render_template(
        "expertise/rubric.html",
        title=f"{one.code}. {one.title}",
        rubric=one,
        versions=versions,
        sample=Form(schemas.DraftIn()),
        policy=Policy(),
    )


@bp.route("/rubrics/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_rubric() -> ResponseReturnValue:
    """A rubric or the next version of one."""
    return _form({"values": "0 1 2"}, CRITERIA_ROWS)


@bp.route("/rubrics/<uuid:rubric_id>/next", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def next_rubric(rubric_id: UUID) -> ResponseReturnValue:
    """The next version of a rubric, begun with what stands in this one."""
    one, _versions = queries.rubric(current_person(), rubric_id)
    initial: dict[str, Any] = {"code": one.code, "title": one.title, "values": _values(one.rules.values)}
    for number, criterion in enumerate(one.rules.criteria):
        initial |= {
            f"criteria-{number}-code": criterion.code,
            f"criteria-{number}-title": criterion.title,
            f"criteria-{number}-weight": criterion.weight.normalize(),
            f"criteria-{number}-priority": criterion.priority,
            f"criteria-{number}-description": criterion.description,
            f"criteria-{number}-values": _values(criterion.values),
            f"criteria-{number}-anchors": "\n".join(
                f"{_values((value,))} — {text}" for value, text in criterion.anchors
            ),
            f"criteria-{number}-comment_below": criterion.comment_below,
        }
    return _form(initial, max(CRITERIA_ROWS, len(one.rules.criteria) + SPARE_ROWS))


@bp.post("/rubrics/preview")
@page_roles(*KEEPERS)
def preview_rubric() -> ResponseReturnValue:
    """The form as sent, with the sheet that it would give; nothing is saved."""
    form = Form(schemas.RubricForm())
    sample = None
    status = 200
    try:
        data = form.load()
        sample = rules.read_rubric(data["criteria"], data["scale"])
    except ma.ValidationError as fault:
        form.blame(fault)
        status = 422
    except Refused as refusal:
        form.refuse(refusal)
        status = 422
    return render_template(
        "expertise/rubric_form.html",
        form=form,
        title=_("Новая рубрика"),
        rows=range(CRITERIA_ROWS + SPARE_ROWS),
        preview=sample,
        sample=Form(schemas.DraftIn()),
        policy=Policy(),
    ), status


def _form(initial: dict[str, Any], rows: int) -> ResponseReturnValue:
    def submit(data: dict[str, Any]) -> str:
        return url_for(".rubric", rubric_id=actions.add_rubric(current_person(), **data))

    return form_page(
        "expertise/rubric_form.html",
        schemas.RubricForm(),
        submit,
        title=_("Новая рубрика"),
        done=_("Рубрика добавлена"),
        initial=initial,
        rows=range(rows),
        preview=None,
    )


def _values(values: tuple[Any, ...]) -> str:
    return " ".join(format(value.normalize(), "f").replace(".", ",") for value in values)
