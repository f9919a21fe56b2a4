"""What is known about experts, entries and their past when conflicts are looked for (F17)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.expertise.rules.vocabulary import ConflictKind, ExpertLevel


@dataclass(frozen=True)
class ExpertFact:
    """What is known about an expert when entries are given out."""

    expert_id: UUID
    person_id: UUID
    organisation_id: UUID | None
    municipality_oktmo: str | None
    max_load: int = 12
    nominations: frozenset[str] = frozenset()
    level: ExpertLevel = ExpertLevel.BASE
    specialities: tuple[str, ...] = ()


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
    text: str = ""


class Contestants:
    """Who competes where: organisations with a filed entry, by nomination (BR-41, SAME_NOMINATION)."""

    def __init__(self, filed: Iterable[tuple[UUID, UUID]]) -> None:
        self._filed: dict[UUID, set[UUID]] = {}
        for nomination_id, organisation_id in filed:
            self._filed.setdefault(nomination_id, set()).add(organisation_id)

    def compete(self, organisation_id: UUID | None, nomination_id: UUID) -> bool:
        """Whether the organisation has an entry in the nomination."""
        return organisation_id in self._filed.get(nomination_id, ())

    def organisations(self, nomination_id: UUID) -> set[UUID]:
        """Organisations with an entry in the nomination."""
        return self._filed.get(nomination_id, set())


@dataclass(frozen=True)
class Job:
    """Where a person worked, by the days on which the registry told so; ``last`` is empty while it still does."""

    organisation_id: UUID
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Relation:
    """A declared tie of a person with another person or an organisation; ``ended`` is empty while it lasts."""

    person_id: UUID
    kind: ConflictKind
    source: str
    other_person_id: UUID | None = None
    organisation_id: UUID | None = None
    ended: date | None = None


@dataclass(frozen=True)
class History:
    """The past that conflict rules look at (F17)."""

    jobs: Mapping[UUID, tuple[Job, ...]] = field(default_factory=dict)
    #: Two persons who entered something together, and the last day of it.
    co_authors: Mapping[frozenset[UUID], date] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    #: (organisation of the judge, organisation judged) in earlier editions, and the last day of it.
    judged: Mapping[tuple[UUID, UUID], date] = field(default_factory=dict)
    #: (expert, entry or organisation) declared by the expert, with the reason.
    declared: Mapping[tuple[UUID, UUID], str] = field(default_factory=dict)
    #: (expert, entry, kind) waived by an act.
    waived: frozenset[tuple[UUID, UUID, ConflictKind]] = frozenset()
