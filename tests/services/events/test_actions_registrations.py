"""Registrations: places, waiting list, codes, copies as of the day (BR-28, BR-29, BR-30)."""

from typing import Any
from uuid import UUID

import pytest

from services.events import actions, queries
from services.events.rules.states import RegistrationState
from shared.person import PUBLIC, Person
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.testing.suite import told
from tests.services.events.network import (
    OF_OTHER_TMS,
    OF_SCHOOL,
    OF_TMS,
    OPERATOR,
    OTHER_TMS,
    SCHOOL,
    STRANGER,
    TEACHER,
    TMS,
    Webinar,
    plan,
    tell_organisation,
)


def participations(webinar: Webinar) -> list[dict[str, Any]]:
    return [data for name, data in told(webinar.app) if name == "events.participation.changed.v1"]


def test_a_registration_is_told_without_name_and_email(webinar: Webinar) -> None:
    anna = webinar.enter("Семёнова", "Анна", email="anna@example.org")
    assert len(anna.join_code) == 6 and anna.state is RegistrationState.CONFIRMED
    assert participations(webinar) == [
        {
            "registration_id": str(anna.id),
            "event_id": str(webinar.id),
            "person_id": None,
            "organisation_id": str(TMS),
            "municipality_oktmo": "03643000",
            "role": "ATTENDEE",
            "state": "CONFIRMED",
            "minutes": None,
        }
    ]


def test_statistics_do_not_change_when_the_organisation_moves(webinar: Webinar) -> None:
    anna = webinar.enter("Семёнова", "Анна")
    tell_organisation(webinar.app, TMS, "Новое имя", ["TMS"], "03625000", version=2)
    with webinar.app.app_context():
        one = queries.registration(OPERATOR, anna.id)
        assert (one.organisation_name, one.municipality_name) == ("ТМС Северского района", "Северский район")


def test_a_person_is_registered_once(webinar: Webinar) -> None:
    webinar.enter("Семёнова", "Анна", person_id=UUID(int=77))
    for again in (
        {"last_name": "СЕМЕНОВА", "first_name": "анна".title()},
        {
            "last_name": "Иванова",
            "first_name": "Анна",
            "person_id": UUID(int=77),
            "organisation_id": OTHER_TMS,
        },
    ):
        with pytest.raises(Refused) as refusal:
            webinar.enter(**again)
        assert refusal.value.rule == "BR-28"
    webinar.enter("Семёнова", "Анна", organisation_id=OTHER_TMS)


def test_whoever_cancelled_may_register_again(webinar: Webinar) -> None:
    anna = webinar.enter("Семёнова", "Анна", person_id=UUID(int=77))
    webinar.do(actions.cancel_registration, registration_id=anna.id)
    again = webinar.enter("Семёнова", "Анна", person_id=UUID(int=77))
    assert again.id != anna.id and again.join_code != anna.join_code


def test_the_waiting_list_moves_up(webinar: Webinar) -> None:
    small = Webinar(webinar.app, plan(webinar.app, capacity=1))
    small.step(actions.open_registration)
    anna, boris, vera = (small.enter(name, "Анна") for name in ("Антонова", "Борисова", "Верина"))
    assert [one.state.value for one in (anna, boris, vera)] == ["CONFIRMED", "WAITLIST", "WAITLIST"]
    small.do(actions.cancel_registration, registration_id=anna.id)
    with small.app.app_context():
        states = {one.last_name: one.state.value for one in queries.participants(OPERATOR, small.id).items}
    assert states == {"Антонова": "CANCELLED", "Борисова": "CONFIRMED", "Верина": "WAITLIST"}
    small.do(actions.cancel_registration, registration_id=vera.id)
    assert [p["state"] for p in participations(small)].count("CONFIRMED") == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_name": ""}, "last_name"),
        ({"first_name": "=1+1"}, "first_name"),
        ({"middle_name": "<b>"}, "middle_name"),
        ({"email": "не почта"}, "email"),
        ({"role": "KING"}, "role"),
        ({"organisation_id": UUID(int=99)}, "organisation_id"),
    ],
)
def test_wrong_data_are_refused_at_their_field(webinar: Webinar, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        webinar.enter(**({"last_name": "Семёнова", "first_name": "Анна"} | changes))
    assert refusal.value.field == field
    assert participations(webinar) == []


def test_a_dissolved_organisation_registers_nobody(webinar: Webinar) -> None:
    tell_organisation(webinar.app, SCHOOL, "Школа", ["EDU_ORG"], "03643000", version=2, state="LIQUIDATED")
    with pytest.raises(Refused) as refusal:
        webinar.enter("Семёнова", "Анна", organisation_id=SCHOOL)
    assert refusal.value.field == "organisation_id"


def test_nobody_registers_for_a_closed_event(webinar: Webinar) -> None:
    webinar.step(actions.close_registration)
    with pytest.raises(Refused) as refusal:
        webinar.enter("Семёнова", "Анна")
    assert refusal.value.rule == "EVENT_STATE"


def test_an_event_for_the_tms_takes_a_tms(webinar: Webinar) -> None:
    inner = Webinar(webinar.app, plan(webinar.app, audience="TMS"))
    inner.step(actions.open_registration)
    inner.enter("Семёнова", "Анна")
    with pytest.raises(Refused) as refusal:
        inner.enter("Иванова", "Анна", organisation_id=SCHOOL)
    assert refusal.value.field == "organisation_id"


ANNA = {"last_name": "Семёнова", "first_name": "Анна"}


@pytest.mark.parametrize(
    ("audience", "who", "asked", "refusal"),
    [
        ("OPEN", PUBLIC, {"organisation_id": SCHOOL}, None),
        ("OPEN", PUBLIC, {"organisation_id": None}, None),
        ("OPEN", PUBLIC, {"role": "SPEAKER"}, NotAllowed),
        ("OPEN", PUBLIC, {"person_id": TEACHER.person_id}, SignInNeeded),
        ("OPEN", STRANGER, {"person_id": TEACHER.person_id, "organisation_id": None}, NotAllowed),
        ("NETWORK", PUBLIC, {}, SignInNeeded),
        ("NETWORK", TEACHER, {"person_id": TEACHER.person_id, "organisation_id": SCHOOL}, None),
        ("NETWORK", TEACHER, {"organisation_id": SCHOOL}, NotAllowed),
        ("NETWORK", OF_TMS, {"organisation_id": TMS}, None),
        ("NETWORK", OF_TMS, {"organisation_id": OTHER_TMS}, NotAllowed),
        ("NETWORK", OF_TMS, {"organisation_id": TMS, "role": "EXPERT"}, NotAllowed),
        ("NETWORK", OF_TMS, {"organisation_id": TMS, "role": "OBSERVER"}, None),
        ("NETWORK", OF_SCHOOL, {"organisation_id": SCHOOL}, None),
        ("NETWORK", OPERATOR, {"organisation_id": OTHER_TMS, "role": "EXPERT"}, None),
    ],
)
def test_who_registers_whom(
    webinar: Webinar, audience: str, who: Person, asked: dict[str, Any], refusal: type[Refused] | None
) -> None:
    event = Webinar(webinar.app, plan(webinar.app, audience=audience))
    event.step(actions.open_registration)
    if refusal is None:
        assert event.enter(**ANNA, who=who, **asked)
        return
    with pytest.raises(refusal):
        event.enter(**ANNA, who=who, **asked)


@pytest.mark.parametrize("who", [PUBLIC, STRANGER, OF_OTHER_TMS, OF_SCHOOL])
def test_a_strangers_registration_is_closed_without_its_code(webinar: Webinar, who: Person) -> None:
    anna = webinar.enter("Семёнова", "Анна", person_id=TEACHER.person_id)
    for code in (None, "", "000000" if anna.join_code != "000000" else "111111", "ё"):
        with webinar.app.app_context(), pytest.raises(NotFound):
            queries.registration(who, anna.id, code)
        with pytest.raises(NotAllowed):
            webinar.do(actions.cancel_registration, who, registration_id=anna.id, join_code=code)
    with webinar.app.app_context():
        assert queries.registration(who, anna.id, anna.join_code).id == anna.id


@pytest.mark.parametrize("who", [TEACHER, OF_TMS, OPERATOR])
def test_owners_see_and_cancel(webinar: Webinar, who: Person) -> None:
    anna = webinar.enter("Семёнова", "Анна", person_id=TEACHER.person_id)
    with webinar.app.app_context():
        assert queries.registration(who, anna.id).join_code == anna.join_code
    webinar.do(actions.cancel_registration, who, registration_id=anna.id)


def test_after_the_start_nothing_is_cancelled(webinar: Webinar) -> None:
    anna = webinar.enter("Семёнова", "Анна")
    webinar.step(actions.close_registration)
    webinar.step(actions.start_event)
    with pytest.raises(Refused) as refusal:
        webinar.do(actions.cancel_registration, registration_id=anna.id)
    assert refusal.value.rule == "REGISTRATION_STATE"


def test_history_is_written_by_the_operator_only_and_after_the_event(webinar: Webinar) -> None:
    asked = {"event_id": webinar.id, "organisation_id": TMS, "role": "OBSERVER", **ANNA}
    with pytest.raises(Refused):
        webinar.do(actions.record_past_participation, **asked)
    webinar.hold()
    with pytest.raises(NotAllowed):
        webinar.do(actions.record_past_participation, OF_TMS, **asked)
    assert webinar.do(actions.record_past_participation, **asked)
    assert participations(webinar)[-1]["state"] == "ATTENDED"


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (OPERATOR, ["Антонова", "Борисова", "Верина"]),
        (OF_TMS, ["Антонова"]),
        (OF_OTHER_TMS, ["Борисова"]),
        (OF_SCHOOL, []),
        (TEACHER, ["Верина"]),
        (STRANGER, []),
    ],
)
def test_names_are_seen_within_the_scope(webinar: Webinar, who: Person, seen: list[str]) -> None:
    webinar.enter("Антонова", "Анна", organisation_id=TMS)
    webinar.enter("Борисова", "Анна", organisation_id=OTHER_TMS)
    webinar.enter("Верина", "Анна", organisation_id=None, person_id=TEACHER.person_id)
    with webinar.app.app_context():
        assert [one.last_name for one in queries.participants(who, webinar.id).items] == seen
        mine = {one.last_name for one in queries.my_registrations(who)}
    assert mine == (set() if who is OPERATOR else set(seen))


def test_the_public_sees_no_names(webinar: Webinar) -> None:
    with webinar.app.app_context():
        for query in (queries.my_registrations, queries.certificates):
            with pytest.raises(SignInNeeded):
                query(PUBLIC)
        with pytest.raises(SignInNeeded):
            queries.participants(PUBLIC, webinar.id)
