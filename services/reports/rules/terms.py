"""Words of the service: what is counted, in what unit, and what an issued report may be."""

from enum import StrEnum


class Unit(StrEnum):
    """What a value is measured in; it decides how the value is printed."""

    COUNT = "COUNT"
    PERCENT = "PERCENT"
    MINUTES = "MINUTES"
    POINTS = "POINTS"


class Comparator(StrEnum):
    """How an imported value is to be read: «> 37» of 2016 is not 37 (model 3.2, IndicatorValue)."""

    EQUAL = "="
    MORE = ">"
    AT_LEAST = "≥"


class Source(StrEnum):
    """Where a value comes from: our records, or a document from before we kept them."""

    COMPUTED = "COMPUTED"
    IMPORTED = "IMPORTED"


class RecordKind(StrEnum):
    """What the records behind a number are (BR-63)."""

    ORGANISATION = "ORGANISATION"
    PLATFORM = "PLATFORM"
    AGREEMENT = "AGREEMENT"
    TRANSFORMATION = "TRANSFORMATION"
    EVENT = "EVENT"
    PARTICIPATION = "PARTICIPATION"
    SHEET = "SHEET"
    ENTRY = "ENTRY"


class Span(StrEnum):
    """Whether an indicator is a state on a date or a sum over a period."""

    DATE = "DATE"
    PERIOD = "PERIOD"


class ReportKind(StrEnum):
    """Which report it is."""

    NETWORK = "NETWORK"


class ReportState(StrEnum):
    """An issued report is never edited; it may only be cancelled and stays verifiable (BR-68)."""

    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"


class Edition(StrEnum):
    """The full paper of the operator, or the open one, which counts the agreements and does not list them."""

    FULL = "FULL"
    OPEN = "OPEN"


class FileFormat(StrEnum):
    """In what formats a report is kept."""

    DOCX = "DOCX"
    PDF = "PDF"
