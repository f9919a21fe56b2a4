"""Who may see and do what at reports: pure predicates after the rights table (model 3.5).

The numbers of the whole network are open. Numbers of one municipality belong to its ТМС and МОУО and to those
who see the whole krai. Records behind a number are shown to whoever may see such records at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.reports.rules.terms import Edition, RecordKind
from shared.person import Person, Role
from shared.refusal import N_, NotAllowed, SignInNeeded

#: Roles that see every territory.
EVERYWHERE = (Role.SYSTEM_ADMIN, Role.OPERATOR, Role.SECRETARY, Role.COUNCIL, Role.IRO)
#: Roles that see their own municipality.
TERRITORY = (Role.TMS, Role.EDU_AUTHORITY)


@dataclass(frozen=True)
class Readers:
    """Who may list records of a kind: the public, these roles everywhere, those roles at home."""

    public: bool = False
    everywhere: tuple[Role, ...] = ()
    at_home: tuple[Role, ...] = ()


#: The rows of the rights table, by what stands behind a number.
RECORD_READERS: Mapping[RecordKind, Readers] = {
    RecordKind.ORGANISATION: Readers(public=True),
    RecordKind.PLATFORM: Readers(public=True),
    RecordKind.TRANSFORMATION: Readers(public=True),
    RecordKind.EVENT: Readers(public=True),
    RecordKind.AGREEMENT: Readers(everywhere=(Role.SYSTEM_ADMIN, Role.OPERATOR), at_home=TERRITORY),
    RecordKind.PARTICIPATION: Readers(everywhere=(Role.SYSTEM_ADMIN, Role.OPERATOR), at_home=(Role.TMS,)),
    RecordKind.SHEET: Readers(everywhere=(Role.OPERATOR, Role.SECRETARY, Role.COUNCIL)),
    RecordKind.ENTRY: Readers(
        everywhere=(Role.OPERATOR, Role.SECRETARY, Role.COUNCIL, Role.IRO), at_home=TERRITORY
    ),
}


def sees_everywhere(who: Person) -> bool:
    """Whether the numbers of every municipality are open to this person."""
    return who.has(*EVERYWHERE)


def home(who: Person) -> set[str]:
    """Municipalities whose numbers are the person's own."""
    return who.municipalities(*TERRITORY)


def sees_municipality(who: Person, oktmo: str) -> bool:
    """Whether the numbers of this municipality are open to this person."""
    return sees_everywhere(who) or oktmo in home(who)


def must_see_municipality(who: Person, oktmo: str | None) -> None:
    """The network as a whole is open; a municipality is shown to its own people and whole-krai roles."""
    if oktmo is None or sees_municipality(who, oktmo):
        return
    _signed_in(who)
    raise NotAllowed(N_("Показатели муниципалитета видят его ТМС и МОУО, оператор сети и ИРО"))


def sees_records(who: Person, kind: RecordKind, oktmo: str | None) -> bool:
    """Whether this person may list the records behind a number of this municipality (None: of all)."""
    readers = RECORD_READERS[kind]
    if oktmo is not None and not sees_municipality(who, oktmo):
        return False
    if readers.public or who.has(*readers.everywhere):
        return True
    # Asked without roles, `municipalities` would answer for every role.
    return bool(readers.at_home) and oktmo in who.municipalities(*readers.at_home)


def must_see_records(who: Person, kind: RecordKind, oktmo: str | None) -> None:
    """Refuse whoever may know the number but not the records behind it."""
    must_see_municipality(who, oktmo)
    if not sees_records(who, kind, oktmo):
        _signed_in(who)
        raise NotAllowed(N_("Записи этого показателя закрыты для вашей роли: открыто только число"))


def may_keep(who: Person) -> bool:
    """Plans, imported values and reports are kept by the operator."""
    return who.has(Role.OPERATOR)


def must_keep(who: Person) -> None:
    """Refuse whoever is not the operator."""
    _signed_in(who)
    if not may_keep(who):
        raise NotAllowed(N_("Отчёты, планы и внесённые значения ведёт оператор сети"))


def sees_imports(who: Person, oktmo: str | None) -> bool:
    """An imported value is as open as a computed one of the same territory."""
    return oktmo is None or sees_municipality(who, oktmo)


def sees_edition(who: Person, edition: Edition) -> bool:
    """The open paper is for everybody; the full one lists agreements, so it follows their rights."""
    return edition is Edition.OPEN or who.has(*RECORD_READERS[RecordKind.AGREEMENT].everywhere, Role.IRO)


def must_see_edition(who: Person, edition: Edition) -> None:
    """Refuse the full paper to those who may only see the open one."""
    if not sees_edition(who, edition):
        _signed_in(who)
        raise NotAllowed(N_("Полный отчёт открыт оператору сети и ИРО; скачайте открытый"))


def _signed_in(who: Person) -> None:
    if who.is_public and not who.is_system:
        raise SignInNeeded()
