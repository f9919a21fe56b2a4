"""Projects of the network and the dictionary of priority directions."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from services.registry import access, model
from services.registry.actions.organisations import need
from services.registry.rules import projects
from services.registry.rules.names import clean, search_key
from services.registry.rules.project_kinds import ProductKind, ProjectLevel
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work

T = TypeVar("T")


def add_direction(who: Person, *, name: str) -> UUID:
    """Add a priority direction to the dictionary, once (S-102)."""
    access.require(access.may_operate(who))
    key = search_key(name)[:300]
    if not key:
        raise Refused("PROJECT", N_("Укажите название"), field="name")
    with work(who) as u:
        if u.session.scalar(sa.select(model.PriorityDirection.id).filter_by(name_key=key)) is not None:
            raise Refused("PROJECT", N_("Такое направление уже есть"), field="name")
        direction = u.add(model.PriorityDirection(name=clean(name), name_key=key))
        u.journal("priority_direction.added", direction)
        return direction.id


def start_project(
    who: Person,
    *,
    name: str,
    level: ProjectLevel | str,
    owner_id: UUID,
    goal: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    tasks: Sequence[str] = (),
    target_ids: Sequence[UUID] = (),
    target_words: Sequence[str] = (),
    direction_ids: Sequence[UUID] = (),
    act_ids: Sequence[UUID] = (),
) -> UUID:
    """Enter a project of the network with its numbered tasks and target groups (S-001, S-041…S-050)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        project = model.NetworkProject(tasks=[], products=[], targets=[], directions=[], acts=[])
        _fill(
            u, project, name, level, owner_id, goal, (starts_on, ends_on), tasks, target_ids, target_words,
            direction_ids, act_ids,
        )  # fmt: skip
        u.add(project)
        u.journal("project.started", project)
        return project.id


def change_project(
    who: Person,
    *,
    project_id: UUID,
    name: str,
    level: ProjectLevel | str,
    owner_id: UUID,
    goal: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    tasks: Sequence[str] = (),
    target_ids: Sequence[UUID] = (),
    target_words: Sequence[str] = (),
    direction_ids: Sequence[UUID] = (),
    act_ids: Sequence[UUID] = (),
) -> None:
    """Say what a project is from now on; everything named replaces what was there (S-001)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        project = u.get(model.NetworkProject, project_id)
        _fill(
            u, project, name, level, owner_id, goal, (starts_on, ends_on), tasks, target_ids, target_words,
            direction_ids, act_ids,
        )  # fmt: skip
        u.journal("project.changed", project)


def add_product(
    who: Person, *, project_id: UUID, kind: ProductKind | str, title: str, note: str | None = None
) -> UUID:
    """Record what a project has left behind: an approach, a mechanism, a methodical development (S-002, S-049)."""
    access.require(access.may_operate(who))
    if not title.strip():
        raise Refused("PROJECT", N_("Укажите название"), field="title")
    with work(who) as u:
        project = u.get(model.NetworkProject, project_id)
        product = model.ProjectProduct(
            kind=ProductKind(kind), title=clean(title), note=clean(note) if note else None
        )
        project.products.append(product)
        u.journal("project.product_added", project, {"title": product.title})
        return product.id


def drop_product(who: Person, *, project_id: UUID, product_id: UUID) -> None:
    """Take back a product that was entered by mistake."""
    access.require(access.may_operate(who))
    with work(who) as u:
        project = u.get(model.NetworkProject, project_id)
        product = next((one for one in project.products if one.id == product_id), None)
        if product is None:
            raise NotFound(N_("продукт проекта"))
        project.products.remove(product)
        u.journal("project.product_dropped", project, {"title": product.title})


def _fill(
    u: Unit,
    project: model.NetworkProject,
    name: str,
    level: ProjectLevel | str,
    owner_id: UUID,
    goal: str | None,
    period: tuple[date | None, date | None],
    tasks: Sequence[str],
    target_ids: Sequence[UUID],
    target_words: Sequence[str],
    direction_ids: Sequence[UUID],
    act_ids: Sequence[UUID],
) -> None:
    key = search_key(name)[:500]
    if not key:
        raise Refused("PROJECT", N_("Укажите название"), field="name")
    projects.check_period(*period)
    titles = [clean(title) for title in tasks if title.strip()]
    words = [clean(text) for text in target_words if text.strip()]
    projects.distinct([search_key(title) for title in titles], "tasks")
    projects.distinct([search_key(text) for text in words], "target_words")
    owner = need(u, owner_id, "owner_id")
    same = sa.select(model.NetworkProject.id).filter_by(owner_id=owner_id, name_key=key)
    known = u.session.scalar(same)
    if known is not None and known != project.id:
        raise Refused("PROJECT", N_("У этой организации такой проект уже есть"), field="name")
    project.name, project.name_key, project.level, project.owner = (
        clean(name),
        key,
        ProjectLevel(level),
        owner,
    )
    project.goal = clean(goal) if goal else None
    project.starts_on, project.ends_on = period
    project.target_words = words
    project.targets = _several(u, model.Organisation, target_ids, "target_ids")
    project.directions = _several(u, model.PriorityDirection, direction_ids, "direction_ids")
    project.acts = _several(u, model.Act, act_ids, "act_ids")
    # A task keeps its row: inserted before the old ones are deleted, its number would stand twice.
    for number, title in enumerate(titles, start=1):
        if number <= len(project.tasks):
            project.tasks[number - 1].title = title
        else:
            project.tasks.append(model.ProjectTask(no=number, title=title))
    del project.tasks[len(titles) :]


def _several(u: Unit, kind: type[T], keys: Sequence[UUID], field: str) -> list[T]:
    """Rows with these keys, each once; an unknown one is refused, naming the field."""
    found = [u.session.get(kind, key) for key in dict.fromkeys(keys)]
    if None in found:
        raise Refused("PROJECT", N_("Такой записи нет"), field=field)
    return [row for row in found if row is not None]
