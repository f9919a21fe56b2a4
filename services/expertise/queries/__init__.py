"""Everything read from expertise. Each query takes who asks and keeps to their scope (model 3.5)."""

from services.expertise.queries.analysis import analysis
from services.expertise.queries.appeals import (
    appeal,
    appeal_chance,
    appeal_duties,
    appeal_effect,
    appeal_of_entry,
    appeal_queue,
    contested_choices,
    own_sheets,
)
from services.expertise.queries.application_paper import application_file
from services.expertise.queries.cabinet import cabinet
from services.expertise.queries.conflicts import (
    declarable_editions,
    edition_conflicts,
    expert_choices,
    own_declarations,
    relations,
)
from services.expertise.queries.contests import (
    blank_sheet,
    edition,
    edition_of_nomination,
    editions,
    frozen_rules,
    one_series,
    open_editions,
    reasons_why_not,
    rubric,
    rubrics,
    series,
)
from services.expertise.queries.council import protocols, published_protocols, published_results
from services.expertise.queries.councils import council_tasks, councils, people_choices
from services.expertise.queries.desk import (
    assignment_matrix,
    discrepancies,
    edition_of_assignment,
    entry_of_sheet,
)
from services.expertise.queries.diploma_paper import awarded_entries
from services.expertise.queries.entries import entries, entries_page, entry_counts, own_entries, room_left
from services.expertise.queries.entry_card import entry
from services.expertise.queries.experts import (
    assignment,
    draft_of,
    expert,
    experts,
    own_profile,
    queue,
)
from services.expertise.queries.files import readable_file
from services.expertise.queries.log import log_page
from services.expertise.queries.looks import anonymity, anonymity_of
from services.expertise.queries.obstacles import obstacles
from services.expertise.queries.papers import PAPERS, papers_of
from services.expertise.queries.people import (
    acting_organisations,
    author_choices,
    everybody,
    organisation_choices,
    person_choices,
    platform_choices,
)
from services.expertise.queries.plans import plan, plan_lines
from services.expertise.queries.proof import (
    entry_bundle,
    entry_proof,
    head_line,
    heads,
    last_head,
    log_keys,
    proof_bundle,
    proof_page,
)
from services.expertise.queries.rating import RatingFilter, rating, rating_page
from services.expertise.queries.sessions import session_card
from services.expertise.queries.standings import scored_percents, snapshot, standings
from services.expertise.queries.technical import check_list, technical_queue
from services.expertise.queries.technical_paper import technical_file
from services.expertise.queries.templates import proposal, template, template_choices, templates

__all__ = [
    "PAPERS",
    "RatingFilter",
    "acting_organisations",
    "analysis",
    "anonymity",
    "anonymity_of",
    "appeal",
    "appeal_chance",
    "appeal_duties",
    "appeal_effect",
    "appeal_of_entry",
    "appeal_queue",
    "application_file",
    "assignment",
    "assignment_matrix",
    "author_choices",
    "awarded_entries",
    "blank_sheet",
    "cabinet",
    "check_list",
    "contested_choices",
    "council_tasks",
    "councils",
    "declarable_editions",
    "discrepancies",
    "draft_of",
    "edition",
    "edition_conflicts",
    "edition_of_assignment",
    "edition_of_nomination",
    "editions",
    "entries",
    "entries_page",
    "entry",
    "entry_bundle",
    "entry_counts",
    "entry_of_sheet",
    "entry_proof",
    "everybody",
    "expert",
    "expert_choices",
    "experts",
    "frozen_rules",
    "head_line",
    "heads",
    "last_head",
    "log_keys",
    "log_page",
    "obstacles",
    "one_series",
    "open_editions",
    "organisation_choices",
    "own_declarations",
    "own_entries",
    "own_profile",
    "own_sheets",
    "papers_of",
    "people_choices",
    "person_choices",
    "plan",
    "plan_lines",
    "platform_choices",
    "proof_bundle",
    "proof_page",
    "proposal",
    "protocols",
    "published_protocols",
    "published_results",
    "queue",
    "rating",
    "rating_page",
    "readable_file",
    "reasons_why_not",
    "relations",
    "room_left",
    "rubric",
    "rubrics",
    "scored_percents",
    "series",
    "session_card",
    "snapshot",
    "standings",
    "technical_file",
    "technical_queue",
    "template",
    "template_choices",
    "templates",
]
