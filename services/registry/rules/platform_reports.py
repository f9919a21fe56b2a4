"""BR-24, BR-25: yearly reports of platforms, what missing them leads to, and what an extension asks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.registry.rules.kinds import ReportState, Warned
from services.registry.rules.labels import after
from services.registry.rules.platforms import Period
from shared.refusal import N_, Refused, StateTable

_S = ReportState
REPORT_MOVES: StateTable[ReportState] = StateTable(
    {
        (_S.OPEN, "submit"): _S.SUBMITTED,
        (_S.OVERDUE, "submit"): _S.SUBMITTED,
        (_S.RETURNED, "submit"): _S.SUBMITTED,
        (_S.SUBMITTED, "return"): _S.RETURNED,
        (_S.SUBMITTED, "accept"): _S.ACCEPTED,
        (_S.SUBMITTED, "reject"): _S.NOT_ACCEPTED,
    },
    rule="REPORT_STATE",
)
_REFUSALS = {
    "submit": N_("Отчёт можно представить, пока его ждут или вернули"),
    "return": N_("Вернуть можно только представленный отчёт"),
    "accept": N_("Принять можно только представленный отчёт"),
    "reject": N_("Не принять можно только представленный отчёт"),
}

#: The day of the year on which reports are due (month, day), and how long after it a report counts as missed.
DUE_DAY = (12, 1)
GRACE = timedelta(days=30)
#: A status that began less than half a year before the due day reports a year later.
FIRST_AFTER = timedelta(days=180)
MISSED_TO_TERMINATE = 2


@dataclass(frozen=True)
class Due:
    """The report of a year and the last day of waiting for it."""

    year: int
    on: date


@dataclass(frozen=True)
class Standing:
    """How a report stands: the day it is due, its kept state, when it came in first."""

    due: Due
    state: ReportState = ReportState.OPEN
    submitted_on: date | None = None
    #: The new day after a return with remarks.
    again_by: date | None = None

    def on(self, day: date) -> ReportState:
        """The state on a day: what is waited for past its day is OVERDUE (model 3.3)."""
        waited = self.again_by if self.state is _S.RETURNED and self.again_by else self.due.on
        if self.state in (_S.OPEN, _S.RETURNED) and day > waited:
            return _S.OVERDUE
        return self.state

    def missed(self, day: date) -> bool:
        """Not handed in 30 days after it was due (BR-24)."""
        return (self.submitted_on is None or self.submitted_on > day) and day > self.due.on + GRACE


def move(state: ReportState, action: str) -> ReportState:
    """The state after an action, or a refusal that says what the action needs (model 3.3)."""
    return after(REPORT_MOVES, state, action, _REFUSALS)


def due_reports(periods: Sequence[Period], known_from: date, until: date) -> list[Due]:
    """An active status reports every year by 1 December (BR-24).

    Asked are the days on which the status is ACTIVE, half a year after it began at the earliest, and only
    those after the platform came into the registry: older reports lie on paper where they were handed in.
    """
    if not periods:
        return []
    began = periods[0].valid_from
    found = []
    for year in range(max(began, known_from).year, until.year + 1):
        day = date(year, *DUE_DAY)
        asked = known_from < day <= until and day >= began + FIRST_AFTER
        if asked and any(period.covers(day) for period in periods):
            found.append(Due(year, day))
    return found


def proposed(reports: Iterable[Standing], day: date) -> Warned | None:
    """One report missed: propose to suspend; two: to terminate. The software only proposes (BR-24)."""
    missed = sum(report.missed(day) for report in reports)
    if missed >= MISSED_TO_TERMINATE:
        return Warned.TERMINATE
    return Warned.SUSPEND if missed else None


def check_extension(reports: Sequence[Standing], on: date, decided_on: Collection[date]) -> None:
    """A status is extended only if its last due report is accepted (BR-25).

    A positive decision of the council about the report stands for it, when it is not older than the report's year.
    """
    last = max((one for one in reports if one.due.on <= on), key=lambda one: one.due.on, default=None)
    if last is None or last.state is _S.ACCEPTED:
        return
    if any(day > date(last.due.year - 1, *DUE_DAY) for day in decided_on):
        return
    raise Refused(
        "BR-25", N_("Продлевают после принятого отчёта; отчёт за %(year)s год не принят"), year=last.due.year
    )


def check_submission(due: Sequence[Due], year: int, text: str, link: str | None, has_file: bool) -> Due:
    """A report is handed in for a year that is asked for, in words and with a file or an address (BR-24)."""
    wanted = next((one for one in due if one.year == year), None)
    if wanted is None:
        raise Refused("BR-24", N_("Отчёт за этот год с площадки не спрашивают"), field="year")
    if not text.strip():
        raise Refused("BR-24", N_("Напишите, что сделано за год"), field="text")
    if not link and not has_file:
        raise Refused("BR-24", N_("Приложите файл отчёта или укажите его адрес"), field="link")
    return wanted
