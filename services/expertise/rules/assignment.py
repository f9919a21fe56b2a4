"""Who scores what: a balanced assignment of experts to the entries of a stage (BR-40, BR-41, BR-43).

The plan is a flow: expert → place at an entry (from inside or outside the applicant's municipality) →
entry. Each unit is added along the augmenting path that starts at the least loaded expert, which keeps
the sum of squared loads minimal: loads differ by more than one only where conflicts leave no choice.
"""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from services.expertise.rules.conflicts import (
    Contestants,
    EntryFact,
    ExpertFact,
    hard_conflict,
    inside_limit,
    is_inside,
)
from services.expertise.rules.vocabulary import SameMunicipality
from shared.refusal import N_, Refused

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Task:
    """What is to be planned: the stage's entries, the experts, and what has been assigned already."""

    entries: Sequence[EntryFact]
    experts: Sequence[ExpertFact]
    contestants: Contestants
    min_experts: int
    same_municipality: SameMunicipality
    assigned: frozenset[Pair] = frozenset()
    seed: int = 0


def plan(task: Task) -> list[Pair]:
    """Every entry gets its experts, loads are even, and the same seed gives the same plan (BR-40, BR-43).

    Refuses when the demand cannot be met and names the entries, how many experts each can get and why.
    """
    return _Flow(task).run()


def _shuffled(seed: int, name: str) -> str:
    return sha256(f"{seed}:{name}".encode()).hexdigest()


class _Flow:
    """The residual network of one planning run; entries and experts are numbered by the seeded order."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.entries = sorted(task.entries, key=lambda entry: _shuffled(task.seed, entry.label))
        enrolled = enumerate(sorted(task.experts, key=lambda expert: expert.expert_id))
        mixed = sorted(enrolled, key=lambda item: _shuffled(task.seed, f"expert {item[0]}"))
        self.experts = [expert for _, expert in mixed]
        self.load = [0] * len(self.experts)
        self.works: list[set[int]] = [set() for _ in self.experts]
        self.need: list[int] = []
        self.inside_left: list[int] = []
        self.why: list[Counter[str]] = []
        self.eligible: list[list[int]] = []
        self.inside = [[is_inside(expert, entry) for expert in self.experts] for entry in self.entries]
        self._count_assigned()
        for number, entry in enumerate(self.entries):
            self._open(number, entry)

    def _count_assigned(self) -> None:
        loads = Counter(expert_id for _, expert_id in self.task.assigned)
        self.load = [loads[expert.expert_id] for expert in self.experts]

    def _open(self, number: int, entry: EntryFact) -> None:
        """Who may take the entry, how many it still needs, how many of them may be from inside."""
        reasons: Counter[str] = Counter()
        eligible: list[int] = []
        taken = inside_taken = 0
        for index, expert in enumerate(self.experts):
            if (entry.entry_id, expert.expert_id) in self.task.assigned:
                taken += 1
                inside_taken += self.inside[number][index]
                continue
            conflict = hard_conflict(expert, entry, self.task.contestants)
            if conflict:
                reasons[conflict.value] += 1
            elif expert.nominations and entry.nomination_code not in expert.nominations:
                reasons["SPECIALITY"] += 1
            else:
                eligible.append(index)
        self.why.append(reasons)
        self.eligible.append(eligible)
        self.need.append(max(self.task.min_experts - taken, 0))
        limit = inside_limit(self.task.same_municipality, max(self.task.min_experts, taken))
        self.inside_left.append(max(limit - inside_taken, 0))

    def run(self) -> list[Pair]:
        """Serve the entries in turns, one expert at a time, so that no entry starves another."""
        short: Counter[int] = Counter()
        for turn in range(max(self.need, default=0)):
            for number, need in enumerate(self.need):
                if turn < need and not self._augment(number):
                    short[number] += 1
        if short:
            raise self._shortage(short)
        return sorted(
            (self.entries[number].entry_id, self.experts[index].expert_id)
            for index, numbers in enumerate(self.works)
            for number in numbers
        )

    def _augment(self, start: int) -> bool:
        """Give one more expert to ``start``, moving others where needed; the least loaded helper pays."""
        came_from: dict[int, tuple[int, int | None]] = {}
        seen: set[tuple[int, bool]] = set()
        queue: deque[tuple[int, int | None]] = deque([(start, None)])
        floor = min(
            (self.load[i] for i, e in enumerate(self.experts) if self.load[i] < e.max_load), default=0
        )
        best: int | None = None
        while queue:
            number, freed = queue.popleft()
            for index in self._candidates(number, freed, seen):
                if index in came_from:
                    continue
                came_from[index] = (number, freed)
                if self.load[index] < self.experts[index].max_load and (
                    best is None or self.load[index] < self.load[best]
                ):
                    best = index
                    if self.load[index] == floor:
                        queue.clear()
                        break
                queue.extend((other, index) for other in sorted(self.works[index]))
        if best is None:
            return False
        self._apply(best, came_from)
        return True

    def _candidates(self, number: int, freed: int | None, seen: set[tuple[int, bool]]) -> list[int]:
        """Experts who could step in at the entry: by group, each group of an entry is opened once."""
        frees_inside = freed is not None and self.inside[number][freed]
        groups = [group for group in (False, True) if (number, group) not in seen]
        if True in groups and not (self.inside_left[number] > 0 or frees_inside):
            groups.remove(True)
        seen.update((number, group) for group in groups)
        inside = self.inside[number]
        return [i for i in self.eligible[number] if inside[i] in groups and number not in self.works[i]]

    def _apply(self, index: int, came_from: Mapping[int, tuple[int, int | None]]) -> None:
        self.load[index] += 1
        step: int | None = index
        while step is not None:
            number, freed = came_from[step]
            self.works[step].add(number)
            self.inside_left[number] -= self.inside[number][step]
            if freed is not None:
                self.works[freed].remove(number)
                self.inside_left[number] += self.inside[number][freed]
            step = freed

    def _shortage(self, short: Mapping[int, int]) -> Refused:
        lines = []
        for number in sorted(short, key=lambda n: self.entries[n].label):
            got = self.task.min_experts - short[number]
            reasons = [f"{kind} {count}" for kind, count in sorted(self.why[number].items())]
            if any(self.load[i] >= self.experts[i].max_load for i in self.eligible[number]):
                reasons.append("MAX_LOAD")
            if self.inside_left[number] <= 0 and any(self.inside[number][i] for i in self.eligible[number]):
                reasons.append("SAME_MUNICIPALITY")
            label = self.entries[number].label
            lines.append(f"{label} ({got}/{self.task.min_experts}: {', '.join(reasons) or '—'})")
        return Refused(
            "BR-40",
            N_("Не хватает экспертов, назначение не сделано. Заявки и что мешает: %(entries)s"),
            entries="; ".join(lines),
        )
