"""What a person must do today about the network's project work (model 3.6)."""

from dataclasses import dataclass, field
from datetime import date

from services.registry import access, model
from services.registry.queries.cases import CaseRow, waiting_cases
from services.registry.queries.recommendations import recommendations
from services.registry.queries.roadmaps import ItemRow, item_rows, load_roadmaps
from services.registry.rules.project_kinds import ItemState, RecommendationState
from shared.person import Person


@dataclass(frozen=True)
class OverdueItem:
    """An overdue item of a roadmap in force."""

    roadmap: model.Roadmap
    row: ItemRow


@dataclass(frozen=True)
class NetworkDesk:
    """Overdue items, cases that wait for an answer, recommendations to decide, drafts to approve."""

    overdue: list[OverdueItem] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    recommendations: int = 0
    drafts: list[model.Roadmap] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.overdue or self.cases or self.recommendations or self.drafts)


def desk(who: Person, today: date) -> NetworkDesk:
    """What this person must do today: items are those they answer for, or all of them for the operator."""
    if who.is_public:
        return NetworkDesk()
    operates = access.may_operate(who)
    rows = list(load_roadmaps())
    organisations, municipalities = access.case_scope(who)
    reaches = operates or bool(organisations or municipalities)
    waiting = RecommendationState.SUBMITTED
    return NetworkDesk(
        overdue=[found for one in rows for found in _overdue(who, one, today)],
        cases=waiting_cases(who) if reaches else [],
        recommendations=recommendations(who, state=waiting, size=1).total if operates else 0,
        drafts=[one for one in rows if operates and one.draft is not None and one.draft.items],
    )


def _overdue(who: Person, one: model.Roadmap, today: date) -> list[OverdueItem]:
    version = one.version_on(today)
    answers = access.may_operate(who)
    own = who.organisations()
    return [
        OverdueItem(one, row)
        for row in item_rows(one, version, today)
        if row.standing.state is ItemState.OVERDUE and (answers or row.item.responsible_id in own)
    ]
