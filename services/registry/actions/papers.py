"""Issuing and cancelling the papers of the registry (BR-67, BR-68)."""

from collections.abc import Callable
from uuid import UUID

from services.registry import access, model
from services.registry.rules.papers import PREFIXES, PaperKind
from shared import papers
from shared.documents import Document
from shared.person import Person
from shared.requisites import Requisites
from shared.unit import Unit

TABLES = papers.PaperTables(model.Paper, model.PaperCount)


def issue_paper(
    u: Unit,
    *,
    kind: PaperKind,
    object_id: UUID,
    build: Callable[[Requisites], Document],
    person_id: UUID | None = None,
) -> model.Paper:
    """Print a paper of the registry (BR-67); ``person_id`` names whose personal data the paper carries."""
    paper: model.Paper = papers.issue(
        u, TABLES, kind=kind, prefix=PREFIXES[kind], object_id=object_id, build=build, person_id=person_id
    )
    return paper


def cancel_paper(who: Person, *, paper_id: UUID, reason: str) -> None:
    """Declare a paper void; it stays verifiable as «аннулирован» (BR-68)."""
    access.require(access.may_operate(who))
    papers.cancel(who, model.Paper, paper_id, reason)
