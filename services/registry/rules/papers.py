"""Kinds of papers that the registry prints (model 3.9, BR-67)."""

from collections.abc import Mapping
from enum import StrEnum


class PaperKind(StrEnum):
    """Documents of model 3.9 that the registry prints."""

    D07_ORDER_DRAFT = "D07_ORDER_DRAFT"
    D11_ROADMAP = "D11_ROADMAP"
    D13_AGREEMENT = "D13_AGREEMENT"
    D14_DESTRUCTION = "D14_DESTRUCTION"
    D15_CONSENT = "D15_CONSENT"
    D19_EXTRACT = "D19_EXTRACT"
    D20_BIBLIOGRAPHY = "D20_BIBLIOGRAPHY"


#: What a paper's number begins with.
PREFIXES: Mapping[PaperKind, str] = {
    PaperKind.D07_ORDER_DRAFT: "ПП",
    PaperKind.D11_ROADMAP: "ДК",
    PaperKind.D13_AGREEMENT: "СС",
    PaperKind.D14_DESTRUCTION: "АУ",
    PaperKind.D15_CONSENT: "СГ",
    PaperKind.D19_EXTRACT: "ВР",
    PaperKind.D20_BIBLIOGRAPHY: "ПА",
}
