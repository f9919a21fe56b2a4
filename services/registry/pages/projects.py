"""The network's project: the overview, cards and forms of projects, priority directions."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.registry import access, actions, queries, schemas
from services.registry.pages.door import bp, choices, wanted
from services.registry.rules.kinds import OrgRole
from services.registry.rules.project_kinds import ProductKind, ProjectLevel
from services.registry.schemas.projects import RoadmapFilter
from shared.person import Role
from shared.web.forms import act_on, form_page
from shared.web.person import current_person, page_roles


@bp.get("/network")
@page_roles()
def network() -> str:
    """Projects, roadmaps and recommendations at a glance."""
    who = current_person()
    return render_template(
        "registry/network.html",
        projects=queries.projects(who),
        roadmaps=queries.roadmaps(who, **wanted(RoadmapFilter)),
        tally=queries.recommendation_tally(who),
        municipalities=queries.municipality_names(),
        reads_recommendations=access.reads_all_recommendations(who) or bool(access.recommendation_scope(who)),
        may_edit=access.may_operate(who),
        may_draft=access.may_operate(who) or bool(access.recommendation_scope(who)),
    )


@bp.get("/projects/<uuid:project_id>")
@page_roles()
def project(project_id: UUID) -> str:
    """The card of a project."""
    who = current_person()
    return render_template(
        "registry/project.html",
        one=queries.project(who, project_id),
        roadmaps=[row for row in queries.roadmaps(who) if row.roadmap.project_id == project_id],
        may_edit=access.may_operate(who),
    )


@bp.route("/projects/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_project() -> ResponseReturnValue:
    """Enter a project."""
    return _project_form(
        lambda data: _card(actions.start_project(current_person(), **data)),
        title=_("Новый проект"),
        initial={"owner_id": queries.network_operator_id()},
    )


@bp.route("/projects/<uuid:project_id>/edit", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def edit_project(project_id: UUID) -> ResponseReturnValue:
    """Change a project."""
    one = queries.project(current_person(), project_id)
    targets = [(str(target.id), target.short_name) for target in one.targets]

    def submit(data: dict[str, Any]) -> str:
        actions.change_project(current_person(), project_id=project_id, **data)
        return _card(project_id)

    return _project_form(
        submit,
        title=_("Изменить проект"),
        initial={
            **{name: getattr(one, name) for name in ("name", "level", "owner_id", "goal")},
            **{name: getattr(one, name) for name in ("starts_on", "ends_on", "target_words")},
            "tasks": [task.title for task in one.tasks],
            "target_ids": [target.id for target in one.targets],
            "direction_ids": [direction.id for direction in one.directions],
            "act_ids": [act.id for act in one.acts],
        },
        targets=targets,
    )


@bp.route("/projects/<uuid:project_id>/products/new", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def new_product(project_id: UUID) -> ResponseReturnValue:
    """Record a product of a project."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_product(current_person(), project_id=project_id, **data)
        return _card(project_id)

    return form_page(
        "registry/product_form.html",
        schemas.ProductIn(),
        submit,
        title=_("Продукт проекта"),
        done=_("Продукт внесён"),
        one=queries.project(current_person(), project_id),
        kinds=choices(ProductKind),
    )


@bp.post("/projects/<uuid:project_id>/products/<uuid:product_id>/drop")
@page_roles(Role.OPERATOR)
def drop_product(project_id: UUID, product_id: UUID) -> ResponseReturnValue:
    """Take back a product."""
    return act_on(
        lambda: actions.drop_product(current_person(), project_id=project_id, product_id=product_id),
        back=_card(project_id),
        done=_("Продукт убран"),
    )


@bp.route("/priority-directions", methods=["GET", "POST"])
@page_roles(Role.OPERATOR)
def priority_directions() -> ResponseReturnValue:
    """The dictionary of priority directions."""

    def submit(data: dict[str, Any]) -> str:
        actions.add_direction(current_person(), **data)
        return url_for(".priority_directions")

    return form_page(
        "registry/priority_directions.html",
        schemas.DirectionIn(),
        submit,
        title=_("Приоритетные направления"),
        done=_("Направление добавлено"),
        directions=queries.directions(),
    )


def _project_form(
    submit: Any, *, title: str, initial: dict[str, Any], targets: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    services = queries.organisation_choices(OrgRole.TMS)
    return form_page(
        "registry/project_form.html",
        schemas.ProjectIn(),
        submit,
        title=title,
        initial=initial,
        levels=choices(ProjectLevel),
        owners=[
            *queries.organisation_choices(OrgRole.NETWORK_OPERATOR),
            *queries.organisation_choices(OrgRole.IRO),
            *queries.organisation_choices(OrgRole.EDU_AUTHORITY),
            *services,
        ],
        targets=dict([*services, *(targets or [])]),
        directions=[(str(one.id), one.name) for one in queries.directions()],
        acts=queries.act_choices(),
    )


def _card(project_id: UUID) -> str:
    return url_for(".project", project_id=project_id)
