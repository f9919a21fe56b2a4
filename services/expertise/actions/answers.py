"""Sections of an entry: written by the applicant, or proposed from the data of the network and then edited."""

from datetime import date
from typing import Any
from uuid import UUID

from services.expertise.actions import entry_content as content
from services.expertise.model import Entry
from services.expertise.queries import found
from services.expertise.queries.network import network_facts
from services.expertise.rules import technical
from services.expertise.rules.application import propose
from services.expertise.rules.files import OPEN
from services.expertise.rules.templates import Section, Template, check_text
from services.expertise.rules.vocabulary import EntryState, LedgerKind
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import Unit, work


def write_section(who: Person, *, entry_id: UUID, code: str, text: str) -> None:
    """Write a section of a draft, or of an entry whose remarks are being fixed or that is being revised."""
    with work(who) as u:
        entry, section = _editable(u, entry_id, code)
        text = "\n".join(text.splitlines()).strip()
        check_text(section, text)
        before = (entry.answers or {}).get(code) or {}
        edited = before.get("text") != text or bool(before.get("edited", True))
        _put(u, entry, code, text, edited=edited, on=before.get("data_on"))


def fill_section(who: Person, *, entry_id: UUID, code: str) -> None:
    """Fill or refresh a section from what registry and events have told, as of today (seed 1.2, 4.1, 4.3–4.6)."""
    with work(who) as u:
        entry, section = _editable(u, entry_id, code)
        proposal = propose(section, network_facts(u.session, clock.today()))
        if proposal is None:
            raise Refused("3.2 Entry", N_("Раздел %(code)s пишут сами, из данных он не заполняется"), code=code)
        check_text(section, proposal.text)
        _put(u, entry, code, proposal.text, edited=False, on=proposal.on)


def _editable(u: Unit, entry_id: UUID, code: str) -> tuple[Entry, Section]:
    entry = content.own(u, found.entry(u.session, entry_id))
    if entry.state not in OPEN:
        raise Refused("BR-37", N_("Поданную заявку не изменяют. Её можно отозвать"))
    if entry.state is EntryState.CONDITIONAL:
        technical.check_fix_in_time(entry.checks[-1].fix_until, clock.now())
    return entry, form_of(entry).section(code)


def form_of(entry: Entry) -> Template:
    """The form of the entry's nomination."""
    template = entry.nomination.template
    if template is None:
        raise Refused("3.2 Entry", N_("У номинации нет формы заявки"))
    return template.rules


def _put(u: Unit, entry: Entry, code: str, text: str, *, edited: bool, on: date | str | None) -> None:
    told: dict[str, Any] = {
        "text": text,
        "edited": edited,
        "data_on": on.isoformat() if isinstance(on, date) else on,
    }
    if (entry.answers or {}).get(code) == told:
        return
    entry.answers = {**(entry.answers or {}), code: told}
    u.journal("entry.section_written", entry, {"section": code})
    if entry.state is not EntryState.DRAFT:
        content.record(u, LedgerKind.ENTRY_CHANGED, entry, change="SECTION", section=code)
