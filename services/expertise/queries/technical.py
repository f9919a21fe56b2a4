"""The technical check from the secretary's side: what waits, what is checked, which files show it (BR-39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.expertise import access
from services.expertise.queries.entries import entries
from services.expertise.queries.entry_access import readable_entry
from services.expertise.queries.entry_card import sections_of
from services.expertise.queries.files import files_of
from services.expertise.queries.views import EntryLine, FileView
from services.expertise.rules.technical import SECTIONS, requirements
from services.expertise.rules.vocabulary import EntryState, Urgency
from shared import clock
from shared.person import Person

WAITING = (EntryState.SUBMITTED, EntryState.REGISTERED, EntryState.CONDITIONAL)
SOON = timedelta(hours=24)


@dataclass(frozen=True)
class QueueLine:
    """An entry that waits for the secretariat or for its applicant's fix."""

    entry: EntryLine
    urgency: Urgency


@dataclass(frozen=True)
class RequirementView:
    """A requirement with the files that show it and whether it looks met."""

    text: str
    files: Sequence[FileView]
    looks_met: bool


def technical_queue(who: Person, edition_id: UUID) -> list[QueueLine]:
    """What is submitted, registered or being fixed, the oldest submission first."""
    access.require_secretary(who)
    waiting = [one for one in entries(who, edition_id) if one.state in WAITING and one.submitted_at]
    waiting.sort(key=lambda one: (one.submitted_at or clock.now(), one.entry_id))
    return [QueueLine(one, _urgency(one)) for one in waiting]


def check_list(who: Person, entry_id: UUID) -> list[RequirementView]:
    """The requirements of the nomination's form, each beside the files of its kind."""
    access.require_secretary(who)
    entry = readable_entry(who, entry_id)
    template = entry.nomination.template
    files = files_of(entry_id)
    unfilled = [one.code for one in sections_of(entry) if one.required and not one.text]
    found = []
    for one in requirements(template.rules if template else None, entry.kind):
        shown = [file for file in files if file.kind is one.kind] if one.kind else []
        met = not unfilled if one.text == SECTIONS else bool(shown) if one.kind and template else True
        found.append(RequirementView(one.text, shown, met))
    return found


def _urgency(line: EntryLine) -> Urgency:
    if line.fix_until is None:
        return Urgency.NONE
    left = line.fix_until - clock.now()
    if left <= timedelta():
        return Urgency.OVER
    return Urgency.SOON if left <= SOON else Urgency.LATER

