"""Planning events and their life (BR-27, model 3.3)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from services.events import actions, queries
from services.events.rules.states import EventState, RegistrationState
from shared.clock import at
from shared.person import PUBLIC, Person
from shared.refusal import NotAllowed, NotFound, Refused, SignInNeeded
from shared.testing.suite import told
from tests.services.events.network import (
    CENTRE,
    ENDS,
    OF_IRO,
    OF_OTHER_TMS,
    OF_SCHOOL,
    OF_TMS,
    OPERATOR,
    STARTS,
    TMS,
    Webinar,
    plan,
)


def events_told(app: Flask) -> list[dict[str, Any]]:
    return [data for name, data in told(app) if name == "events.event.changed.v1"]


def test_a_planned_event_is_told_whole(app: Flask) -> None:
    event_id = plan(app)
    (data,) = events_told(app)
    assert data == {
        "event_id": str(event_id),
        "kind": "WEBINAR",
        "title": "Основы работы с площадками",
        "mode": "ONLINE",
        "state": "PLANNED",
        "date_precision": "DAY",
        "starts_on": "2020-04-16",
        "ends_on": "2020-04-16",
        "organiser_ids": [str(CENTRE)],
        "series_name": None,
        "ordinal": None,
    }


def test_an_event_of_a_series_is_called_after_it(app: Flask) -> None:
    with app.app_context():
        series_id = actions.add_series(
            OPERATOR, name="Открытый Краснодарский фестиваль", organiser_id=CENTRE, aliases=["Новые идеи"]
        )
        festival: dict[str, Any] = {"kind": "FESTIVAL", "series_id": series_id, "date_precision": "MONTH"}
        actions.record_past_event(OPERATOR, **festival, starts_on=date(2020, 2, 1), ordinal=10, jubilee=True)
        with pytest.raises(Refused) as refusal:
            actions.plan_event(OPERATOR, **festival, starts_on=date(2021, 2, 1), ordinal=10)
    assert refusal.value.field == "ordinal"
    (data,) = events_told(app)
    assert data["title"] == "X юбилейный Открытый Краснодарский фестиваль"
    assert (data["state"], data["date_precision"], data["ordinal"]) == ("HELD", "MONTH", 10)
    assert data["organiser_ids"] == [str(CENTRE)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": None}, "title"),
        ({"title": "ab"}, "title"),
        ({"kind": "BALL"}, "kind"),
        ({"mode": "MOON"}, "mode"),
        ({"audience": "FRIENDS"}, "audience"),
        ({"capacity": 0}, "capacity"),
        ({"ordinal": 1}, "ordinal"),
        ({"organiser_ids": [CENTRE, UUID(int=99)]}, "organiser_ids"),
        ({"date_precision": "MONTH"}, "starts_at"),
        ({"ends_at": STARTS}, "ends_at"),
        ({"join_url": "javascript:alert(1)"}, "join_url"),
        ({"join_url": "http://zoom.example.org"}, "join_url"),
        ({"mode": "OFFLINE"}, "join_url"),
    ],
)
def test_a_wrong_plan_is_refused_at_its_field(app: Flask, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        plan(app, **changes)
    assert refusal.value.field == field
    assert events_told(app) == []


def test_a_past_event_cannot_lie_ahead(app: Flask) -> None:
    with app.app_context(), pytest.raises(Refused) as refusal:
        actions.record_past_event(OPERATOR, kind="OTHER", title="Завтра", starts_on=date(2020, 4, 2))
    assert refusal.value.rule == "BR-27"


@pytest.mark.parametrize(
    ("who", "organiser", "refusal"),
    [
        (OPERATOR, CENTRE, None),
        (OF_TMS, TMS, None),
        (OF_TMS, CENTRE, NotAllowed),
        (OF_OTHER_TMS, TMS, NotAllowed),
        (OF_SCHOOL, TMS, NotAllowed),
        (OF_IRO, CENTRE, NotAllowed),
        (PUBLIC, CENTRE, SignInNeeded),
    ],
)
def test_who_announces_what(app: Flask, who: Person, organiser: Any, refusal: type[Refused] | None) -> None:
    if refusal is None:
        assert plan(app, who, organiser_ids=[organiser])
        return
    with pytest.raises(refusal):
        plan(app, who, organiser_ids=[organiser])


def test_an_event_of_a_month_waits_for_its_day(app: Flask) -> None:
    event_id = plan(
        app, date_precision="MONTH", starts_at=None, ends_at=None, starts_on=date(2020, 4, 1), join_url=None
    )
    festival = Webinar(app, event_id)
    with pytest.raises(Refused) as refusal:
        festival.step(actions.open_registration)
    assert (refusal.value.rule, refusal.value.field) == ("BR-27", "starts_on")
    with app.app_context():
        assert queries.event(OPERATOR, event_id).next_step == "set_day"
    festival.step(actions.set_day, starts_at=STARTS, ends_at=ENDS)
    festival.step(actions.open_registration)
    assert [data["date_precision"] for data in events_told(app)] == ["MONTH", "DAY", "DAY"]


def test_the_day_of_a_past_event_is_found_out(app: Flask) -> None:
    with app.app_context():
        event_id = actions.record_past_event(
            OPERATOR, kind="WEBINAR", title="Вебинар", date_precision="MONTH", starts_on=date(2020, 3, 1)
        )
    past = Webinar(app, event_id)
    with pytest.raises(Refused) as refusal:
        past.step(actions.import_attendance, filename="zoom.csv", content=b"x")
    assert refusal.value.rule == "BR-27"
    day = STARTS.replace(month=3)
    past.step(actions.set_day, starts_at=day, ends_at=day.replace(hour=12))
    with app.app_context():
        assert queries.event(OPERATOR, event_id).event.started_at == day


def test_the_card_offers_one_next_step(webinar: Webinar) -> None:
    def offered() -> str | None:
        with webinar.app.app_context():
            return queries.event(OPERATOR, webinar.id).next_step

    webinar.enter("Семёнова", "Анна")
    steps = [offered()]
    for action in (actions.close_registration, actions.start_event, actions.finish_event):
        webinar.step(action)
        steps.append(offered())
    webinar.take("Семёнова Анна,,10:00:00,11:30:00")
    webinar.step(actions.settle_attendance)
    steps.append(offered())
    webinar.step(actions.issue_certificates)
    steps.append(offered())
    assert steps == ["close_registration", "start", "finish", "attendance", "issue_certificates", None]
    with webinar.app.app_context():
        assert queries.event(OF_TMS, webinar.id).next_step is None


def test_a_step_out_of_turn_changes_nothing(webinar: Webinar) -> None:
    with pytest.raises(Refused) as refusal:
        webinar.step(actions.finish_event)
    assert refusal.value.rule == "EVENT_STATE"
    with webinar.app.app_context():
        assert queries.event(OPERATOR, webinar.id).event.state is EventState.REGISTRATION


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ({"ended_at": STARTS}, "ended_at"),
        ({"started_at": STARTS.replace(day=17), "ended_at": ENDS.replace(day=17)}, "started_at"),
        ({"started_at": STARTS.replace(tzinfo=None)}, "started_at"),
    ],
)
def test_real_times_make_sense(webinar: Webinar, times: dict[str, datetime], field: str) -> None:
    webinar.step(actions.close_registration)
    webinar.step(actions.start_event)
    with pytest.raises(Refused) as refusal:
        webinar.step(actions.finish_event, **times)
    assert refusal.value.field == field


def test_an_event_without_hours_ends_without_them(app: Flask) -> None:
    event_id = plan(app, starts_at=None, ends_at=None, starts_on=date(2020, 4, 7), ends_on=date(2020, 4, 30))
    session = Webinar(app, event_id)
    session.step(actions.open_registration)
    session.hold()
    with app.app_context():
        assert queries.event(OPERATOR, event_id).event.state is EventState.HELD


def test_cancelling_an_event_cancels_its_registrations(webinar: Webinar) -> None:
    webinar.enter("Семёнова", "Анна")
    with pytest.raises(Refused) as refusal:
        webinar.step(actions.cancel_event, reason=" ")
    assert refusal.value.field == "reason"
    webinar.step(actions.cancel_event, reason="Карантин")
    participations = [data for name, data in told(webinar.app) if name == "events.participation.changed.v1"]
    assert [data["state"] for data in participations] == ["CONFIRMED", "CANCELLED"]
    assert events_told(webinar.app)[-1]["state"] == "CANCELLED"


def test_postponing_keeps_those_who_registered(webinar: Webinar) -> None:
    webinar.enter("Семёнова", "Анна")
    webinar.step(
        actions.postpone_event, reason="Карантин", date_precision="MONTH", starts_on=date(2020, 5, 20)
    )
    with webinar.app.app_context():
        card = queries.event(OPERATOR, webinar.id)
        assert (card.event.state, card.event.starts_on) == (EventState.PLANNED, date(2020, 5, 1))
        (one,) = queries.participants(OPERATOR, webinar.id).items
        assert one.state is RegistrationState.CONFIRMED


def test_only_the_organiser_leads(app: Flask) -> None:
    event_id = plan(app, OF_TMS, organiser_ids=[TMS])
    meeting = Webinar(app, event_id)
    for who in (OF_OTHER_TMS, OF_SCHOOL, OF_IRO):
        with pytest.raises(NotAllowed):
            meeting.do(actions.open_registration, who, event_id=event_id)
    meeting.do(actions.open_registration, OF_TMS, event_id=event_id)


def test_what_does_not_exist_is_not_found(app: Flask) -> None:
    with app.app_context(), pytest.raises(NotFound):
        actions.open_registration(OPERATOR, event_id=CENTRE)


def test_the_list_is_split_into_coming_and_past(app: Flask) -> None:
    plan(app)
    with app.app_context(), at(date(2020, 4, 2)):
        actions.record_past_event(OPERATOR, kind="MEETING", title="Совещание", starts_on=date(2020, 1, 15))
        period = queries.Period
        titles = {p: [event.title for event in queries.events(p).items] for p in period}
    assert titles[period.UPCOMING] == ["Основы работы с площадками"]
    assert titles[period.PAST] == ["Совещание"]
    assert len(titles[period.ALL]) == 2
