"""Conflicts of interest found by rules over history, each with its reason (F17, BR-41, BR-42, Q-10, Q-11)."""

from services.expertise.rules.conflicts.facts import (
    Contestants,
    EntryFact,
    ExpertFact,
    History,
    Job,
    Relation,
)
from services.expertise.rules.conflicts.finding import (
    Conflicts,
    Found,
    barring,
    hard_conflict,
    soft_cost,
)
from services.expertise.rules.conflicts.places import inside_limit, is_inside, soft_conflict
from services.expertise.rules.conflicts.settings import (
    DEFAULTS,
    FIXED,
    UNWAIVABLE,
    ConflictRule,
    read_rule,
)
from services.expertise.rules.conflicts.waiving import check_waiver
from services.expertise.rules.vocabulary import ConflictKind

__all__ = [
    "DEFAULTS",
    "FIXED",
    "UNWAIVABLE",
    "ConflictKind",
    "ConflictRule",
    "Conflicts",
    "Contestants",
    "EntryFact",
    "ExpertFact",
    "Found",
    "History",
    "Job",
    "Relation",
    "barring",
    "check_waiver",
    "hard_conflict",
    "inside_limit",
    "is_inside",
    "read_rule",
    "soft_conflict",
    "soft_cost",
]
