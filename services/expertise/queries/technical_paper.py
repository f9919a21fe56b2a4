"""D-04 on paper: the act of the technical check, always in Russian (F-20, BR-39)."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.expertise.model import Entry
from services.expertise.queries import blind, names
from services.expertise.queries.application_paper import moment_text
from services.expertise.queries.entry_access import readable_entry
from services.expertise.rules.vocabulary import CheckOutcome, EntryState
from shared import clock
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table
from shared.papers import PaperFile
from shared.person import Person
from shared.refusal import N_, NotFound
from shared.requisites import MEDIA_TYPES, PaperFormat, Requisites
from shared.unit import read

_OUTCOMES = {
    CheckOutcome.ADMITTED: "допустить к экспертизе",
    CheckOutcome.ADMITTED_WITH_REMARKS: "допустить к экспертизе с замечаниями",
    CheckOutcome.CONDITIONAL: "допустить условно, до исправления замечаний",
    CheckOutcome.REJECTED: "не допустить к экспертизе",
}


def technical_paper(session: Session, entry: Entry, requisites: Requisites | None = None) -> Document:
    """Requirements with remarks, the outcome and the term of correction (D-04)."""
    check = entry.checks[-1]
    called = names.organisations_called(session, [*entry.parties, entry.edition.series.organiser_id])
    blocks: list[Block] = [
        Facts(
            [
                ("Конкурс", entry.edition.title),
                ("Номинация", f"{entry.nomination.code} — {entry.nomination.title}"),
                ("Регистрационный номер", entry.reg_no or "—"),
                ("Соискатель", called(entry.applicant_id, entry.submitted_at)),
                ("Тема", entry.topic),
                ("Проверена", moment_text(check.at)),
            ]
        ),
        Heading("Требования"),
        Table(
            headers=("№", "Требование", "Выполнено", "Замечание"),
            rows=[
                (str(number), _capital(item["requirement"]), "да" if item["ok"] else "нет", item["remark"] or "—")
                for number, item in enumerate(check.items, 1)
            ],
            widths=(6, 40, 14, 40),
        ),
        Paragraph(f"Решено: {_OUTCOMES[check.outcome]}.", bold=True),
    ]
    if check.fix_until is not None:
        blocks.append(Paragraph(f"Исправить замечания не позднее {moment_text(check.fix_until)}."))
    if check.fixed_at is not None:
        blocks.append(Paragraph(f"Замечания исправлены {moment_text(check.fixed_at)}: {check.fix_note}"))
    elif check.fix_until is not None and entry.state is EntryState.REJECTED:
        blocks.append(Paragraph("Замечания в срок не исправлены, заявка не допущена."))
    blocks.append(Signatures([("Секретарь конкурса", "")]))
    return Document(
        title="Акт технической экспертизы",
        number=requisites.number if requisites else "",
        date=requisites.issued_on if requisites else clock.today(),
        org_head=[called(entry.edition.series.organiser_id, check.at)],
        blocks=blocks,
        verify_url=requisites.verify_url if requisites else "",
        verify_code=requisites.verify_code if requisites else "",
    )


def technical_file(who: Person, entry_id: UUID, form: PaperFormat) -> PaperFile:
    """A working print-out of the act for those who may see the entry."""
    entry = readable_entry(who, entry_id)
    blind.require_open(who, entry)
    if not entry.checks:
        raise NotFound(N_("акт технической экспертизы"))
    paper = technical_paper(read(), entry)
    name = f"Акт технической экспертизы {entry.reg_no}.{form.value}"
    return PaperFile(name, MEDIA_TYPES[form], paper.docx() if form is PaperFormat.DOCX else paper.pdf())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
