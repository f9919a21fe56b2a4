"""What the papers about platforms say: the extract (D-19) and the draft of an order (D-07)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.asof import holds, known, subjects, values
from services.registry.queries.network import network_operator_id
from services.registry.rules.facts import ALWAYS, FOREVER, AsOf
from services.registry.rules.kinds import FactKind, Outcome, PartyRole, PlatformState
from services.registry.rules.labels import label
from services.registry.rules.platforms import last_day
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table
from shared.requisites import Requisites
from shared.unit import read

#: States of which the words of their ground are open; the reasons of the others are inner (model 3.5).
_OPEN_WORDS = frozenset({PlatformState.APPLIED, PlatformState.ACTIVE, PlatformState.EXPIRED})


def platforms_of(organisation_id: UUID, at: AsOf) -> list[model.Platform]:
    """Platforms that an organisation takes part in on a day, as known on a day."""
    party = sa.orm.aliased(model.Fact)
    taking = sa.select(party.subject_id).where(
        holds(party, FactKind.PARTY, at), party.ref_id == organisation_id
    )
    table = model.Platform
    return list(
        read().scalars(
            sa.select(table)
            .where(table.id.in_(taking), table.id.in_(subjects(FactKind.STATUS, at)))
            .order_by(table.kind, table.topic_key, table.id)
        )
    )


def extract(
    requisites: Requisites, platforms: Sequence[model.Platform], at: AsOf, organisation_id: UUID | None = None
) -> Document:
    """D-19: what the register says of platforms as of (valid, known), every line with its act and clause."""
    head = [
        ("Состояние на", f"{at.on:%d.%m.%Y}"),
        ("По сведениям на", f"{at.known:%d.%m.%Y}" if at.known else f"{requisites.issued_on:%d.%m.%Y}"),
    ]
    if organisation_id is not None:
        name = values([organisation_id], [FactKind.NAME], at).get(organisation_id, {})
        head.insert(0, ("Организация", name.get(FactKind.NAME, ["—"])[0]))
        head.append(("Площадок", str(len(platforms))))
    blocks: list[Block] = [Facts(head)]
    if not platforms:
        blocks.append(Paragraph("На эту дату организация не участвует ни в одной площадке."))
    for platform in platforms:
        blocks += _platform(platform, at)
    return _document(
        "Выписка из реестра инновационных площадок" if organisation_id else "Справка о статусе площадки",
        requisites,
        [*blocks, Signatures([("Оператор сети", "")])],
    )


def _platform(platform: model.Platform, at: AsOf) -> list[Block]:
    """One platform: what it is on the day, its parties and the whole history of its status up to that day."""
    fact = model.Fact
    said = list(
        read().execute(
            sa.select(fact, model.Act, model.Agreement)
            .outerjoin(model.Act, model.Act.id == fact.act_id)
            .outerjoin(model.Agreement, model.Agreement.id == fact.agreement_id)
            .where(
                fact.subject_id == platform.id,
                fact.kind.in_([FactKind.STATUS, FactKind.PARTY]),
                fact.valid_from <= at.on,
                known(fact, at.known),
            )
            .order_by(fact.valid_from, fact.item)
        )
    )
    states = [row for row in said if row[0].kind is FactKind.STATUS]
    parties = [row for row in said if row[0].kind is FactKind.PARTY and row[0].valid_to > at.on]
    names = values([row[0].ref_id for row in parties], [FactKind.NAME], at)
    now = next((row[0] for row in states if row[0].valid_to > at.on), None)
    order = list(PartyRole)
    parties.sort(key=lambda row: order.index(PartyRole(row[0].key)))
    return [
        Heading(platform.topic),
        Facts(
            [
                ("Вид", label(platform.kind)),
                ("Состояние", label(PlatformState(now.key)) if now else "площадки ещё не было"),
            ]
        ),
        Table(
            ("Организация", "Участие", "С даты", "Основание"),
            [
                [
                    names.get(one.ref_id, {}).get(FactKind.NAME, ["—"])[0],
                    label(PartyRole(one.key)),
                    _since(one.valid_from),
                    _ground(one, act, agreement, words=True),
                ]
                for one, act, agreement in parties
            ],
            widths=(5, 2, 2, 4),
        ),
        Table(
            ("Статус", "С даты", "По дату", "Акт и пункт"),
            [
                [
                    label(PlatformState(one.key)),
                    _since(one.valid_from),
                    _until(one.valid_to),
                    _ground(one, act, agreement, words=PlatformState(one.key) in _OPEN_WORDS),
                ]
                for one, act, agreement in states
            ],
            widths=(3, 2, 2, 5),
        ),
    ]


def _ground(
    fact: model.Fact, act: model.Act | None, agreement: model.Agreement | None, *, words: bool
) -> str:
    """The act and its clause, the agreement, or the open words that a line rests on."""
    if act is not None:
        number = f" № {act.number}" if act.number else ""
        clause = f", {fact.clause}" if fact.clause else ""
        return f"{label(act.kind)} от {act.date:%d.%m.%Y}{number}{clause}"
    if agreement is not None:
        return f"договор от {agreement.date:%d.%m.%Y} № {agreement.number}"
    return (fact.note or "—") if words else "без акта"


@dataclass(frozen=True)
class DraftLine:
    """A decision as the draft of an order lists it."""

    outcome: Outcome
    organisation: str
    topic: str


_CLAUSES = {
    Outcome.AWARD_STATUS: "Присвоить статус инновационной площадки на срок с {first} по {last}:",
    Outcome.EXTEND: "Продлить статус инновационной площадки по {last}:",
    Outcome.COMPLETE: "Считать завершённой с {first} работу инновационных площадок:",
    Outcome.TERMINATE: "Прекратить с {first} статус инновационных площадок:",
}


def order_draft(
    requisites: Requisites,
    lines: Sequence[DraftLine],
    protocols: Collection[str],
    valid_from: date,
    months: int,
) -> Document:
    """D-07: organisation, topic, term, grouped by what is decided; to be signed by the authority (F-04, BR-56)."""
    last = last_day(valid_from, months)
    blocks: list[Block] = [
        Paragraph(
            "На основании решений экспертного совета (" + "; ".join(sorted(protocols)) + ") приказываю:"
        )
    ]
    number = 0
    for outcome, text in _CLAUSES.items():
        own = [line for line in lines if line.outcome is outcome]
        if not own:
            continue
        number += 1
        term = (
            f"с {valid_from:%d.%m.%Y} по {last:%d.%m.%Y}"
            if outcome is Outcome.AWARD_STATUS
            else f"по {last:%d.%m.%Y}"
            if outcome is Outcome.EXTEND
            else f"с {valid_from:%d.%m.%Y}"
        )
        blocks.append(
            Paragraph(f"{number}. " + text.format(first=f"{valid_from:%d.%m.%Y}", last=f"{last:%d.%m.%Y}"))
        )
        blocks.append(
            Table(
                ("№", "Организация", "Тема", "Срок"),
                [
                    [f"{number}.{place}", line.organisation, line.topic, term]
                    for place, line in enumerate(own, start=1)
                ],
                widths=(1, 5, 5, 3),
            )
        )
    blocks.append(Paragraph(f"{number + 1}. Контроль за исполнением приказа оставляю за собой."))
    blocks.append(Signatures([("Руководитель", "")]))
    return _document("Проект приказа о статусе инновационных площадок", requisites, blocks)


def _since(day: date) -> str:
    return "с заявки" if day == ALWAYS else f"{day:%d.%m.%Y}"


def _until(day: date) -> str:
    return "без срока" if day == FOREVER else f"{day - timedelta(days=1):%d.%m.%Y}"


def _document(title: str, requisites: Requisites, blocks: Sequence[Block]) -> Document:
    operator = network_operator_id()
    head = read().get(model.Organisation, operator) if operator else None
    return Document(
        title=title,
        number=requisites.number,
        date=requisites.issued_on,
        org_head=[head.full_name] if head else [],
        blocks=blocks,
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )
