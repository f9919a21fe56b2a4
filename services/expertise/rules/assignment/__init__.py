"""Who scores what: the exact optimum of a stage, its explanation, or the proof that there is none (F1, BR-40…BR-43)."""

from services.expertise.rules.assignment.affinity import Affinity, affinity
from services.expertise.rules.assignment.planning import Plan, compute, plan, reserve, shortage
from services.expertise.rules.assignment.report import as_data
from services.expertise.rules.assignment.task import (
    Built,
    Options,
    Pair,
    Task,
    build,
    fingerprint,
    read_options,
)

__all__ = [
    "Affinity",
    "Built",
    "Options",
    "Pair",
    "Plan",
    "Task",
    "affinity",
    "as_data",
    "build",
    "compute",
    "fingerprint",
    "plan",
    "read_options",
    "reserve",
    "shortage",
]
