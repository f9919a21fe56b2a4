"""D-21: the decision of the appeal commission on paper, always in Russian (model 3.9, BR-59, BR-61, F-23, F-24)."""

from decimal import Decimal

from sqlalchemy.orm import Session

from services.expertise.model import Appeal
from services.expertise.queries.appeal_bars import commission_of
from services.expertise.queries.appeals import card_of
from services.expertise.queries.corrections import plain
from services.expertise.queries.protocol_paper import decimal_words, organiser_name
from services.expertise.queries.views.appeals import AppealCard, HearerView, MarkRow
from services.expertise.rules.labels import label
from services.expertise.rules.vocabulary import CouncilRole, Presence
from shared import clock
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table
from shared.person import Person
from shared.requisites import Requisites


def appeal_paper(session: Session, who: Person, appeal: Appeal, requisites: Requisites) -> Document:
    """Who heard it and who did not, grounds, old marks by coded expert and new values, scores, places, votes."""
    entry, edition = appeal.entry, appeal.entry.edition
    card = card_of(session, who, appeal, commission_of(session, entry.edition_id), {})
    decided = clock.local(appeal.decided_at or clock.now())
    blocks: list[Block] = [
        Paragraph(edition.title, align="center", bold=True),
        Facts(
            [
                ("Заявка", card.label),
                ("Тема", card.topic),
                ("Номинация", f"{card.nomination_code} «{entry.nomination.title}»"),
                ("Соискатель", card.applicant_name),
                ("Апелляция подана", f"{clock.local(card.filed_at):%d.%m.%Y %H:%M}"),
                ("Рассмотрена", f"{decided:%d.%m.%Y %H:%M}"),
            ]
        ),
        Heading("Состав комиссии"),
        Paragraph(_quorum(card)),
        Table(
            ("Член комиссии", "Организация", "Участие"),
            [(one.name, one.organisation_name or "—", _presence(one)) for one in card.members],
            widths=(3, 4, 3),
        ),
        *_excluded(card),
        Heading("Основания апелляции"),
        Paragraph(card.grounds),
        Paragraph("Оспорены критерии: " + "; ".join(f"{code} «{title}»" for code, title in card.criteria) + "."),
        Heading("Оценки по оспоренным критериям"),
        Paragraph("Подписанные листы экспертов не меняются, значение комиссии действует вместо их оценок."),
        Table(
            ("Этап", "Критерий", "Оценки экспертов", "Значение комиссии"),
            [_mark(one) for one in card.marks],
            widths=(2, 5, 4, 2),
        ),
        Heading("Решение"),
        Paragraph(card.text or ""),
        Table(
            ("", "Было", "Стало"),
            [
                ("Итоговый балл", decimal_words(card.score_before), decimal_words(card.score_after)),
                ("Место в номинации", str(card.place_before or "—"), str(card.place_after or "—")),
            ],
            widths=(3, 2, 2),
            numeric=(1, 2),
        ),
        Paragraph(f"Исход: {label(card.state)} ({_signed(card.delta)}).", bold=True),
        Paragraph(_votes(card)),
        Paragraph(
            "Решение комиссии окончательное, повторная апелляция не подаётся. Места по номинации объявляются "
            "после рассмотрения всех апелляций."
        ),
        Signatures(
            [(_position(one), one.name) for one in card.members if _heard(one)],
        ),
    ]
    return Document(
        title="Решение апелляционной комиссии",
        number=requisites.number,
        date=requisites.issued_on,
        org_head=[organiser_name(session, edition, decided.date())],
        blocks=blocks,
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )


def _heard(one: HearerView) -> bool:
    return one.bar is None and one.presence is not Presence.ABSENT


def _quorum(card: AppealCard) -> str:
    here = sum(_heard(one) for one in card.members)
    return (
        f"Апелляцию рассматривали {here} из {len(card.members)} членов комиссии «{card.commission_title}», "
        "это больше половины: кворум имеется."
    )


def _presence(one: HearerView) -> str:
    if one.bar:
        return "отведён"
    return label(one.presence) if one.presence else "—"


def _excluded(card: AppealCard) -> list[Block]:
    rows = [
        (one.name, label(one.bar) + (f": {one.note}" if one.note else "")) for one in card.members if one.bar
    ]
    if not rows:
        return [Paragraph("Отводов нет: никто из комиссии не оценивал заявку и не связан с соискателем.")]
    return [
        Paragraph("Не участвовали в рассмотрении этой апелляции:"),
        Table(("Член комиссии", "Причина отвода"), rows, widths=(3, 5)),
    ]


def _mark(one: MarkRow) -> tuple[str, ...]:
    return (
        label(one.stage_kind),
        f"{one.code}. {one.title}",
        "; ".join(f"{code} — {plain(value)}" for code, value in one.marks),
        plain(one.value) if one.value is not None else "без изменений",
    )


def _signed(delta: Decimal | None) -> str:
    sign = "+" if delta is not None and delta > 0 else ""
    return f"{sign}{decimal_words(delta)} балла"


def _votes(card: AppealCard) -> str:
    return (
        f"Голосовали: за — {card.votes_for}, против — {card.votes_against}, "
        f"воздержались — {card.abstained}."
    )


def _position(one: HearerView) -> str:
    return {
        CouncilRole.CHAIR: "Председатель комиссии",
        CouncilRole.SECRETARY: "Секретарь комиссии",
    }.get(one.role, "Член комиссии")
