"""Everything read: values, the records behind them, contests, reports, plans. Access is checked here."""

from services.reports.queries.issued import recheck, report, report_file, reports, verify
from services.reports.queries.keeping import imports, plans, today
from services.reports.queries.records import records_behind
from services.reports.queries.summaries import contests
from services.reports.queries.values import (
    indicators,
    municipality_choices,
    municipality_names,
    territories,
    usual_date,
    value,
)

__all__ = [
    "contests",
    "imports",
    "indicators",
    "municipality_choices",
    "municipality_names",
    "plans",
    "recheck",
    "records_behind",
    "report",
    "report_file",
    "reports",
    "territories",
    "today",
    "usual_date",
    "value",
    "verify",
]
