"""Daily duties: once a day, all or nothing, whoever is killed and however many work."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from shared import clock, duties
from shared.duties import Diary
from shared.messaging.local import Postman
from shared.service import service_of
from shared.unit import Unit

TODAY = date(2020, 5, 1)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def app(app_of: Callable[[str], Flask]) -> Flask:
    return app_of("registry")


def done_on(app: Flask) -> date | None:
    service = service_of(app)
    with app.app_context():
        return service.db.session.scalar(sa.select(service.tables.duty.done_on))


def test_a_duty_is_done_once_a_day(app: Flask) -> None:
    days: list[date] = []
    service_of(app).duties = {"count": lambda _u, today: days.append(today)}
    with app.app_context():
        for today in (TODAY, TODAY, TODAY + timedelta(1), TODAY):
            assert duties.run_daily(today) == []
    assert days == [TODAY, TODAY + timedelta(1)], "a day is not repeated, and time does not go back"


def test_killed_in_the_middle_it_is_done_again(app: Flask) -> None:
    service = service_of(app)
    table = service.tables.audit
    left = [Killed()]

    def duty(u: Unit, _today: date) -> None:
        u.session.add(table(what="duty", object_kind="x", object_id=u.who.account_id, note={}))
        u.session.flush()
        if left:
            raise left.pop()

    service.duties = {"one": duty}
    with app.app_context():
        with pytest.raises(Killed):
            duties.run_daily(TODAY)
        assert service.db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
        service.db.session.rollback()
        assert duties.run_daily(TODAY) == []
        assert service.db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 1
    assert done_on(app) == TODAY


def test_two_workers_do_not_double(app: Flask) -> None:
    days: list[date] = []
    service_of(app).duties = {"count": lambda _u, today: days.append(today)}

    def worker() -> None:
        with app.app_context():
            assert duties.run_daily(TODAY) == []

    threads = [Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert days == [TODAY]


def test_a_duty_that_stumbles_stops_no_other_and_is_tried_again_later(app: Flask) -> None:
    tried: list[str] = []

    def stumbling(_u: Unit, _today: date) -> None:
        tried.append("stumbling")
        raise ValueError("no")

    service_of(app).duties = {"stumbling": stumbling, "other": lambda _u, _day: tried.append("other")}
    diary = Diary()
    with app.app_context():
        for minutes in (0, 1, 11):
            moment = clock.now().replace(year=2020, month=5, day=1, hour=9, minute=0) + timedelta(
                minutes=minutes
            )
            with clock.at(moment):
                duties.run_due(diary)
    assert tried == ["stumbling", "other", "stumbling"]


def test_the_postman_keeps_the_duties_of_a_new_day(app: Flask) -> None:
    days: list[date] = []
    service_of(app).duties = {"count": lambda _u, today: days.append(today)}
    postman = Postman([app])
    for today in (TODAY, TODAY, TODAY + timedelta(1)):
        with clock.at(today):
            postman.keep_duties()
    assert days == [TODAY, TODAY + timedelta(1)]
    with clock.at(TODAY + timedelta(1)):
        Postman([app]).keep_duties()
    assert days == [TODAY, TODAY + timedelta(1)], "a process that starts anew finds the day done"


def test_the_command_does_them_and_says_what_stumbled(app: Flask) -> None:
    def stumbling(_u: Unit, _today: date) -> None:
        raise ValueError("no")

    runner = app.test_cli_runner()
    assert "agreements" in runner.invoke(args=["daily"]).output
    service_of(app).duties = {"other": stumbling}
    failed = runner.invoke(args=["daily"])
    assert failed.exit_code == 1
    assert "other" in failed.output
