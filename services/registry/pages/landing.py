"""The landing page for everybody and the cabinet of the signed-in person."""

from flask import render_template

from services.registry import queries
from services.registry.pages.door import as_of, bp
from services.registry.rules.kinds import OrgRole
from shared import clock
from shared.web.person import current_person, page_roles


@bp.get("/")
def landing() -> str:
    """What the network is, its numbers on a day, its ТМС, its news.

    The day is today; where nothing is in force today, the day of the newest report.
    """
    news, today = queries.news(), clock.today()
    asked = as_of()
    at = queries.as_of(**asked)
    numbers = queries.numbers(at)
    is_past = asked["on"] is None and not numbers.agreements and news.report is not None
    if is_past and news.report is not None:
        at = queries.as_of(news.report.as_of, asked["known"])
        numbers = queries.numbers(at)
    return render_template(
        "registry/landing.html",
        numbers=numbers,
        is_past=is_past,
        tms=queries.organisations(None, role=OrgRole.TMS, on=at.on, known=at.known, size=200).items,
        municipalities=queries.municipality_names(at),
        transformations=queries.transformations(at),
        news=news,
        today=today,
    )


@bp.get("/cabinet")
@page_roles()
def cabinet() -> str:
    """What this person must do today, in all services."""
    who = current_person()
    return render_template(
        "registry/cabinet.html",
        cabinet=queries.cabinet(who),
        network_desk=queries.network_desk(who, clock.today()),
        who=who,
    )
