"""The words of a jury's analysis; without numbers, so that labels may know them."""

from enum import StrEnum


class Method(StrEnum):
    """What the marks of a connected part of the jury rest on."""

    CALIBRATED = "CALIBRATED"
    RAW_MEAN = "RAW_MEAN"


class Guard(StrEnum):
    """Why severity is not taken out (F2)."""

    ALL_EQUAL = "ALL_EQUAL"
    NOT_REPEATED = "NOT_REPEATED"
    FEW_EXPERTS = "FEW_EXPERTS"
    FEW_WORKS = "FEW_WORKS"
    NO_SEVERITY = "NO_SEVERITY"


class Scale(StrEnum):
    """What a distance between two marks means."""

    NOMINAL = "NOMINAL"
    ORDINAL = "ORDINAL"
    INTERVAL = "INTERVAL"
    RATIO = "RATIO"


class Light(StrEnum):
    """Krippendorff's own convention: sound from .80, tentative from .667 (F3)."""

    SOUND = "SOUND"
    TENTATIVE = "TENTATIVE"
    WEAK = "WEAK"
    UNDEFINED = "UNDEFINED"


class Form(StrEnum):
    """Which agreement: of different or of the same judges, of one mark or of the mean of k."""

    ONE = "ICC1"
    TWO = "ICC2"
    THREE = "ICC3"
    ONE_K = "ICC1k"
    TWO_K = "ICC2k"
    THREE_K = "ICC3k"


class Fit(StrEnum):
    """Whether an expert's marks follow the model as much as marks do (F3)."""

    NOISY = "NOISY"
    USUAL = "USUAL"
    TOO_REGULAR = "TOO_REGULAR"


class Tone(StrEnum):
    """How serious a remark about a jury is."""

    RED = "RED"
    CAUTION = "CAUTION"
    PLAIN = "PLAIN"
