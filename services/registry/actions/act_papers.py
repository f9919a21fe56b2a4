"""The list of normative acts on paper (D-20)."""

from datetime import date
from uuid import UUID

from services.registry import access, queries
from services.registry.actions.papers import issue_paper
from services.registry.rules.kinds import ActLevel
from services.registry.rules.papers import PaperKind
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def print_bibliography(
    who: Person,
    *,
    on: date | None = None,
    known: date | None = None,
    level: ActLevel | str | None = None,
    with_repealed: bool = False,
) -> UUID:
    """Print the list of normative acts of a day, for the application and the file of the network (D-20)."""
    access.require(access.may_print_bibliography(who))
    with work(who) as u:
        found = queries.bibliography(
            on=on, known=known, level=ActLevel(level) if level else None, with_repealed=with_repealed
        )
        operator_id = queries.network_operator_id()
        if not found.parts or operator_id is None:
            raise Refused("D-20", N_("На эту дату таких актов нет."), field="on")
        paper = issue_paper(
            u,
            kind=PaperKind.D20_BIBLIOGRAPHY,
            object_id=operator_id,
            build=lambda requisites: queries.bibliography_document(found, operator_id, requisites),
        )
        return paper.id
