"""Values as people write them in tables, and the codes that the registry keeps (BR-07…BR-10)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from services.registry.rules.kinds import ActKind, EduOrgKind, OrgRole, PlatformKind
from services.registry.rules.labels import LABELS
from services.registry.rules.names import clean, search_key
from shared.refusal import N_, Refused

K = TypeVar("K", bound=StrEnum)

_SYNONYMS: dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]] = {
    OrgRole: {
        OrgRole.TMS: ("тмс", "методическая служба", "методический центр", "имц", "муниципальная методическая служба"),
        OrgRole.EDU_ORG: (
            "оо", "образовательное учреждение", "школа", "детский сад", "учебное заведение", "образование",
        ),
        OrgRole.EDU_AUTHORITY: ("моуо", "муниципальный орган управления", "управление образования"),
        OrgRole.IRO: ("иро",),
        OrgRole.NETWORK_OPERATOR: ("оператор", "кнмц", "оператор сетевой методической службы"),
        OrgRole.MINISTRY: ("моно", "министерство образования"),
        OrgRole.OTHER: ("иное", "другое", "прочее", "другая", "иная"),
    },
    EduOrgKind: {
        EduOrgKind.PRESCHOOL: ("доо", "доу", "детский сад", "дошкольное", "дошкольная организация", "дс"),
        EduOrgKind.SCHOOL: ("школа", "сош", "оош", "нош", "лицей", "гимназия", "общее", "общеобразовательное"),
        EduOrgKind.SUPPLEMENTARY: (
            "удо", "удод", "дополнительная", "дополнительное", "дополнительное образование", "ддт", "дюсш",
        ),
        EduOrgKind.CORRECTIONAL: ("коррекционное", "коррекционная школа", "скоши", "специальная коррекционная"),
        EduOrgKind.VOCATIONAL: ("спо", "поо", "профессиональное", "техникум", "колледж"),
    },
    PlatformKind: {
        PlatformKind.MUNICIPAL: ("мип", "муниципальная", "муниципальная инновационная площадка"),
        PlatformKind.MUNICIPAL_NETWORK: (
            "мсип", "муниципальная сетевая", "муниципальная сетевая инновационная площадка", "сетевая",
        ),
        PlatformKind.KRAI: ("кип", "краевая", "краевая инновационная площадка"),
        PlatformKind.KRAI_EXPERIMENTAL: ("кэп", "краевая экспериментальная", "краевая экспериментальная площадка"),
        PlatformKind.FEDERAL: ("фип", "федеральная", "федеральная инновационная площадка"),
        PlatformKind.PARTNER: ("партнерская площадка", "партнёрская"),
        PlatformKind.FGOS_PILOT: ("пилотная", "пилотная площадка", "фгос", "пилот фгос"),
    },
}  # fmt: skip

#: Legal forms as they are printed, by their full names.
_FORMS = {
    "муниципальное бюджетное общеобразовательное учреждение": "МБОУ",
    "муниципальное автономное общеобразовательное учреждение": "МАОУ",
    "муниципальное казенное общеобразовательное учреждение": "МКОУ",
    "муниципальное бюджетное дошкольное образовательное учреждение": "МБДОУ",
    "муниципальное автономное дошкольное образовательное учреждение": "МАДОУ",
    "муниципальное казенное дошкольное образовательное учреждение": "МКДОУ",
    "муниципальное дошкольное образовательное бюджетное учреждение": "МДОБУ",
    "муниципальное дошкольное образовательное автономное учреждение": "МДОАУ",
    "муниципальное общеобразовательное бюджетное учреждение": "МОБУ",
    "муниципальное общеобразовательное автономное учреждение": "МОАУ",
    "муниципальное бюджетное учреждение дополнительного образования": "МБУ ДО",
    "муниципальное автономное учреждение дополнительного образования": "МАУ ДО",
    "муниципальное казенное учреждение дополнительного образования": "МКУ ДО",
    "муниципальное бюджетное учреждение": "МБУ",
    "муниципальное автономное учреждение": "МАУ",
    "муниципальное казенное учреждение": "МКУ",
    "муниципальное учреждение": "МУ",
    "государственное бюджетное общеобразовательное учреждение": "ГБОУ",
    "государственное казенное общеобразовательное учреждение": "ГКОУ",
    "государственное бюджетное учреждение": "ГБУ",
    "государственное казенное учреждение": "ГКУ",
    "государственное бюджетное профессиональное образовательное учреждение": "ГБПОУ",
    "государственное автономное профессиональное образовательное учреждение": "ГАПОУ",
    "автономная некоммерческая организация": "АНО",
    "частное образовательное учреждение": "ЧОУ",
    "частное общеобразовательное учреждение": "ЧОУ",
    "некоммерческое партнерство": "НП",
    "общество с ограниченной ответственностью": "ООО",
}
FORM_WORDS = frozenset(
    word for form in (*_FORMS.values(), "ДОУ", "ДО", "МДОУ", "МОУ", "УО") for word in form.casefold().split()
)
_BY_FORM = {**_FORMS, **{search_key(form): form for form in _FORMS.values()}}

_LIST = re.compile(r"[;,/\n]|\s\+\s")
_PEOPLE_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:\s*(?:г\.?|года))?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_ACT = re.compile(r"^(?P<kind>[^\d№]*?)\s*№?\s*(?P<number>[^\s№]+)?\s*(?:от\s+(?P<day>\S+(?:\s*г\.?)?))?$")
_SITE = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+")


def _table(kind: type[K]) -> Mapping[str, K]:
    found = {search_key(LABELS[kind][code.value]): code for code in kind}
    found |= {search_key(code.value): code for code in kind}
    return found | {
        search_key(word): kind(code.value)
        for code, words in _SYNONYMS.get(kind, {}).items()
        for word in words
    }


_TABLES: Mapping[type[StrEnum], Mapping[str, StrEnum]] = {
    kind: _table(kind) for kind in (OrgRole, EduOrgKind, PlatformKind, ActKind)
}


def code(kind: type[K], text: str, field: str) -> K:
    """A code by its label, its synonyms or itself; an unknown word is refused, never taken for the nearest."""
    found = _TABLES[kind].get(search_key(text))
    if found is None:
        raise Refused("IMPORT", N_("Неизвестное значение «%(value)s»"), field=field, value=text[:100])
    return kind(found.value)


def several(text: str) -> list[str]:
    """Items of a cell: separated by semicolons, commas, slashes or lines."""
    return [item.strip() for item in _LIST.split(text) if item.strip()]


def names_listed(text: str) -> list[str]:
    """Names of organisations in one cell, which may hold commas themselves: semicolons and lines separate."""
    return [item.strip() for item in re.split(r"[;\n]", text) if item.strip()]


def roles(text: str) -> list[OrgRole]:
    """Roles of an organisation (BR-08)."""
    return sorted({code(OrgRole, item, "roles") for item in several(text)})


def legal_form(text: str) -> str:
    """A legal form as it is printed, for its full name or in another case; an unknown one stays as it is."""
    named = clean(text)
    if len(named) > 40 and search_key(named) not in _BY_FORM:
        raise Refused("IMPORT", N_("Не длиннее %(limit)s знаков"), field="legal_form", limit=40)
    return _BY_FORM.get(search_key(named), named)


def day(text: str, field: str) -> date:
    """A date as 31.12.2020 or 2020-12-31; nothing else is guessed."""
    text = text.strip()
    try:
        if match := _PEOPLE_DAY.fullmatch(text):
            found = date(int(match[3]), int(match[2]), int(match[1]))
        elif match := _ISO_DAY.fullmatch(text):
            found = date(int(match[1]), int(match[2]), int(match[3]))
        else:
            raise ValueError
        if not 1900 <= found.year <= 2100:
            raise ValueError
    except ValueError:
        raise Refused(
            "IMPORT", N_("«%(value)s» — не дата. Пишите так: 31.12.2020."), field=field, value=text[:40]
        ) from None
    return found


def digits(text: str) -> str:
    """A code without the spaces and the apostrophe that tables put into numbers."""
    return re.sub(r"[\s'`’]", "", text)


def act(text: str, dated: str) -> tuple[str, date]:
    """Number and date of an act: «приказ № 25 от 31.12.2018», or the date in a column of its own."""
    match = _ACT.match(clean(text))
    if match is None or not match["number"]:
        raise Refused("BR-19", N_("Укажите номер акта: «приказ № 25 от 31.12.2018»"), field="act")
    when = dated or match["day"] or ""
    if not when:
        raise Refused("BR-19", N_("Укажите дату акта"), field="act_date")
    return match["number"], day(when, "act_date" if dated else "act")


def site(text: str) -> str:
    """An address of a site; what begins without a scheme gets one."""
    address = text if "://" in text else f"http://{text}"
    if len(address) > 200 or not _SITE.fullmatch(address):
        raise Refused("IMPORT", N_("Это не адрес сайта"), field="site")
    return address


def email(text: str) -> str:
    """An e-mail address."""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Refused("IMPORT", N_("Это не адрес электронной почты"), field="email")
    return text


def without(words: Iterable[str], dropped: frozenset[str]) -> str:
    """The words that are not among the dropped ones."""
    return " ".join(word for word in words if word not in dropped)
