"""The work that waits, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.expertise.queries.views.appeals import AppealDuties
from services.expertise.queries.views.contests import EditionLine
from services.expertise.queries.views.entries import EntryLine
from services.expertise.queries.views.experts import AssignmentLine
from services.expertise.queries.views.sessions import CouncilTask


@dataclass(frozen=True, kw_only=True)
class DeskWork:
    """What waits for the secretary in one edition."""

    edition: EditionLine
    to_register: int = 0
    to_check: int = 0
    overdue_fixes: int = 0
    lacking_extra: int = 0
    lacking_experts: int = 0
    to_decide: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not any(
            (
                self.to_register,
                self.to_check,
                self.overdue_fixes,
                self.lacking_extra,
                self.lacking_experts,
                self.to_decide,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Cabinet:
    """«Что мне нужно сделать сегодня» at expertise (model 3.6)."""

    desk: Sequence[DeskWork] = ()
    queue: Sequence[AssignmentLine] = ()
    entries: Sequence[EntryLine] = ()
    open_editions: Sequence[EditionLine] = ()
    council: Sequence[DeskWork] = field(default=())
    sessions: Sequence[CouncilTask] = field(default=())
    appeals: AppealDuties = field(default_factory=AppealDuties)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        waiting = (self.desk, self.queue, self.entries, self.open_editions, self.council, self.sessions)
        return not any(waiting) and self.appeals.is_empty
