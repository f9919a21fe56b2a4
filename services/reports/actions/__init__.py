"""One function per button."""

from services.reports.actions.issuing import cancel_report, issue_network_report
from services.reports.actions.keeping import import_indicator, set_plan

__all__ = ["cancel_report", "import_indicator", "issue_network_report", "set_plan"]
