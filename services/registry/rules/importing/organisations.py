"""A row of a table of organisations as the registry would keep it (BR-07…BR-10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.registry.rules import codes
from services.registry.rules import organisations as rules
from services.registry.rules.importing import values
from services.registry.rules.importing.likeness import Known
from services.registry.rules.importing.notes import Note, fault, refusal
from services.registry.rules.importing.territories import Territories
from services.registry.rules.kinds import EduOrgKind, OrgRole
from services.registry.rules.names import clean, search_key
from shared.refusal import N_, Refused

#: What a merge fills in where the registry has nothing; what the registry has is never overwritten.
FILLED = ("inn", "ogrn", "legal_form", "edu_kind", "site", "email")


@dataclass
class Reading:
    """A row as it was understood: values, what was changed from the raw text, what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, Note] = field(default_factory=dict)

    def take(self, name: str, raw: str, read: Callable[[str], Any]) -> None:
        """Read one cell; a refusal becomes a fault of its field, a difference from the raw text is kept."""
        if not raw.strip():
            return
        try:
            value = read(raw)
        except Refused as refused:
            self.faults.setdefault(name, refusal(refused))
            return
        self.values[name] = value
        shown = "; ".join(value) if isinstance(value, list) else str(value)
        if shown != raw:
            self.changes[name] = [raw, shown]


def read(cells: Mapping[str, str], territories: Territories) -> Reading:
    """Normalise a row and find everything that is wrong with it, field by field."""
    row = Reading()
    row.take("full_name", cells.get("full_name", ""), lambda raw: limited(clean(raw), 500, "full_name"))
    row.take("short_name", cells.get("short_name", ""), lambda raw: limited(clean(raw), 200, "short_name"))
    row.take("municipality_oktmo", cells.get("municipality", ""), territories.find)
    row.take("roles", cells.get("roles", ""), lambda raw: [role.value for role in values.roles(raw)])
    row.take(
        "edu_kind", cells.get("edu_kind", ""), lambda raw: values.code(EduOrgKind, raw, "edu_kind").value
    )
    row.take("legal_form", cells.get("legal_form", ""), values.legal_form)
    row.take("inn", cells.get("inn", ""), lambda raw: codes.inn(values.digits(raw)))
    row.take("ogrn", cells.get("ogrn", ""), lambda raw: codes.ogrn(values.digits(raw)))
    row.take("site", cells.get("site", ""), values.site)
    row.take("email", cells.get("email", ""), values.email)
    if "full_name" not in row.values:
        fault(row.faults, "full_name", N_("Укажите наименование организации"))
    elif key := search_key(row.values["full_name"]):
        row.values["search_key"] = key[:500]
    else:
        fault(row.faults, "full_name", N_("В наименовании нет ни одной буквы"))
    if len(cells.get("full_name", "")) > 700:
        fault(row.faults, "full_name", N_("Не длиннее %(limit)s знаков"), limit=500)
    _check(row)
    return row


def limited(text: str, most: int, name: str) -> str:
    """Text that the registry has room for; a longer one is refused, not cut."""
    if len(text) > most:
        raise Refused("IMPORT", N_("Не длиннее %(limit)s знаков"), field=name, limit=most)
    return text


def known(values_: Mapping[str, Any], key: str, row: int, spelling: str) -> Known:
    """The row as something that later rows may mean."""
    return Known(
        id=key,
        name=values_["full_name"],
        oktmo=values_.get("municipality_oktmo"),
        inn=values_.get("inn"),
        ogrn=values_.get("ogrn"),
        row=row,
        facts=dict(values_),
        spellings={values_["full_name"], spelling},
    )


def additions(
    facts: Mapping[str, Any], values_: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What a merge adds to an organisation, and where file and registry differ: the registry stays (BR-07)."""
    added = {name: values_[name] for name in FILLED if values_.get(name) and not facts.get(name)}
    roles = sorted(set(values_.get("roles", ())) - set(facts.get("roles", ())))
    if roles:
        added["roles"] = roles
    if "edu_kind" in added and OrgRole.EDU_ORG not in {*facts.get("roles", ()), *roles}:
        del added["edu_kind"]
    kept = {
        name: [str(facts[name]), str(values_[name])]
        for name in (*FILLED, "short_name")
        if values_.get(name) and facts.get(name) and facts[name] != values_[name]
    }
    return added, kept


def _check(row: Reading) -> None:
    """The rules of BR-08, as far as the cells could be read."""
    roles = [OrgRole(role) for role in row.values.get("roles", ())]
    if not roles and "roles" not in row.faults:
        # A kind of education organisation says what it is; nothing else does.
        if row.values.get("edu_kind"):
            roles = [OrgRole.EDU_ORG]
            row.values["roles"] = [OrgRole.EDU_ORG.value]
            row.changes["roles"] = ["", OrgRole.EDU_ORG.value]
        else:
            fault(row.faults, "roles", N_("Укажите хотя бы одну роль организации"))
    if not roles or "municipality_oktmo" in row.faults:
        return
    kind = row.values.get("edu_kind")
    try:
        rules.check_roles(roles, row.values.get("municipality_oktmo"), EduOrgKind(kind) if kind else None)
    except Refused as refused:
        row.faults.setdefault(refused.field or "roles", refusal(refused))
