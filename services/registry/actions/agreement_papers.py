"""D-13 on paper: the agreement with a number, a checking code and hashes (BR-67)."""

from uuid import UUID

from services.registry import queries
from services.registry.actions.agreement_facts import operated
from services.registry.actions.papers import issue_paper
from services.registry.rules.papers import PaperKind
from shared.person import Person
from shared.unit import work


def issue_agreement(who: Person, *, agreement_id: UUID) -> UUID:
    """Issue the agreement as it stands as a paper that everybody can check (D-13, BR-67)."""
    with work(who) as u:
        agreement = operated(u, agreement_id)
        paper = issue_paper(
            u,
            kind=PaperKind.D13_AGREEMENT,
            object_id=agreement.id,
            build=lambda requisites: queries.agreement_text(agreement, requisites),
        )
        return paper.id
