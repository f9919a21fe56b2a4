"""Copies of other services' facts, the only source of every number; written by handlers only."""

from services.reports.readmodel.contests import Decision, Edition, Entry, Sheet, SheetMark
from services.reports.readmodel.events import Certificate, Event, Participation
from services.reports.readmodel.identity import KnownAccount, KnownKey
from services.reports.readmodel.network import (
    Act,
    Agreement,
    Municipality,
    Organisation,
    OrgCount,
    Platform,
    TransformationStage,
)

__all__ = [
    "Act",
    "Agreement",
    "Certificate",
    "Decision",
    "Edition",
    "Entry",
    "Event",
    "KnownAccount",
    "KnownKey",
    "Municipality",
    "OrgCount",
    "Organisation",
    "Participation",
    "Platform",
    "Sheet",
    "SheetMark",
    "TransformationStage",
]
