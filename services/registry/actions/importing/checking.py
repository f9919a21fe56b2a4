"""What each row of a sent table means: read, normalised, compared with the registry and with its own file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.registry.queries.importing import index as known
from services.registry.queries.importing import known as registry
from services.registry.rules.importing import columns, likeness, organisations, platforms
from services.registry.rules.importing.kinds import BatchKind, Verdict
from services.registry.rules.importing.likeness import Candidate, Known
from services.registry.rules.importing.notes import Note, note
from services.registry.rules.importing.organisations import Reading
from services.registry.rules.kinds import PlatformKind
from services.registry.rules.names import search_key
from services.registry.rules.platforms import Period
from shared import ids
from shared.refusal import N_
from shared.sheets import read_table

#: After how many rows the progress is told.
PORTION = 500


@dataclass(frozen=True)
class Checked:
    """A checked file: its header as the page shows it, and a row of ``import_row`` for each of its rows."""

    header: dict[str, Any]
    rows: list[dict[str, Any]]


def check(
    session: Session, batch_id: UUID, kind: BatchKind, content: bytes, progress: Callable[[int, int], None]
) -> Checked:
    """Read the file and judge every row; Refused when it is no table that could be read."""
    table = read_table(content)
    header = columns.recognise(kind, table.rows)
    judge = _organisations(session) if kind is BatchKind.ORGANISATIONS else _platforms(session)
    body = table.rows[header.row + 1 :]
    rows = []
    for done, (number, cells) in enumerate(body, start=1):
        named = {field: cells[at] for at, field in header.fields.items() if at < len(cells)}
        result_id = ids.new_id()
        rows.append(
            {
                "id": ids.new_id(),
                "batch_id": batch_id,
                "number": number,
                "raw": cells,
                "decision": None,
                "decided_id": None,
                "result_id": result_id,
                "applied": None,
                **judge(number, named, str(result_id)),
            }
        )
        if done % PORTION == 0:
            progress(done, len(body))
    return Checked(
        header={
            "cells": table.rows[header.row][1],
            "fields": {str(at): field for at, field in header.fields.items()},
            "unknown": header.unknown,
            "unread": table.unread,
        },
        rows=rows,
    )


Judge = Callable[[int, dict[str, str], str], dict[str, Any]]


def _organisations(session: Session) -> Judge:
    index, territories = registry.organisations(session), registry.territories(session)

    def judge(number: int, cells: dict[str, str], key: str) -> dict[str, Any]:
        reading = organisations.read(cells, territories)
        if reading.faults:
            return _row(reading, Verdict.ERROR)
        raw = cells["full_name"]
        row = organisations.known(reading.values, key, number, raw)
        candidates = index.candidates(row)
        alike = known.likeness(row.name, candidates[0].known.name) if candidates else 100
        found = likeness.judge(row, candidates, alike)
        verdict, shown = found.verdict, [_shown(one, row) for one in candidates]
        if found.target is not None:
            verdict = _remember(index, found.target, row, raw)
        else:
            index.add(row)
            if search_key(raw) != search_key(row.name):
                index.spell(row.id, raw)
        return _row(reading, verdict, found.reason, found.target, shown)

    return judge


def _remember(index: known.Index, target: Known, row: Known, raw: str) -> Verdict:
    """Later rows meet the target with what this one adds to it; nothing to add means that nothing changes."""
    added, _ = organisations.additions(target.facts, row.facts)
    new_spelling = raw not in target.spellings
    if new_spelling:
        index.spell(target.id, raw)
    for name, value in added.items():
        target.facts[name] = sorted({*target.facts.get(name, ()), *value}) if name == "roles" else value
    return Verdict.MERGE if added or new_spelling else Verdict.SAME


def _shown(candidate: Candidate, row: Known) -> dict[str, Any]:
    """A candidate as the page shows it: who, why, what a merge adds, what stays as the registry has it."""
    target = candidate.known
    added, kept = organisations.additions(target.facts, row.facts)
    return {
        "id": target.id,
        "name": target.name,
        "row": target.row,
        "reason": candidate.reason(),
        "same_name": target.oktmo == row.oktmo and search_key(target.name) == search_key(row.name),
        "added": added,
        "kept": kept,
    }


def _platforms(session: Session) -> Judge:
    find, act = registry.find_organisation(registry.organisations(session)), registry.find_act(session)
    taken = registry.platforms(session)

    def judge(number: int, cells: dict[str, str], key: str) -> dict[str, Any]:
        reading = platforms.read(cells, find, act)
        if reading.faults:
            return _row(reading, Verdict.ERROR)
        kind, topic = PlatformKind(reading.values["kind"]), search_key(reading.values["topic"])[:1000]
        begun, until = _day(reading.values["valid_from"]), _day(reading.values.get("valid_to"))
        assert begun is not None
        period = Period(begun, until, None)
        for holder in reading.values["holders"]:
            for other, since, to, named in taken.get((kind, holder), ()):
                if named == topic and Period(since, to, None).overlaps(period):
                    return _double(reading, other, (since, to) == (begun, until))
        for holder in reading.values["holders"]:
            taken.setdefault((kind, holder), []).append((number, begun, until, topic))
        return _row(reading, Verdict.NEW)

    return judge


def _double(reading: Reading, other: UUID | int, same: bool) -> dict[str, Any]:
    """The same platform once more is nothing new; another term of it is an error (BR-20)."""
    if same:
        reason = (
            note(N_("повторяет строку %(row)s"), row=other)
            if isinstance(other, int)
            else note(N_("такая площадка с этим сроком уже есть"))
        )
        return {**_row(reading, Verdict.SAME, reason), "target_id": None if isinstance(other, int) else other}
    reading.faults["topic"] = {
        **note(N_("У организации уже есть действующая площадка этого вида с этой темой")),
        "rule": "BR-20",
    }
    return _row(reading, Verdict.ERROR)


def _row(
    reading: Reading,
    verdict: Verdict,
    reason: Note | None = None,
    target: Known | None = None,
    candidates: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    return {
        "understood": reading.values,
        "changes": reading.changes,
        "faults": reading.faults,
        "verdict": verdict,
        "reason": reason,
        "target_id": UUID(target.id) if target else None,
        "target_row": target.row if target else None,
        "candidates": list(candidates),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
