"""The reports part of the cabinet: what must be done today, and the numbers of one's own territory."""

from flask import render_template

from services.reports import queries
from services.reports.pages.door import bp
from shared.web.person import current_person, page_roles


@bp.get("/cabinet")
@page_roles()
def cabinet() -> str:
    """A fragment; registry's cabinet shows the fragments of all services."""
    return render_template("reports/cabinet.html", today=queries.today(current_person()))
