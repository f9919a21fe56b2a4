"""What is to be planned, in the words of the contest, and the arrays that the flow works on (BR-40, BR-41, BR-43)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import numpy as np

from services.expertise.rules.assignment.affinity import affinities
from services.expertise.rules.assignment.instance import FORBIDDEN, FREE, Instance, Ints
from services.expertise.rules.conflicts import (
    Conflicts,
    Contestants,
    EntryFact,
    ExpertFact,
    Found,
    barring,
    inside_limit,
    soft_cost,
)
from services.expertise.rules.vocabulary import LoadOrder, SameMunicipality
from shared.refusal import N_, Refused

Pair = tuple[UUID, UUID]

#: A pair that no conflict forbids but the expert's nominations do.
SPECIALITY = "SPECIALITY"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What may be tried before a plan is applied: bounds of load, cap, fairness, experts less and more (F1)."""

    order: LoadOrder = LoadOrder.EVEN
    fairness: bool = False
    connect: bool = True
    repair: bool = False
    least_load: int = 0
    most_load: int | None = None
    municipality_cap: int | None = None
    excluded: tuple[UUID, ...] = ()
    newcomers: int = 0
    seconds: int = 60

    def as_data(self) -> dict[str, Any]:
        """The options as JSON data."""
        return {**asdict(self), "order": self.order.value, "excluded": sorted(str(one) for one in self.excluded)}


def read_options(data: Mapping[str, Any]) -> Options:
    """Options from JSON data."""
    given = dict(data)
    if "order" in given:
        given["order"] = LoadOrder(given["order"])
    given["excluded"] = tuple(sorted(UUID(str(one)) for one in given.get("excluded", ())))
    options = Options(**given)
    if options.most_load is not None and options.least_load > options.most_load:
        raise Refused("F1", N_("Наименьшая нагрузка больше наибольшей"), field="least_load")
    return options


@dataclass(frozen=True)
class Task:
    """The stage's entries, the experts, what is assigned already (``assigned`` stays, ``movable`` may change)."""

    entries: Sequence[EntryFact]
    experts: Sequence[ExpertFact]
    contestants: Contestants
    min_experts: int
    same_municipality: SameMunicipality
    assigned: frozenset[Pair] = frozenset()
    seed: int = 0
    conflicts: Conflicts | None = None
    options: Options = field(default_factory=Options)
    movable: frozenset[Pair] = frozenset()
    forced: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Built:
    """A task as arrays; ``why[w]`` says who may not take a work and why, ``given`` what kept experts fit."""

    task: Task
    entries: Sequence[EntryFact]
    experts: Sequence[ExpertFact]
    places: Sequence[str | None]
    problem: Instance
    kept: tuple[Ints, Ints]
    old: tuple[Ints, Ints]
    given: Ints
    why: Sequence[Mapping[int, Sequence[Found]]]
    bound: Sequence[frozenset[int]]

    def reasons(self, work: int) -> Counter[str]:
        """How many experts may not take the work, by reason."""
        found: Counter[str] = Counter()
        for conflicts in self.why[work].values():
            one = barring(conflicts)
            if one:
                found[one.kind.value] += 1
        if self.bound[work]:
            found[SPECIALITY] = len(self.bound[work])
        return found


def seeded(seed: int, name: str) -> str:
    """A place in the order of a seed: the same for the same name."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def build(task: Task) -> Built:
    """The arrays of a task; entries by their labels and experts by enrolment, both in the order of the seed."""
    entries = sorted(task.entries, key=lambda entry: (seeded(task.seed, entry.label), entry.entry_id))
    enrolled = enumerate(sorted(task.experts, key=lambda expert: expert.expert_id))
    experts = [
        expert for _, expert in sorted(enrolled, key=lambda one: seeded(task.seed, f"expert {one[0]}"))
    ]
    row = {expert.expert_id: number for number, expert in enumerate(experts)}
    column = {entry.entry_id: number for number, entry in enumerate(entries)}
    conflicts = task.conflicts or Conflicts(experts, task.contestants)

    fit = affinities(experts, entries)
    own = fit.copy()
    why: list[dict[int, Sequence[Found]]] = []
    bound: list[frozenset[int]] = []
    for number, entry in enumerate(entries):
        against: dict[int, Sequence[Found]] = {
            row[key]: found for key, found in conflicts.against(entry).items() if key in row
        }
        why.append(against)
        barred = [expert for expert, found in against.items() if barring(found)]
        for expert in against.keys() - set(barred):
            fit[expert, number] = max(int(fit[expert, number]) - soft_cost(against[expert]), 0)
        fit[barred, number] = FORBIDDEN
    codes = sorted({entry.nomination_code for entry in entries})
    strangers = {
        code: frozenset(n for n, one in enumerate(experts) if one.nominations and code not in one.nominations)
        for code in codes
    }
    for number, entry in enumerate(entries):
        alien = strangers[entry.nomination_code]
        bound.append(alien - {key for key, found in why[number].items() if barring(found)})
        fit[list(alien), number] = FORBIDDEN
    for entry_id, expert_id in task.forbidden:
        if entry_id in column and expert_id in row:
            fit[row[expert_id], column[entry_id]] = FORBIDDEN

    kept = _arrays([*task.assigned, *_forced(task, row, column, fit)], row, column)
    old = _arrays(task.movable, row, column)
    given = np.zeros(len(entries), dtype=np.int32)
    np.add.at(given, kept[1], own[kept])
    fit[kept] = FORBIDDEN
    places = sorted({one.municipality_oktmo for one in experts if one.municipality_oktmo is not None})
    problem = _instance(task, entries, experts, places, fit, kept)
    return Built(task, entries, experts, [*places, None], problem, kept, old, given, why, bound)


def _forced(task: Task, row: Mapping[UUID, int], column: Mapping[UUID, int], fit: Any) -> list[Pair]:
    """Pairs that somebody demands; a forbidden one cannot be demanded."""
    forced = sorted(task.forced - task.assigned)
    for entry_id, expert_id in forced:
        if fit[row[expert_id], column[entry_id]] == FORBIDDEN:
            raise Refused("BR-41", N_("Назначить можно только эксперта без запрещающего конфликта"))
    return forced


def _arrays(pairs: Any, row: Mapping[UUID, int], column: Mapping[UUID, int]) -> tuple[Ints, Ints]:
    known = sorted(
        (row[expert_id], column[entry_id])
        for entry_id, expert_id in pairs
        if expert_id in row and entry_id in column
    )
    both = np.array(known, dtype=np.int32).reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def _instance(
    task: Task,
    entries: Sequence[EntryFact],
    experts: Sequence[ExpertFact],
    places: Sequence[str],
    fit: Any,
    kept: tuple[Ints, Ints],
) -> Instance:
    options = task.options
    number = {place: at for at, place in enumerate(places)}
    group = np.array([number.get(one.municipality_oktmo or "", len(places)) for one in experts], dtype=np.int32)
    carried = Counter(expert_id for _, expert_id in task.assigned | task.forced)
    base = np.array([carried[one.expert_id] for one in experts], dtype=np.int32)
    most = [min(one.max_load, options.most_load or one.max_load) for one in experts]
    upper = np.maximum(np.array(most, dtype=np.int32) - base, 0)
    upper[[one.expert_id in options.excluded for one in experts]] = 0
    lower = np.clip(options.least_load - base, 0, upper)

    taken = np.bincount(kept[1], minlength=len(entries))
    sitting = np.zeros((len(entries), len(places) + 1), dtype=np.int32)
    np.add.at(sitting, (kept[1], group[kept[0]]), 1)
    caps = np.full(sitting.shape, FREE, dtype=np.int32)
    if options.municipality_cap is not None:
        caps[:, : len(places)] = options.municipality_cap
    for work, entry in enumerate(entries):
        home = number.get(entry.municipality_oktmo or "")
        if home is not None:
            limit = inside_limit(task.same_municipality, max(task.min_experts, int(taken[work])))
            caps[work, home] = min(caps[work, home], limit)
    caps[caps < FREE] -= sitting[caps < FREE]
    return Instance(
        affinity=fit,
        need=np.maximum(task.min_experts - taken, 0).astype(np.int32),
        lower=lower.astype(np.int32),
        upper=upper.astype(np.int32),
        base=base,
        group=group,
        caps=np.maximum(caps, 0).astype(np.int16),
    )


def fingerprint(built: Built) -> str:
    """The hash of everything that a plan rests on: when it is the same, the plan still holds."""
    problem, digest = built.problem, sha256()
    names = [str(one.entry_id) for one in built.entries] + [str(one.expert_id) for one in built.experts]
    digest.update("\n".join((*names, repr(built.task.options.as_data()), str(built.task.seed))).encode())
    for array in (
        problem.affinity, problem.need, problem.lower, problem.upper, problem.base, problem.group, problem.caps,
        *built.kept, *built.old,
    ):  # fmt: skip
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def variants(task: Task) -> dict[str, Task]:
    """The same task under milder settings, for what would help when it is impossible (F1)."""
    found = {}
    cap = task.options.municipality_cap
    if cap is not None:
        found["CAP"] = replace(task, options=replace(task.options, municipality_cap=cap + 1))
        found["NO_CAP"] = replace(task, options=replace(task.options, municipality_cap=None))
    if task.same_municipality is not SameMunicipality.IGNORE:
        found["ANY_MUNICIPALITY"] = replace(task, same_municipality=SameMunicipality.IGNORE)
    if task.options.excluded:
        found["NOBODY_EXCLUDED"] = replace(task, options=replace(task.options, excluded=()))
    return found
