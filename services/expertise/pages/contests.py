"""What editions are made of: series, a new edition, its editing, copying and amending."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.expertise import actions, queries, schemas
from services.expertise.pages import policy_form
from services.expertise.pages.door import bp, choices
from services.expertise.pages.editions import KEEPERS
from services.expertise.queries.views import EditionCard
from services.expertise.rules.policy import new_policy
from services.expertise.rules.vocabulary import (
    EXPERT_STAGES,
    ApplicantCategory,
    ContestLevel,
    EntryKind,
    OrdinalStyle,
    PlatformKind,
    StageKind,
    TieBreaker,
)
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles

NOMINATION_ROWS, SPARE_ROWS = 6, 3


@bp.get("/series")
def series() -> str:
    """All contest series with their former names."""
    return render_template(
        "expertise/series.html", title=_("Серии конкурсов"), series=queries.series(current_person())
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
        **_series_choices(),
    )


@bp.route("/series/<uuid:series_id>/edit", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def edit_series(series_id: UUID) -> ResponseReturnValue:
    """Change a series; its former name stays in its history."""
    who = current_person()
    row = queries.one_series(who, series_id)

    def submit(data: dict[str, Any]) -> str:
        actions.edit_contest_series(who, series_id=series_id, **data)
        return url_for(".series")

    return form_page(
        "expertise/series_form.html",
        schemas.SeriesEditIn(),
        submit,
        title=_("Изменить серию %(code)s", code=row.code),
        initial={
            "name": row.name,
            "organiser_id": row.organiser_id,
            "level": row.level,
            "ordinal_style": row.ordinal_style,
        },
        series=row,
        **_series_choices(),
    )


def _series_choices() -> dict[str, Any]:
    return {
        "organisations": queries.organisation_choices(current_person()),
        "levels": choices(ContestLevel),
        "styles": choices(OrdinalStyle),
    }


@bp.route("/editions/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_edition() -> ResponseReturnValue:
    """A draft of an edition with its stages and nominations."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        return url_for(".edition", edition_id=actions.draft_edition(who, **data))

    return form_page(
        "expertise/edition_form.html",
        schemas.EditionForm(),
        submit,
        title=_("Новый выпуск"),
        done=_("Черновик выпуска сохранён"),
        initial=policy_form.filled(new_policy({"recommendation_required": True})),
        series=[(one.id, one.name) for one in queries.series(who)],
        edition=None,
        rows=range(NOMINATION_ROWS),
        **_edition_choices(),
    )


@bp.route("/editions/<uuid:edition_id>/edit", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def edit_edition(edition_id: UUID) -> ResponseReturnValue:
    """Change everything about an edition until its reception opens (BR-36)."""
    who = current_person()
    card = queries.edition(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        actions.edit_edition(who, edition_id=edition_id, **data)
        return url_for(".edition", edition_id=edition_id)

    return form_page(
        "expertise/edition_form.html",
        schemas.EditionEditForm(),
        submit,
        title=_("Изменить выпуск"),
        initial={**_filled(card), **_filled_nominations(card)},
        edition=card,
        series=[],
        rows=range(max(NOMINATION_ROWS, len(card.nominations) + SPARE_ROWS)),
        **_edition_choices(),
    )


@bp.route("/editions/<uuid:edition_id>/copy", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def copy_edition(edition_id: UUID) -> ResponseReturnValue:
    """The next edition after the pattern of this one."""
    who = current_person()
    card = queries.edition(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        return url_for(".edition", edition_id=actions.copy_edition(who, edition_id=edition_id, **data))

    return form_page(
        "expertise/edition_copy.html",
        schemas.EditionCopyIn(),
        submit,
        title=_("Следующий выпуск по образцу"),
        done=_("Черновик выпуска сохранён"),
        initial={
            "ordinal": card.ordinal + 1 if card.ordinal else None,
            "year": card.year + 1,
            "title": card.title,
        },
        edition=card,
    )


@bp.route("/editions/<uuid:edition_id>/amend", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def amend_edition(edition_id: UUID) -> ResponseReturnValue:
    """Change frozen rules by an act (BR-36)."""
    who = current_person()
    card = queries.edition(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        actions.amend_edition(who, edition_id=edition_id, **data)
        return url_for(".edition", edition_id=edition_id)

    rubrics = [(one.rubric_id, f"{one.code}, № {one.number} — {one.title}") for one in queries.rubrics(who)]
    return form_page(
        "expertise/amend_form.html",
        schemas.AmendmentForm(),
        submit,
        title=_("Изменить правила актом"),
        done=_("Изменение записано и опубликовано"),
        initial={**_filled(card), **_filled_changes(card)},
        edition=card,
        rubrics=rubrics,
        settings=policy_form.asked(),
        ties=policy_form.ties(),
        tie_breakers=choices(TieBreaker),
    )


@bp.post("/nominations/<uuid:nomination_id>/rubric/<uuid:rubric_id>")
@page_roles(*KEEPERS)
def use_rubric(nomination_id: UUID, rubric_id: UUID) -> Response:
    """The button «Взять новую редакцию»."""
    who = current_person()
    return act_on(
        lambda: actions.use_rubric(who, nomination_id=nomination_id, rubric_id=rubric_id),
        back=url_for(".edition", edition_id=queries.edition_of_nomination(who, nomination_id)),
        done=_("Номинация взяла новую редакцию рубрики"),
    )


def _edition_choices() -> dict[str, Any]:
    rubrics = {one.code: f"{one.code} — {one.title}" for one in reversed(queries.rubrics(current_person()))}
    return {
        "stages": list(enumerate(StageKind)),
        "rubrics": rubrics,
        "entry_kinds": choices(EntryKind),
        "platform_kinds": choices(PlatformKind),
        "categories": choices(ApplicantCategory),
        "settings": policy_form.asked(),
        "ties": policy_form.ties(),
        "tie_breakers": choices(TieBreaker),
    }


def _filled(card: EditionCard) -> dict[str, Any]:
    """Dates, stages and settings as they stand."""
    kinds = list(StageKind)
    filled: dict[str, Any] = {
        "ordinal": card.ordinal,
        "year": card.year,
        "title": card.title,
        "opens_on": card.opens_on,
        "closes_on": card.closes_on,
        "act_ref": card.act_ref,
        **policy_form.filled(card.policy),
    }
    for stage in card.stages:
        number = kinds.index(stage.kind)
        filled[f"stages-{number}-opens_at"] = stage.opens_at
        filled[f"stages-{number}-closes_at"] = stage.closes_at
        if stage.kind in EXPERT_STAGES:
            filled[f"stages-{number}-weight"] = stage.weight.normalize()
            filled[f"stages-{number}-min_experts"] = stage.min_experts
    return filled


def _filled_nominations(card: EditionCard) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for number, one in enumerate(card.nominations):
        for name in ("code", "title", "entry_kind", "platform_kind", "quota", "act_ref", "rubric_code"):
            filled[f"nominations-{number}-{name}"] = getattr(one, name)
        filled[f"nominations-{number}-applicants"] = list(one.applicants)
    return filled


def _filled_changes(card: EditionCard) -> dict[str, Any]:
    filled: dict[str, Any] = {"act_ref": ""}
    for number, one in enumerate(card.nominations):
        for name in ("code", "title", "quota", "rubric_id"):
            filled[f"nominations-{number}-{name}"] = getattr(one, name)
    return filled
