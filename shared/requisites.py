"""What identifies a printed paper: number, date, checking code, state (BR-67, BR-68); plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.refusal import N_, Refused, StateTable


class PaperState(StrEnum):
    """A paper is issued once; a cancelled one stays verifiable (BR-68)."""

    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"


class PaperFormat(StrEnum):
    """The two files of a paper."""

    DOCX = "docx"
    PDF = "pdf"


MEDIA_TYPES = {
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.PDF: "application/pdf",
}
#: No letters or digits that are mistaken for one another when a code is typed from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 3, 4

PAPER_MOVES: StateTable[PaperState] = StateTable(
    {(PaperState.ISSUED, "cancel"): PaperState.CANCELLED}, rule="BR-68"
)


@dataclass(frozen=True, kw_only=True)
class Requisites:
    """What identifies a paper and is printed on it (BR-67)."""

    number: str
    issued_on: date
    verify_code: str
    verify_url: str


def number_of(prefix: str, year: int, ordinal: int) -> str:
    """Numbers run within a kind and a year: «ВР-2026/0001» is the first extract of 2026 (BR-67)."""
    return f"{prefix}-{year}/{ordinal:04d}"


def file_name(kind: StrEnum, number: str, form: PaperFormat) -> str:
    """A name that every file system takes: «D19-2026-0001.pdf»."""
    return f"{kind.value.split('_')[0]}-{number.split('-', 1)[1].replace('/', '-')}.{form.value}"


def verify_code(choose: Callable[[str], str]) -> str:
    """A checking code such as «K7QM-2VXA-9RTC»; ``choose`` picks one character of the alphabet (BR-67)."""
    return "-".join("".join(choose(CODE_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def typed_code(text: str) -> str:
    """The code as kept, from what a person typed: case, spaces and dashes do not matter."""
    bare = "".join(char for char in text.upper() if char in CODE_ALPHABET)[: _GROUPS * _GROUP]
    return "-".join(bare[start : start + _GROUP] for start in range(0, len(bare), _GROUP))


def cancelled(state: PaperState, reason: str) -> PaperState:
    """Only an issued paper is cancelled, for a reason; it stays verifiable as «аннулирован» (BR-68)."""
    if not PAPER_MOVES.allows(state, "cancel"):
        raise Refused("BR-68", N_("Документ уже аннулирован"))
    if not reason.strip():
        raise Refused("BR-68", N_("Укажите причину аннулирования"), field="reason")
    return PAPER_MOVES.after(state, "cancel")
