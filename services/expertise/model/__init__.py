"""Tables of expertise: contests, entries, experts with their sheets, decisions of councils."""

from services.expertise.model.bookkeeping import Audit, Inbox, Outbox
from services.expertise.model.contests import ContestEdition, ContestSeries, Nomination, Rubric, Stage
from services.expertise.model.council import Decision, Protocol
from services.expertise.model.entries import CoApplicant, Entry, Revision, TechnicalCheck
from services.expertise.model.experts import Assignment, AssignmentRun, ExpertProfile, ScoreSheet

__all__ = [
    "Assignment",
    "AssignmentRun",
    "Audit",
    "CoApplicant",
    "ContestEdition",
    "ContestSeries",
    "Decision",
    "Entry",
    "ExpertProfile",
    "Inbox",
    "Nomination",
    "Outbox",
    "Protocol",
    "Revision",
    "Rubric",
    "ScoreSheet",
    "Stage",
    "TechnicalCheck",
]
