"""Everything read from expertise. Each query takes who asks and keeps to their scope (model 3.5)."""

from services.expertise.queries.analysis import analysis
from services.expertise.queries.cabinet import cabinet
from services.expertise.queries.contests import (
    edition,
    editions,
    open_editions,
    reasons_why_not,
    rubrics,
    series,
)
from services.expertise.queries.council import protocols, published_results
from services.expertise.queries.desk import (
    assignment_matrix,
    discrepancies,
    edition_of_assignment,
    entry_of_sheet,
)
from services.expertise.queries.entries import entries, entries_page, entry_counts, own_entries
from services.expertise.queries.entry_card import entry
from services.expertise.queries.experts import assignment, cancelled_sheet_of, experts, queue
from services.expertise.queries.obstacles import obstacles
from services.expertise.queries.papers import PAPERS, papers_of
from services.expertise.queries.people import (
    acting_organisations,
    organisation_choices,
    person_choices,
    platform_choices,
)
from services.expertise.queries.rating import rating
from services.expertise.queries.standings import scored_percents, snapshot, standings

__all__ = [
    "PAPERS",
    "acting_organisations",
    "analysis",
    "assignment",
    "assignment_matrix",
    "cabinet",
    "cancelled_sheet_of",
    "discrepancies",
    "edition",
    "edition_of_assignment",
    "editions",
    "entries",
    "entries_page",
    "entry",
    "entry_counts",
    "entry_of_sheet",
    "experts",
    "obstacles",
    "open_editions",
    "organisation_choices",
    "own_entries",
    "papers_of",
    "person_choices",
    "platform_choices",
    "protocols",
    "published_results",
    "queue",
    "rating",
    "reasons_why_not",
    "rubrics",
    "scored_percents",
    "series",
    "snapshot",
    "standings",
]
