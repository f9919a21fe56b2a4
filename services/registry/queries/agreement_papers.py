"""D-13: the agreement on network cooperation as a document, always in Russian (S-074, BR-67)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.registry import model
from services.registry.queries.agreements import readable_agreement
from shared import clock
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table
from shared.papers import PaperFile
from shared.person import Person
from shared.requisites import MEDIA_TYPES, PaperFormat, Requisites

_OPERATOR_DUTIES = (
    "координирует сетевое взаимодействие и даёт методическую поддержку Сторонам",
    "проводит семинары, стажировки и консультации для методистов и педагогов муниципалитета",
    "сопровождает инновационные площадки муниципалитета и экспертизу их материалов",
    "сообщает Сторонам о мероприятиях, конкурсах и изменениях нормативных актов",
)
_TMS_DUTIES = (
    "организует участие педагогов и образовательных организаций муниципалитета в мероприятиях сети",
    "ведёт и исполняет дорожную карту муниципалитета",
    "своевременно передаёт сведения о площадках, мероприятиях и их участниках",
    "распространяет в муниципалитете опыт и материалы сети",
)
_FURTHER_DUTIES = ("участвуют в мероприятиях сети и передают сведения о своей работе по предмету договора",)


def print_agreement(who: Person, agreement_id: UUID, form: PaperFormat) -> PaperFile:
    """A working print-out of an agreement in any state, for its readers: no number of a paper, no code."""
    row = readable_agreement(who, agreement_id)
    document = agreement_text(row)
    content = document.docx() if form is PaperFormat.DOCX else document.pdf()
    return PaperFile(f"D13-{row.date:%Y-%m-%d}.{form.value}", MEDIA_TYPES[form], content)


def agreement_text(row: model.Agreement, paper: Requisites | None = None) -> Document:
    """The agreement in words; with the requisites of a paper when it is issued."""
    parts: list[tuple[str, Sequence[Block]]] = [
        ("Предмет договора", _subject(row)),
        ("Обязанности сторон", _duties(row)),
        ("Обмен сведениями", _exchange()),
        ("Персональные данные", _personal()),
        ("Срок действия договора", _term(row)),
        ("Заключительные положения", _closing(row)),
    ]
    blocks: list[Block] = [
        Facts([("Номер договора", row.number), ("Дата договора", _day(row.date))]),
        Paragraph(_preamble(row)),
    ]
    for number, (title, content) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {title}"), *content]
    blocks += [Heading(f"{len(parts) + 1}. Реквизиты и подписи сторон"), *_requisites(row)]
    return Document(
        title="Соглашение (договор) о сетевом взаимодействии",
        number=paper.number if paper else "",
        date=paper.issued_on if paper else clock.today(),
        org_head=[_name(row, row.operator)],
        blocks=blocks,
        verify_url=paper.verify_url if paper else "",
        verify_code=paper.verify_code if paper else "",
    )


def _preamble(row: model.Agreement) -> str:
    operator, tms, *further = [party.organisation for party in row.parties]
    text = (
        f"{_name(row, operator)}, далее — Оператор сети, и {_name(row, tms)}, "
        "далее — Территориальная методическая служба"
    )
    if further:
        text += ", а также " + "; ".join(_name(row, one) for one in further)
        text += ", далее — Участники"
    return f"{text}, вместе именуемые Сторонами, заключили настоящий договор о нижеследующем."


def _subject(row: model.Agreement) -> Sequence[Block]:
    blocks = [
        Paragraph(f"Предмет договора: {row.subject}."),
        Paragraph("Взаимодействие ведётся безвозмездно, на условиях настоящего договора."),
    ]
    if row.acts:
        named = "; ".join(
            f"{act.title}{f' (№ {act.number})' if act.number else ''} от {_day(act.date)}" for act in row.acts
        )
        blocks.append(Paragraph(f"Стороны руководствуются актами: {named}."))
    return blocks


def _duties(row: model.Agreement) -> Sequence[Block]:
    sides = [("Оператор сети", _OPERATOR_DUTIES), ("Территориальная методическая служба", _TMS_DUTIES)]
    if len(row.parties) > 2:
        sides.append(("Участники", _FURTHER_DUTIES))
    return [Paragraph(f"{side}: " + "; ".join(duties) + ".") for side, duties in sides]


def _exchange() -> Sequence[Block]:
    return [
        Paragraph(
            "Стороны передают друг другу сведения, нужные для исполнения договора, через информационную "
            "систему сети или письменно, и отвечают за их полноту и достоверность."
        )
    ]


def _personal() -> Sequence[Block]:
    return [
        Paragraph(
            "Персональные данные обрабатываются по Федеральному закону от 27.07.2006 № 152-ФЗ «О персональных "
            "данных»: только в объёме, необходимом для исполнения договора, с соблюдением "
            "конфиденциальности и мер защиты. Сторона, передающая персональные данные, обеспечивает "
            "законное основание их передачи. По достижении цели данные уничтожаются."
        )
    ]


def _term(row: model.Agreement) -> Sequence[Block]:
    blocks = [Paragraph(f"Договор действует с {_day(row.valid_from)} по {_day(row.valid_to)}.")]
    blocks += [
        Paragraph(
            f"Срок продлён до {_day(change.now_to)} дополнительным соглашением № {change.number} "
            f"от {_day(change.date)}."
        )
        for change in row.changes
        if change.number
    ]
    if row.auto_prolongation_months:
        blocks.append(
            Paragraph(
                "Если ни одна из Сторон не заявит о прекращении договора до конца срока, договор продлевается "
                f"на {row.auto_prolongation_months} мес."
            )
        )
    blocks.append(
        Paragraph("Договор может быть прекращён досрочно по соглашению Сторон или на основании акта.")
    )
    return blocks


def _closing(row: model.Agreement) -> Sequence[Block]:
    return [
        Paragraph("Изменения договора оформляются дополнительными соглашениями."),
        Paragraph("Споры решаются переговорами, а при недостижении согласия — по закону."),
        Paragraph(
            f"Договор составлен в {len(row.parties)} экземплярах равной силы, по одному каждой Стороне."
        ),
    ]


def _requisites(row: model.Agreement) -> Sequence[Block]:
    parties = [party.organisation for party in row.parties]
    blocks: list[Block] = [
        Table(
            ["Сторона", "Реквизиты", "Подписан"],
            [
                [
                    _name(row, party.organisation),
                    _contacts(party.organisation),
                    _day(party.signed_on) if party.signed_on else "—",
                ]
                for party in row.parties
            ],
            widths=(4, 5, 2),
        )
    ]
    return [*blocks, Signatures([(f"Руководитель: {one.short_name}", "") for one in parties])]


def _contacts(one: model.Organisation) -> str:
    known = (
        (one.address, "адрес"),
        (one.inn, "ИНН"),
        (one.ogrn, "ОГРН"),
        (one.phone, "телефон"),
        (one.email, "эл. почта"),
    )
    return "; ".join(f"{label}: {value}" for value, label in known if value) or "—"


def _name(row: model.Agreement, organisation: model.Organisation) -> str:
    """The name valid on the day of the agreement (BR-06)."""
    return organisation.named_on(row.date)


def _day(value: date) -> str:
    return f"{value:%d.%m.%Y}"
