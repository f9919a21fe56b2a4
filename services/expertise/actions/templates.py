"""Forms of entries: a new version instead of a change, chosen by a nomination (BR-36)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.actions import ledger
from services.expertise.model import EntryTemplate
from services.expertise.queries import found
from services.expertise.rules.templates import read_template
from services.expertise.rules.vocabulary import EditionState, LedgerKind
from shared.person import Person
from shared.refusal import N_, NotFound, Refused
from shared.unit import Unit, work


def add_template(
    who: Person,
    *,
    code: str,
    title: str,
    sections: Sequence[Mapping[str, Any]],
    attachments: Sequence[Mapping[str, Any]] = (),
    checks: Sequence[str] = (),
) -> UUID:
    """Write a form of an entry; with a known code its next version, the earlier ones stay as they are (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        template = read_template(sections, attachments, checks)
        last = u.session.scalar(
            sa.select(sa.func.max(EntryTemplate.number)).where(EntryTemplate.code == code)
        )
        row = u.add(
            EntryTemplate(
                code=code,
                number=(last or 0) + 1,
                title=title,
                sections=[section.as_data() for section in template.sections],
                attachments=[
                    {"kind": kind.value, "required": required}
                    for kinds, required in ((template.required_files, True), (template.optional_files, False))
                    for kind in kinds
                ],
                checks=list(template.checks),
            )
        )
        u.journal("entry_template.added", row, {"code": code, "number": row.number})
        return row.id


def use_template(who: Person, *, nomination_id: UUID, template_id: UUID | None) -> None:
    """Choose the form of a nomination's entries, or none; possible until ACCEPTING (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        nomination = found.nomination(u.session, nomination_id)
        if nomination.edition.state not in (EditionState.DRAFT, EditionState.ANNOUNCED):
            raise Refused(
                "BR-36", N_("Форму заявки не меняют с начала приёма заявок"), field="template_id"
            )
        if template_id is not None and u.session.get(EntryTemplate, template_id) is None:
            raise NotFound(N_("форма заявки"))
        nomination.template_id = template_id
        ledger.record(
            u,
            LedgerKind.EDITION_RULES,
            edition_id=nomination.edition_id,
            subject_id=nomination.id,
            data={"template": str(template_id) if template_id else None},
        )
        u.journal("nomination.template_set", nomination, {"template_id": str(template_id)})


def latest_template(u: Unit, code: str | None) -> EntryTemplate | None:
    """The newest version of a form by its code, for a nomination that is being drafted."""
    if not code:
        return None
    row = u.session.scalar(
        sa.select(EntryTemplate)
        .where(EntryTemplate.code == code)
        .order_by(EntryTemplate.number.desc())
        .limit(1)
    )
    if row is None:
        raise Refused("BR-36", N_("Формы заявки с кодом %(code)s нет"), field="nominations", code=code)
    return row
