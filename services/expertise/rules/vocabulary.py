"""Words of the contests as enumerations (glossary, model 3.1 and 3.2); no behaviour."""

from enum import StrEnum


class EditionState(StrEnum):
    """Where an edition of a contest stands (model 3.3, ContestEdition)."""

    DRAFT = "DRAFT"
    ANNOUNCED = "ANNOUNCED"
    ACCEPTING = "ACCEPTING"
    TECHNICAL = "TECHNICAL"
    CORRESPONDENCE = "CORRESPONDENCE"
    IN_PERSON = "IN_PERSON"
    DECISION = "DECISION"
    APPEALS = "APPEALS"
    COMPLETED = "COMPLETED"
    ARCHIVED = "ARCHIVED"
    CANCELLED = "CANCELLED"


class StageKind(StrEnum):
    """Stages of an edition: приём, технический, заочный, очный, решение."""

    SUBMISSION = "SUBMISSION"
    TECHNICAL = "TECHNICAL"
    CORRESPONDENCE = "CORRESPONDENCE"
    IN_PERSON = "IN_PERSON"
    DECISION = "DECISION"


EXPERT_STAGES = (StageKind.CORRESPONDENCE, StageKind.IN_PERSON)


class OrdinalStyle(StrEnum):
    """How the ordinal of an edition is written: XIX or 19."""

    ROMAN = "ROMAN"
    ARABIC = "ARABIC"


class ContestLevel(StrEnum):
    """Who holds the contest."""

    MUNICIPAL = "MUNICIPAL"
    KRAI = "KRAI"
    FEDERAL = "FEDERAL"


class EntryKind(StrEnum):
    """What is entered: проект, продукт, отчёт, программа."""

    PROJECT = "PROJECT"
    PRODUCT = "PRODUCT"
    REPORT = "REPORT"
    PROGRAMME = "PROGRAMME"


class EntryState(StrEnum):
    """Where an entry stands (model 3.3, Entry)."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    REGISTERED = "REGISTERED"
    ADMITTED = "ADMITTED"
    ADMITTED_WITH_REMARKS = "ADMITTED_WITH_REMARKS"
    CONDITIONAL = "CONDITIONAL"
    REJECTED = "REJECTED"
    IN_EXPERTISE = "IN_EXPERTISE"
    REVISION = "REVISION"
    SCORED = "SCORED"
    FINALIST = "FINALIST"
    SCORED_FINAL = "SCORED_FINAL"
    AWARDED = "AWARDED"
    LAUREATE = "LAUREATE"
    DIPLOMA = "DIPLOMA"
    PARTICIPANT = "PARTICIPANT"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class CheckOutcome(StrEnum):
    """The four outcomes of the technical check (BR-39)."""

    ADMITTED = "ADMITTED"
    ADMITTED_WITH_REMARKS = "ADMITTED_WITH_REMARKS"
    CONDITIONAL = "CONDITIONAL"
    REJECTED = "REJECTED"


class ExpertLevel(StrEnum):
    """Experience of an expert."""

    LEAD = "LEAD"
    SENIOR = "SENIOR"
    BASE = "BASE"


class AssignmentKind(StrEnum):
    """Why the expert was assigned: by the plan of the stage, or because the others disagree (BR-49)."""

    REGULAR = "REGULAR"
    EXTRA = "EXTRA"


class AssignmentState(StrEnum):
    """Where an assignment stands; «просрочено» is a date, not a state (model 3.3, Assignment)."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    IN_WORK = "IN_WORK"
    DONE = "DONE"
    RECUSED = "RECUSED"
    REPLACED = "REPLACED"


LIVE_ASSIGNMENTS = frozenset(
    {AssignmentState.PROPOSED, AssignmentState.ACCEPTED, AssignmentState.IN_WORK, AssignmentState.DONE}
)


class SheetState(StrEnum):
    """Where a score sheet stands (model 3.3, ScoreSheet)."""

    DRAFT = "DRAFT"
    SIGNED = "SIGNED"
    CANCELLED = "CANCELLED"


class ConflictKind(StrEnum):
    """Why an expert may not, or should rather not, score an entry (BR-41, BR-42, F17)."""

    SAME_ORG = "SAME_ORG"
    AUTHOR = "AUTHOR"
    SAME_NOMINATION = "SAME_NOMINATION"
    RECUSED = "RECUSED"
    DECLARED = "DECLARED"
    FORMER_ORG = "FORMER_ORG"
    CO_AUTHOR = "CO_AUTHOR"
    MENTOR = "MENTOR"
    RELATIVE = "RELATIVE"
    JOINT_PROJECT = "JOINT_PROJECT"
    RECIPROCAL = "RECIPROCAL"
    SAME_MUNICIPALITY = "SAME_MUNICIPALITY"
    MUNICIPALITY_CAP = "MUNICIPALITY_CAP"


#: Ties between people, or of a person with an organisation, that somebody declares with a source (F17).
RELATIONS = (ConflictKind.MENTOR, ConflictKind.RELATIVE, ConflictKind.JOINT_PROJECT)


class ConflictLevel(StrEnum):
    """What a conflict does: forbids, costs affinity, was waived by an act, is not looked for (F17)."""

    HARD = "HARD"
    SOFT = "SOFT"
    WAIVED = "WAIVED"
    OFF = "OFF"


class LoadOrder(StrEnum):
    """What a plan looks at first: even loads (BR-43) or how well experts fit (F1)."""

    EVEN = "EVEN"
    AFFINITY = "AFFINITY"


class PlanState(StrEnum):
    """Where a plan of assignments stands: being computed, shown, impossible, applied, out of date, failed."""

    WAITING = "WAITING"
    READY = "READY"
    IMPOSSIBLE = "IMPOSSIBLE"
    APPLIED = "APPLIED"
    STALE = "STALE"
    FAILED = "FAILED"


class SameMunicipality(StrEnum):
    """What the edition does about experts from the applicant's municipality (BR-41, Q-10)."""

    FORBID = "FORBID"
    AT_LEAST_ONE_OUTSIDE = "AT_LEAST_ONE_OUTSIDE"
    AT_MOST_ONE_INSIDE = "AT_MOST_ONE_INSIDE"
    IGNORE = "IGNORE"


class Averaging(StrEnum):
    """How the sheets of one stage become one score (BR-48, BR-49)."""

    MEAN = "MEAN"
    MEDIAN = "MEDIAN"


class TieBreaker(StrEnum):
    """What separates equal final scores (BR-53)."""

    PRIORITY = "PRIORITY"
    IN_PERSON = "IN_PERSON"
    VOTE = "VOTE"
    EARLIER = "EARLIER"


class Outcome(StrEnum):
    """What the council decides about an entry (BR-55)."""

    AWARD_STATUS = "AWARD_STATUS"
    EXTEND = "EXTEND"
    COMPLETE = "COMPLETE"
    TERMINATE = "TERMINATE"
    RETURN = "RETURN"
    DECLINE = "DECLINE"
    RECOMMEND = "RECOMMEND"
    DIPLOMA = "DIPLOMA"
    PARTICIPANT = "PARTICIPANT"


class ResultTitle(StrEnum):
    """Победитель, призёр, лауреат, дипломант, участник."""

    WINNER = "WINNER"
    PRIZE_WINNER = "PRIZE_WINNER"
    LAUREATE = "LAUREATE"
    DIPLOMA = "DIPLOMA"
    PARTICIPANT = "PARTICIPANT"


class PlatformKind(StrEnum):
    """Kinds of platforms whose status a nomination leads to (owned by registry)."""

    MUNICIPAL = "MUNICIPAL"
    MUNICIPAL_NETWORK = "MUNICIPAL_NETWORK"
    KRAI = "KRAI"
    KRAI_EXPERIMENTAL = "KRAI_EXPERIMENTAL"
    FEDERAL = "FEDERAL"
    PARTNER = "PARTNER"
    FGOS_PILOT = "FGOS_PILOT"


class AttachmentKind(StrEnum):
    """What a file of an entry is (model 3.2, declared kinds of attachments)."""

    APPLICATION = "APPLICATION"
    PROGRAMME = "PROGRAMME"
    CALENDAR_PLAN = "CALENDAR_PLAN"
    COLLEGIAL_DECISION = "COLLEGIAL_DECISION"
    FOUNDER_APPROVAL = "FOUNDER_APPROVAL"
    REPORT = "REPORT"
    PRODUCT = "PRODUCT"
    OTHER = "OTHER"


class CouncilKind(StrEnum):
    """Экспертный совет, координационный совет, жюри, апелляционная комиссия (model 3.1)."""

    EXPERT = "EXPERT"
    COORDINATION = "COORDINATION"
    JURY = "JURY"
    APPEAL = "APPEAL"


class CouncilRole(StrEnum):
    """What a member of a council does at its sessions."""

    CHAIR = "CHAIR"
    SECRETARY = "SECRETARY"
    MEMBER = "MEMBER"


class LedgerKind(StrEnum):
    """What a line of the log of an edition tells (F6)."""

    EDITION_STAGE = "EDITION_STAGE"
    EDITION_RULES = "EDITION_RULES"
    RUBRIC_FROZEN = "RUBRIC_FROZEN"
    ENTRY_SUBMITTED = "ENTRY_SUBMITTED"
    ENTRY_REGISTERED = "ENTRY_REGISTERED"
    ENTRY_CHECKED = "ENTRY_CHECKED"
    ENTRY_CHANGED = "ENTRY_CHANGED"
    FILE_ADDED = "FILE_ADDED"
    ASSIGNED = "ASSIGNED"
    ASSIGNMENT_ACCEPTED = "ASSIGNMENT_ACCEPTED"
    ASSIGNMENT_ENDED = "ASSIGNMENT_ENDED"
    CONFLICT_DECLARED = "CONFLICT_DECLARED"
    CONFLICT_WAIVED = "CONFLICT_WAIVED"
    SHEET_COMMITTED = "SHEET_COMMITTED"
    SHEET_OPENED = "SHEET_OPENED"
    SHEET_CANCELLED = "SHEET_CANCELLED"
    COUNCIL_CHANGED = "COUNCIL_CHANGED"
    VOTE = "VOTE"
    DECISION = "DECISION"
    PROTOCOL_SIGNED = "PROTOCOL_SIGNED"
    PROTOCOL_PUBLISHED = "PROTOCOL_PUBLISHED"
    RESULTS_PUBLISHED = "RESULTS_PUBLISHED"
    APPEAL_FILED = "APPEAL_FILED"
    APPEAL_DECIDED = "APPEAL_DECIDED"
    RESULTS_FINAL = "RESULTS_FINAL"
    PAPER_ISSUED = "PAPER_ISSUED"


class Recommendation(StrEnum):
    """What an expert recommends in a conclusion (model 3.2, ScoreSheet; D-02)."""

    RECOMMEND = "RECOMMEND"
    AFTER_REVISION = "AFTER_REVISION"
    NOT_RECOMMEND = "NOT_RECOMMEND"


class ApplicantCategory(StrEnum):
    """Who may enter a nomination (model 3.1, kinds of organisations)."""

    PRESCHOOL = "PRESCHOOL"
    SCHOOL = "SCHOOL"
    SUPPLEMENTARY = "SUPPLEMENTARY"
    CORRECTIONAL = "CORRECTIONAL"
    VOCATIONAL = "VOCATIONAL"
    TMS = "TMS"


class SectionKind(StrEnum):
    """How a section of an entry is filled: typed text, text proposed from data, rows of a table."""

    TEXT = "TEXT"
    AUTO = "AUTO"
    TABLE = "TABLE"


class SectionSource(StrEnum):
    """Which facts of the network a section is filled from (sections 1.2, 4.1, 4.3–4.6 of the seed's form)."""

    ACTS = "ACTS"
    NUMBERS = "NUMBERS"
    PARTICIPANTS = "PARTICIPANTS"
    EVENTS = "EVENTS"
    REGULATION = "REGULATION"
    PLAN = "PLAN"


class AuthorRole(StrEnum):
    """Автор или руководитель работы (BR-41)."""

    AUTHOR = "AUTHOR"
    SUPERVISOR = "SUPERVISOR"


class Urgency(StrEnum):
    """How near a term is, said in words beside its colour."""

    NONE = "NONE"
    LATER = "LATER"
    SOON = "SOON"
    OVER = "OVER"


class ProtocolState(StrEnum):
    """Where the protocol of a session stands (model 3.3, Protocol)."""

    DRAFT = "DRAFT"
    ON_SIGNING = "ON_SIGNING"
    SIGNED = "SIGNED"
    PUBLISHED = "PUBLISHED"


class SeatRole(StrEnum):
    """As what a person sits in a session; an observer has no vote (BR-62)."""

    CHAIR = "CHAIR"
    SECRETARY = "SECRETARY"
    MEMBER = "MEMBER"
    OBSERVER = "OBSERVER"


class Presence(StrEnum):
    """Whether a member came to the session, and how."""

    PRESENT = "PRESENT"
    REMOTE = "REMOTE"
    ABSENT = "ABSENT"


class VoteChoice(StrEnum):
    """How a member votes (BR-57)."""

    FOR = "FOR"
    AGAINST = "AGAINST"
    ABSTAIN = "ABSTAIN"


class VoteBar(StrEnum):
    """Why a member of the council does not vote on an entry (BR-41, BR-57)."""

    SAME_ORG = "SAME_ORG"
    AUTHOR = "AUTHOR"
    SAME_NOMINATION = "SAME_NOMINATION"
    DECLARED = "DECLARED"


class AppealState(StrEnum):
    """Where an appeal stands; the three decided states are its outcomes (model 3.3, Appeal; F-23)."""

    FILED = "FILED"
    IN_REVIEW = "IN_REVIEW"
    UPHELD_UP = "UPHELD_UP"
    UPHELD_DOWN = "UPHELD_DOWN"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class AppealRefusal(StrEnum):
    """Why an appeal is not taken into review (model 3.3, Appeal)."""

    LATE = "LATE"
    NO_GROUNDS = "NO_GROUNDS"


class AppealBar(StrEnum):
    """Why a member of the commission does not hear an appeal (BR-41, BR-57, BR-59, F-24)."""

    SCORED = "SCORED"
    SAME_ORG = "SAME_ORG"
    AUTHOR = "AUTHOR"
    SAME_NOMINATION = "SAME_NOMINATION"
    DECLARED = "DECLARED"
