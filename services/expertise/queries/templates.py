"""Forms of entries and the texts proposed for their sections."""

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import EntryTemplate, Nomination
from services.expertise.queries.entry_access import readable_entry
from services.expertise.queries.network import network_facts
from services.expertise.queries.views import ProposalView, TemplateView
from services.expertise.rules.application import propose
from shared import clock
from shared.person import Person
from shared.refusal import N_, NotAllowed, NotFound
from shared.unit import read


def templates() -> list[TemplateView]:
    """Every version of every form, by code, the newest first; forms are public like rubrics."""
    rows = read().scalars(sa.select(EntryTemplate).order_by(EntryTemplate.code, EntryTemplate.number.desc()))
    used = _used()
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append(_view(row, used, is_latest=row.code not in seen))
        seen.add(row.code)
    return found


def template(template_id: UUID) -> TemplateView:
    """One version of a form."""
    found = next((one for one in templates() if one.template_id == template_id), None)
    if found is None:
        raise NotFound(N_("форма заявки"))
    return found


def template_choices() -> list[tuple[UUID, str]]:
    """The newest version of each form, for a nomination."""
    return [
        (one.template_id, f"{one.code}, ред. {one.number} — {one.title}") for one in templates() if one.is_latest
    ]


def proposal(who: Person, entry_id: UUID, code: str) -> ProposalView | None:
    """What the data of today propose for a section; nothing for one that is written by hand."""
    entry = readable_entry(who, entry_id)
    if not access.may_file_for(who, entry.applicant_id):
        raise NotAllowed(N_("Заявку ведёт только сам соискатель"))
    if entry.nomination.template is None:
        return None
    section = entry.nomination.template.rules.section(code)
    if section.source is None:
        return None
    found = propose(section, network_facts(read(), clock.today()))
    return found and ProposalView(found.text, found.origins, found.on)


def _used() -> Mapping[UUID, int]:
    rows = read().execute(
        sa.select(Nomination.template_id, sa.func.count())
        .where(Nomination.template_id.is_not(None))
        .group_by(Nomination.template_id)
    )
    return {row[0]: row[1] for row in rows}


def _view(row: EntryTemplate, used: Mapping[UUID, int], *, is_latest: bool) -> TemplateView:
    return TemplateView(
        template_id=row.id,
        code=row.code,
        number=row.number,
        title=row.title,
        sections=row.sections,
        attachments=row.attachments,
        checks=row.checks,
        used=used.get(row.id, 0),
        is_latest=is_latest,
    )
