"""The search over everything a person may see."""

from flask import render_template, request

from services.registry import queries
from services.registry.pages.door import bp, page_number, wanted
from services.registry.rules.kinds import SearchKind
from services.registry.schemas import filters
from shared.web.person import current_person


@bp.get("/search")
def search() -> str:
    """What was found, by kinds; while somebody is typing, the list alone."""
    asked = wanted(filters.SearchFilter)
    text, kind = asked["text"] or "", asked["kind"]
    template = "registry/_found.html" if request.headers.get("HX-Request") else "registry/search.html"
    return render_template(
        template,
        text=text,
        kind=kind,
        found=queries.search(current_person(), text, [kind] if kind else [], page_number()),
        kinds=list(SearchKind),
        ranked=queries.RANKED,
    )
