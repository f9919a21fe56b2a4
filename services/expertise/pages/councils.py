"""Councils of an edition: their composition, calling a session."""

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.expertise import access, actions, queries, schemas
from services.expertise.pages.door import bp, choices
from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import CouncilKind, CouncilRole
from shared import clock
from shared.person import Role
from shared.refusal import N_, NotFound
from shared.web.forms import form_page
from shared.web.person import current_person, page_roles

MORE_ROWS, FEWEST_ROWS = 3, 7
STAFF = (Role.SECRETARY, Role.OPERATOR, Role.COUNCIL)


@bp.get("/editions/<uuid:edition_id>/councils")
@page_roles(*STAFF)
def councils(edition_id: UUID) -> str:
    """Who sits on the councils of an edition."""
    who = current_person()
    found = queries.councils(who, edition_id)
    return render_template(
        "expertise/councils.html",
        title=_("Советы выпуска"),
        edition=queries.edition(who, edition_id),
        councils=found,
        lacking=[kind for kind in CouncilKind if kind not in {one.kind for one in found}],
        may_keep=access.may_keep_contests(who),
        may_call=access.is_secretary(who),
    )


@bp.route("/editions/<uuid:edition_id>/councils/<kind>", methods=["GET", "POST"])
@page_roles(Role.SECRETARY, Role.OPERATOR)
def compose_council(edition_id: UUID, kind: str) -> ResponseReturnValue:
    """Compose a council or change it."""
    if kind not in CouncilKind.__members__:
        raise NotFound(N_("совет"))
    who = current_person()
    council = next((one for one in queries.councils(who, edition_id) if one.kind == kind), None)

    def submit(data: dict[str, Any]) -> str:
        actions.compose_council(who, edition_id=edition_id, kind=kind, **data)
        return url_for(".councils", edition_id=edition_id)

    members = council.members if council else ()
    title = _(label(CouncilKind(kind)))
    initial: dict[str, Any] = {"title": council.title if council else title.capitalize()}
    for number, one in enumerate(members):
        initial[f"members-{number}-person_id"] = one.person_id
        initial[f"members-{number}-role"] = one.role
    return form_page(
        "expertise/council_form.html",
        schemas.CouncilForm(),
        submit,
        title=_("Состав: %(council)s", council=title),
        done=_("Состав совета записан"),
        initial=initial,
        edition=queries.edition(who, edition_id),
        rows=range(max(len(members) + MORE_ROWS, FEWEST_ROWS)),
        people=queries.people_choices(who),
        roles=choices(CouncilRole),
        is_change=council is not None,
    )


@bp.route("/councils/<uuid:council_id>/sessions/new", methods=["GET", "POST"])
@page_roles(*STAFF)
def new_session(council_id: UUID) -> ResponseReturnValue:
    """Call a session of a council."""
    who = current_person()

    def submit(data: dict[str, Any]) -> str:
        return url_for(".session", protocol_id=actions.draft_session(who, council_id=council_id, **data))

    return form_page(
        "expertise/session_new.html",
        schemas.SessionForm(),
        submit,
        title=_("Созвать заседание"),
        done=_("Заседание созвано, протокол — черновик"),
        initial={"date": clock.today()},
    )
