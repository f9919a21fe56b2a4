"""Proposals of the expert council: the council recommends, an act awards (BR-24, BR-56)."""

from services.registry.rules.kinds import Outcome, ProposalState
from services.registry.rules.labels import after
from shared.refusal import N_, Refused, StateTable

PROPOSAL_MOVES: StateTable[ProposalState] = StateTable(
    {
        (ProposalState.WAITING, "enact"): ProposalState.ENACTED,
        (ProposalState.WAITING, "decline"): ProposalState.DECLINED,
    },
    rule="BR-56",
)
_REFUSALS = {
    "enact": N_("Исполнить можно только предложение, которое ждёт приказа"),
    "decline": N_("Отклонить можно только предложение, которое ждёт приказа"),
}


def move(state: ProposalState, action: str) -> ProposalState:
    """The state after an action, or a refusal that says what the action needs (BR-56)."""
    return after(PROPOSAL_MOVES, state, action, _REFUSALS)


def check_term(months: int) -> None:
    """The term that an order gives is 36 months unless it says otherwise (BR-23)."""
    if not 1 <= months <= 120:
        raise Refused("BR-23", N_("Срок статуса — от 1 до 120 месяцев"), field="months")


def outcome_of(text: str) -> Outcome | None:
    """The outcome that asks for an order, or nothing: diplomas and refusals need none (BR-55)."""
    return Outcome.__members__.get(text)
