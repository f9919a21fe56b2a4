"""The life of a batch and what is decided about its rows."""

from enum import StrEnum

from shared.refusal import N_, Refused, StateTable


class BatchKind(StrEnum):
    """What a file brings."""

    ORGANISATIONS = "ORGANISATIONS"
    PLATFORMS = "PLATFORMS"


class BatchState(StrEnum):
    """The life of a batch; in CHECKING, APPLYING and UNDOING a job is at it."""

    UPLOADED = "UPLOADED"
    CHECKING = "CHECKING"
    READY = "READY"
    APPLYING = "APPLYING"
    APPLIED = "APPLIED"
    UNDOING = "UNDOING"
    UNDONE = "UNDONE"
    FAILED = "FAILED"
    DISCARDED = "DISCARDED"


class Verdict(StrEnum):
    """What the check found a row to be."""

    NEW = "NEW"
    MERGE = "MERGE"
    SAME = "SAME"
    UNDECIDED = "UNDECIDED"
    ERROR = "ERROR"


class Decision(StrEnum):
    """What a person decides about a row."""

    NEW = "NEW"
    MERGE = "MERGE"
    SKIP = "SKIP"


class Likeness(StrEnum):
    """Why a row is thought to mean something known; the order is the order of strength."""

    INN = "INN"
    OGRN = "OGRN"
    NAME = "NAME"
    ALIAS = "ALIAS"
    NUMBER = "NUMBER"
    NEAR = "NEAR"


_S = BatchState
BATCH_MOVES: StateTable[BatchState] = StateTable(
    {
        (_S.UPLOADED, "check"): _S.CHECKING,
        (_S.CHECKING, "checked"): _S.READY,
        (_S.READY, "recheck"): _S.UPLOADED,
        (_S.READY, "apply"): _S.APPLYING,
        (_S.APPLYING, "applied"): _S.APPLIED,
        (_S.APPLYING, "return"): _S.READY,
        (_S.APPLIED, "undo"): _S.UNDOING,
        (_S.UNDOING, "undone"): _S.UNDONE,
        (_S.UNDOING, "keep"): _S.APPLIED,
        (_S.UPLOADED, "discard"): _S.DISCARDED,
        (_S.READY, "discard"): _S.DISCARDED,
        (_S.FAILED, "discard"): _S.DISCARDED,
        (_S.UPLOADED, "fail"): _S.FAILED,
        (_S.CHECKING, "fail"): _S.FAILED,
    },
    rule="IMPORT_STATE",
)
_REFUSALS = {
    "apply": N_("Применить можно только проверенную загрузку"),
    "undo": N_("Отменить можно только применённую загрузку"),
    "discard": N_("Отбросить можно только загрузку, которая ещё не применена"),
    "decide": N_("Решения по строкам принимают после проверки и до применения"),
    "recheck": N_("Проверить заново можно только проверенную загрузку"),
}
#: States in which a job is at work and the page shows its progress.
AT_WORK = frozenset({_S.UPLOADED, _S.CHECKING, _S.APPLYING, _S.UNDOING})
#: States in which the same file may be sent again.
OVER = frozenset({_S.UNDONE, _S.FAILED, _S.DISCARDED})


def move(state: BatchState, action: str) -> BatchState:
    """The state after an action, or a refusal that says what the action needs."""
    if action in _REFUSALS and not BATCH_MOVES.allows(state, action):
        raise Refused("IMPORT_STATE", _REFUSALS[action])
    return BATCH_MOVES.after(state, action)


def check_decidable(state: BatchState) -> None:
    """Rows are decided between the check and the application."""
    if state is not BatchState.READY:
        raise Refused("IMPORT_STATE", _REFUSALS["decide"])


def check_decision(verdict: Verdict, decision: Decision, *, has_target: bool, same_name: bool) -> None:
    """A faulty row can only be skipped; a merge names a known organisation; an equal name is never new."""
    if verdict is Verdict.ERROR and decision is not Decision.SKIP:
        raise Refused("IMPORT", N_("Строку с ошибкой можно только пропустить"), field="decision")
    if decision is Decision.MERGE and not has_target:
        raise Refused("IMPORT", N_("Выберите организацию, с которой объединить строку"), field="target_id")
    if decision is Decision.NEW and same_name:
        raise Refused(
            "BR-07",
            N_("С тем же наименованием новую организацию в муниципалитете завести нельзя"),
            field="decision",
        )


def check_complete(errors: int, undecided: int) -> None:
    """Nothing is applied while a row has an error or waits for a decision (all or nothing)."""
    if errors:
        raise Refused(
            "IMPORT", N_("Строк с ошибками: %(count)s. Исправьте файл или пропустите их."), count=errors
        )
    if undecided:
        raise Refused("IMPORT", N_("Строк, ждущих вашего решения: %(count)s"), count=undecided)
