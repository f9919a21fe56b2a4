"""An applied import is taken back by correction: nothing of it is in force, the history still tells it (F7)."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.registry import actions, model, queries
from services.registry.rules.facts import UNTIL_CORRECTED, AsOf
from services.registry.rules.importing.kinds import BatchState
from services.registry.rules.kinds import BasisKind, FactKind, OrgState, PlatformState
from shared import clock
from shared.person import PUBLIC
from shared.refusal import Refused
from shared.testing.suite import told
from shared.unit import read
from shared.unit import work as unit
from tests.services.registry.conftest import KRASNODAR, World
from tests.services.registry.importing import HEADERS, INN, PLATFORM_HEADERS, school, send, work

NEW, KNOWN = "Школа № 94", "СОШ № 1"


def applied(world: World) -> UUID:
    """A batch with a new organisation and an addition to a known one."""
    row = (KNOWN, "школа; оператор сети", KRASNODAR, "лицей", INN, "www.school1.ru")
    batch = send(world, (*school(NEW), ""), row, headers=(*HEADERS, "Сайт"))
    world.do(actions.apply_import, batch_id=batch)
    work()
    assert kept(batch).state is BatchState.APPLIED
    return batch


def undo(world: World, batch: UUID) -> model.ImportBatch:
    world.do(actions.undo_import, batch_id=batch)
    work()
    return kept(batch)


def kept(batch: UUID) -> model.ImportBatch:
    read().expire_all()
    return read().get(model.ImportBatch, batch)


def new_one() -> model.Organisation:
    return read().scalars(sa.select(model.Organisation).where(model.Organisation.full_name == NEW)).one()


def test_imported_facts_name_their_file_and_row(inside: World) -> None:
    """Every fact rests on its source (F7)."""
    applied(inside)
    facts = read().scalars(sa.select(model.Fact).where(model.Fact.subject_id == new_one().id)).all()
    assert {fact.kind for fact in facts} == {
        FactKind.NAME,
        FactKind.SHORT_NAME,
        FactKind.ROLE,
        FactKind.EDU_KIND,
        FactKind.TERRITORY,
        FactKind.ORG_STATE,
    }
    assert {(fact.basis_kind, fact.note) for fact in facts} == {
        (BasisKind.SOURCE, "импорт: таблица.csv, строка 2")
    }
    added = read().scalars(
        sa.select(model.Fact.note).where(
            model.Fact.subject_id == inside.schools[0], model.Fact.item == "NETWORK_OPERATOR"
        )
    )
    assert list(added) == ["импорт: таблица.csv, строка 3"]


def test_after_the_undoing_nothing_of_the_batch_is_in_force(inside: World) -> None:
    """Readers of today do not find it, the message says so, what was merged is as it was."""
    school_one = read().get(model.Organisation, inside.schools[0])
    before = (school_one.inn, school_one.site, school_one.edu_kind, school_one.roles)
    batch = applied(inside)
    already = len(told(inside.app))
    assert undo(inside, batch).state is BatchState.UNDONE
    assert queries.organisations(PUBLIC, text="94").total == 0
    assert new_one().state is OrgState.WITHDRAWN
    assert new_one().aliases == []
    school_one = read().get(model.Organisation, inside.schools[0])
    assert (school_one.inn, school_one.site, school_one.edu_kind, school_one.roles) == before
    assert school_one.aliases == []
    news = {data["full_name"]: (data["state"], data["roles"]) for _, data in told(inside.app)[already:]}
    assert news == {NEW: ("WITHDRAWN", ["EDU_ORG"]), "МБОУ «Школа № 1»": ("ACTIVE", ["EDU_ORG"])}


def test_the_history_still_tells_what_was_known(inside: World) -> None:
    """The facts stay, closed by a correction that says what it corrects and why."""
    with clock.at(date(2020, 6, 1)):
        batch = applied(inside)
    with clock.at(date(2020, 7, 1)):
        undo(inside, batch)
    assert queries.organisations(PUBLIC, text="94", known=date(2020, 6, 15)).total == 1
    assert queries.organisations(PUBLIC, text="94", known=date(2020, 7, 15)).total == 0
    states = read().scalars(
        sa.select(model.Fact)
        .where(model.Fact.subject_id == new_one().id, model.Fact.kind == FactKind.ORG_STATE)
        .order_by(model.Fact.recorded_from)
    )
    first, second = states
    assert (first.value, second.value, second.recorded_to) == ("ACTIVE", "WITHDRAWN", UNTIL_CORRECTED)
    correction = read().get(model.Correction, first.closed_by_id)
    assert (correction.subject_id, correction.what) == (batch, "таблица.csv")
    roles = read().scalars(
        sa.select(model.Fact.closed_by_id).where(
            model.Fact.subject_id == inside.schools[0], model.Fact.item == "NETWORK_OPERATOR"
        )
    )
    assert list(roles) == [correction.id]


def test_an_undone_file_may_be_sent_and_applied_again(inside: World) -> None:
    undo(inside, applied(inside))
    applied(inside)
    active = sa.select(model.Organisation.state).where(model.Organisation.full_name == NEW)
    assert sorted(read().scalars(active)) == [OrgState.ACTIVE, OrgState.WITHDRAWN]


@pytest.mark.parametrize("later", ["platform", "renamed", "person", "successor", "import"])
def test_what_later_facts_rest_on_is_not_undone(inside: World, later: str) -> None:
    """The refusal names what stands in the way, and nothing is changed."""
    batch = applied(inside)
    key = new_one().id
    match later:
        case "platform":
            inside.do(actions.apply_for_platform, kind="MUNICIPAL", topic="Тема", holder_ids=[key])
        case "renamed":
            inside.do(
                actions.rename_organisation,
                organisation_id=key,
                full_name="Школа № 94 имени Первых",
                valid_from=date(2020, 1, 1),
                act_id=inside.order,
            )
        case "person":
            inside.do(actions.add_person, last_name="Иванова", first_name="Анна", organisation_id=key)
        case "successor":
            inside.do(
                actions.end_organisation,
                organisation_id=inside.schools[4],
                outcome="REORGANISED",
                on=date(2020, 1, 1),
                successor_id=key,
                act_id=inside.order,
            )
        case "import":
            other = send(inside, school("СОШ № 94", inn="7736050003"))
            inside.do(actions.apply_import, batch_id=other)
            work()
    refused = undo(inside, batch)
    assert refused.state is BatchState.APPLIED
    assert NEW in refused.note["params"]["names"]
    assert new_one_state(key) is OrgState.ACTIVE


def new_one_state(key: UUID) -> OrgState:
    return read().get(model.Organisation, key).state


def test_a_filled_field_that_was_changed_since_is_not_emptied(inside: World) -> None:
    batch = applied(inside)
    one = read().get(model.Organisation, inside.schools[0])
    with unit(inside.operator) as u:
        u.get(model.Organisation, one.id).site = "http://other.ru"
    refused = undo(inside, batch)
    assert refused.state is BatchState.APPLIED
    assert "Школа № 1" in refused.note["params"]["names"]


def test_only_an_applied_import_is_undone(inside: World) -> None:
    batch = send(inside, school(NEW))
    with pytest.raises(Refused, match="IMPORT_STATE"):
        inside.do(actions.undo_import, batch_id=batch)


def platforms(world: World) -> tuple[UUID, UUID]:
    row = ("Тема", "МИП", "МБОУ «Школа № 1»", "", "", "приказ № 25 от 31.12.2018", "01.01.2019", "")
    batch = send(world, row, kind="PLATFORMS", headers=PLATFORM_HEADERS)
    world.do(actions.apply_import, batch_id=batch)
    work()
    (made,) = queries.import_rows(world.operator, batch).items
    return batch, made.result_id


def test_platforms_of_an_undone_import_were_never_active(inside: World) -> None:
    """Counts of any day lose them; the withdrawn record says by which correction (BR-26)."""
    batch, key = platforms(inside)
    assert queries.platforms_active(AsOf(date(2020, 1, 1))) == 1
    assert undo(inside, batch).state is BatchState.UNDONE
    assert queries.platforms_active(AsOf(date(2020, 1, 1))) == 0
    platform = read().get(model.Platform, key)
    assert (platform.state, platform.periods) == (PlatformState.DECLINED, [])
    record = read().scalars(
        sa.select(model.StatusRecord).where(model.StatusRecord.withdrawn_at.is_not(None))
    ).one()
    assert record.withdrawn_by_id is not None


def test_a_platform_whose_status_went_on_is_not_taken_back(inside: World) -> None:
    batch, key = platforms(inside)
    inside.do(actions.suspend_status, platform_id=key, on=date(2020, 1, 1), reason="ремонт")
    refused = undo(inside, batch)
    assert refused.state is BatchState.APPLIED
    assert refused.note["params"]["names"] == "Тема"
