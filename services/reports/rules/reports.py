"""Issued reports: their states, numbers and checking codes (BR-63, BR-67, BR-68)."""

from collections.abc import Callable

from services.reports.rules.terms import Edition, FileFormat, ReportState
from shared.refusal import N_, Refused, StateTable

#: No letters or digits that are mistaken for one another when a code is typed from paper.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 3, 4

MOVES: StateTable[ReportState] = StateTable(
    {(ReportState.ISSUED, "cancel"): ReportState.CANCELLED}, rule="BR-68"
)


def cancelled(state: ReportState) -> ReportState:
    """Only an issued report can be cancelled; it stays verifiable as «аннулирован» (BR-68)."""
    if not MOVES.allows(state, "cancel"):
        raise Refused(MOVES.rule, N_("Отчёт уже аннулирован"))
    return MOVES.after(state, "cancel")


def number_of(year: int, ordinal: int) -> str:
    """The number of a network report: «ОС-2020/01» is the first one about the year 2020."""
    return f"ОС-{year}/{ordinal:02d}"


def verify_code(choose: Callable[[str], str]) -> str:
    """A checking code such as «K7QM-2VXA-9RTC»; `choose` picks one character of the alphabet."""
    return "-".join("".join(choose(CODE_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def typed_code(text: str) -> str:
    """The code as stored, from what a person typed: case, spaces and dashes do not matter."""
    bare = "".join(char for char in text.upper() if char.isalnum())
    return "-".join(bare[start : start + _GROUP] for start in range(0, len(bare), _GROUP))


def file_name(number: str, edition: Edition, kind: FileFormat) -> str:
    """A name that every file system takes: «otchet-OS-2020-01-open.pdf»."""
    plain = number.replace("ОС", "OS").replace("/", "-")
    return f"otchet-{plain}{'-open' if edition is Edition.OPEN else ''}.{kind.value.lower()}"
