"""Kept heads of contest logs, for everybody who checks one (F6)."""

from flask import render_template
from flask_babel import gettext as _

from services.registry import queries
from services.registry.pages.door import bp, page_number


@bp.get("/witness")
def witness() -> str:
    """Heads of contest logs as they came from expertise."""
    return render_template(
        "registry/witness.html",
        title=_("Свидетель журналов конкурсов"),
        page=queries.witnessed_heads(page=page_number()),
        troubled=queries.troubled_heads(),
    )
