"""What the papers about personal data say: the consent (D-15) and the act of destruction (D-14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.network import network_operator_id
from services.registry.rules.consents import ConsentPurpose, DataCategory
from services.registry.rules.labels import label
from services.registry.rules.retention import ErasedCategory, ErasureReason
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table
from shared.requisites import Requisites
from shared.unit import read
from shared.web.export import csv_text

_TITLES = {
    ConsentPurpose.PROCESSING: "Согласие на обработку персональных данных",
    ConsentPurpose.DISTRIBUTION: (
        "Согласие на обработку персональных данных, разрешённых субъектом для распространения"
    ),
    ConsentPurpose.PHOTO_VIDEO: "Согласие на фото- и видеосъёмку и использование изображения",
    ConsentPurpose.CROSS_BORDER: "Согласие на трансграничную передачу персональных данных",
}
SYSTEM = "МетодСеть, реестр сети"


def consent_form(requisites: Requisites, person: model.Person, text: model.ConsentText) -> Document:
    """D-15: the text of one purpose for one person, with the choice left to be made by hand (PD-01, PD-02)."""
    work_place = read().get(model.Organisation, person.organisation_id) if person.organisation_id else None
    facts = [("Фамилия, имя, отчество", person.full_name)]
    if person.position:
        facts.append(("Должность", person.position))
    if work_place:
        facts.append(("Место работы", work_place.full_name))
    facts.append(("Редакция текста", f"{text.version}"))
    blocks: list[Block] = [Facts(facts)]
    blocks += [Paragraph(part) for part in text.text.splitlines() if part.strip()]
    if text.purpose is ConsentPurpose.DISTRIBUTION:
        rows = [[label(category), "", ""] for category in DataCategory]
        blocks += [
            Heading("Что разрешаю показывать неограниченному кругу лиц"),
            Table(("Данные", "Разрешаю (подпись)", "Условия и запреты"), rows, widths=(4, 3, 5)),
        ]
    blocks.append(Paragraph("Дата: «___» ______________ 20___ г."))
    blocks.append(Signatures([("Субъект персональных данных", person.initials)]))
    return _document(_TITLES[text.purpose], requisites, blocks)


@dataclass(frozen=True, kw_only=True)
class Destroyed:
    """What an act of destruction records (F-39)."""

    person_id: UUID
    marker: str
    reason: ErasureReason
    categories: Sequence[ErasedCategory]
    kept: str | None
    done_on: date
    done_by: str
    keep_until: date
    extract_sha256: str


def destruction_act(requisites: Requisites, done: Destroyed) -> Document:
    """D-14 by order 179 of the Роскомнадзор: whose data, which, where, how, why, when, by whom (PD-06).

    The person is named by the identifier in the registry: the act itself brings no name back.
    """
    facts = [
        ("Субъект персональных данных", f"{done.marker}, идентификатор в реестре {done.person_id}"),
        ("Уничтоженные данные", ", ".join(label(category) for category in done.categories)),
        ("Информационная система", SYSTEM),
        ("Способ уничтожения", "замена обезличивающей записью и удаление файлов средствами системы"),
        ("Причина уничтожения", label(done.reason)),
        ("Дата уничтожения", f"{done.done_on:%d.%m.%Y}"),
        ("Уничтожил", done.done_by),
        ("Сохранено на основании", done.kept or "ничего, кроме обезличенных чисел и идентификаторов"),
        ("Выписка из журнала, SHA-256", done.extract_sha256),
        ("Акт и выписка хранятся до", f"{done.keep_until:%d.%m.%Y}"),
    ]
    blocks: list[Block] = [
        Paragraph("Настоящий акт составлен о том, что персональные данные уничтожены:"),
        Facts(facts),
        Signatures([("Уничтожил", done.done_by), ("Ответственный за обработку данных", "")]),
    ]
    return _document("Акт об уничтожении персональных данных", requisites, blocks)


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


def journal_extract(
    about: Sequence[UUID], person: model.Person, reason: ErasureReason, done_on: date
) -> bytes:
    """The lines of the journal about the person's things as CSV: the second document of order 179 (PD-06)."""
    lines = read().scalars(
        sa.select(model.Audit)
        .where(model.Audit.object_id.in_(about))
        .order_by(model.Audit.at, model.Audit.id)
    )
    headers = (
        "Субъект", "Система", "Причина", "Дата уничтожения",
        "Время (МСК)", "Действие", "Вид предмета", "Предмет", "Учётная запись",
    )  # fmt: skip
    same = (f"{person.full_name} ({person.id})", SYSTEM, label(reason), done_on)
    return csv_text(
        headers,
        ((*same, line.at, line.what, line.object_kind, line.object_id, line.account_id) for line in lines),
    )
