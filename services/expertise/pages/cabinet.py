"""The fragment of the cabinet: what must I do today."""

from flask import render_template

from services.expertise import queries
from services.expertise.pages.door import bp
from shared.web.person import current_person, page_roles


@bp.get("/cabinet")
@page_roles()
def cabinet() -> str:
    """What this person must do today at expertise, without the frame of a page."""
    return render_template("expertise/cabinet.html", cabinet=queries.cabinet(current_person()))
