"""Consents to the processing of personal data: one purpose each, an active choice (PD-01, PD-02, BR-69)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from shared.refusal import N_, Refused, StateTable


class ConsentPurpose(StrEnum):
    """What a consent is given for; every purpose is a document of its own (PD-01)."""

    PROCESSING = "PROCESSING"
    DISTRIBUTION = "DISTRIBUTION"
    PHOTO_VIDEO = "PHOTO_VIDEO"
    CROSS_BORDER = "CROSS_BORDER"


class ConsentState(StrEnum):
    """The life of a consent (model 3.3)."""

    GIVEN = "GIVEN"
    WITHDRAWN = "WITHDRAWN"
    ERASED = "ERASED"
    EXPIRED = "EXPIRED"


class ConsentMethod(StrEnum):
    """How a consent was given."""

    CABINET = "CABINET"
    PAPER = "PAPER"


class DataCategory(StrEnum):
    """What may be shown to everybody, chosen one by one (PD-02)."""

    NAME = "NAME"
    POSITION = "POSITION"
    ORGANISATION = "ORGANISATION"
    PHOTO = "PHOTO"
    VIDEO = "VIDEO"


_S = ConsentState
CONSENT_MOVES: StateTable[ConsentState] = StateTable(
    {
        (_S.GIVEN, "withdraw"): _S.WITHDRAWN,
        (_S.WITHDRAWN, "erase"): _S.ERASED,
        (_S.GIVEN, "expire"): _S.EXPIRED,
    },
    rule="CONSENT_STATE",
)
CONSENT_REFUSALS: Mapping[str, str] = {
    "withdraw": N_("Отозвать можно только действующее согласие"),
    "erase": N_("Отметить уничтожение можно только по отозванному согласию"),
    "expire": N_("Истекает только действующее согласие"),
}
#: Days in which data are destroyed after a withdrawal or when the purpose is reached (PD-03, PD-04).
DAYS_TO_DESTROY = 30


def check_choice(purpose: ConsentPurpose, categories: Collection[DataCategory], *, confirmed: bool) -> None:
    """A consent is an active choice; only the one for distribution names what may be shown (PD-01, PD-02)."""
    if not confirmed:
        raise Refused("PD-01", N_("Отметьте, что вы даёте согласие"), field="confirmed")
    if purpose is ConsentPurpose.DISTRIBUTION and not categories:
        raise Refused("PD-02", N_("Укажите, какие данные можно показывать всем"), field="categories")
    if purpose is not ConsentPurpose.DISTRIBUTION and categories:
        raise Refused(
            "PD-02", N_("Виды данных указывают только в согласии на распространение"), field="categories"
        )


def check_dates(given_on: date, valid_to: date | None, today: date) -> None:
    """A consent on paper is dated in the past or today, and its term ends after it is given (PD-01)."""
    if given_on > today:
        raise Refused("PD-01", N_("Дата согласия ещё не наступила"), field="given_on")
    if valid_to is not None and valid_to <= given_on:
        raise Refused("PD-01", N_("Срок согласия заканчивается раньше, чем начинается"), field="valid_to")


def check_withdrawal(given_on: date, withdrawn_on: date, today: date) -> None:
    """A consent is withdrawn on or after the day it was given, and not in the future (PD-03)."""
    if not given_on <= withdrawn_on <= today:
        raise Refused("PD-03", N_("Дата отзыва — от дня согласия до сегодняшнего дня"), field="withdrawn_on")


def state_on(state: ConsentState, valid_to: date | None, today: date) -> ConsentState:
    """What a consent is today: once its term is over it has expired, closed or not (model 3.3)."""
    over = state is _S.GIVEN and valid_to is not None and valid_to < today
    return _S.EXPIRED if over else state


def destroy_due(withdrawn_on: date) -> date:
    """Withdrawal starts a timer of 30 days (BR-69, PD-03)."""
    return withdrawn_on + timedelta(days=DAYS_TO_DESTROY)


def check_text(text: str) -> None:
    """The text of a consent says what is agreed to; a few words do not (PD-01)."""
    if len(text.strip()) < 50:
        raise Refused("PD-01", N_("Текст слишком короткий: не меньше 50 знаков"), field="text")
