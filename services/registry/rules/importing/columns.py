"""Which column of a sent table means what: names in Russian and English, in any order (BR-07)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.registry.rules.importing.kinds import BatchKind
from services.registry.rules.names import search_key
from shared.refusal import N_, Refused

#: A title, an empty line or two may stand above the header.
LOOKED_AT = 10


@dataclass(frozen=True)
class Column:
    """One thing that is asked: its field, its title in the template, other names people give it, an example."""

    field: str
    title: str
    names: tuple[str, ...] = ()
    needed: bool = False
    example: str = ""


@dataclass(frozen=True)
class Header:
    """The recognised header: the row it stands in, fields by position, names that mean nothing to us."""

    row: int
    fields: dict[int, str]
    unknown: list[str]


ORGANISATIONS = (
    Column(
        "full_name", N_("Полное наименование"),
        ("наименование", "название", "организация", "наименование организации", "название организации",
         "полное название", "образовательная организация", "учреждение", "full name", "name", "organisation",
         "organization"),
        needed=True, example="МБОУ «Средняя общеобразовательная школа № 94»",
    ),
    Column(
        "short_name", N_("Краткое наименование"),
        ("краткое название", "сокращённое наименование", "сокращённое название", "short name"),
        example="МБОУ СОШ № 94",
    ),
    Column(
        "roles", N_("Роли"),
        ("роль", "роль в сети", "роли в сети", "тип организации", "role", "roles"),
        example="образовательная организация",
    ),
    Column(
        "municipality", N_("Муниципалитет"),
        ("муниципальное образование", "мо", "район", "территория", "октмо", "код октмо", "муниципальный район",
         "район город", "municipality", "municipality oktmo", "oktmo", "district"),
        example="город Краснодар",
    ),
    Column(
        "edu_kind", N_("Вид образовательной организации"),
        ("вид", "вид организации", "вид оо", "тип оо", "edu kind", "kind"),
        example="общеобразовательная",
    ),
    Column(
        "legal_form", N_("Правовая форма"),
        ("организационно правовая форма", "опф", "форма", "legal form"), example="МБОУ",
    ),
    Column("inn", N_("ИНН"), ("инн организации", "inn", "tax number")),
    Column("ogrn", N_("ОГРН"), ("огрн организации", "ogrn")),
    Column("site", N_("Сайт"), ("адрес сайта", "сайт организации", "url", "website", "site")),
    Column(
        "email", N_("Электронная почта"),
        ("e mail", "е mail", "email", "mail", "почта", "эл почта", "адрес электронной почты"),
    ),
)  # fmt: skip

PLATFORMS = (
    Column(
        "topic", N_("Тема"),
        ("тема площадки", "название", "наименование", "название площадки", "наименование площадки",
         "тема проекта", "topic", "title"),
        needed=True, example="Сетевая модель сопровождения педагогов",
    ),
    Column(
        "kind", N_("Вид площадки"),
        ("вид", "тип", "тип площадки", "статус", "kind", "platform kind"), needed=True, example="МСИП",
    ),
    Column(
        "holders", N_("Держатели"),
        ("держатель", "организация", "организации", "держатель площадки", "держатели площадки",
         "инн держателя", "holder", "holders", "organisation"),
        needed=True, example="МБОУ «СОШ № 94»",
    ),
    Column("hub", N_("Сетевой центр"), ("центр сети", "hub"), example="МБОУ «СОШ № 94»"),
    Column(
        "members", N_("Участники сети"),
        ("участники", "участники площадки", "члены сети", "members"),
        example="МБОУ «СОШ № 1»; МБОУ «СОШ № 2»",
    ),
    Column(
        "act", N_("Акт"),
        ("приказ", "номер акта", "номер приказа", "реквизиты акта", "реквизиты приказа", "act", "act number"),
        example="приказ № 25 от 31.12.2018",
    ),
    Column("act_date", N_("Дата акта"), ("дата приказа", "act date")),
    Column("basis", N_("Договор"), ("основание", "договор партнёрства", "agreement", "basis")),
    Column(
        "valid_from", N_("С"),
        ("начало", "действует с", "дата начала", "дата присвоения", "from", "valid from"),
        needed=True, example="01.01.2019",
    ),
    Column(
        "valid_to", N_("По"),
        ("окончание", "действует по", "до", "дата окончания", "срок", "to", "until", "valid to"),
        example="31.12.2021",
    ),
)  # fmt: skip

COLUMNS = {BatchKind.ORGANISATIONS: ORGANISATIONS, BatchKind.PLATFORMS: PLATFORMS}


def recognise(kind: BatchKind, rows: Sequence[tuple[int, Sequence[str]]]) -> Header:
    """The header is the first row that names every needed column; nothing is guessed from the contents."""
    names = {
        search_key(name): column.field
        for column in COLUMNS[kind]
        for name in (column.title, column.field, *column.names)
    }
    best: set[str] = set()
    for position, (_, cells) in enumerate(rows[:LOOKED_AT]):
        found = {at: names[key] for at, cell in enumerate(cells) if (key := search_key(cell)) in names}
        if _needed(kind) <= set(found.values()):
            _refuse_twice(kind, list(found.values()))
            unknown = [cell for at, cell in enumerate(cells) if cell and at not in found]
            return Header(position, found, unknown)
        if len(set(found.values())) > len(best):
            best = set(found.values())
    missing = [column.title for column in COLUMNS[kind] if column.needed and column.field not in best]
    raise Refused(
        "FILE",
        N_("Не найдены столбцы: %(columns)s. Возьмите шаблон таблицы."),
        field="file",
        columns=", ".join(missing),
    )


def title_of(kind: BatchKind, field: str) -> str:
    """How a field is called in the template, a msgid."""
    return next((column.title for column in COLUMNS[kind] if column.field == field), field)


def _needed(kind: BatchKind) -> set[str]:
    return {column.field for column in COLUMNS[kind] if column.needed}


def _refuse_twice(kind: BatchKind, found: list[str]) -> None:
    for field in found:
        if found.count(field) > 1:
            raise Refused(
                "FILE",
                N_("Два столбца значат одно и то же: «%(column)s». Оставьте один."),
                field="file",
                column=title_of(kind, field),
            )
