"""Issuing and cancelling the papers of the registry (BR-67, BR-68)."""

import hashlib
import secrets
from collections.abc import Callable
from uuid import UUID

from services.registry import access, model
from services.registry.rules import papers
from services.registry.rules.names import clean
from services.registry.rules.papers import PaperKind, Requisites
from shared import clock
from shared.documents import Document
from shared.person import Person
from shared.unit import Unit, work
from shared.web import links


def issue_paper(
    u: Unit,
    *,
    kind: PaperKind,
    object_id: UUID,
    build: Callable[[Requisites], Document],
    person_id: UUID | None = None,
) -> model.Paper:
    """Print a paper: the next number of its kind and year, a checking code, both files with hashes (BR-67).

    Called by the action that knows what is printed and who may; ``build`` gets the requisites and gives the
    document. ``person_id`` names whose personal data the paper carries.
    """
    today = clock.today()
    code = papers.verify_code(secrets.choice)
    requisites = Requisites(
        number=papers.number_of(kind, today.year, _next(u, kind, today.year)),
        issued_on=today,
        verify_code=code,
        verify_url=links.absolute("registry", f"/verify/{code}"),
    )
    document = build(requisites)
    docx, pdf = document.docx(), document.pdf()
    paper = u.add(
        model.Paper(
            kind=kind,
            object_id=object_id,
            person_id=person_id,
            number=requisites.number,
            issued_on=today,
            verify_code=code,
            docx=docx,
            pdf=pdf,
            docx_sha256=hashlib.sha256(docx).hexdigest(),
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            created_by=u.who.account_id,
        )
    )
    u.journal("paper.issued", paper, {"kind": kind.value, "number": paper.number})
    return paper


def cancel_paper(who: Person, *, paper_id: UUID, reason: str) -> None:
    """Declare a paper void; it stays verifiable as «аннулирован» (BR-68)."""
    access.require(access.may_operate(who))
    with work(who) as u:
        paper = u.get(model.Paper, paper_id)
        paper.state = papers.cancelled(paper.state, reason)
        paper.cancel_reason = clean(reason)
        u.journal("paper.cancelled", paper, {"number": paper.number})


def _next(u: Unit, kind: PaperKind, year: int) -> int:
    """The next number, without gaps: the counter is locked until the end of the unit."""
    counter = u.session.get(model.PaperCount, (kind, year), with_for_update=True)
    if counter is None:
        counter = u.add(model.PaperCount(kind=kind, year=year, count=0))
    counter.count += 1
    u.session.flush()
    return counter.count
