"""BR-08 and BR-11: what an organisation is, and which name was valid when."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar

from services.registry.rules.kinds import EduOrgKind, OrgRole, OrgState
from services.registry.rules.labels import after
from shared.refusal import N_, Refused, StateTable

ORGANISATION_STATES: StateTable[OrgState] = StateTable(
    {
        (OrgState.DRAFT, "publish"): OrgState.ACTIVE,
        (OrgState.DRAFT, "withdraw"): OrgState.WITHDRAWN,
        (OrgState.ACTIVE, "rename"): OrgState.ACTIVE,
        (OrgState.ACTIVE, "reorganise"): OrgState.REORGANISED,
        (OrgState.ACTIVE, "liquidate"): OrgState.LIQUIDATED,
        (OrgState.ACTIVE, "merge"): OrgState.MERGED,
        (OrgState.ACTIVE, "withdraw"): OrgState.WITHDRAWN,
    },
    rule="ORGANISATION_STATE",
)
#: How an organisation ends: outcome → action.
ENDINGS = {OrgState.REORGANISED: "reorganise", OrgState.LIQUIDATED: "liquidate", OrgState.MERGED: "merge"}
#: Endings that leave somebody to carry on.
SUCCEEDED = frozenset({OrgState.REORGANISED, OrgState.MERGED})
_REFUSALS = {
    "publish": N_("Опубликовать можно только черновик организации"),
    "withdraw": N_("Изъять можно только черновик или действующую организацию"),
    "rename": N_("Сведения меняют у действующей организации"),
    "merge": N_("Присоединить можно только действующую организацию"),
    "reorganise": N_("Реорганизовать можно только действующую организацию"),
    "liquidate": N_("Ликвидировать можно только действующую организацию"),
}

#: Bodies of the whole krai or of the country; the others belong to a municipality (model 3.2).
_WITHOUT_TERRITORY = frozenset({OrgRole.IRO, OrgRole.MINISTRY, OrgRole.OTHER})

V = TypeVar("V")


def move(state: OrgState, action: str) -> OrgState:
    """The state after an action, or a refusal that says what the action needs (model 3.3)."""
    return after(ORGANISATION_STATES, state, action, _REFUSALS)


def check_roles(roles: Collection[OrgRole], municipality: str | None, edu_kind: EduOrgKind | None) -> None:
    """A ТМС must have a municipality; only krai and federal bodies go without one (BR-08)."""
    if not roles:
        raise Refused("BR-08", N_("Укажите хотя бы одну роль организации"), field="roles")
    if municipality is None and OrgRole.TMS in roles:
        raise Refused("BR-08", N_("Для ТМС укажите муниципальное образование"), field="municipality_oktmo")
    if municipality is None and not _WITHOUT_TERRITORY.issuperset(roles):
        raise Refused(
            "BR-08", N_("Для организации укажите муниципальное образование"), field="municipality_oktmo"
        )
    if edu_kind is not None and OrgRole.EDU_ORG not in roles:
        raise Refused("BR-08", N_("Вид указывают только для образовательной организации"), field="edu_kind")


def valid_on(versions: Iterable[tuple[date | None, V]], on: date) -> V:
    """The version valid on a date: the latest that has begun, else the earliest known (BR-06, BR-11).

    A version without a beginning has been valid «always». There must be at least one version.
    """
    ordered = sorted(versions, key=lambda version: version[0] or date.min)
    begun = [value for since, value in ordered if (since or date.min) <= on]
    return begun[-1] if begun else ordered[0][1]
