"""Tables of expertise: contests, entries, experts with their sheets, decisions of councils."""

from services.expertise.model.anonymity import BlindWork
from services.expertise.model.appeals import Appeal, AppealCorrection, AppealMember
from services.expertise.model.bookkeeping import Audit, Inbox, Job, Outbox
from services.expertise.model.conflicts import ConflictOfInterest, ConflictWaiver, PersonRelation
from services.expertise.model.contests import (
    ContestEdition,
    ContestSeries,
    EditionRules,
    EntryTemplate,
    Nomination,
    Rubric,
    Stage,
)
from services.expertise.model.council import Council, CouncilMember, Decision, Protocol
from services.expertise.model.entries import (
    CoApplicant,
    Entry,
    EntryAuthor,
    EntryFile,
    Revision,
    TechnicalCheck,
)
from services.expertise.model.experts import Assignment, AssignmentRun, ExpertProfile, ScoreSheet
from services.expertise.model.ledger import LedgerCount, LedgerLine, LedgerSalt, LogKey, SheetSeal, TreeHead
from services.expertise.model.paper import Paper, PaperCount
from services.expertise.model.planning import AssignmentPlan
from services.expertise.model.sessions import (
    AgendaItem,
    Attendee,
    Ballot,
    CouncilConflict,
    ProtocolSignature,
)

__all__ = [
    "AgendaItem",
    "Appeal",
    "AppealCorrection",
    "AppealMember",
    "Assignment",
    "AssignmentPlan",
    "AssignmentRun",
    "Attendee",
    "Audit",
    "Ballot",
    "BlindWork",
    "CoApplicant",
    "ConflictOfInterest",
    "ConflictWaiver",
    "ContestEdition",
    "ContestSeries",
    "Council",
    "CouncilConflict",
    "CouncilMember",
    "Decision",
    "EditionRules",
    "Entry",
    "EntryAuthor",
    "EntryFile",
    "EntryTemplate",
    "ExpertProfile",
    "Inbox",
    "Job",
    "LedgerCount",
    "LedgerLine",
    "LedgerSalt",
    "LogKey",
    "Nomination",
    "Outbox",
    "Paper",
    "PaperCount",
    "PersonRelation",
    "Protocol",
    "ProtocolSignature",
    "Revision",
    "Rubric",
    "ScoreSheet",
    "SheetSeal",
    "Stage",
    "TechnicalCheck",
    "TreeHead",
]
