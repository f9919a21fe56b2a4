"""Conflicts of interest between an expert and an entry (BR-41, BR-42, Q-10, Q-11)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from services.expertise.rules.vocabulary import ConflictKind, SameMunicipality


@dataclass(frozen=True)
class ExpertFact:
    """What is known about an expert when entries are given out."""

    expert_id: UUID
    person_id: UUID
    organisation_id: UUID | None
    municipality_oktmo: str | None
    max_load: int = 12
    nominations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EntryFact:
    """What is known about an entry when experts are chosen; ``recused`` experts stepped back from it."""

    entry_id: UUID
    label: str
    nomination_id: UUID
    nomination_code: str
    organisation_ids: frozenset[UUID]
    municipality_oktmo: str | None
    author_ids: frozenset[UUID] = frozenset()
    recused: frozenset[UUID] = field(default=frozenset())


class Contestants:
    """Who competes where: organisations with a filed entry, by nomination (BR-41, SAME_NOMINATION)."""

    def __init__(self, filed: Iterable[tuple[UUID, UUID]]) -> None:
        self._filed: dict[UUID, set[UUID]] = {}
        for nomination_id, organisation_id in filed:
            self._filed.setdefault(nomination_id, set()).add(organisation_id)

    def compete(self, organisation_id: UUID | None, nomination_id: UUID) -> bool:
        """Whether the organisation has an entry in the nomination."""
        return organisation_id in self._filed.get(nomination_id, ())


def hard_conflict(expert: ExpertFact, entry: EntryFact, contestants: Contestants) -> ConflictKind | None:
    """Never assignable: own organisation or work, a rival in the nomination, a recusal (BR-41, BR-42)."""
    if expert.organisation_id in entry.organisation_ids:
        return ConflictKind.SAME_ORG
    if expert.person_id in entry.author_ids:
        return ConflictKind.AUTHOR
    if contestants.compete(expert.organisation_id, entry.nomination_id):
        return ConflictKind.SAME_NOMINATION
    if expert.expert_id in entry.recused:
        return ConflictKind.DECLARED
    return None


def is_inside(expert: ExpertFact, entry: EntryFact) -> bool:
    """Whether the expert comes from the applicant's municipality (BR-41)."""
    return entry.municipality_oktmo is not None and expert.municipality_oktmo == entry.municipality_oktmo


def inside_limit(policy: SameMunicipality, experts: int) -> int:
    """How many of ``experts`` may come from the applicant's own municipality (BR-41, Q-10)."""
    return {
        SameMunicipality.FORBID: 0,
        SameMunicipality.AT_MOST_ONE_INSIDE: 1,
        SameMunicipality.AT_LEAST_ONE_OUTSIDE: max(experts - 1, 0),
        SameMunicipality.IGNORE: experts,
    }[policy]


def soft_conflict(
    expert: ExpertFact,
    entry: EntryFact,
    colleagues: Collection[ExpertFact],
    policy: SameMunicipality,
    min_experts: int,
) -> ConflictKind | None:
    """Same municipality blocks by the edition's policy; the secretary may override it (BR-41)."""
    if not is_inside(expert, entry):
        return None
    size = max(min_experts, len(colleagues) + 1)
    inside = 1 + sum(is_inside(colleague, entry) for colleague in colleagues)
    return ConflictKind.SAME_MUNICIPALITY if inside > inside_limit(policy, size) else None
