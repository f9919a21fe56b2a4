"""Papers of the registry: who may read which (BR-67)."""

from services.registry import access, model
from services.registry.rules.papers import PaperKind
from shared.papers import PaperShelf
from shared.person import Person
from shared.unit import read


def _may_read(who: Person, row: model.Paper) -> bool:
    """By the paper's kind; an agreement is read on paper by those who read the agreement itself."""
    if access.may_read_paper(who, row.kind, row.person_id):
        return True
    if row.kind is not PaperKind.D13_AGREEMENT:
        return False
    agreement = read().get(model.Agreement, row.object_id)
    return agreement is not None and access.may_read_agreement(
        who, [party.organisation_id for party in agreement.parties], agreement.municipality_oktmo
    )


PAPERS = PaperShelf(model.Paper, may_read=_may_read, may_cancel=access.may_operate)
paper, paper_file, papers_of, verify = PAPERS.paper, PAPERS.paper_file, PAPERS.papers_of, PAPERS.verify
