"""A row of a table of platforms as the registry would keep it: the platform's own rules decide (BR-19…BR-23)."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from services.registry.rules import platforms as rules
from services.registry.rules.importing import values
from services.registry.rules.importing.notes import fault, refusal
from services.registry.rules.importing.organisations import Reading, limited
from services.registry.rules.kinds import ActKind, PlatformKind
from services.registry.rules.names import clean, search_key
from shared.refusal import N_, Refused

#: ``organisation(text, field)`` gives identifier and name of the one organisation that the text names, or refuses.
FindOrganisation = Callable[[str, str], tuple[UUID, str]]
#: ``act(number, date)`` gives identifier and kind of the one act, or refuses.
FindAct = Callable[[str, date], tuple[UUID, ActKind]]


def read(cells: Mapping[str, str], organisation: FindOrganisation, act: FindAct) -> Reading:
    """Normalise a row and find everything that is wrong with it, field by field."""
    row = Reading()
    row.take("topic", cells.get("topic", ""), lambda raw: limited(clean(raw), 1000, "topic"))
    row.take("kind", cells.get("kind", ""), lambda raw: values.code(PlatformKind, raw, "kind").value)
    row.take("basis", cells.get("basis", ""), lambda raw: limited(clean(raw), 300, "basis"))
    row.take("valid_from", cells.get("valid_from", ""), lambda raw: values.day(raw, "valid_from").isoformat())
    row.take("valid_to", cells.get("valid_to", ""), lambda raw: values.day(raw, "valid_to").isoformat())
    for name in ("holders", "hub", "members"):
        _take_organisations(row, name, cells.get(name, ""), organisation)
    act_kind = _take_act(row, cells, act)
    for name, text in (
        ("topic", N_("Укажите тему площадки")),
        ("kind", N_("Укажите вид площадки")),
        ("holders", N_("Укажите организацию — держателя площадки")),
        ("valid_from", N_("Укажите, с какого дня действует статус")),
    ):
        if name not in row.values:
            fault(row.faults, name, text)
    if "topic" in row.values and not search_key(row.values["topic"]):
        fault(row.faults, "topic", N_("Укажите тему площадки"))
    if not row.faults:
        _check(row, act_kind)
    return row


#: Fields of the platform's rules under the names of our columns.
_COLUMNS = {"holder_ids": "holders", "hub_id": "hub", "member_ids": "members", "act_id": "act"}


def _take_organisations(row: Reading, name: str, raw: str, find: FindOrganisation) -> None:
    found, names = [], []
    for item in values.names_listed(raw):
        try:
            key, named = find(item, name)
            found.append(str(key))
            names.append(named)
        except Refused as refused:
            row.faults.setdefault(name, refusal(refused))
    if found and name not in row.faults:
        row.values[name] = found
        if (shown := "; ".join(names)) != raw:
            row.changes[name] = [raw, shown]
    if name == "hub" and len(found) > 1:
        fault(row.faults, "hub", N_("Сетевой центр только один"))


def _take_act(row: Reading, cells: Mapping[str, str], find: FindAct) -> ActKind | None:
    raw = cells.get("act", "").strip()
    if not raw:
        return None
    try:
        number, dated = values.act(raw, cells.get("act_date", "").strip())
        found, kind = find(number, dated)
    except Refused as refused:
        row.faults.setdefault(refused.field or "act", refusal(refused))
        return None
    row.values["act_id"], row.values["act_date"] = str(found), dated.isoformat()
    row.values["act"] = number
    return kind


def _check(row: Reading, act_kind: ActKind | None) -> None:
    """Composition, ground, beginning and term, as for a platform entered by hand."""
    kind = PlatformKind(row.values["kind"])
    begun = date.fromisoformat(row.values["valid_from"])
    until = row.values.get("valid_to")
    holders = [UUID(one) for one in row.values["holders"]]
    hub = row.values.get("hub")
    acted = row.values.get("act_date")
    try:
        rules.check_composition(
            kind, holders, UUID(hub[0]) if hub else None, [UUID(one) for one in row.values.get("members", ())]
        )
        rules.check_basis(kind, act_kind, row.values.get("basis"))
        rules.check_start(date.fromisoformat(acted) if acted else None, begun)
        end = rules.end_of_term(kind, begun, date.fromisoformat(until) if until else None)
    except Refused as refused:
        column = _COLUMNS.get(refused.field or "", refused.field or "kind")
        row.faults.setdefault(column, refusal(refused))
        return
    if end is not None and until is None:
        row.values["valid_to"] = end.isoformat()
        row.changes["valid_to"] = ["", end.isoformat()]
