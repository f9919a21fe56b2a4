"""Who sits on a council and how its composition changes (model 3.2, BR-57)."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from services.expertise.rules.vocabulary import CouncilKind, CouncilRole
from shared.refusal import N_, Refused

RULE = "3.2 Council"
LEAST = 3

#: Councils whose protocol decides; the expert council recommends, the appeal commission hears appeals (BR-56).
DECIDING = frozenset({CouncilKind.COORDINATION, CouncilKind.JURY})


def check_composition(members: Sequence[tuple[UUID, CouncilRole]]) -> None:
    """A council has at least three members, one of them chair and one secretary; nobody sits twice."""
    if len(members) < LEAST:
        raise Refused(
            RULE, N_("В совете должно быть не меньше %(least)s человек"), field="members", least=LEAST
        )
    twice = [key for key, times in Counter(key for key, _ in members).items() if times > 1]
    if twice:
        raise Refused(RULE, N_("Один человек назван в составе дважды"), field="members")
    roles = Counter(role for _, role in members)
    if roles[CouncilRole.CHAIR] != 1:
        raise Refused(RULE, N_("В совете должен быть один председатель"), field="members")
    if roles[CouncilRole.SECRETARY] != 1:
        raise Refused(RULE, N_("В совете должен быть один секретарь"), field="members")


def check_change(reason: str) -> None:
    """A composition once approved changes for a reason or by an act only."""
    if not reason.strip():
        raise Refused(RULE, N_("Укажите причину или акт, которым изменён состав"), field="reason")
