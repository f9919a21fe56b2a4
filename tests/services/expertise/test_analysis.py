"""The page, the API and the files of a jury's reliability (F2, F3, F4, F20): rights, all states, hostile input."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from services.expertise import model, queries
from services.expertise.rules.scoring import percent
from services.expertise.rules.statistics.terms import Guard, Light, Method, Tone
from services.expertise.rules.vocabulary import StageKind
from shared import ids
from shared.person import Role
from shared.refusal import NotAllowed, NotFound
from shared.testing.suite import person
from shared.unit import transaction

WHEN = datetime(2020, 10, 1, 12, tzinfo=UTC)
CODES = tuple(f"C{n}" for n in range(1, 9))


def marked(world: Any, rows: list[tuple[int, int, list[int]]], *, stage: str = "CORRESPONDENCE") -> list[UUID]:
    """Registered entries with signed sheets: (work, expert, eight scores from 0 to 2), written in bulk."""
    nomination_id = world.nominations["N1"]
    with transaction() as session:
        edition = session.get(model.ContestEdition, world.edition_id)
        rubric = next(one for one in edition.nominations if one.id == nomination_id).rubric.rules
        stage_id = edition.stage(StageKind(stage)).id
        works = sorted({row[0] for row in rows})
        entries = {work: ids.new_id() for work in works}
        experts = {expert: ids.new_id() for expert in sorted({row[1] for row in rows})}
        common = {"version": 1, "created_at": WHEN, "updated_at": WHEN}

        def add(table: Any, lines: list[dict[str, Any]]) -> None:
            known = set(table.__table__.columns.keys())
            whole = [{**common, **one} for one in lines]
            rows = [{key: value for key, value in one.items() if key in known} for one in whole]
            session.execute(sa.insert(table), rows)

        add(
            model.Entry,
            [
                {
                    "id": key, "edition_id": world.edition_id, "nomination_id": nomination_id, "kind": "PROJECT",
                    "applicant_id": ids.new_id(), "topic": f"Тема {work}", "summary": "", "state": "SCORED_FINAL",
                    "reg_no": f"CITY-XIX-N1-{work:04d}", "submitted_at": WHEN,
                }
                for work, key in entries.items()
            ],
        )  # fmt: skip
        add(
            model.ExpertProfile,
            [
                {"id": key, "person_id": ids.new_id(), "level": "BASE", "max_load": 99, "specialities": []}
                for key in experts.values()
            ],
        )
        tasks, sheets = [], []
        for work, expert, scores in rows:
            given = dict(zip(CODES, scores, strict=True))
            task = ids.new_id()
            place = {"entry_id": entries[work], "stage_id": stage_id, "expert_id": experts[expert]}
            tasks.append(
                {"id": task, "kind": "REGULAR", "state": "DONE", "due_at": WHEN, "accepted_at": WHEN, **place}
            )
            sheets.append(
                {
                    "id": ids.new_id(), "assignment_id": task, "state": "SIGNED", "comments": {}, "conclusion": "",
                    "scores": {code: str(value) for code, value in given.items()}, "total": Decimal(0),
                    "percent": percent(rubric, {code: Decimal(value) for code, value in given.items()}),
                    "signed_at": WHEN.replace(hour=15), **place,
                }
            )  # fmt: skip
        add(model.Assignment, tasks)
        add(model.ScoreSheet, sheets)
    return list(entries.values())


def drawn(seed: int, works: int, experts: int, severity: float) -> list[tuple[int, int, list[int]]]:
    """Sheets of three experts a work, on the scale 0, 1, 2."""
    generator = np.random.default_rng(seed)
    quality, strictness = generator.normal(1, 0.4, works), generator.normal(0, 1, experts) * severity
    blocks = [generator.permutation(experts) for _ in range(-(-works * 3 // experts))]
    chosen = np.concatenate(blocks)[: works * 3].reshape(works, 3)
    return [
        (
            work,
            int(expert),
            np.clip(np.rint(quality[work] + strictness[expert] + generator.normal(0, 0.5, 8)), 0, 2)
            .astype(int)
            .tolist(),
        )
        for work in range(works)
        for expert in sorted(set(chosen[work].tolist()))
    ]


@pytest.fixture
def opened(world: Any) -> Any:
    world.open(stages=("SUBMISSION", "CORRESPONDENCE", "DECISION"))
    return world


def asked(world: Any, who: Any = None, **more: Any) -> Any:
    return queries.analysis(who or world.secretary, world.edition_id, world.nominations["N1"], **more)


def address(world: Any, tail: str = "") -> str:
    return f"/editions/{world.edition_id}/analysis/{world.nominations['N1']}{tail}"


def test_no_sheets(opened: Any) -> None:
    found = asked(opened)
    assert (found.sheets, found.works, found.experts, found.remarks) == (0, [], [], [])
    assert found.light is Light.UNDEFINED
    text = opened.page(opened.secretary, address(opened))
    assert "Подписанных оценочных листов пока нет" in text
    assert "<svg" not in text
    assert opened.browse(opened.secretary, "GET", f"/api/v1{address(opened)}").get_json()["works"] == []


def test_one_expert(opened: Any) -> None:
    """One mark a work: no noise to measure, so neither intervals nor agreement are claimed."""
    marked(opened, [(work, 1, [work % 3] * 8) for work in range(6)])
    found = asked(opened)
    assert found.alpha is None
    assert {one.guard for one in found.parts} == {Guard.NOT_REPEATED}
    assert all(one.low is None and one.chance is None for one in found.works)
    text = opened.page(opened.secretary, address(opened))
    assert "не определено" in text
    assert "интервалы мест не определены" in text


def test_all_marks_equal(opened: Any) -> None:
    marked(opened, [(work, expert, [1] * 8) for work in range(6) for expert in range(5)])
    found = asked(opened)
    assert (found.alpha, found.light, found.intraclass, found.concordance) == (None, Light.UNDEFINED, [], None)
    assert {one.place for one in found.works} == {1}
    assert {one.alpha for one in found.criteria} == {None}
    assert "Все оценки одинаковы" in opened.page(opened.secretary, address(opened))


def test_a_jury_in_two_parts(opened: Any) -> None:
    first = drawn(1, 12, 6, 0.5)
    second = [(work + 20, expert + 20, scores) for work, expert, scores in drawn(2, 8, 6, 0.5)]
    marked(opened, first + second)
    found = asked(opened)
    assert [one.works for one in found.parts] == [12, 8]
    assert found.cut is None
    assert found.remarks[0].tone is Tone.RED
    assert [one.part for one in found.works] == [1] * 12 + [2] * 8
    assert next(one.place for one in found.works if one.part == 2) == 1
    text = opened.page(opened.secretary, address(opened))
    assert "места сравнимы только внутри части" in text
    assert "Части без общих экспертов" in text


def test_severe_experts_are_found_and_only_coded(opened: Any) -> None:
    marked(opened, drawn(3, 60, 15, 0.6))
    found = asked(opened, first=6)
    (part,) = found.parts
    assert part.method is Method.CALIBRATED
    assert part.severity_p < 0.05
    assert found.cut == 6
    assert [one.code for one in found.experts] == [f"Э{number}" for number in range(1, 16)]
    assert abs(sum(one.severity for one in found.experts)) < 1e-6
    assert {one.hours for one in found.experts} == {3.0}
    assert {one.sheets for one in found.experts} == {12}
    assert sum(one.chance for one in found.works) == pytest.approx(6)
    assert all(one.low <= one.place + 25 and one.high >= one.low for one in found.works)
    assert any(one.in_zone for one in found.works)
    assert found.asked
    assert len(found.criteria) == 8
    assert [one.form.value for one in found.intraclass] == ["ICC1", "ICC1k"]
    rating = queries.rating(opened.secretary, opened.edition_id, opened.nominations["N1"])
    places = {row.entry_id: row.place for row in rating}
    assert {one.entry_id: one.official_place for one in found.works} == places
    text = opened.page(opened.secretary, address(opened, "?first=6"))
    for part_of_text in (
        "Строгость экспертов обнаружена",
        "Различие мест 6 и 7",
        "граница: 6",
        "<title",
        "<desc",
        "Эти цифры — советчик",
    ):
        assert part_of_text in text
    assert "style=" not in text.split("<main", 1)[1].split("</main", 1)[0]
    second = opened.page(opened.secretary, address(opened, "?first=6&page=2"))
    assert found.works[55].label in second
    assert found.works[0].label not in second.split("Места работ</caption>")[1].split("</table>")[0]


def test_the_answer_is_the_same_and_follows_a_change(opened: Any) -> None:
    """The draws are seeded by the marks: no stale numbers, no luck."""
    marked(opened, drawn(4, 20, 8, 0.5))
    one, again = asked(opened), asked(opened)
    assert one.works == again.works
    with transaction() as session:
        sheet = session.scalars(sa.select(model.ScoreSheet)).first()
        sheet.percent = Decimal("3.00")
    assert asked(opened).works != one.works


def test_the_cut_off_is_the_quota_or_those_who_pass(opened: Any) -> None:
    marked(opened, [(work, e, [2 if work < 2 else (work + e) % 2] * 8) for work in range(6) for e in range(5)])
    assert asked(opened).first == 2
    with transaction() as session:
        session.get(model.Nomination, opened.nominations["N1"]).quota = 4
    assert asked(opened).first == 4
    assert asked(opened, first=100).cut is None


def test_weights_of_the_winner(opened: Any) -> None:
    strong = [0, 0, 2, 2, 2, 2, 2, 2]
    rival = [2, 2, 1, 1, 1, 1, 1, 1]
    marked(opened, [(1, expert, strong) for expert in range(3)] + [(2, expert, rival) for expert in range(3)])
    found = asked(opened)
    assert sum(one.share for one in found.weights) == pytest.approx(1)
    assert found.weights[0].high < 1
    text = opened.page(opened.secretary, address(opened))
    assert "Победитель не меняется, пока вес «Критерий 1» в [0,00; 0," in text
    assert "Веса, при которых лидер остаётся первым" in text


@pytest.mark.parametrize("state", ["CORRESPONDENCE", "DECISION", "APPEALS"])
def test_who_sees_it(opened: Any, state: str) -> None:
    """The secretary at any time, operator and council when the stage is closed, nobody else (BR-44)."""
    marked(opened, drawn(5, 8, 4, 0.3))
    with transaction() as session:
        session.get(model.ContestEdition, opened.edition_id).state = state
    asked(opened, opened.secretary)
    for who in (opened.operator, opened.council):
        if state == "CORRESPONDENCE":
            with pytest.raises(NotAllowed, match="закрытия этапа"):
                asked(opened, who)
        else:
            assert asked(opened, who).works
    for role in (Role.EXPERT, Role.IRO, Role.ORGANISATION, Role.TMS, Role.EDU_AUTHORITY, Role.PARTICIPANT):
        with pytest.raises(NotAllowed):
            asked(opened, person(role))
        for tail in ("", "/places.xlsx", "/experts.csv"):
            assert opened.browse(person(role), "GET", address(opened, tail)).status_code == 403
        assert opened.browse(person(role), "GET", f"/api/v1{address(opened)}").status_code == 403
    assert opened.browse(None, "GET", f"/api/v1{address(opened)}").status_code in (401, 403)


def test_other_ids_and_hostile_input(opened: Any) -> None:
    with pytest.raises(NotFound):
        queries.analysis(opened.secretary, opened.edition_id, ids.new_id())
    with pytest.raises(NotFound):
        queries.analysis(opened.secretary, ids.new_id(), opened.nominations["N1"])
    with pytest.raises(NotFound):
        asked(opened, stage="IN_PERSON")
    marked(opened, drawn(6, 8, 4, 0.3))
    for tail in ("?first=-1", "?first=1e9", "?first=99999999999999999999", "?first=x&stage=<b>&page=-4", "?page=9999"):
        assert "<b>" not in opened.page(opened.secretary, address(opened, tail))
    for tail in ("?stage=IN_PERSON", "/places.pdf", "/people.xlsx"):
        assert opened.browse(opened.secretary, "GET", address(opened, tail)).status_code == 404
    for tail in ("?first=0", "?first=x", "?stage=NIGHT"):
        assert opened.browse(opened.secretary, "GET", f"/api/v1{address(opened, tail)}").status_code == 422


def test_api_and_files(opened: Any) -> None:
    marked(opened, drawn(7, 20, 8, 0.5))
    found = asked(opened, first=5)
    answer = opened.browse(opened.secretary, "GET", f"/api/v1{address(opened)}?first=5").get_json()
    assert [one["reg_no"] for one in answer["works"]] == [one.label for one in found.works]
    assert answer["works"][0]["low"] == found.works[0].low
    assert answer["cut"] == 5
    assert answer["light"] == found.light.value
    assert all(one["text"] for one in answer["remarks"])
    file = opened.browse(opened.secretary, "GET", address(opened, "/places.xlsx?first=5"))
    sheet = load_workbook(BytesIO(file.data)).active
    assert sheet.max_row == 21
    assert sheet.cell(2, 1).value == found.works[0].label
    assert "официальное место" in str(sheet.cell(1, 3).value).lower()
    file = opened.browse(opened.secretary, "GET", address(opened, "/experts.xlsx"))
    sheet = load_workbook(BytesIO(file.data)).active
    assert [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)] == [f"Э{n}" for n in range(1, 9)]
    assert opened.browse(opened.secretary, "GET", address(opened, "/places.csv")).data.startswith(b"\xef\xbb\xbf")


def test_in_english(opened: Any) -> None:
    marked(opened, drawn(8, 20, 8, 0.5))
    answer = opened.browse(opened.secretary, "GET", address(opened), headers={"Accept-Language": "en"})
    main = answer.text.split("<main", 1)[1]
    assert "Reliability of the jury" in main
    assert "Krippendorff" in main
