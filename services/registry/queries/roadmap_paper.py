"""D-11 on paper: a roadmap with «УТВЕРЖДАЮ» and its items by three sections, always in Russian."""

from datetime import date
from uuid import UUID

from babel.dates import format_date

from services.registry.model import RoadmapVersion
from services.registry.queries.roadmaps import ItemRow, RoadmapCard, roadmap
from services.registry.rules.labels import label
from services.registry.rules.project_kinds import DuePrecision, Section
from shared.documents import Block, Document, Heading, Paragraph, Signatures, Table
from shared.papers import PaperFile
from shared.person import Person
from shared.requisites import MEDIA_TYPES, PaperFormat, Requisites

_PATTERNS = {
    DuePrecision.DAY: "dd.MM.yyyy",
    DuePrecision.MONTH: "LLLL yyyy",
    DuePrecision.QUARTER: "QQQQ yyyy",
    DuePrecision.YEAR: "yyyy",
}
_HEADERS = ("№", "Мероприятие", "Срок", "Ответственный", "Результат")


def due_words(due: date, precision: DuePrecision, locale: str = "ru") -> str:
    """A term as exactly as it is known: 05.03.2020, март 2020, 1-й квартал 2020, 2020."""
    return format_date(due, _PATTERNS[precision], locale=locale)


def roadmap_paper(card: RoadmapCard, requisites: Requisites | None = None) -> Document:
    """The roadmap as its version was approved; a draft says that it is one (D-11, F-35).

    Without requisites it is a working print-out, without number and code.
    """
    version = card.version
    blocks: list[Block] = _approval(version)
    for place, section in enumerate(Section, start=1):
        rows = [row for row in card.items if row.item.section is section]
        if rows:
            blocks += [Heading(f"{place}. {label(section)}"), _table(rows)]
    if version is not None and version.approved_by:
        blocks.append(Signatures([(version.approved_by, "")]))
    return Document(
        title=card.roadmap.title,
        number=requisites.number if requisites else "",
        date=requisites.issued_on if requisites else card.on,
        org_head=[card.roadmap.project.owner.full_name] if card.roadmap.project else [],
        blocks=blocks,
        verify_url=requisites.verify_url if requisites else "",
        verify_code=requisites.verify_code if requisites else "",
        landscape=True,
    )


def roadmap_file(
    who: Person, roadmap_id: UUID, form: PaperFormat, *, on: date | None = None, version: int | None = None
) -> PaperFile:
    """A working print-out of a roadmap, DOCX or PDF, for those who may read it (D-11)."""
    paper = roadmap_paper(roadmap(who, roadmap_id, on=on, version=version))
    name = f"{paper.title[:100]}.{form.value}"
    return PaperFile(name, MEDIA_TYPES[form], paper.docx() if form is PaperFormat.DOCX else paper.pdf())


def basis_words(version: RoadmapVersion) -> str:
    """The ground of an approval in words."""
    if version.act is not None:
        act = version.act
        return f"{label(act.kind)} № {act.number or 'б/н'} от {act.date:%d.%m.%Y}"
    if version.agreement is not None:
        return f"договор № {version.agreement.number} от {version.agreement.date:%d.%m.%Y}"
    return ""


def _approval(version: RoadmapVersion | None) -> list[Block]:
    if version is None or version.approved_on is None:
        return [Paragraph("ПРОЕКТ, не утверждён", align="center", bold=True)]
    return [
        Paragraph("УТВЕРЖДАЮ", align="left", bold=True),
        Paragraph(version.approved_by or "", align="left"),
        Paragraph(f"{version.approved_on:%d.%m.%Y}", align="left"),
        Paragraph(f"Основание: {basis_words(version)}. Версия {version.no}.", align="left"),
    ]


def _table(rows: list[ItemRow]) -> Table:
    """Items as the version has them; a term that was moved later is not a part of the approved paper."""
    return Table(
        headers=_HEADERS,
        rows=[
            (
                row.no,
                row.item.title,
                due_words(row.item.due_on, row.item.due_precision),
                row.item.responsible,
                row.item.result or "—",
            )
            for row in rows
        ],
        widths=(6, 40, 14, 20, 20),
    )
