"""Who may see and do what, cell by cell of the rights table (model 3.5)."""

import pytest

from services.reports import access
from services.reports.rules.terms import Edition, RecordKind
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import NotAllowed, SignInNeeded
from tests.rules.reports.network import key

HOME, FOREIGN = "03601000", "03607000"


def someone(role: Role, oktmo: str | None = None) -> Person:
    return Person(key(1), key(2), "Проверкина А.Б.", (Grant(role, None, oktmo),))


EVERYONE = {role: someone(role, HOME if role in access.TERRITORY else None) for role in Role}
KRAI = {Role.SYSTEM_ADMIN, Role.OPERATOR, Role.SECRETARY, Role.COUNCIL, Role.IRO}


@pytest.mark.parametrize("role", list(Role))
def test_municipalities(role: Role) -> None:
    who = EVERYONE[role]
    access.must_see_municipality(who, None)
    assert access.sees_municipality(who, HOME) is (role in KRAI or role in access.TERRITORY)
    assert access.sees_municipality(who, FOREIGN) is (role in KRAI)


#: Kind -> (roles that list all records, roles that list those of their municipality).
TABLE = {
    RecordKind.PLATFORM: (set(Role), set(access.TERRITORY)),
    RecordKind.ORGANISATION: (set(Role), set(access.TERRITORY)),
    RecordKind.TRANSFORMATION: (set(Role), set(access.TERRITORY)),
    RecordKind.EVENT: (set(Role), set(access.TERRITORY)),
    RecordKind.AGREEMENT: ({Role.SYSTEM_ADMIN, Role.OPERATOR}, {Role.TMS, Role.EDU_AUTHORITY}),
    RecordKind.PARTICIPATION: ({Role.SYSTEM_ADMIN, Role.OPERATOR}, {Role.TMS}),
    RecordKind.SHEET: ({Role.OPERATOR, Role.SECRETARY, Role.COUNCIL}, set()),
    RecordKind.ENTRY: (
        {Role.OPERATOR, Role.SECRETARY, Role.COUNCIL, Role.IRO},
        {Role.TMS, Role.EDU_AUTHORITY},
    ),
}


@pytest.mark.parametrize("kind", list(RecordKind))
@pytest.mark.parametrize("role", list(Role))
def test_records(role: Role, kind: RecordKind) -> None:
    everywhere, at_home = TABLE[kind]
    who = EVERYONE[role]
    assert access.sees_records(who, kind, None) is (role in everywhere)
    assert access.sees_records(who, kind, HOME) is (role in (everywhere & KRAI) | at_home)
    assert access.sees_records(who, kind, FOREIGN) is (role in everywhere & KRAI)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_the_public_sees_open_records_of_the_whole_network_only(kind: RecordKind) -> None:
    opened = kind in {
        RecordKind.PLATFORM,
        RecordKind.ORGANISATION,
        RecordKind.TRANSFORMATION,
        RecordKind.EVENT,
    }
    assert access.sees_records(PUBLIC, kind, None) is opened
    assert not access.sees_records(PUBLIC, kind, HOME)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_operator_keeps(role: Role) -> None:
    who = EVERYONE[role]
    assert access.may_keep(who) is (role is Role.OPERATOR)
    if role is not Role.OPERATOR:
        with pytest.raises(NotAllowed):
            access.must_keep(who)


@pytest.mark.parametrize("role", list(Role))
def test_papers(role: Role) -> None:
    who = EVERYONE[role]
    assert access.sees_edition(who, Edition.OPEN)
    assert access.sees_edition(who, Edition.FULL) is (role in {Role.SYSTEM_ADMIN, Role.OPERATOR, Role.IRO})


def test_strangers_are_asked_to_sign_in_and_others_are_refused() -> None:
    for refused in (
        lambda who: access.must_see_municipality(who, FOREIGN),
        lambda who: access.must_see_records(who, RecordKind.AGREEMENT, None),
        lambda who: access.must_see_edition(who, Edition.FULL),
        access.must_keep,
    ):
        with pytest.raises(SignInNeeded):
            refused(PUBLIC)
        with pytest.raises(NotAllowed):
            refused(EVERYONE[Role.TMS])


def test_the_system_may_do_everything() -> None:
    system = Person.system("reports")
    access.must_keep(system)
    access.must_see_edition(system, Edition.FULL)
    assert all(access.sees_records(system, kind, HOME) for kind in RecordKind)
