"""What a person must do today about the network's project work (model 3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from services.registry import access, model
from services.registry.queries.cases import CaseRow, waiting_cases
from services.registry.queries.recommendations import recommendations
from services.registry.queries.roadmaps import ItemRow, RoadmapRow, item_rows, load_roadmaps
from services.registry.rules.cabinets import comes_up
from services.registry.rules.project_kinds import ItemState, RecommendationState
from services.registry.rules.roadmaps import progress
from shared.person import Person, Role

ROLES = (Role.OPERATOR, Role.TMS, Role.EDU_AUTHORITY, Role.ORGANISATION)
_TERRITORIAL = (Role.TMS, Role.EDU_AUTHORITY)
_UNFINISHED = frozenset({ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.MOVED})


@dataclass(frozen=True)
class DueItem:
    """An item of a roadmap in force that is overdue or comes up."""

    roadmap: model.Roadmap
    row: ItemRow


@dataclass(frozen=True)
class NetworkDesk:
    """Items due, cases that wait for an answer, recommendations, drafts to approve, the own roadmaps."""

    overdue: list[DueItem] = field(default_factory=list)
    #: Unfinished items whose term ends within a month; the operator has the overdue ones only.
    coming: list[DueItem] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    #: Those that wait for a decision: of everybody for the operator, of the own municipality for the others.
    recommendations: int = 0
    drafts: list[model.Roadmap] = field(default_factory=list)
    #: Roadmaps in force of the own municipality with I-18.
    own: list[RoadmapRow] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.overdue or self.coming or self.cases or self.recommendations or self.drafts)


def desk(who: Person, today: date) -> NetworkDesk:
    """What this person must do today: items are those they answer for, or all of them for the operator."""
    seen = access.acting(who, *ROLES)
    if not seen.grants:
        return NetworkDesk()
    operates = access.may_operate(seen)
    rows = list(load_roadmaps())
    organisations, municipalities = access.case_scope(seen)
    reaches = operates or bool(organisations or municipalities)
    recommends = operates or bool(access.recommendation_scope(seen))
    waiting = RecommendationState.SUBMITTED
    items = [found for one in rows for found in _items(seen, one, today)]
    own = seen.municipalities(*_TERRITORIAL)
    return NetworkDesk(
        overdue=[one for one in items if one.row.standing.state is ItemState.OVERDUE],
        coming=[] if operates else [one for one in items if _comes_up(one, today)],
        cases=waiting_cases(seen) if reaches else [],
        recommendations=recommendations(seen, state=waiting, size=1).total if recommends else 0,
        drafts=[one for one in rows if operates and one.draft is not None and one.draft.items],
        own=list(_own(rows, own, today)),
    )


def _comes_up(one: DueItem, today: date) -> bool:
    return one.row.standing.state in _UNFINISHED and comes_up(one.row.standing.due, today)


def _items(who: Person, one: model.Roadmap, today: date) -> list[DueItem]:
    """Items of a roadmap that this person answers for: by the organisation, or by the municipality."""
    organisations = who.organisations()
    answers = access.may_operate(who) or one.municipality_oktmo in who.municipalities(*_TERRITORIAL)
    return [
        DueItem(one, row)
        for row in item_rows(one, one.version_on(today), today)
        if answers or row.item.responsible_id in organisations
    ]


def _own(rows: Iterable[model.Roadmap], municipalities: set[str], today: date) -> Iterable[RoadmapRow]:
    for one in rows:
        version = one.version_on(today)
        if one.municipality_oktmo in municipalities and version is not None:
            yield RoadmapRow(
                one, version, None, progress((row.standing for row in item_rows(one, version, today)), today)
            )
