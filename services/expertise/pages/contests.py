"""What editions are made of: series, rubrics, a new edition."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.pages.editions import KEEPERS
from services.expertise.rules.policy import Policy
from services.expertise.rules.vocabulary import (
    ContestLevel,
    EntryKind,
    OrdinalStyle,
    PlatformKind,
    StageKind,
)
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

CRITERIA_ROWS = 12
NOMINATION_ROWS = 6


@bp.get("/rubrics")
def rubrics() -> str:
    """All versions of all rubrics."""
    return render_template(
        "expertise/rubrics.html", title=_("Рубрики"), rubrics=queries.rubrics(current_person())
    )


@bp.route("/rubrics/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_rubric() -> ResponseReturnValue:
    """A rubric or the next version of one."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_rubric(current_person(), **data)
        return url_for(".rubrics")

    return form_page(
        "expertise/rubric_form.html",
        schemas.RubricForm(),
        submit,
        title=_("Новая рубрика"),
        done=_("Рубрика добавлена"),
        initial={"values": "0 1 2"},
        rows=range(CRITERIA_ROWS),
    )


@bp.route("/series/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_series() -> ResponseReturnValue:
    """A contest series."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.add_contest_series(who, **data)
        return url_for(".new_edition")

    return form_page(
        "expertise/series_form.html",
        schemas.SeriesIn(),
        submit,
        title=_("Новая серия конкурсов"),
        done=_("Серия добавлена"),
        organisations=queries.organisation_choices(who),
        levels=choices(ContestLevel),
        styles=choices(OrdinalStyle),
    )


@bp.route("/editions/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_edition() -> ResponseReturnValue:
    """A draft of an edition with its stages and nominations."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        return url_for(".edition", edition_id=actions.draft_edition(who, **data))

    rubrics = {one.code: f"{one.code} — {one.title}" for one in reversed(queries.rubrics(who))}
    return form_page(
        "expertise/edition_form.html",
        schemas.EditionForm(),
        submit,
        title=_("Новый выпуск"),
        done=_("Черновик выпуска сохранён"),
        initial={f"policy-{name}": value for name, value in _asked(Policy()).items()},
        series=[(one.id, one.name) for one in queries.series(who)],
        stages=list(enumerate(StageKind)),
        rows=range(NOMINATION_ROWS),
        rubrics=rubrics,
        entry_kinds=choices(EntryKind),
        platform_kinds=choices(PlatformKind),
        policies=choices(type(Policy().same_municipality)),
    )


def _asked(policy: Policy) -> dict[str, Any]:
    """The settings that the page asks; the others keep their defaults and may be set through the API."""
    asked = ("threshold", "discrepancy", "same_municipality")
    return {name: value for name, value in policy.as_data().items() if name in asked}
