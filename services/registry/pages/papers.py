"""Papers of the registry (BR-67, BR-68)."""

from services.registry import actions, queries
from services.registry.pages.door import bp
from shared.person import Role
from shared.web.papers import paper_pages

paper_pages(bp, queries.PAPERS, actions.cancel_paper, Role.OPERATOR)
