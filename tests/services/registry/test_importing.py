"""Imports: what a row is found to mean, decisions, all or nothing, undo, rights, both doors."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.registry import actions, model, queries
from services.registry.rules.importing.kinds import BatchState, Decision, Verdict
from shared.person import Role
from shared.refusal import NotAllowed, Refused
from shared.testing.suite import person, told
from shared.unit import read
from tests.services.registry.conftest import KRASNODAR, SEVERSKY, World
from tests.services.registry.importing import HEADERS, INN, OTHER_INN, school, send, work


def rows_of(world: World, batch: UUID) -> list[model.ImportRow]:
    return queries.import_rows(world.operator, batch, size=200).items


def state(batch: UUID) -> BatchState:
    return read().get(model.ImportBatch, batch).state


def count(kind: Any) -> int:
    return read().scalar(sa.select(sa.func.count()).select_from(kind)) or 0


def apply(world: World, batch: UUID) -> BatchState:
    world.do(actions.apply_import, batch_id=batch)
    work()
    return state(batch)


def by_name(name: str) -> model.Organisation:
    return read().scalars(sa.select(model.Organisation).where(model.Organisation.full_name == name)).one()


@pytest.mark.parametrize(
    ("row", "verdict", "reason"),
    [
        (school("МБОУ «Лицей № 48»"), Verdict.NEW, None),
        (school("МБОУ «Школа № 1»"), Verdict.SAME, "то же наименование"),
        (school("МБОУ  \"Школа №  1\""), Verdict.MERGE, "то же наименование"),
        (school("МБОУ СОШ №1"), Verdict.MERGE, "тот же вид и номер"),
        (school("Лицей № 1"), Verdict.NEW, None),
        (school("МБОУ «Школа № 1»", "Северский район"), Verdict.NEW, None),
        (
            ("Информационно - методический центр Cеверского района", "ТМС", SEVERSKY, "", ""),
            Verdict.MERGE,
            "то же наименование",
        ),
        (
            ("Информационно-методически центр Северского района", "ТМС", SEVERSKY, "", ""),
            Verdict.UNDECIDED,
            "похожи",
        ),
        (("Школа № 94", "неведомая роль", KRASNODAR, "", ""), Verdict.ERROR, None),
        (("Школа № 94", "школа", "Севреский район", "", ""), Verdict.ERROR, None),
        (("ТМС без района", "ТМС", "", "", ""), Verdict.ERROR, None),
        (school("Школа № 94", inn="7707083890"), Verdict.ERROR, None),
        (("", "школа", KRASNODAR, "", ""), Verdict.ERROR, None),
    ],
)
def test_a_row_is_judged_with_its_reason(
    inside: World, row: tuple[str, ...], verdict: Verdict, reason: str | None
) -> None:
    """Every proposal is shown with its ground; where there is a doubt, a person is asked (BR-07)."""
    (found,) = rows_of(inside, send(inside, row))
    assert found.verdict is verdict, (found.reason, found.faults)
    said = found.reason["text"] if found.reason else None
    assert (reason in said) if reason else said is None


def test_codes_find_what_names_do_not(inside: World) -> None:
    """The same ИНН is the same organisation, unless the rest speaks against it (BR-10)."""
    first = inside.do(
        actions.register_organisation,
        full_name="Гимназия № 23 имени Первых",
        roles=["EDU_ORG"],
        municipality_oktmo=KRASNODAR,
        inn=INN,
    )
    rows = rows_of(
        inside,
        send(
            inside,
            school("Муниципальная гимназия № 23", inn=INN),
            school("Гимназия № 23 имени Первых", inn=OTHER_INN),
            school("Гимназия № 23 имени Первых", "Абинский район", inn=INN),
        ),
    )
    assert [row.verdict for row in rows] == [Verdict.MERGE, Verdict.UNDECIDED, Verdict.UNDECIDED]
    assert rows[0].target_id == first
    assert "ИНН" in rows[0].reason["text"]
    assert rows[1].reason["params"] == {"code": "ИНН", "theirs": INN, "ours": OTHER_INN}
    assert "муниципалитеты" in rows[2].reason["text"]
    (other,) = rows_of(inside, send(inside, school("Совсем другое", inn=INN)))
    assert other.verdict is Verdict.UNDECIDED
    assert "наименования" in other.reason["text"]


def test_a_known_spelling_is_recognised(inside: World) -> None:
    inside.do(actions.add_alias, organisation_id=inside.schools[0], text="Первая школа", source="письмо")
    (row,) = rows_of(inside, send(inside, school("ПЕРВАЯ  ШКОЛА")))
    assert (row.verdict, row.target_id) == (Verdict.MERGE, inside.schools[0])
    assert "написание" in row.reason["text"]


def test_rows_of_one_file_are_compared_with_each_other(inside: World) -> None:
    """The second row of an organisation is merged into the first, whatever it is called there."""
    batch = send(
        inside,
        school("МБОУ «Школа № 94»", inn=INN),
        school("МБОУ СОШ №94"),
        school("Школа № 94", inn=INN),
        school("МБОУ «Школа № 94»", inn=INN),
    )
    rows = rows_of(inside, batch)
    assert [row.verdict for row in rows] == [Verdict.NEW, Verdict.MERGE, Verdict.MERGE, Verdict.SAME]
    assert [row.target_row for row in rows] == [None, 2, 2, 2]
    before = count(model.Organisation)
    assert apply(inside, batch) is BatchState.APPLIED
    assert count(model.Organisation) == before + 1
    made = by_name("МБОУ «Школа № 94»")
    assert {alias.text for alias in made.aliases} == {"МБОУ СОШ №94", "Школа № 94"}
    assert all("строка" in alias.source for alias in made.aliases)


def test_a_merge_fills_what_is_empty_and_overwrites_nothing(inside: World) -> None:
    batch = send(
        inside,
        ("Школа № 1", "школа; оператор сети", KRASNODAR, "лицей", INN, "МБОУ", "www.school1.ru"),
        headers=(*HEADERS, "ОПФ", "Сайт"),
    )
    before = read().get(model.Organisation, inside.schools[0]).version
    assert apply(inside, batch) is BatchState.APPLIED
    one = read().get(model.Organisation, inside.schools[0])
    assert (one.inn, one.legal_form, one.site) == (INN, "МБОУ", "http://www.school1.ru")
    assert [role.value for role in one.roles] == ["EDU_ORG", "NETWORK_OPERATOR"]
    assert one.full_name == "МБОУ «Школа № 1»"
    assert one.version == before + 1


def test_all_or_nothing(inside: World) -> None:
    """One bad row keeps the whole file out until it is mended or left out."""
    before = count(model.Organisation)
    batch = send(inside, school("Школа № 94"), school("Школа № 95", "Нигде"), school("Школа № 96"))
    with pytest.raises(Refused, match="с ошибками: 1"):
        inside.do(actions.apply_import, batch_id=batch)
    assert (state(batch), count(model.Organisation)) == (BatchState.READY, before)
    with pytest.raises(Refused, match="только пропустить"):
        inside.do(actions.decide_row, batch_id=batch, number=3, decision="NEW")
    inside.do(actions.skip_rows, batch_id=batch, verdict="ERROR")
    assert apply(inside, batch) is BatchState.APPLIED
    assert count(model.Organisation) == before + 2


def test_a_grey_row_waits_for_a_person(inside: World) -> None:
    """Nothing is merged because it looks alike: a person says which it is."""
    name = "Информационно-методически центр Северского района"
    batch = send(inside, (name, "ТМС", SEVERSKY, "", ""))
    with pytest.raises(Refused, match="ждущих вашего решения: 1"):
        inside.do(actions.apply_import, batch_id=batch)
    with pytest.raises(Refused, match="нет среди предложенных"):
        inside.do(actions.decide_row, batch_id=batch, number=2, decision="MERGE", target_id=inside.knmc)
    inside.do(actions.decide_row, batch_id=batch, number=2, decision="MERGE", target_id=inside.tms)
    assert apply(inside, batch) is BatchState.APPLIED
    assert name in {alias.text for alias in read().get(model.Organisation, inside.tms).aliases}


def test_a_grey_row_may_be_a_new_organisation(inside: World) -> None:
    name = "Информационно-методически центр Северского района"
    batch = send(inside, (name, "ТМС", SEVERSKY, "", ""))
    inside.do(actions.decide_row, batch_id=batch, number=2, decision="NEW")
    assert apply(inside, batch) is BatchState.APPLIED
    assert by_name(name).id != inside.tms


def test_an_equal_name_is_never_new(inside: World) -> None:
    batch = send(inside, school("МБОУ  «Школа № 1»"))
    with pytest.raises(Refused, match="BR-07"):
        inside.do(actions.decide_row, batch_id=batch, number=2, decision="NEW")


def test_a_row_merged_into_a_skipped_row_hangs_in_the_air(inside: World) -> None:
    batch = send(inside, school("Школа № 94"), school("СОШ № 94"))
    inside.do(actions.decide_row, batch_id=batch, number=2, decision=Decision.SKIP)
    assert apply(inside, batch) is BatchState.READY
    note = read().get(model.ImportBatch, batch).note
    assert note["params"] == {"row": 3, "other": 2}


def test_the_registry_may_change_between_check_and_application(inside: World) -> None:
    """What was new at the check and is known now goes back to the person, and nothing is written."""
    batch = send(inside, school("Школа № 94"), school("Школа № 95"))
    inside.do(
        actions.register_organisation,
        full_name="Школа № 95",
        roles=["EDU_ORG"],
        municipality_oktmo=KRASNODAR,
        edu_kind="SCHOOL",
    )
    before = count(model.Organisation)
    assert apply(inside, batch) is BatchState.READY
    assert count(model.Organisation) == before
    assert read().get(model.ImportBatch, batch).note["params"] == {"row": 3}
    inside.do(actions.check_import_again, batch_id=batch)
    work()
    assert [row.verdict for row in rows_of(inside, batch)] == [Verdict.NEW, Verdict.SAME]
    assert apply(inside, batch) is BatchState.APPLIED


def test_what_is_applied_is_told_and_journalled(inside: World) -> None:
    batch = send(inside, school("Школа № 94"), school("СОШ № 1", inn=INN))
    already = len(told(inside.app))
    apply(inside, batch)
    news = [(name, data["full_name"]) for name, data in told(inside.app)[already:]]
    assert sorted(news) == [
        ("registry.organisation.changed.v1", "МБОУ «Школа № 1»"),
        ("registry.organisation.changed.v1", "Школа № 94"),
    ]
    lines = read().scalars(
        sa.select(model.Audit.what).where(model.Audit.object_id == by_name("Школа № 94").id)
    )
    assert list(lines) == ["organisation.registered"]


def test_the_same_file_is_not_taken_twice(inside: World) -> None:
    send(inside, school("Школа № 94"))
    with pytest.raises(Refused, match="уже загружен"):
        send(inside, school("Школа № 94"))


def test_a_discarded_file_may_be_sent_again(inside: World) -> None:
    batch = send(inside, school("Школа № 94"))
    inside.do(actions.discard_import, batch_id=batch)
    with pytest.raises(Refused, match="только проверенную"):
        inside.do(actions.apply_import, batch_id=batch)
    assert send(inside, school("Школа № 94")) != batch


def test_a_file_that_is_no_table_fails_with_its_reason(inside: World) -> None:
    batch = send(inside, ("a", "b"), headers=("Что-то", "Другое"))
    assert state(batch) is BatchState.FAILED
    assert "Не найдены столбцы" in read().get(model.ImportBatch, batch).note["text"]


def test_unknown_columns_are_reported(inside: World) -> None:
    batch = send(inside, (*school("Школа № 94"), "Иванов"), headers=(*HEADERS, "Директор"))
    assert queries.import_batch(inside.operator, batch).unknown == ["Директор"]


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.OPERATOR, Role.SYSTEM_ADMIN)])
def test_only_operator_and_administrator_import(inside: World, role: Role) -> None:
    who = person(role, organisation_id=inside.tms, municipality_oktmo=SEVERSKY)
    batch = send(inside, school("Школа № 94"))
    for action, data in (
        (actions.upload_import, {"kind": "ORGANISATIONS", "filename": "a.csv", "content": b"x"}),
        (actions.decide_row, {"batch_id": batch, "number": 2, "decision": "SKIP"}),
        (actions.skip_rows, {"batch_id": batch, "verdict": "ERROR"}),
        (actions.check_import_again, {"batch_id": batch}),
        (actions.apply_import, {"batch_id": batch}),
        (actions.undo_import, {"batch_id": batch}),
        (actions.discard_import, {"batch_id": batch}),
        (queries.import_rows, {"batch_id": batch}),
        (queries.import_batch, {"batch_id": batch}),
        (queries.import_batches, {}),
        (queries.import_faults, {"batch_id": batch}),
    ):
        with pytest.raises(NotAllowed):
            action(who, **data)
