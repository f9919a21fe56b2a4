"""Kinds of papers that expertise prints (model 3.9, BR-67)."""

from collections.abc import Mapping
from enum import StrEnum


class PaperKind(StrEnum):
    """Documents of model 3.9 that expertise prints."""

    D01_EXPERT_PROTOCOL = "D01_EXPERT_PROTOCOL"
    D02_CONCLUSION = "D02_CONCLUSION"
    D03_SHEET = "D03_SHEET"
    D04_TECHNICAL_ACT = "D04_TECHNICAL_ACT"
    D05_RATING = "D05_RATING"
    D06_COORDINATION_PROTOCOL = "D06_COORDINATION_PROTOCOL"
    D09_DIPLOMA = "D09_DIPLOMA"
    D18_APPLICATION = "D18_APPLICATION"
    D21_APPEAL_DECISION = "D21_APPEAL_DECISION"


#: What a paper's number begins with.
PREFIXES: Mapping[PaperKind, str] = {
    PaperKind.D01_EXPERT_PROTOCOL: "ПЭ",
    PaperKind.D02_CONCLUSION: "ЭЗ",
    PaperKind.D03_SHEET: "ОЛ",
    PaperKind.D04_TECHNICAL_ACT: "ТЭ",
    PaperKind.D05_RATING: "СР",
    PaperKind.D06_COORDINATION_PROTOCOL: "КС",
    PaperKind.D09_DIPLOMA: "ДП",
    PaperKind.D18_APPLICATION: "ЗК",
    PaperKind.D21_APPEAL_DECISION: "РА",
}
