"""Experts: their list and profiles, the queue of one expert."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.queries.views import AssignmentLine
from services.expertise.rules.vocabulary import AssignmentState, ExpertLevel
from shared.person import Role
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

#: The parts of the queue: the first one is shown when none is asked for.
QUEUE_PARTS = ("waiting", "done", "all")


@bp.get("/experts")
@page_roles(*access.ALL_ENTRIES)
def experts() -> str:
    """All enrolled experts with their load in running stages."""
    found = queries.experts(current_person())
    only = request.args.get("only", "")
    shown = [
        one
        for one in found
        if (only != "full" or one.is_full) and (only != "overdue" or one.overdue)
    ]
    return render_template(
        "expertise/experts.html",
        title=_("Эксперты"),
        experts=shown,
        only=only,
        full=sum(one.is_full for one in found),
        late=sum(bool(one.overdue) for one in found),
    )


@bp.get("/experts/<uuid:expert_id>")
@page_roles(*access.ALL_ENTRIES, Role.EXPERT)
def expert(expert_id: UUID) -> str:
    """The profile of an expert."""
    card = queries.expert(current_person(), expert_id)
    return render_template("expertise/expert.html", title=card.name, card=card)


@bp.get("/experts/me")
@page_roles(Role.EXPERT)
def own_profile() -> ResponseReturnValue:
    """One's own profile."""
    expert_id = queries.own_profile(current_person())
    if expert_id is None:
        return redirect(url_for(".queue"), 303)
    return redirect(url_for(".expert", expert_id=expert_id), 303)


@bp.route("/experts/new", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def enrol() -> ResponseReturnValue:
    """Enrol a person as an expert."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        actions.enrol_expert(who, **data)
        return url_for(".experts")

    return form_page(
        "expertise/enrol_form.html",
        schemas.EnrolForm(),
        submit,
        title=_("Включить в эксперты"),
        done=_("Эксперт включён"),
        initial={"level": ExpertLevel.BASE, "max_load": 12},
        people=queries.person_choices(who),
        levels=choices(ExpertLevel),
    )


@bp.route("/experts/<uuid:expert_id>/edit", methods=["GET", "POST"])
@page_roles(Role.SECRETARY)
def edit_expert(expert_id: UUID) -> ResponseReturnValue:
    """Change level, load and specialities of an expert."""
    who = current_person()
    card = queries.expert(who, expert_id)

    def submit(data: dict[str, Any]) -> str:
        actions.enrol_expert(who, **{**data, "person_id": card.person_id})
        return url_for(".expert", expert_id=expert_id)

    return form_page(
        "expertise/enrol_form.html",
        schemas.EnrolForm(),
        submit,
        title=card.name,
        initial={
            "person_id": card.person_id,
            "level": card.level,
            "max_load": card.max_load,
            "specialities": ", ".join(card.specialities),
        },
        people=[(card.person_id, card.name)],
        levels=choices(ExpertLevel),
    )


@bp.get("/queue")
@page_roles(Role.EXPERT)
def queue() -> str:
    """The expert's own assignments: what waits, with deadlines; the next one to do is one click away."""
    lines = queries.queue(current_person())
    part = request.args.get("part", "")
    part = part if part in QUEUE_PARTS else QUEUE_PARTS[0]
    waiting = [one for one in lines if _waits(one)]
    done = [one for one in lines if one.state is AssignmentState.DONE]
    return render_template(
        "expertise/queue.html",
        title=_("Моя экспертиза"),
        part=part,
        lines={"waiting": waiting, "done": done, "all": lines}[part],
        counts={"waiting": len(waiting), "done": len(done), "all": len(lines)},
        overdue=sum(one.is_overdue for one in waiting),
        following=waiting[0] if waiting else None,
    )


def _waits(one: AssignmentLine) -> bool:
    return one.is_open and one.state is not AssignmentState.DONE
