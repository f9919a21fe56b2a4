"""Who may see and do what (model 3.5)."""

from uuid import UUID

import pytest

from services.expertise import access
from services.expertise.rules.vocabulary import EditionState, StageKind
from shared.person import PUBLIC, Grant, Person, Role
from shared.refusal import NotAllowed, Refused, SignInNeeded

SCHOOL, OTHER, HUMAN = UUID(int=1), UUID(int=2), UUID(int=3)
CITY = "03701000"


def holder(*roles: Role, organisation_id: UUID | None = None, oktmo: str | None = None) -> Person:
    return Person(
        UUID(int=9), HUMAN, "Проверкина", tuple(Grant(role, organisation_id, oktmo) for role in roles)
    )


@pytest.mark.parametrize(
    ("who", "published", "sees"),
    [
        (holder(Role.SECRETARY), False, True),
        (holder(Role.OPERATOR), False, True),
        (holder(Role.COUNCIL), False, True),
        (holder(Role.ORGANISATION, organisation_id=SCHOOL), False, True),
        (holder(Role.TMS, organisation_id=SCHOOL), False, True),
        (holder(Role.ORGANISATION, organisation_id=OTHER), True, False),
        (holder(Role.EDU_AUTHORITY, oktmo=CITY), False, True),
        (holder(Role.EDU_AUTHORITY, oktmo="03625000"), True, False),
        (holder(Role.EXPERT), False, True),
        (holder(Role.IRO), False, False),
        (holder(Role.IRO), True, True),
        (holder(Role.SYSTEM_ADMIN), True, False),
        (holder(Role.PARTICIPANT), True, False),
        (PUBLIC, True, False),
        (Person.system("expertise"), False, True),
    ],
)
def test_scope_of_entries(who: Person, published: bool, sees: bool) -> None:
    assert access.may_see_entry(who, [SCHOOL], CITY, published, readers=[HUMAN]) is sees


def test_an_expert_without_the_declaration_sees_nothing() -> None:
    assert not access.may_see_entry(holder(Role.EXPERT), [SCHOOL], CITY, False, readers=[])


@pytest.mark.parametrize(
    ("who", "state", "rating"),
    [
        (holder(Role.SECRETARY), EditionState.CORRESPONDENCE, True),
        (holder(Role.COUNCIL), EditionState.IN_PERSON, False),
        (holder(Role.COUNCIL), EditionState.DECISION, True),
        (holder(Role.OPERATOR), EditionState.DECISION, True),
        (holder(Role.EXPERT), EditionState.COMPLETED, False),
        (holder(Role.ORGANISATION), EditionState.COMPLETED, False),
    ],
)
def test_rating(who: Person, state: EditionState, rating: bool) -> None:
    stages = [StageKind.CORRESPONDENCE, StageKind.IN_PERSON]
    assert access.may_see_rating(who, state, stages) is rating


def test_sheets_open_stage_by_stage() -> None:
    council = holder(Role.COUNCIL)
    assert access.may_see_sheets(council, EditionState.IN_PERSON, StageKind.CORRESPONDENCE)
    assert not access.may_see_sheets(council, EditionState.IN_PERSON, StageKind.IN_PERSON)


def test_nobody_both_assigns_and_scores() -> None:
    with pytest.raises(Refused):
        access.check_may_be_expert({Role.SECRETARY, Role.EXPERT})
    access.check_may_be_expert({Role.TMS})
    with pytest.raises(NotAllowed):
        access.require_assigner(holder(Role.SECRETARY), [HUMAN])
    assert not access.is_the_expert(holder(Role.SECRETARY, Role.EXPERT), HUMAN)
    assert access.is_the_expert(holder(Role.EXPERT), HUMAN)
    assert not access.is_the_expert(holder(Role.EXPERT), OTHER)


@pytest.mark.parametrize(
    "check",
    [
        lambda who: access.require_secretary(who),
        lambda who: access.require_operator(who),
        lambda who: access.require_contest_keeper(who),
        lambda who: access.require_council_keeper(who),
        lambda who: access.require_applicant(who, SCHOOL),
        lambda who: access.require_the_expert(who, HUMAN),
    ],
)
def test_a_participant_may_do_nothing_here(check) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed):
        check(holder(Role.PARTICIPANT))


def test_lists_for_forms_need_a_known_person() -> None:
    with pytest.raises(SignInNeeded):
        access.require_signed_in(PUBLIC)


def test_who_waives_sees_and_declares_conflicts() -> None:
    """The operator waives, secretary and operator look, the expert alone declares (F17, BR-42)."""
    operator, secretary = holder(Role.OPERATOR), holder(Role.SECRETARY)
    access.require_waiving(operator)
    access.require_conflict_reader(operator)
    access.require_conflict_reader(secretary)
    expert = holder(Role.EXPERT)
    access.require_declarer(expert, expert.person_id)
    for forbidden in (
        lambda: access.require_waiving(secretary),
        lambda: access.require_conflict_reader(expert),
        lambda: access.require_declarer(expert, None),
        lambda: access.require_declarer(secretary, secretary.person_id),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
