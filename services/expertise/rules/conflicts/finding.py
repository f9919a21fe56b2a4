"""Conflict rules over history: who may not, or should rather not, score an entry, and why (F17, BR-41, BR-42)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.expertise.rules.conflicts.facts import Contestants, EntryFact, ExpertFact, History
from services.expertise.rules.conflicts.settings import DEFAULTS, FIXED, ConflictRule
from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel

#: What a soft conflict takes from the affinity of a pair, in ten-thousandths (F17: soft is a cost in F1).
SOFT_COST = 3_000


@dataclass(frozen=True)
class Found:
    """One conflict with what it rests on: the organisation or person concerned, the last day, the source."""

    kind: ConflictKind
    level: ConflictLevel
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    last: date | None = None
    source: str = ""


def barring(found: Iterable[Found]) -> Found | None:
    """The first conflict that forbids the pair; None when all are soft or waived."""
    return next((one for one in found if one.level is ConflictLevel.HARD), None)


def soft_cost(found: Iterable[Found]) -> int:
    """What the soft conflicts of a pair cost together."""
    return SOFT_COST * sum(one.level is ConflictLevel.SOFT for one in found)


class Conflicts:
    """All experts of an edition, indexed by what a conflict may come from."""

    def __init__(
        self,
        experts: Sequence[ExpertFact],
        contestants: Contestants,
        history: History | None = None,
        *,
        today: date = date.max,
        rules: Sequence[ConflictRule] = DEFAULTS,
    ) -> None:
        self.history = history or History()
        self.contestants = contestants
        self.today = today
        self.rules: Mapping[ConflictKind, ConflictRule] = {
            **{kind: ConflictRule(kind, ConflictLevel.HARD) for kind in FIXED},
            **{rule.kind: rule for rule in rules if rule.level is not ConflictLevel.OFF},
        }
        self._by_organisation: dict[UUID, list[ExpertFact]] = defaultdict(list)
        self._by_person: dict[UUID, list[ExpertFact]] = defaultdict(list)
        self._past: dict[UUID, list[tuple[ExpertFact, Found]]] = defaultdict(list)
        self._of_person: dict[UUID, list[tuple[ExpertFact, Found]]] = defaultdict(list)
        self._of_organisation: dict[UUID, list[tuple[ExpertFact, Found]]] = defaultdict(list)
        self._of_entry: dict[UUID, list[tuple[ExpertFact, Found]]] = defaultdict(list)
        self._rivals: dict[UUID, list[tuple[UUID, Found]]] = {}
        self._by_id = {expert.expert_id: expert for expert in experts}
        for expert in experts:
            if expert.organisation_id is not None:
                self._by_organisation[expert.organisation_id].append(expert)
            self._by_person[expert.person_id].append(expert)
            self._remember_jobs(expert)
        self._remember_people()
        self._remember_judges()
        self._remember_words()

    def against(self, entry: EntryFact) -> dict[UUID, list[Found]]:
        """Every expert in conflict with the entry, with all reasons; hard ones first, waived ones marked."""
        found: dict[UUID, list[Found]] = defaultdict(list)

        def add(kind: ConflictKind, experts: Iterable[ExpertFact], organisation_id: UUID | None = None) -> None:
            if kind in self.rules:
                for expert in experts:
                    found[expert.expert_id].append(
                        Found(kind, self.rules[kind].level, organisation_id=organisation_id)
                    )

        for organisation_id in entry.organisation_ids:
            add(ConflictKind.SAME_ORG, self._by_organisation.get(organisation_id, ()), organisation_id)
        for person_id in entry.author_ids:
            add(ConflictKind.AUTHOR, self._by_person.get(person_id, ()))
        for expert_id, one in self._rivals_in(entry.nomination_id):
            if one.organisation_id not in entry.organisation_ids:
                found[expert_id].append(one)
        add(ConflictKind.RECUSED, (self._by_id[key] for key in entry.recused if key in self._by_id))
        remembered = [*self._of_entry.get(entry.entry_id, ())]
        for organisation_id in entry.organisation_ids:
            remembered += self._past.get(organisation_id, ())
            remembered += self._of_organisation.get(organisation_id, ())
        for person_id in entry.author_ids:
            remembered += self._of_person.get(person_id, ())
        for expert, one in remembered:
            found[expert.expert_id].append(one)
        return {key: self._ordered(key, entry.entry_id, every) for key, every in found.items()}

    def _ordered(self, expert_id: UUID, entry_id: UUID, found: list[Found]) -> list[Found]:
        waived = self.history.waived
        if len(found) == 1 and not waived:
            return found
        marked = [
            replace(one, level=ConflictLevel.WAIVED) if (expert_id, entry_id, one.kind) in waived else one
            for one in dict.fromkeys(found)
        ]
        return sorted(marked, key=lambda one: _ORDER[one.level])

    def _rivals_in(self, nomination_id: UUID) -> list[tuple[UUID, Found]]:
        """Experts whose organisations compete in a nomination, found once for all its entries (BR-41)."""
        if nomination_id not in self._rivals:
            level = self.rules[ConflictKind.SAME_NOMINATION].level
            self._rivals[nomination_id] = [
                (expert.expert_id, found)
                for organisation_id in sorted(self.contestants.organisations(nomination_id))
                for found in (Found(ConflictKind.SAME_NOMINATION, level, organisation_id=organisation_id),)
                for expert in self._by_organisation.get(organisation_id, ())
            ]
        return self._rivals[nomination_id]

    def _remember_jobs(self, expert: ExpertFact) -> None:
        rule = self.rules.get(ConflictKind.FORMER_ORG)
        if rule is None:
            return
        for job in self.history.jobs.get(expert.person_id, ()):
            if job.organisation_id != expert.organisation_id and rule.reaches(job.last, self.today):
                found = Found(rule.kind, rule.level, organisation_id=job.organisation_id, last=job.last)
                self._past[job.organisation_id].append((expert, found))

    def _remember_people(self) -> None:
        rule = self.rules.get(ConflictKind.CO_AUTHOR)
        for pair, last in self.history.co_authors.items() if rule else ():
            if rule and rule.reaches(last, self.today):
                for one in pair:
                    for other in pair - {one}:
                        found = Found(rule.kind, rule.level, person_id=other, last=last)
                        self._of_person[other] += [(expert, found) for expert in self._by_person.get(one, ())]
        for tie in self.history.relations:
            rule = self.rules.get(tie.kind)
            if rule is None or not rule.reaches(tie.ended, self.today):
                continue
            found = Found(
                tie.kind, rule.level, tie.organisation_id, tie.other_person_id, tie.ended, tie.source
            )
            experts = self._by_person.get(tie.person_id, ())
            if tie.organisation_id is not None:
                self._of_organisation[tie.organisation_id] += [(expert, found) for expert in experts]
            if tie.other_person_id is not None:
                self._of_person[tie.other_person_id] += [(expert, found) for expert in experts]
                back = replace(found, person_id=tie.person_id)
                others = self._by_person.get(tie.other_person_id, ())
                self._of_person[tie.person_id] += [(expert, back) for expert in others]

    def _remember_judges(self) -> None:
        """A of one organisation judged B's organisation before, and now B would judge A's (F17)."""
        rule = self.rules.get(ConflictKind.RECIPROCAL)
        if rule is None:
            return
        for (judging, judged), last in self.history.judged.items():
            if judging != judged and rule.reaches(last, self.today):
                found = Found(rule.kind, rule.level, organisation_id=judged, last=last)
                experts = self._by_organisation.get(judged, ())
                self._of_organisation[judging] += [(expert, found) for expert in experts]

    def _remember_words(self) -> None:
        rule = self.rules[ConflictKind.DECLARED]
        for (expert_id, subject_id), reason in self.history.declared.items():
            if expert_id in self._by_id:
                pair = (self._by_id[expert_id], Found(rule.kind, rule.level, source=reason))
                self._of_entry[subject_id].append(pair)
                self._of_organisation[subject_id].append(pair)


_ORDER = {
    ConflictLevel.HARD: 0,
    ConflictLevel.SOFT: 1,
    ConflictLevel.WAIVED: 2,
    ConflictLevel.OFF: 3,
}


def hard_conflict(expert: ExpertFact, entry: EntryFact, contestants: Contestants) -> ConflictKind | None:
    """Never assignable: own organisation or work, a rival in the nomination, a recusal (BR-41, BR-42)."""
    found = barring(Conflicts([expert], contestants).against(entry).get(expert.expert_id, ()))
    return found.kind if found else None
