"""Codes of the network's project work: projects, roadmaps, recommendations, support cases (model 3.2, 3.3)."""

from enum import StrEnum


class ProjectLevel(StrEnum):
    """Whose project it is (S-004)."""

    MUNICIPAL = "MUNICIPAL"
    KRAI = "KRAI"
    FEDERAL = "FEDERAL"


class ProductKind(StrEnum):
    """What a project leaves behind: an approach (S-002), a mechanism (S-049), a condition (S-011) and so on."""

    APPROACH = "APPROACH"
    MECHANISM = "MECHANISM"
    MODEL = "MODEL"
    CONDITION = "CONDITION"
    METHODICAL = "METHODICAL"
    RESOURCE = "RESOURCE"
    OTHER = "OTHER"


class VersionState(StrEnum):
    """The life of a version of a roadmap: a draft is edited, an approved one never."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"


class Section(StrEnum):
    """The three sections of a roadmap (D-11)."""

    NORMATIVE = "NORMATIVE"
    IMPLEMENTATION = "IMPLEMENTATION"
    DISSEMINATION = "DISSEMINATION"


class DuePrecision(StrEnum):
    """How exactly a due date is known."""

    DAY = "DAY"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class ItemState(StrEnum):
    """What an item of a roadmap is on a day (model 3.3); OVERDUE follows from the due date, it is not stored."""

    PLANNED = "PLANNED"
    IN_PROGRESS = "IN_PROGRESS"
    MOVED = "MOVED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    OVERDUE = "OVERDUE"


class ItemStep(StrEnum):
    """A mark of progress on an item; each is an immutable record."""

    START = "START"
    FINISH = "FINISH"
    MOVE = "MOVE"
    CANCEL = "CANCEL"
    REOPEN = "REOPEN"


class RecommendationState(StrEnum):
    """The life of a municipality's recommendation (S-003)."""

    SUBMITTED = "SUBMITTED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    REALISED = "REALISED"


class CaseState(StrEnum):
    """The life of a support case (S-086)."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class CaseSide(StrEnum):
    """The two sides of a support case."""

    OPERATOR = "OPERATOR"
    REQUESTER = "REQUESTER"


class EntryKind(StrEnum):
    """What an entry of a thread is."""

    MESSAGE = "MESSAGE"
    CLOSING = "CLOSING"
    REOPENING = "REOPENING"
