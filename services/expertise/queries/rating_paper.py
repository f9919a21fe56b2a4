"""D-05: the rating of a nomination on a wide page and as a table for spreadsheets (BR-47…BR-53, BR-58)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.expertise.model import ContestEdition, Nomination
from services.expertise.queries.protocol_paper import decimal_words, organiser_name
from services.expertise.queries.rating import rating_for_paper
from services.expertise.queries.views import RatingRow
from services.expertise.rules.labels import label
from services.expertise.rules.states import EDITION_IS_OVER
from services.expertise.rules.vocabulary import AssignmentKind, StageKind
from shared import clock
from shared.documents import Block, Document, Facts, Paragraph, Table
from shared.refusal import N_
from shared.requisites import Requisites


def rating_paper(
    session: Session, edition: ContestEdition, nomination: Nomination, requisites: Requisites
) -> Document:
    """Place, number, organisation, municipality, topic, experts' scores by code, spread, stages, final (D-05)."""
    rows, digest = rating_for_paper(session, edition, nomination)
    blocks: list[Block] = [
        Paragraph(edition.title, align="center", bold=True),
        Paragraph(f"Номинация {nomination.code} «{nomination.title}»", align="center"),
    ]
    if edition.state not in EDITION_IS_OVER:
        blocks.append(Paragraph("Предварительные результаты", align="center", bold=True))
    blocks += [
        Facts(
            [
                ("Проходной балл", decimal_words(edition.policy.threshold)),
                ("Квота", str(nomination.quota) if nomination.quota else "не установлена"),
                ("Заявок", str(len(rows))),
            ]
        ),
        Table(
            (
                "Место",
                "Номер",
                "Организация",
                "Муниципалитет",
                "Тема",
                "Баллы экспертов",
                "Разброс",
                "Баллы этапов",
                "Итог",
                "Что решило при равенстве",
                "Прошла",
                "Звание",
            ),
            [_line(row) for row in rows],
            widths=(4, 9, 10, 9, 14, 12, 6, 10, 6, 9, 6, 8),
            numeric=(0, 6, 8),
        ),
        Paragraph(f"Контрольная сумма ведомости (SHA-256): {digest}", align="left"),
    ]
    return Document(
        title="Сводный рейтинг",
        number=requisites.number,
        date=requisites.issued_on,
        org_head=[organiser_name(session, edition, requisites.issued_on)],
        blocks=blocks,
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
        landscape=True,
    )


def rating_sheet(
    rows: Sequence[RatingRow], stages: Sequence[StageKind], label_of: Any
) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows for a spreadsheet: every expert's score in a column of its own, numbers as numbers.

    ``label_of`` gives a word of a dictionary, or a msgid, in the language of the reader.
    """
    most = {
        kind: max((sum(cell.stage_kind is kind for _, cell in row.coded) for row in rows), default=0)
        for kind in stages
    }
    headers = [label_of(text) for text in SHEET_HEADERS]
    for kind in stages:
        for number in range(1, most[kind] + 1):
            headers += [
                f"{label_of(kind)}: {label_of(EXPERT)} {number}",
                f"{label_of(kind)}: {label_of(SCORE)} {number}",
            ]
        headers += [f"{label_of(kind)}: {label_of(SPREAD)}", f"{label_of(kind)}: {label_of(STAGE_SCORE)}"]
    headers += [label_of(text) for text in SHEET_TAIL]
    return headers, [_cells(row, stages, most, label_of) for row in rows]


SHEET_HEADERS = (
    N_("Место"),
    N_("Номер"),
    N_("Организация"),
    N_("Муниципалитет"),
    N_("Тема"),
    N_("Подана"),
)
EXPERT, SCORE, SPREAD, STAGE_SCORE = N_("Эксперт"), N_("Балл"), N_("Разброс"), N_("Балл этапа")
SHEET_TAIL = (
    N_("Итог"),
    N_("Прошла порог и квоту"),
    N_("Что решило при равенстве"),
    N_("Звание"),
    N_("Состояние"),
)


def _cells(row: RatingRow, stages: Sequence[StageKind], most: Any, label_of: Any) -> list[Any]:
    cells: list[Any] = [
        row.place,
        row.label,
        row.applicant_name,
        row.municipality_name,
        row.topic,
        row.submitted_at,
    ]
    for kind in stages:
        mine = [(code, cell) for code, cell in row.coded if cell.stage_kind is kind]
        for code, cell in mine:
            extra = f" ({label_of(cell.kind)})" if cell.kind is AssignmentKind.EXTRA else ""
            cells += [f"{code}{extra}", cell.percent]
        cells += [None, None] * (most[kind] - len(mine))
        stage = row.stages.get(kind)
        cells += [stage.spread if stage and stage.sheets else None, stage.score if stage else None]
    return [
        *cells,
        row.final,
        row.passing,
        ", ".join(label_of(one) for one in row.tie_breakers),
        label_of(row.title) if row.title else "",
        label_of(row.state),
    ]


def _line(row: RatingRow) -> tuple[str, ...]:
    experts = [
        f"{code} {decimal_words(cell.percent)}{' (доп.)' if cell.kind is AssignmentKind.EXTRA else ''}"
        for code, cell in row.coded
    ]
    held = [(kind, stage) for kind, stage in row.stages.items() if stage.sheets]
    return (
        str(row.place or "—"),
        row.label,
        row.applicant_name,
        row.municipality_name or "—",
        row.topic,
        "; ".join(experts) or "—",
        "; ".join(decimal_words(stage.spread) for _, stage in held) or "—",
        "; ".join(f"{label(kind)} {decimal_words(stage.score)}" for kind, stage in held) or "—",
        decimal_words(row.final),
        ", ".join(label(one) for one in row.tie_breakers) or "—",
        "да" if row.passing else "нет",
        label(row.title) if row.title else "—",
    )


def today_name(nomination_code: str) -> str:
    """What a file of the rating is called."""
    return f"rating-{nomination_code}-{clock.today():%Y-%m-%d}"
