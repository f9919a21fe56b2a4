"""Experts from the applicant's own municipality: how many an edition lets in (BR-41, Q-10)."""

from collections.abc import Collection

from services.expertise.rules.conflicts.facts import EntryFact, ExpertFact
from services.expertise.rules.vocabulary import ConflictKind, SameMunicipality


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
    municipality_cap: int | None = None,
) -> ConflictKind | None:
    """Same municipality blocks by the edition's policy; the secretary may override it (BR-41).

    Where the edition caps experts of one municipality at an entry, the cap blocks in the same way (F1).
    """
    if municipality_cap is not None and expert.municipality_oktmo is not None:
        neighbours = sum(one.municipality_oktmo == expert.municipality_oktmo for one in colleagues)
        if neighbours >= municipality_cap:
            return ConflictKind.MUNICIPALITY_CAP
    if not is_inside(expert, entry):
        return None
    size = max(min_experts, len(colleagues) + 1)
    inside = 1 + sum(is_inside(colleague, entry) for colleague in colleagues)
    return ConflictKind.SAME_MUNICIPALITY if inside > inside_limit(policy, size) else None
