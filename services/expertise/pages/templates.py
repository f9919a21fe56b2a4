"""Forms of entries: their versions, a new version, the form of a nomination."""

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.pages.editions import KEEPERS
from services.expertise.queries.views import TemplateView
from services.expertise.rules.templates import CELLS, MOST_SECTIONS
from services.expertise.rules.vocabulary import AttachmentKind, SectionKind, SectionSource
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

SPARE_SECTIONS = 4


@bp.get("/templates")
def templates() -> str:
    """All versions of all forms."""
    return render_template(
        "expertise/templates.html",
        title=_("Формы заявок"),
        templates=queries.templates(),
        may_keep=access.may_keep_contests(current_person()),
    )


@bp.get("/templates/<uuid:template_id>")
def template(template_id: UUID) -> str:
    """One version of a form."""
    card = queries.template(template_id)
    return render_template(
        "expertise/template.html",
        title=card.title,
        template=card,
        section_kinds=dict(choices(SectionKind)),
        sources=dict(choices(SectionSource)),
        kinds=dict(choices(AttachmentKind)),
        may_keep=access.may_keep_contests(current_person()),
    )


@bp.route("/templates/new", methods=["GET", "POST"])
@page_roles(*KEEPERS)
def new_template() -> ResponseReturnValue:
    """A form, or the next version of one: the form begins with what the version before says."""
    before = request.args.get("from", type=UUID)
    card = queries.template(before) if before else None

    def submit(data: dict[str, Any]) -> str:
        return url_for(".template", template_id=actions.add_template(current_person(), **data))

    return form_page(
        "expertise/template_form.html",
        schemas.TemplateForm(),
        submit,
        title=_("Новая редакция формы заявки") if card else _("Новая форма заявки"),
        done=_("Редакция сохранена"),
        initial=_as_form(card) if card else {},
        rows=range(min(max(len(card.sections) if card else 0, 4) + SPARE_SECTIONS, MOST_SECTIONS)),
        section_kinds=choices(SectionKind),
        sources=choices(SectionSource),
        kinds=choices(AttachmentKind),
    )


@bp.route(
    "/editions/<uuid:edition_id>/nominations/<uuid:nomination_id>/template", methods=["GET", "POST"]
)
@page_roles(*KEEPERS)
def nomination_template(edition_id: UUID, nomination_id: UUID) -> ResponseReturnValue:
    """Choose the form of a nomination's entries."""
    who = current_person()
    edition = queries.edition(who, edition_id)

    def submit(data: dict[str, Any]) -> str:
        actions.use_template(who, nomination_id=nomination_id, **data)
        return url_for(".edition", edition_id=edition_id)

    return form_page(
        "expertise/template_choice.html",
        schemas.TemplateChoiceIn(),
        submit,
        title=_("Форма заявки"),
        done=_("Форма выбрана"),
        initial={
            "template_id": next(
                (one.template_id for one in edition.nominations if one.nomination_id == nomination_id), None
            )
        },
        edition=edition,
        templates=queries.template_choices(),
    )


def _as_form(card: TemplateView) -> dict[str, Any]:
    """A version as the inputs of its next one."""
    values: dict[str, Any] = {
        "code": card.code,
        "title": card.title,
        "checks": "\n".join(card.checks),
        "required_files": [one["kind"] for one in card.attachments if one["required"]],
        "optional_files": [one["kind"] for one in card.attachments if not one["required"]],
    }
    for number, one in enumerate(card.sections):
        for name, value in one.items():
            shown = CELLS.join(value) if isinstance(value, list) else value
            values[f"sections-{number}-{name}"] = shown
    return values
