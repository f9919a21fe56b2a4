"""Papers of expertise and their public check."""

from services.expertise import actions, queries
from services.expertise.api.door import bp
from services.expertise.rules.papers import PaperKind
from shared.web.papers import paper_api

paper_api(bp, queries.PAPERS, actions.cancel_paper, PaperKind)
