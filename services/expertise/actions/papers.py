"""Issuing and cancelling the papers of expertise (BR-67, BR-68)."""

from collections.abc import Callable
from uuid import UUID

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import Paper, PaperCount
from services.expertise.rules.papers import PREFIXES, PaperKind
from services.expertise.rules.vocabulary import LedgerKind
from shared import papers
from shared.documents import Document
from shared.person import Person
from shared.requisites import Requisites
from shared.unit import Unit

TABLES = papers.PaperTables(Paper, PaperCount)


def issue_paper(
    u: Unit,
    *,
    kind: PaperKind,
    edition_id: UUID,
    object_id: UUID,
    build: Callable[[Requisites], Document],
) -> Paper:
    """Print a paper about a thing of an edition; the log of the edition gets its hashes (BR-67, F6)."""
    paper: Paper = papers.issue(
        u, TABLES, kind=kind, prefix=PREFIXES[kind], object_id=object_id, build=build, edition_id=edition_id
    )
    ledger.record(
        u,
        LedgerKind.PAPER_ISSUED,
        edition_id=edition_id,
        subject_id=object_id,
        data={
            "kind": kind.value,
            "number": paper.number,
            "pdf_sha256": paper.pdf_sha256,
            "docx_sha256": paper.docx_sha256,
        },
    )
    return paper


def cancel_paper(who: Person, *, paper_id: UUID, reason: str) -> None:
    """Declare a paper void; it stays verifiable as «аннулирован» (BR-68)."""
    access.require_secretary(who)
    papers.cancel(who, Paper, paper_id, reason)
