"""The HTML door of reports."""

from services.reports.pages import cabinet, filters, indicators, keeping, reports
from services.reports.pages.door import bp

__all__ = ["bp", "cabinet", "filters", "indicators", "keeping", "reports"]
