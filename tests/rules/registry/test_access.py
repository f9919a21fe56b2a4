"""Model 3.5: who may do what, by role and by scope."""

from uuid import uuid4

import pytest

from services.registry import access
from services.registry.rules.kinds import ActLevel
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import NotAllowed

OWN, OTHER = uuid4(), uuid4()
HERE, THERE = "03643000", "03601000"


def somebody(role: Role) -> Person:
    """A person with one role, acting for OWN in HERE."""
    return Person(uuid4(), uuid4(), "Кто-то", (Grant(role, OWN, HERE),))


def allowed(predicate: object, *facts: object) -> set[Role]:
    """Roles for which a predicate holds."""
    return {role for role in Role if predicate(somebody(role), *facts)}


def test_managers_and_the_operator() -> None:
    assert allowed(access.may_manage) == {Role.OPERATOR, Role.SYSTEM_ADMIN}
    assert allowed(access.may_operate) == {Role.OPERATOR}


@pytest.mark.parametrize(
    ("level", "roles"),
    [
        (ActLevel.REGIONAL, {Role.OPERATOR, Role.IRO}),
        (ActLevel.MUNICIPAL, {Role.OPERATOR, Role.IRO, Role.EDU_AUTHORITY}),
        (ActLevel.LOCAL, {Role.OPERATOR, Role.IRO, Role.EDU_AUTHORITY, Role.TMS}),
    ],
)
def test_acts(level: ActLevel, roles: set[Role]) -> None:
    assert allowed(access.may_record_act, level) == roles


def test_agreements_are_read_by_parties_and_the_territory() -> None:
    everybody = {Role.OPERATOR, Role.SYSTEM_ADMIN, Role.IRO}
    assert allowed(access.may_read_agreement, [OWN, OTHER], THERE) == everybody | {
        Role.TMS,
        Role.ORGANISATION,
    }
    assert allowed(access.may_read_agreement, [OTHER], HERE) == everybody | {Role.TMS, Role.EDU_AUTHORITY}
    assert allowed(access.may_read_agreement, [OTHER], THERE) == everybody
    assert not access.may_read_agreement(PUBLIC, [OWN], HERE)


def test_only_the_operator_signs_for_others() -> None:
    assert allowed(access.may_sign, OWN) == {Role.OPERATOR, Role.TMS}
    assert allowed(access.may_sign, OTHER) == {Role.OPERATOR}


def test_grounds_of_a_status_by_scope() -> None:
    everybody = {Role.OPERATOR, Role.SYSTEM_ADMIN, Role.IRO, Role.SECRETARY, Role.COUNCIL, Role.EXPERT}
    assert allowed(access.may_read_platform, [OTHER], THERE) == everybody
    assert allowed(access.may_read_platform, [OTHER], HERE) == everybody | {Role.TMS, Role.EDU_AUTHORITY}
    assert Role.ORGANISATION in allowed(access.may_read_platform, [OWN], THERE)
    assert not access.may_read_platform(PUBLIC, [OWN], HERE)


def test_inner_fields_of_an_organisation_by_scope() -> None:
    assert Role.ORGANISATION in allowed(access.may_read_organisation, OWN, THERE)
    assert Role.ORGANISATION not in allowed(access.may_read_organisation, OTHER, HERE)
    assert Role.EDU_AUTHORITY in allowed(access.may_read_organisation, OTHER, HERE)
    assert not access.may_read_organisation(PUBLIC, OWN, None)


def test_applications_come_from_holders_their_tms_and_the_operator() -> None:
    assert allowed(access.may_apply_for_platform, [OWN], THERE) == {Role.OPERATOR, Role.ORGANISATION}
    assert allowed(access.may_apply_for_platform, [OTHER], HERE) == {Role.OPERATOR, Role.TMS}
    assert not access.may_apply_for_platform(somebody(Role.TMS), [OTHER], None)


def test_people_are_read_by_scope() -> None:
    assert allowed(access.may_read_person, uuid4(), OTHER) == {
        Role.OPERATOR,
        Role.SYSTEM_ADMIN,
        Role.SECRETARY,
    }
    assert Role.TMS in allowed(access.may_read_person, uuid4(), OWN)
    me = somebody(Role.PARTICIPANT)
    assert access.may_read_person(me, me.person_id, None)


def test_the_operator_makes_neither_administrators_nor_operators() -> None:
    operator, admin = somebody(Role.OPERATOR), somebody(Role.SYSTEM_ADMIN)
    assert access.may_grant(operator, [Role.TMS, Role.EXPERT])
    assert not access.may_grant(operator, [Role.EXPERT, Role.SYSTEM_ADMIN])
    assert not access.may_grant(operator, [Role.OPERATOR])
    assert access.may_grant(admin, [Role.SYSTEM_ADMIN])
    assert not access.may_grant(somebody(Role.TMS), [Role.EXPERT])


def test_a_service_may_everything_and_a_refusal_is_a_403() -> None:
    system = Person.system("registry")
    assert access.may_operate(system)
    assert access.may_grant(system, [Role.SYSTEM_ADMIN])
    with pytest.raises(NotAllowed):
        access.require(access.may_operate(PUBLIC))
