"""D-20: the list of normative acts as of a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from services.registry import model
from services.registry.queries.act_cards import redactions
from services.registry.queries.acts import end_of_force, forces, recorded_by, state_of
from services.registry.queries.asof import as_of
from services.registry.queries.network import network_operator_id
from services.registry.queries.papers import papers_of
from services.registry.rules.kinds import ActLevel, ActState
from services.registry.rules.papers import PaperKind
from shared import bibliography as rules
from shared.documents import Document, Paragraph
from shared.person import Person
from shared.requisites import Requisites
from shared.unit import read


@dataclass(frozen=True)
class Bibliography:
    """The list as of a day: its parts by level, each with its lines."""

    on: date
    known: date | None
    parts: list[tuple[ActLevel, list[str]]]

    @property
    def paragraphs(self) -> list[str]:
        """The list as the seed prints it, one paragraph a level."""
        return [rules.paragraph(level, lines) for level, lines in self.parts]


def bibliography(
    *,
    on: date | None = None,
    known: date | None = None,
    level: ActLevel | None = None,
    with_repealed: bool = False,
) -> Bibliography:
    """Acts in force on a day under the names of their issuers of their dates (D-20, BR-06).

    ``with_repealed`` adds those that are over, each with the day since when.
    """
    at = as_of(on, known)
    act = model.Act
    query = (
        sa.select(act)
        .options(joinedload(act.issuer).selectinload(model.Organisation.names))
        .where(act.in_force_from <= at.on, recorded_by(known))
    )
    if level:
        query = query.where(act.level == level)
    rows = list(read().scalars(query))
    force = forces(None, known)
    state = {row.id: state_of(force.get(row.id), at.on) for row in rows}
    wanted = {ActState.IN_FORCE, ActState.REPEALED} if with_repealed else {ActState.IN_FORCE}
    shown = [row for row in rows if state[row.id] in wanted]
    chains = redactions({row.id for row in shown}, at.on, known)
    cited = [
        rules.Cited(
            kind=row.kind,
            number=row.number,
            date=row.date,
            title=row.title,
            level=row.level,
            issuer=row.issuer_name,
            place=row.place,
            amended=[(one.date, one.number) for one in chains[row.id]],
            ended=end_of_force(force.get(row.id)) if state[row.id] is ActState.REPEALED else None,
        )
        for row in shown
    ]
    return Bibliography(at.on, known, [(ActLevel(one), lines) for one, lines in rules.parts(cited)])


def bibliography_document(found: Bibliography, operator_id: UUID, requisites: Requisites) -> Document:
    """The list as a paper; a list is of the network, so the operator stands above the title (D-20)."""
    operator = read().get(model.Organisation, operator_id)
    return Document(
        title="Перечень нормативных актов",
        date=requisites.issued_on,
        number=requisites.number,
        org_head=[operator.full_name] if operator else [],
        blocks=[
            Paragraph(f"По состоянию на {found.on:%d.%m.%Y}", align="center"),
            *(Paragraph(text) for text in found.paragraphs),
        ],
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )


def bibliography_papers(who: Person) -> list[model.Paper]:
    """Lists that were printed before and that this person may read, the latest first."""
    operator_id = network_operator_id()
    return papers_of(who, operator_id, PaperKind.D20_BIBLIOGRAPHY) if operator_id else []
