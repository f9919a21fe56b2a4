"""The fragment of events in the personal cabinet: «Что мне нужно сделать сегодня» (model 3.6)."""

from flask import render_template

from services.events import queries
from services.events.pages.door import bp
from shared.web.person import current_person, page_roles


@bp.get("/cabinet")
@page_roles()
def cabinet() -> str:
    """A fragment without the frame of the page; registry's cabinet shows it by htmx."""
    return render_template("events/cabinet.html", cabinet=queries.cabinet(current_person()))
