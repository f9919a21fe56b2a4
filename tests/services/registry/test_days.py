"""The daily duties of the registry: a change recorded ahead, a term that is over."""

from datetime import date

from services.registry import actions, queries
from services.registry.rules.kinds import PlatformState
from shared import clock
from shared.duties import run_daily
from shared.testing.suite import told
from tests.services.registry.conftest import KRASNODAR, SEVERSKY, World

MOVE = date(2021, 3, 1)


def test_a_change_recorded_ahead_comes_onto_the_row_on_its_day(inside: World) -> None:
    """Registers of the day know it at once; the row and the others follow with the day itself (F7)."""
    school = inside.schools[0]
    actions.change_organisation(
        inside.operator,
        organisation_id=school,
        kind="TERRITORY",
        value=SEVERSKY,
        valid_from=MOVE,
        act_id=inside.order,
    )
    assert queries.organisation(inside.operator, school).organisation.municipality_oktmo == KRASNODAR
    assert queries.organisation(inside.operator, school, MOVE).then.municipality_oktmo == SEVERSKY
    with clock.at(MOVE):
        assert run_daily(MOVE) == []
        assert queries.organisation(inside.operator, school).organisation.municipality_oktmo == SEVERSKY
        moved = [
            data
            for name, data in told(inside.app)
            if name == "registry.organisation.changed.v1" and data["organisation_id"] == str(school)
        ]
        assert moved[-1]["municipality_oktmo"] == SEVERSKY
        before = len(told(inside.app))
        assert run_daily(MOVE) == []
        assert len(told(inside.app)) == before, "a day is done once"
    with clock.at(date(2021, 3, 2)):
        run_daily(date(2021, 3, 2))
        assert len(told(inside.app)) == before, "what has not changed is not told again"


def test_a_status_whose_term_is_over_is_closed_by_itself(inside: World) -> None:
    key = inside.active()
    with clock.at(date(2022, 1, 1)):
        assert queries.platform(inside.operator, key).state is PlatformState.EXPIRED
        run_daily(date(2022, 1, 1))
        card = queries.platform(inside.operator, key)
        assert (card.platform.state, card.history[-1].kind) == ("EXPIRED", "EXPIRE")
