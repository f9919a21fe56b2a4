"""Papers of the registry and their public check."""

from services.registry import actions, queries
from services.registry.api.door import bp
from services.registry.rules.papers import PaperKind
from shared.web.papers import paper_api

paper_api(bp, queries.PAPERS, actions.cancel_paper, PaperKind)
