"""D-10 on paper: the frozen content of a report as a document, always in Russian."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.reports.rules import names
from services.reports.rules.display import printed
from services.reports.rules.names import named
from services.reports.rules.terms import Edition, Source, Unit
from shared.documents import Block, Document, Facts, Heading, Paragraph, Signatures, Table


@dataclass(frozen=True, kw_only=True)
class Requisites:
    """What identifies an issued report (BR-67)."""

    number: str
    issued_on: date
    as_of: date
    period_from: date
    period_to: date
    inputs_hash: str
    verify_code: str
    verify_url: str


def network_report(paper: Requisites, frozen: Mapping[str, Any], edition: Edition) -> Document:
    """The report of the network; the open edition counts the agreements and does not list them."""
    parts = [
        ("Паспорт сети", _passport(paper, frozen)),
        ("Показатели", _indicators(paper, frozen)),
        ("Площадки по видам", _platforms(frozen)),
        ("Договоры о сетевом взаимодействии", _agreements(frozen, edition)),
        ("Мероприятия периода", _events(frozen)),
        ("Конкурсы периода", _contests(frozen)),
        ("Выводы", _conclusions(frozen)),
    ]
    blocks: list[Block] = []
    for number, (title, content) in enumerate(parts, start=1):
        blocks += [Heading(f"{number}. {title}"), *content]
    blocks += [*_origin(paper, len(parts) + 1), Signatures([("Руководитель оператора сети", "")])]
    return Document(
        title="Отчёт о деятельности сети",
        number=paper.number,
        date=paper.issued_on,
        org_head=[frozen["issuer"]] if frozen["issuer"] else [],
        blocks=blocks,
        verify_url=paper.verify_url,
        verify_code=paper.verify_code,
    )


def _day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def _passport(paper: Requisites, frozen: Mapping[str, Any]) -> Sequence[Block]:
    passport = frozen["passport"]
    return [
        Facts(
            [
                ("Отчёт на дату", _day(paper.as_of)),
                ("Период", f"{_day(paper.period_from)} – {_day(paper.period_to)}"),
                ("Оператор сети", frozen["operator"] or "не указан"),
                (
                    "Вовлечённые муниципалитеты",
                    f"{passport['involved_municipalities']} из {passport['krai_municipalities']}",
                ),
                ("Территориальные методические службы", str(passport["tms"])),
                ("Действующие договоры", str(passport["agreements"])),
                (
                    "Действующие площадки",
                    f"{passport['platforms_all']}, курирует оператор: {passport['platforms_supervised']}",
                ),
                ("Организации на площадках", str(passport["organisations_on_platforms"])),
                ("Преобразованные сети муниципалитетов", ", ".join(frozen["transformed"]) or "нет"),
            ]
        )
    ]


def _indicators(paper: Requisites, frozen: Mapping[str, Any]) -> Sequence[Block]:
    earlier = frozen["previous"]
    headers = [
        "Код",
        "Показатель",
        "План",
        "Факт",
        "Отклонение",
        *(date.fromisoformat(one["as_of"]).strftime("%Y") for one in earlier),
    ]
    table = [
        [
            one["code"],
            one["title"],
            one["plan_shown"] or "–",
            one["shown"],
            one["deviation"] or "–",
            *(year["values"].get(one["code"], "–") for year in earlier),
        ]
        for one in frozen["indicators"]
    ]
    parts = [
        [f"{one['code']} {one['title']}: {_detail_name(detail)}", _detail_value(detail)]
        for one in frozen["indicators"]
        for detail in one["details"]
    ]
    blocks: list[Block] = [
        Paragraph(
            f"Показатели I-01…I-06 даны на {_day(paper.as_of)}, остальные за период. "
            f"Прежние годы даны на тот же день и за тот же период."
        ),
        Table(headers, table, [3, 9, 4, 5, 5, *(5 for _ in earlier)], range(2, 5 + len(earlier))),
    ]
    blocks += [
        Paragraph(f"{one['code']}: значение внесено из документа: {one['source_note']}.")
        for one in frozen["indicators"]
        if one["source"] == Source.IMPORTED
    ]
    if parts:
        blocks += [Heading("Состав показателей", 2), Table(["Составляющая", "Значение"], parts, [5, 1], [1])]
    return blocks


def _detail_name(detail: Mapping[str, Any]) -> str:
    return str(named(names.DETAILS, detail["key"]))


def _detail_value(detail: Mapping[str, Any]) -> str:
    value = None if detail["value"] is None else Decimal(detail["value"])
    return printed(value, Unit(detail["unit"]))


def _platforms(frozen: Mapping[str, Any]) -> Sequence[Block]:
    kinds = frozen["platform_kinds"]
    if not kinds:
        return [Paragraph("Действующих площадок на дату отчёта нет.")]
    table = [
        [str(named(names.PLATFORM_KINDS, one["kind"])), str(one["supervised"]), str(one["all"])]
        for one in kinds
    ]
    table.append(
        ["Всего", str(sum(one["supervised"] for one in kinds)), str(sum(one["all"] for one in kinds))]
    )
    return [Table(["Вид", "Курирует оператор (I-02)", "Все действующие"], table, [4, 2, 2], [1, 2])]


def _agreements(frozen: Mapping[str, Any], edition: Edition) -> Sequence[Block]:
    found = frozen["agreements"]
    if not found or edition is Edition.OPEN:
        return [Paragraph(f"Действующих договоров на дату отчёта: {len(found)}.")]
    table = [
        [
            str(number),
            f"№ {one['number']} от {one['date']}",
            one["tms"] or "",
            one["municipality"] or "",
            f"{one['in_force_from']} – {one['valid_to']}",
        ]
        for number, one in enumerate(found, start=1)
    ]
    headers = ["№", "Договор", "Территориальная методическая служба", "Муниципалитет", "Действует"]
    return [Table(headers, table, [1, 4, 7, 4, 4])]


def _events(frozen: Mapping[str, Any]) -> Sequence[Block]:
    if not frozen["events"]:
        return [Paragraph("Мероприятий за период не было.")]
    table = [
        [
            one["day"],
            one["title"],
            str(named(names.EVENT_KINDS, one["kind"])),
            str(named(names.EVENT_MODES, one["mode"])),
            str(one["expected"]),
            str(one["present"]),
            str(one["certificates"]),
        ]
        for one in frozen["events"]
    ]
    headers = ["Дата", "Мероприятие", "Вид", "Форма", "Ожидались", "Были", "Сертификаты"]
    return [Table(headers, table, [4, 9, 5, 4, 4, 3, 4], [4, 5, 6])]


def _contests(frozen: Mapping[str, Any]) -> Sequence[Block]:
    if not frozen["contests"]:
        return [Paragraph("Конкурсов, закрытых в периоде, не было.")]
    blocks: list[Block] = []
    for contest in frozen["contests"]:
        table = [
            [one["title"], str(one["entries"]), str(one["admitted"]), str(one["awarded"])]
            for one in contest["nominations"]
        ]
        totals = [
            sum(one[key] for one in contest["nominations"]) for key in ("entries", "admitted", "awarded")
        ]
        table.append(["Всего", *map(str, totals)])
        headers = ["Номинация", "Работ", "Допущено", "Положительное решение"]
        blocks += [Heading(contest["title"], 2), Table(headers, table, [6, 2, 2, 3], [1, 2, 3])]
    return blocks


def _conclusions(frozen: Mapping[str, Any]) -> Sequence[Block]:
    planned = [one for one in frozen["indicators"] if one["plan_met"] is not None]
    if not planned:
        return [Paragraph("Планы на этот год не установлены, выполнение не оценивается.")]
    missed = [f"{one['code']} ({one['deviation'] or one['shown']})" for one in planned if not one["plan_met"]]
    text = f"План достигнут по {len(planned) - len(missed)} из {len(planned)} показателей с планом."
    return [Paragraph(f"{text} Не достигнут: {', '.join(missed)}." if missed else text)]


def _origin(paper: Requisites, number: int) -> Sequence[Block]:
    """How to check that the numbers are what they were (BR-63, BR-64)."""
    return [
        Heading(f"{number}. Происхождение чисел"),
        Paragraph(
            "Каждое число рассчитано по записям сети, перечень которых открывается на странице показателя. "
            "Контрольная сумма исходных записей (SHA-256):"
        ),
        Paragraph(paper.inputs_hash, align="left"),
    ]
