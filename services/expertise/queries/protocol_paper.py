"""D-01 and D-06: the protocol of a session on paper, always in Russian (model 3.9, BR-57, BR-58, BR-61)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.expertise.model import (
    Assignment,
    ContestEdition,
    ExpertProfile,
    Nomination,
    Protocol,
    ScoreSheet,
    Stage,
)
from services.expertise.queries import found, names
from services.expertise.queries.heads import last_head
from services.expertise.queries.sessions import card_of
from services.expertise.queries.views.sessions import DecisionView, SeatView, SessionCard
from services.expertise.readmodel import Organisation, PersonCopy
from services.expertise.rules.labels import label
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import (
    CouncilKind,
    Outcome,
    ResultTitle,
    SheetState,
    StageKind,
    TieBreaker,
    VoteChoice,
)
from shared import clock
from shared.documents import Block, Document, Facts, Heading, PageBreak, Paragraph, Signatures, Table
from shared.person import Person
from shared.requisites import Requisites

RECOMMENDING = (CouncilKind.EXPERT, CouncilKind.JURY)


def paper_kind(protocol: Protocol) -> PaperKind:
    """Expert councils and juries print D-01, a coordination council D-06 (model 3.9)."""
    expert = protocol.council is not None and protocol.council.kind in RECOMMENDING
    return PaperKind.D01_EXPERT_PROTOCOL if expert else PaperKind.D06_COORDINATION_PROTOCOL


def protocol_paper(session: Session, who: Person, protocol: Protocol, requisites: Requisites) -> Document:
    """The protocol in the order of the field: who was there, agenda, heard, spoke, resolved, conflicts, rating."""
    edition = found.edition(session, protocol.edition_id)
    card = card_of(session, who, protocol)
    blocks: list[Block] = [
        Paragraph(edition.title, align="center", bold=True),
        Facts(_head(card)),
        Heading("Присутствовали"),
        Paragraph(_quorum(card)),
    ]
    if card.seats:
        blocks.append(_seats(card.seats))
    blocks += [Paragraph(f"Вёл заседание: {card.chair}"), Paragraph(f"Секретарь: {card.secretary}")]
    blocks += _agenda(card)
    blocks += _admitted(card)
    blocks += _proceedings(card)
    blocks += _conflicts(card)
    experts = _experts(session, edition, [one.nomination_id for one in card.decisions])
    if experts:
        blocks += [
            Heading("Эксперты, оценивавшие заявки"),
            Table(("Эксперт", "Организация"), experts, widths=(2, 3)),
        ]
    blocks.append(Signatures(_signatures(card)))
    blocks += _annex(session, edition, card, protocol)
    return Document(
        title=_title(card),
        number=requisites.number,
        date=requisites.issued_on,
        org_head=[organiser_name(session, edition, protocol.date)],
        blocks=blocks,
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )


def votes_words(one: DecisionView) -> str:
    """«За — 7, против — 1, воздержались — 1», with the note of a count by hand."""
    text = f"за — {one.votes_for}, против — {one.votes_against}, воздержались — {one.abstained}"
    return f"{text} ({one.hand_note})" if one.hand_note else text


def decision_words(outcome: Outcome, title: ResultTitle | None) -> str:
    """The outcome with the title, as it is resolved."""
    return label(outcome) + (f"; звание — {label(title)}" if title else "")


def decimal_words(value: Decimal | None) -> str:
    """A score as printed in Russian: 79,67."""
    return "—" if value is None else f"{value:.2f}".replace(".", ",")


def _title(card: SessionCard) -> str:
    council = label(card.council.kind) if card.council else "координационный совет"
    genitive = {
        "экспертный совет": "экспертного совета",
        "координационный совет": "координационного совета",
        "жюри": "жюри",
        "апелляционная комиссия": "апелляционной комиссии",
    }[council]
    return f"Протокол заседания {genitive}"


def _head(card: SessionCard) -> list[tuple[str, str]]:
    pairs = [("Номер протокола", card.number), ("Дата заседания", f"{card.date:%d.%m.%Y}")]
    if card.place:
        pairs.append(("Место", card.place))
    if card.started_at and card.ended_at:
        pairs += [("Начало", _time(card.started_at)), ("Окончание", _time(card.ended_at))]
    if card.council:
        pairs.append(("Совет", card.council.title))
    if card.supersedes:
        pairs.append(("Заменяет протокол", f"№ {card.supersedes[1]}"))
    if card.paper_note:
        pairs.append(("Подлинник", card.paper_note))
    return pairs


def _time(moment: datetime) -> str:
    return f"{clock.local(moment):%H:%M}"


def _quorum(card: SessionCard) -> str:
    return (
        f"Присутствуют {card.present} из {card.members_total} членов совета, "
        "это больше половины: кворум имеется."
    )


def _seats(seats: Sequence[SeatView]) -> Table:
    rows = []
    for one in seats:
        scored = f"; оценивал как эксперт: {', '.join(one.entries_scored)}" if one.entries_scored else ""
        rows.append(
            (one.name, one.organisation_name or "—", label(one.role), f"{label(one.presence)}{scored}")
        )
    return Table(("Фамилия, инициалы", "Организация", "Кто", "Участие"), rows, widths=(3, 4, 2, 3))


def _agenda(card: SessionCard) -> list[Block]:
    if not card.items:
        return []
    return [
        Heading("Повестка"),
        *(Paragraph(f"{number}. {one.title}") for number, one in enumerate(card.items, 1)),
    ]


def _admitted(card: SessionCard) -> list[Block]:
    if not card.decisions:
        return []
    rows = [(one.label, one.applicant_name, one.topic) for one in card.decisions]
    return [
        Heading("К рассмотрению допущены"),
        Table(("Номер", "Организация", "Тема"), rows, widths=(3, 4, 5)),
    ]


def _proceedings(card: SessionCard) -> list[Block]:
    """Слушали, выступили, решили: by questions of the agenda; decisions of a paper session stand together."""
    blocks: list[Block] = []
    told = set()
    for number, item in enumerate(card.items, 1):
        mine = [
            one for one in card.decisions if item.nomination_id and one.nomination_id == item.nomination_id
        ]
        told |= {one.entry_id for one in mine}
        blocks.append(Heading(f"{number}. {item.title}"))
        for name, text in (
            ("Слушали", item.heard),
            ("Выступили", item.spoke),
            ("Решили", item.resolved),
        ):
            if text:
                blocks.append(Paragraph(f"{name}: {text}"))
        if mine:
            blocks.append(_decided(mine))
    rest = [one for one in card.decisions if one.entry_id not in told]
    if rest:
        blocks += [Heading("Решили"), _decided(rest)]
    return blocks


def _decided(decisions: Sequence[DecisionView]) -> Table:
    rows = []
    for one in decisions:
        words = decision_words(one.outcome, one.title)
        if one.title_reason:
            words += f" ({one.title_reason})"
        rows.append((str(one.rank or "—"), one.label, words, _voted(one)))
    return Table(("Место", "Номер", "Решение", "Голоса"), rows, widths=(1, 3, 4, 4), numeric=(0,))


def _voted(one: DecisionView) -> str:
    text = votes_words(one)
    if one.tie_votes is not None:
        text += f"; за более высокое место — {one.tie_votes}"
    if one.barred:
        text += f"; не голосовали: {', '.join(barred.name for barred in one.barred)}"
    dissent = [name for name, choice in one.ballots if choice is VoteChoice.AGAINST]
    return text + (f"; против: {', '.join(dissent)}" if dissent else "")


def _conflicts(card: SessionCard) -> list[Block]:
    rows = [
        (barred.name, one.label, label(barred.bar) + (f": {barred.note}" if barred.note else ""))
        for one in card.decisions
        for barred in one.barred
    ]
    if not rows:
        return [Heading("Конфликты интересов"), Paragraph("Не выявлены и не заявлены.")]
    return [
        Heading("Конфликты интересов"),
        Paragraph("Члены совета, которые не голосовали по заявкам:"),
        Table(("Член совета", "Заявка", "Причина"), rows, widths=(3, 3, 5)),
    ]


def _experts(session: Session, edition: ContestEdition, nominations: Sequence[UUID]) -> list[tuple[str, str]]:
    """Experts are listed in the protocol by name, without their sheets (BR-61)."""
    if not nominations:
        return []
    rows = session.execute(
        sa.select(PersonCopy, Organisation)
        .join(ExpertProfile, ExpertProfile.person_id == PersonCopy.id)
        .outerjoin(Organisation, Organisation.id == PersonCopy.organisation_id)
        .where(
            ExpertProfile.id.in_(
                sa.select(ScoreSheet.expert_id)
                .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
                .join(Stage, Stage.id == Assignment.stage_id)
                .where(Stage.edition_id == edition.id, ScoreSheet.state == SheetState.SIGNED)
            )
        )
        .order_by(PersonCopy.last_name, PersonCopy.first_name)
    )
    return [(person.short_name, names.called(place, None)) for person, place in rows]


def _signatures(card: SessionCard) -> list[tuple[str, str]]:
    """Chair, secretary, members who came; a simple electronic signature is named with its moment."""
    lines = [("Председательствующий", card.chair), ("Секретарь", card.secretary)]
    led = {card.chair_id, card.secretary_id}
    lines += [("Член совета", one.name) for one in card.seats if one.votes and one.person_id not in led]
    signed = {one.name: one.signed_at for one in card.seats if one.signed_at}
    return [
        (
            f"{position} (подписано электронно {clock.local(signed[name]):%d.%m.%Y %H:%M})"
            if signed.get(name)
            else position,
            name,
        )
        for position, name in lines
    ]


def _annex(session: Session, edition: ContestEdition, card: SessionCard, protocol: Protocol) -> list[Block]:
    """The rating as it was frozen with the protocol, its hash and the last signed head of the log (BR-58, F6)."""
    if not protocol.rating_snapshot:
        return []
    by_id = {str(one.entry_id): one for one in card.decisions}
    titles = {
        one.id: f"{one.code}. {one.title}"
        for one in session.scalars(sa.select(Nomination).where(Nomination.edition_id == edition.id))
    }
    blocks: list[Block] = [PageBreak(), Heading("Приложение. Сводная ведомость")]
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row in protocol.rating_snapshot:
        one = by_id.get(row["entry"])
        code = titles[one.nomination_id] if one else "Другие заявки номинаций"
        groups.setdefault(code, []).append(
            (
                str(row["place"] or "—"),
                row["reg_no"],
                "; ".join(
                    f"{label(StageKind(kind))} {score.replace('.', ',')}"
                    for kind, score in row["stages"].items()
                    if score != "None"
                )
                or "—",
                "—" if row["final"] == "None" else row["final"].replace(".", ","),
                ", ".join(label(TieBreaker(word)) for word in row["tie_breakers"]) or "—",
            )
        )
    for title, rows in groups.items():
        blocks += [
            Heading(title, level=2),
            Table(
                ("Место", "Номер", "Баллы этапов", "Итог", "Что решило при равенстве"),
                rows,
                widths=(1, 3, 4, 2, 3),
                numeric=(0, 3),
            ),
        ]
    blocks.append(Paragraph(f"Контрольная сумма ведомости (SHA-256): {protocol.snapshot_hash}", align="left"))
    if protocol.content_hash:
        blocks.append(
            Paragraph(f"Контрольная сумма протокола (SHA-256): {protocol.content_hash}", align="left")
        )
    head = last_head(session, edition.id)
    if head:
        blocks.append(
            Paragraph(
                f"Журнал выпуска на момент печати: последняя подписанная отметка {head.printed}, "
                f"ключ {head.kid}",
                align="left",
            )
        )
    return blocks


def organiser_name(session: Session, edition: ContestEdition, on: date) -> str:
    """Who holds the contest, as called on a day (BR-06)."""
    return names.called(session.get(Organisation, edition.series.organiser_id), on)
