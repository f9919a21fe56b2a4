"""Synthetic people: plausible Russian names from short lists, e-mail at example.org only, no telephones."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from services.demo.outline import chance

_WOMEN_LAST = (
    "Аксёнова", "Беляева", "Власова", "Гордеева", "Данилова", "Егорова", "Жукова", "Зайцева", "Ильина",
    "Калашникова", "Лаптева", "Макарова", "Назарова", "Осипова", "Панова", "Родионова", "Савельева",
    "Тарасова", "Устинова", "Фадеева", "Харитонова", "Цветкова", "Черкасова", "Шубина", "Щукина",
    "Юдина", "Яковлева", "Бондаренко", "Гончаренко", "Кравченко", "Левченко", "Марченко", "Онищенко",
    "Петренко", "Руденко", "Скляр", "Ткаченко", "Шевчук", "Дорошенко", "Зинченко", "Ковальчук",
    "Литвиненко", "Мороз", "Острога", "Полтавец", "Сердюк", "Тимошенко", "Хоменко", "Чумак", "Яценко",
)  # fmt: skip
_WOMEN_FIRST = (
    "Анна", "Вера", "Галина", "Дарья", "Елена", "Жанна", "Зоя", "Ирина", "Ксения", "Лариса", "Марина",
    "Наталья", "Оксана", "Полина", "Раиса", "Светлана", "Татьяна", "Ульяна", "Юлия", "Яна",
)  # fmt: skip
_WOMEN_MIDDLE = (
    "Алексеевна", "Борисовна", "Викторовна", "Геннадьевна", "Дмитриевна", "Евгеньевна", "Игоревна",
    "Константиновна", "Леонидовна", "Михайловна", "Николаевна", "Олеговна", "Павловна", "Романовна",
    "Сергеевна", "Фёдоровна", "Юрьевна",
)  # fmt: skip
_MEN_LAST = (
    "Абрамов", "Борисенко", "Волошин", "Грищенко", "Демченко", "Ермаков", "Карпенко", "Логинов", "Нестеренко",
    "Прокопенко", "Сидоренко", "Федорченко",
)  # fmt: skip
_MEN_FIRST = ("Андрей", "Виктор", "Денис", "Игорь", "Константин", "Максим", "Олег", "Сергей", "Юрий")
_MEN_MIDDLE = ("Андреевич", "Васильевич", "Дмитриевич", "Иванович", "Николаевич", "Петрович", "Юрьевич")
#: Every sixth is a man, as in the staff of methodical services.
_POOLS = 5 * ((_WOMEN_LAST, _WOMEN_FIRST, _WOMEN_MIDDLE),) + ((_MEN_LAST, _MEN_FIRST, _MEN_MIDDLE),)
_LATIN = dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A full name that nobody else of the demonstration has."""

    last: str
    first: str
    middle: str

    @property
    def full(self) -> str:
        """«Фамилия Имя Отчество»."""
        return f"{self.last} {self.first} {self.middle}"

    @property
    def short(self) -> str:
        """«Фамилия И.О.»."""
        return f"{self.last} {self.first[0]}.{self.middle[0]}."

    @property
    def email(self) -> str:
        """An address that cannot exist: example.org is reserved."""
        last, first, middle = (
            "".join(_LATIN[letter] for letter in part.lower())
            for part in (self.last, self.first[0], self.middle[0])
        )
        return f"{last}.{first}{middle}@example.org"


@dataclass(frozen=True)
class Somebody:
    """A person of the registry."""

    id: UUID
    name: Name
    organisation_id: UUID | None


def names() -> Iterator[Name]:
    """Names in an order that is the same in every load; no last name and initials come twice."""
    dice = chance("people")
    seen: set[str] = set()
    while True:
        name = Name(*(dice.choice(pool) for pool in dice.choice(_POOLS)))
        if name.short not in seen:
            seen.add(name.short)
            yield name
