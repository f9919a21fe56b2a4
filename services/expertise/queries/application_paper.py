"""D-18 on paper: an entry by the form of its nomination, always in Russian (seed 1.1–5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.expertise.model import Entry
from services.expertise.queries import blind, names
from services.expertise.queries.entry_access import readable_entry
from services.expertise.queries.entry_card import sections_of
from services.expertise.queries.files import files_of
from services.expertise.queries.views import SectionView
from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import SectionKind
from shared import clock
from shared.documents import Block, Document, Facts, Heading, Paragraph, Table
from shared.papers import PaperFile
from shared.person import Person
from shared.requisites import MEDIA_TYPES, PaperFormat, Requisites
from shared.unit import read

HASH_SHOWN = 16


def application_paper(session: Session, entry: Entry, requisites: Requisites | None = None) -> Document:
    """The entry section by section with the list of its files; without requisites a working print-out."""
    called = names.organisations_called(session, entry.parties)
    blocks: list[Block] = []
    if requisites is None:
        blocks.append(Paragraph("Рабочая распечатка, не зарегистрирована как документ", align="center"))
    blocks.append(
        Facts(
            [
                ("Конкурс", entry.edition.title),
                ("Номинация", f"{entry.nomination.code} — {entry.nomination.title}"),
                ("Регистрационный номер", entry.reg_no or "—"),
                ("Подана", moment_text(entry.submitted_at) if entry.submitted_at else "не подана"),
                ("Соискатель", called(entry.applicant_id, entry.submitted_at)),
                *_together(entry, called),
                *_people(session, entry),
                ("Тема", entry.topic),
            ]
        )
    )
    if entry.summary:
        blocks += [Heading("Краткое описание"), *_paragraphs(entry.summary)]
    for section in sections_of(entry):
        blocks += _section(section)
    blocks += _enclosed(entry)
    return Document(
        title="Заявка на участие в конкурсе",
        number=requisites.number if requisites else "",
        date=requisites.issued_on if requisites else clock.today(),
        org_head=[called(entry.applicant_id, entry.submitted_at)],
        blocks=blocks,
        verify_url=requisites.verify_url if requisites else "",
        verify_code=requisites.verify_code if requisites else "",
    )


def application_file(who: Person, entry_id: UUID, form: PaperFormat) -> PaperFile:
    """A working print-out of an entry for those who may see it, also of a draft (D-18)."""
    entry = readable_entry(who, entry_id)
    blind.require_open(who, entry)
    paper = application_paper(read(), entry)
    name = f"Заявка {entry.reg_no or 'без номера'}.{form.value}"
    return PaperFile(name, MEDIA_TYPES[form], paper.docx() if form is PaperFormat.DOCX else paper.pdf())


def moment_text(moment: datetime) -> str:
    """A moment on the Moscow clock, to the second for a submission (BR-37)."""
    return f"{clock.local(moment):%d.%m.%Y %H:%M:%S} (МСК)"


def _together(entry: Entry, called: names.Called) -> list[tuple[str, str]]:
    others = [called(one.organisation_id, entry.submitted_at) for one in entry.co_applicants]
    return [("Соучастники", ", ".join(others))] if others else []


def _people(session: Session, entry: Entry) -> list[tuple[str, str]]:
    known = names.person_names(session, filter(None, [one.person_id for one in entry.authors]))
    said = [
        f"{known.get(one.person_id, names.UNKNOWN) if one.person_id else one.name} ({label(one.role)})"
        for one in entry.authors
    ]
    return [("Авторы и руководители", ", ".join(said))] if said else []


def _section(section: SectionView) -> list[Block]:
    blocks: list[Block] = [Heading(section.part)] if section.part else []
    blocks.append(Heading(f"{section.code} {section.title}", level=2))
    if section.kind is SectionKind.TABLE and section.rows:
        return [*blocks, Table(headers=section.columns, rows=section.rows)]
    return [*blocks, *_paragraphs(section.text or "—")]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _enclosed(entry: Entry) -> list[Block]:
    files = files_of(entry.id)
    if not files:
        return []
    rows = [
        (str(number), label(one.kind), one.filename, f"{one.sha256[:HASH_SHOWN]}…")
        for number, one in enumerate(files, 1)
    ]
    return [
        Heading("Приложения"),
        Table(headers=("№", "Вид", "Файл", "SHA-256"), rows=rows, widths=(6, 30, 40, 24)),
    ]

