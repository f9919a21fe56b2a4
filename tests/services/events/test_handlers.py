"""Copies of the registry's facts, and telling everything anew."""

from datetime import date

from flask import Flask

from services.events.queries import network
from shared.cli import replay_all
from shared.testing.suite import told
from tests.services.events.network import SCHOOL, TMS, Webinar, tell_organisation


def test_old_news_does_not_overwrite_new(app: Flask) -> None:
    tell_organisation(app, SCHOOL, "Новое имя", ["EDU_ORG"], "03643000", version=3)
    tell_organisation(app, SCHOOL, "Старое имя", ["EDU_ORG"], "03643000", version=2)
    with app.app_context():
        place = network.place_of(SCHOOL, date(2020, 4, 1))
    assert place is not None
    assert (place.organisation_name, place.municipality_name) == ("Новое имя", "Северский район")


def test_organisations_to_choose_from(app: Flask) -> None:
    tell_organisation(app, SCHOOL, "Школа", ["EDU_ORG"], "03643000", version=2, state="LIQUIDATED")
    with app.app_context():
        everybody = [text for _, text in network.organisation_choices()]
        services = [text for _, text in network.organisation_choices("TMS")]
        own = [value for value, _ in network.organisation_choices(only={TMS, SCHOOL})]
    assert len(everybody) == 3 and "Школа" not in everybody
    assert services == ["ТМС Крымского района", "ТМС Северского района"]
    assert own == [str(TMS)]


def test_everything_may_be_told_anew(webinar: Webinar) -> None:
    webinar.enter("Семёнова", "Анна")
    before = len(told(webinar.app))
    with webinar.app.app_context():
        assert replay_all(webinar.app, "event") == 1
        assert replay_all(webinar.app, "participation") == 1
    names = [name for name, _ in told(webinar.app)[before:]]
    assert names == ["events.event.changed.v1", "events.participation.changed.v1"]
