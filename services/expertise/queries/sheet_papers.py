"""What the papers about score sheets say: the conclusion (D-02) and the sheet, filled or blank (D-03)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from services.expertise.model import Entry, Nomination, ScoreSheet
from services.expertise.queries import blind, names
from services.expertise.readmodel import Organisation
from services.expertise.rules.labels import label
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.vocabulary import StageKind
from shared import clock
from shared.documents import Block, Document, Facts, Heading, PageBreak, Paragraph, Signatures, Table
from shared.requisites import Requisites

EMPTY = ""


@dataclass(frozen=True, kw_only=True)
class SheetText:
    """A signed sheet as a paper tells it; ``expert`` is a name, or a code where names are not shown (BR-61)."""

    stage: str
    expert: str
    scores: Mapping[str, Decimal]
    comments: Mapping[str, str]
    total: Decimal
    percent: Decimal
    strong_sides: str
    remarks: str
    recommendation: str
    signed_on: date


def sheet_text(sheet: ScoreSheet, expert: str) -> SheetText:
    """The words of a sheet."""
    assert sheet.signed_at is not None
    return SheetText(
        stage=label(sheet.assignment.stage.kind),
        expert=expert,
        scores=sheet.exact_scores,
        comments=sheet.comments,
        total=sheet.total,
        percent=sheet.percent,
        strong_sides=sheet.conclusion,
        remarks=sheet.remarks,
        recommendation=label(sheet.recommendation) if sheet.recommendation else "",
        signed_on=clock.local(sheet.signed_at).date(),
    )


def conclusion(
    session: Session, requisites: Requisites, entry: Entry, sheets: Sequence[SheetText]
) -> Document:
    """D-02: one conclusion, or all those about an entry, each on its own page (F-14, F-28, F-29)."""
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets):
        if number:
            blocks.append(PageBreak())
        blocks += [
            _about(session, entry, sheet),
            _scores(entry.nomination.rubric.rules, sheet),
            *_totals(entry.nomination.rubric.rules, sheet),
            *_words("Сильные стороны", sheet.strong_sides),
            *_words("Замечания", sheet.remarks),
            *_words("Рекомендация", sheet.recommendation),
            Signatures([(f"Эксперт, {sheet.signed_on:%d.%m.%Y}", sheet.expert)]),
        ]
    return _document(session, "Экспертное заключение", requisites, entry, blocks)


def filled_sheet(session: Session, requisites: Requisites, entry: Entry, sheet: SheetText) -> Document:
    """D-03, filled: as the conclusion without its text part."""
    rubric = entry.nomination.rubric.rules
    return _document(
        session,
        "Оценочный лист",
        requisites,
        entry,
        [
            _about(session, entry, sheet),
            _scores(rubric, sheet),
            *_totals(rubric, sheet),
            Signatures([(f"Эксперт, {sheet.signed_on:%d.%m.%Y}", sheet.expert)]),
        ],
    )


def blank_sheet(session: Session, nomination: Nomination, stage: StageKind | None) -> Document:
    """D-03, blank: a working print-out to be filled in by hand at the in-person stage."""
    rubric = nomination.rubric.rules
    edition = nomination.edition
    blocks: list[Block] = [
        Facts(
            [
                ("Конкурс", edition.title),
                ("Номинация", f"{nomination.code}. {nomination.title}"),
                *([("Этап", label(stage))] if stage else []),
                ("Заявка №", "______________________________"),
                ("Эксперт", "______________________________"),
            ]
        ),
        Table(
            ("Критерий", "Вес", "Шкала", "Оценка", "Комментарий"),
            [
                [
                    f"{one.code}. {one.title}" + (f". {one.description}" if one.description else ""),
                    shown(one.weight),
                    _scale(rubric.scale(one)),
                    EMPTY,
                    EMPTY,
                ]
                for one in rubric.criteria
            ],
            widths=(6, 1, 3, 2, 5),
            numeric=(1,),
        ),
        Facts([("Итого", "__________"), ("Максимум", shown(rubric.maximum))]),
    ]
    anchored = [one for one in rubric.criteria if one.anchors]
    if anchored:
        blocks.append(Heading("Что означают оценки"))
        blocks.append(
            Table(
                ("Критерий", "Оценка", "Что она означает"),
                [
                    [one.code, shown(value), text]
                    for one in anchored
                    for value, text in one.anchors
                ],
                widths=(2, 1, 8),
                numeric=(1,),
            )
        )
    blocks.append(Signatures([("Эксперт", "")]))
    return Document(
        title="Оценочный лист", date=clock.today(), org_head=_head(session, edition.series.organiser_id), blocks=blocks
    )


def _about(session: Session, entry: Entry, sheet: SheetText) -> Facts:
    if entry.edition.hides_applicants:
        # Whoever prints it: the paper is printed once, and its expert reads it too (F18).
        cover = blind.veil(session, entry)
        told = [("Шифр работы", cover.code), ("Тема", cover.hide(entry.topic))]
    else:
        applicant = session.get(Organisation, entry.applicant_id)
        told = [
            ("Регистрационный номер", entry.label),
            ("Тема", entry.topic),
            ("Соискатель", names.called(applicant, entry.submitted_at)),
        ]
    return Facts(
        [
            ("Конкурс", entry.edition.title),
            ("Номинация", f"{entry.nomination.code}. {entry.nomination.title}"),
            *told,
            ("Этап", sheet.stage),
        ]
    )


def _scores(rubric: Rubric, sheet: SheetText) -> Table:
    return Table(
        ("Критерий", "Вес", "Балл", "Комментарий"),
        [
            [
                f"{one.code}. {one.title}",
                shown(one.weight),
                shown(sheet.scores.get(one.code)),
                sheet.comments.get(one.code, EMPTY),
            ]
            for one in rubric.criteria
        ],
        widths=(6, 1, 1, 7),
        numeric=(1, 2),
    )


def _totals(rubric: Rubric, sheet: SheetText) -> list[Block]:
    return [
        Facts(
            [
                ("Итого", f"{shown(sheet.total)} из {shown(rubric.maximum)}"),
                ("Процент от максимума", f"{sheet.percent:.2f}".replace(".", ",") + " %"),
            ]
        )
    ]


def _words(title: str, text: str) -> list[Block]:
    if not text.strip():
        return []
    return [Heading(title), *(Paragraph(line) for line in text.splitlines() if line.strip())]


def shown(value: Decimal | None) -> str:
    """A number with a decimal comma and without zeros that say nothing."""
    return "—" if value is None else format(value.normalize(), "f").replace(".", ",")


def _scale(values: Sequence[Decimal]) -> str:
    if len(values) > 6:
        return f"{shown(values[0])}…{shown(values[-1])}, шаг {shown(values[1] - values[0])}"
    return "; ".join(map(shown, values))


def _head(session: Session, organiser_id: object) -> list[str]:
    organiser = session.get(Organisation, organiser_id)
    return [organiser.full_name] if organiser else []


def _document(
    session: Session, title: str, requisites: Requisites, entry: Entry, blocks: Sequence[Block]
) -> Document:
    return Document(
        title=title,
        number=requisites.number,
        date=requisites.issued_on,
        org_head=_head(session, entry.edition.series.organiser_id),
        blocks=blocks,
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )
