"""Papers of expertise (BR-67, BR-68)."""

from services.expertise import actions, queries
from services.expertise.pages.door import bp
from shared.person import Role
from shared.web.papers import paper_pages

paper_pages(bp, queries.PAPERS, actions.cancel_paper, Role.SECRETARY)
