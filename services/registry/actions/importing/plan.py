"""What the rows of a batch come to: new organisations, and additions to known ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.registry.rules.facts import Basis
from services.registry.rules.importing.kinds import Decision, Verdict
from services.registry.rules.importing.organisations import additions
from shared import ids
from shared.refusal import N_, Refused

#: How many keys one question asks for.
PORTION = 2000


@dataclass
class Row:
    """A row of a batch that is to be applied."""

    id: UUID
    number: int
    result_id: UUID
    values: dict[str, Any]
    raw_name: str
    chosen: bool


@dataclass
class Plan:
    """New organisations in the order of the file; rows merged into known ones and into new ones."""

    new: list[Row] = field(default_factory=list)
    merged: dict[UUID, list[Row]] = field(default_factory=dict)


def plan(rows: Iterable[Any], name_at: int) -> Plan:
    """Follow every decision; a row merged into a row that is left out would hang in the air and is refused."""
    found = Plan()
    means: dict[UUID, UUID] = {}
    left_out: dict[UUID, int] = {}
    for one in rows:
        act = one.decision or _by_itself(one.verdict)
        row = Row(
            one.id, one.number, one.result_id, one.understood,
            one.raw[name_at] if name_at < len(one.raw) else "", one.decision is not None,
        )  # fmt: skip
        if act is Decision.NEW:
            found.new.append(row)
            means[row.result_id] = row.result_id
        elif act is Decision.MERGE or (act is None and one.target_id is not None):
            target = one.decided_id or one.target_id
            if target in left_out:
                raise Refused(
                    "IMPORT",
                    N_("Строка %(row)s объединяется со строкой %(other)s, которая пропущена"),
                    row=row.number,
                    other=left_out[target],
                )
            means[row.result_id] = means.get(target, target)
            if act is Decision.MERGE:
                found.merged.setdefault(means[row.result_id], []).append(row)
        else:
            left_out[row.result_id] = row.number
    return found


def fill(facts: Mapping[str, Any], rows: Iterable[Row]) -> tuple[dict[str, Any], list[Row]]:
    """What these rows add to one organisation together, the earlier row first; rows with a new spelling."""
    known, spelled = dict(facts), []
    texts = {facts["full_name"], *facts.get("aliases", ())}
    for row in rows:
        added, _ = additions(known, row.values)
        for name, value in added.items():
            known[name] = sorted({*known.get(name, ()), *value}) if name == "roles" else value
        if row.raw_name and row.raw_name not in texts:
            texts.add(row.raw_name)
            spelled.append(row)
    changed = {name: value for name, value in known.items() if value != facts.get(name)}
    return changed, spelled


def basis(source: str, row: Row) -> Basis:
    """What imported facts rest on: the file and its row (F7)."""
    return Basis.source(f"{source}, строка {row.number}")


def alias(organisation_id: UUID, row: Row, source: str) -> dict[str, Any]:
    """The raw spelling of a row, kept as it stood in the file (BR-07)."""
    return {
        "id": ids.new_id(),
        "organisation_id": organisation_id,
        "text": row.raw_name[:700],
        # The spelling and the name made of it have one key (BR-07).
        "search_key": row.values["search_key"],
        "source": f"{source}, строка {row.number}"[:300],
    }


def portions(keys: Collection[Any]) -> Iterator[list[Any]]:
    """Keys in portions that fit into one question."""
    listed = list(keys)
    for start in range(0, len(listed), PORTION):
        yield listed[start : start + PORTION]


def _by_itself(verdict: Verdict) -> Decision | None:
    """What is done with a row about which nobody decided anything."""
    return {Verdict.NEW: Decision.NEW, Verdict.MERGE: Decision.MERGE}.get(verdict)
