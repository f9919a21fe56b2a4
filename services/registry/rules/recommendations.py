"""S-003, I-23: what municipalities recommend, and what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.registry.rules.labels import after
from services.registry.rules.project_kinds import RecommendationState
from shared.refusal import N_, Refused, StateTable

_R = RecommendationState
RECOMMENDATION_MOVES: StateTable[RecommendationState] = StateTable(
    {
        (_R.SUBMITTED, "accept"): _R.ACCEPTED,
        (_R.SUBMITTED, "reject"): _R.REJECTED,
        (_R.ACCEPTED, "realise"): _R.REALISED,
    },
    rule="RECOMMENDATION",
)
_REFUSALS = {
    "accept": N_("Принять можно только рекомендацию, которая ждёт решения"),
    "reject": N_("Отклонить можно только рекомендацию, которая ждёт решения"),
    "realise": N_("Реализованной отмечают только принятую рекомендацию"),
}


def move(state: RecommendationState, action: str) -> RecommendationState:
    """The state after an action: submitted, accepted or rejected, realised in the project (S-003)."""
    return after(RECOMMENDATION_MOVES, state, action, _REFUSALS)


def reason(text: str | None) -> str:
    """A rejection names its reason (S-003)."""
    if not text or not text.strip():
        raise Refused("RECOMMENDATION", N_("Укажите причину"), field="reason")
    return text


def check_realised(*, has_item: bool, words: str | None) -> None:
    """A realised recommendation shows where: an item of a roadmap, or words (S-003)."""
    if not has_item and not (words and words.strip()):
        raise Refused(
            "RECOMMENDATION",
            N_("Укажите пункт дорожной карты или опишите, как реализовано"),
            field="realised_words",
        )


@dataclass(frozen=True)
class Tally:
    """I-23: submitted in all, accepted (realised ones too), realised, rejected, and from how many places."""

    submitted: int
    accepted: int
    realised: int
    rejected: int
    municipalities: int


def tally(rows: Iterable[tuple[str, RecommendationState]]) -> Tally:
    """Counts of recommendations from pairs of municipality and state (I-23, S-003: 11 municipalities)."""
    pairs = list(rows)
    count = {state: sum(found is state for _, found in pairs) for state in _R}
    return Tally(
        submitted=len(pairs),
        accepted=count[_R.ACCEPTED] + count[_R.REALISED],
        realised=count[_R.REALISED],
        rejected=count[_R.REJECTED],
        municipalities=len({oktmo for oktmo, _ in pairs}),
    )
