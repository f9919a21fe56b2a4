"""A computed plan as JSON data: pairs with their explanations, reserve, loads, coverage, values, certificate (F1)."""

from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np

from services.expertise.rules.assignment.affinity import affinity
from services.expertise.rules.assignment.instance import FORBIDDEN
from services.expertise.rules.assignment.planning import Plan, reserve
from services.expertise.rules.vocabulary import ConflictLevel


def as_data(made: Plan) -> dict[str, Any]:
    """Everything that is shown of a plan, kept with it."""
    built = made.built
    rows = {one.expert_id: number for number, one in enumerate(built.experts)}
    columns = {one.entry_id: number for number, one in enumerate(built.entries)}
    return {
        "wanted": built.problem.wanted,
        "pairs": [_pair(made, columns[entry_id], rows[expert_id]) for entry_id, expert_id in made.pairs],
        "released": [[str(entry_id), str(expert_id)] for entry_id, expert_id in made.given_up],
        "newcomers": made.newcomers,
        "now": asdict(made.now),
        "best": asdict(made.best),
        "fair": made.fair
        and {"worst": made.fair.worst, "bound": made.fair.bound, "finished": made.fair.finished},
        "connected": made.connected
        and {name: getattr(made.connected, name) for name in ("before", "after", "swaps", "lost")},
        "reserve": {
            str(built.entries[work].entry_id): [str(built.experts[one].expert_id) for one in experts]
            for work, experts in enumerate(reserve(made))
        },
        "loads": _loads(made),
        "coverage": _coverage(made),
        "certificate": _certificate(made) if made.cut else None,
        "rounds": made.rounds,
        "arcs": made.arcs,
        "possible_pairs": int((built.problem.affinity != FORBIDDEN).sum()),
    }


def _pair(made: Plan, work: int, row: int) -> dict[str, Any]:
    """One pair: its affinity by parts, the words in common, what speaks against it softly or was waived."""
    entry, expert = made.built.entries[work], made.built.experts[row]
    parts = affinity(expert, entry)
    found = made.built.why[work].get(row, ())
    return {
        "entry_id": str(entry.entry_id),
        "expert_id": str(expert.expert_id),
        "affinity": parts.total,
        "topic": parts.topic,
        "nomination": parts.nomination,
        "experience": parts.experience,
        "common": list(parts.common),
        "soft": [one.kind.value for one in found if one.level is ConflictLevel.SOFT],
        "waived": [one.kind.value for one in found if one.level is ConflictLevel.WAIVED],
    }


def _loads(made: Plan) -> dict[str, list[int]]:
    """For each expert: carried before, new, the most that may be carried."""
    built, problem = made.built, made.built.problem
    known = made.expert < len(built.experts)
    new = np.bincount(made.expert[known], minlength=len(built.experts))
    return {
        str(expert.expert_id): [
            int(problem.base[row]), int(new[row]), int(problem.base[row] + problem.upper[row])
        ]
        for row, expert in enumerate(built.experts)
    }  # fmt: skip


def _coverage(made: Plan) -> dict[str, int]:
    """How many places experts of each municipality take."""
    built = made.built
    places = Counter(
        built.experts[row].municipality_oktmo or ""
        for row in np.concatenate((made.expert, built.kept[0])).tolist()
        if row < len(built.experts)
    )
    return dict(sorted(places.items()))


def _certificate(made: Plan) -> dict[str, Any]:
    """The minimum cut in facts: which works lack how many and why, who is full, what was tried and helps."""
    built, cut, problem = made.built, made.cut, made.built.problem
    assert cut is not None
    expert_ids = [str(one.expert_id) for one in built.experts]
    works = []
    for work in sorted(cut.works.tolist(), key=lambda one: built.entries[one].label):
        able = np.flatnonzero(problem.affinity[:, work] != FORBIDDEN)
        eligible = Counter(built.experts[row].municipality_oktmo or "" for row in able.tolist())
        works.append(
            {
                "entry_id": str(built.entries[work].entry_id),
                "lacks": int(cut.short[work]),
                "eligible": dict(sorted(eligible.items())),
                "reasons": dict(sorted(built.reasons(work).items())),
            }
        )
    helps = made.helps
    return {
        "wanted": cut.wanted,
        "possible": cut.possible,
        "works": works,
        "saturated": [expert_ids[row] for row in cut.saturated.tolist() if row < len(expert_ids)],
        "idle": [expert_ids[row] for row in cut.idle_experts.tolist() if row < len(expert_ids)],
        "bound": [expert_ids[row] for row in cut.bound.tolist() if row < len(expert_ids)],
        "capped": cut.capped,
        "helps": helps
        and {
            "newcomers": helps.newcomers,
            "more_load": helps.more_load,
            "single": [[expert_ids[row], more] for row, more in helps.single if row < len(expert_ids)],
            "variants": list(helps.variants),
            "without_lower": helps.without_lower,
        },
    }
