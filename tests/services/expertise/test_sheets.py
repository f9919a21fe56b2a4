"""The expert's sheet: kept as typed, never overwritten unseen, signed after a look, printed (BR-42…BR-46, BR-61)."""

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from services.expertise import actions, queries
from services.expertise.actions.sheets import DraftMoved
from services.expertise.model import Paper
from services.expertise.rules.papers import PaperKind
from shared.person import PUBLIC
from shared.refusal import NotAllowed, NotFound, Refused
from shared.unit import read

from .conftest import WEIGHTS, WHY
from .test_experts import ready


def begun(world: Any, **policy: Any) -> tuple[Any, Any, Any]:
    """An entry, an expert and the accepted assignment."""
    for _ in range(3):
        world.expert()
    world.open(policy=policy)
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        actions.accept_assignment(who, assignment_id=task)
    return entry_id, who, task


def test_a_draft_keeps_whatever_was_typed(world: Any) -> None:
    _, who, task = begun(world)
    with world.at(9, 29):
        actions.keep_draft(
            who, assignment_id=task, scores={"C1": "2", "C2": "7", "C3": "sNaN"}, comments={"C5": "Пока думаю"}
        )
        draft = queries.draft_of(who, task)
        assert draft.scores == {"C1": "2", "C2": "7", "C3": "sNaN"}
        assert draft.comments == {"C5": "Пока думаю"}
        assert (draft.total, draft.percent) == (Decimal(6), Decimal("6.00"))
        assert draft.reasons == {"C1": "TOP"}
        assert draft.faults["C2"].params["value"] == "7"
        assert draft.faults["C4"].field == "scores"
        with pytest.raises(Refused, match="BR-45"):
            actions.sign_sheet(who, assignment_id=task)
        with pytest.raises(Refused, match="BR-45"):
            actions.keep_draft(who, assignment_id=task, scores={"C99": "1"}, comments={})
        actions.keep_draft(who, assignment_id=task, scores={"C1": "1,0"}, comments={})
        assert queries.draft_of(who, task).scores == {"C1": "1"}


def test_two_pages_do_not_overwrite_each_other_unseen(world: Any) -> None:
    _, who, task = begun(world)
    with world.at(9, 29):
        keep: Any = lambda score, **more: actions.keep_draft(  # noqa: E731 - one line for many cases
            who, assignment_id=task, scores={"C1": score}, comments={}, **more
        )
        keep("1", seen=0, page="one")
        first = queries.draft_of(who, task).version
        keep("2", seen=0, page="one")  # the answer to the first saving was lost on the way
        with pytest.raises(DraftMoved):
            keep("0", seen=0, page="two")
        with pytest.raises(DraftMoved):
            keep("0", seen=first, page="two")
        assert queries.draft_of(who, task).scores == {"C1": "2"}
        keep("0", seen=queries.draft_of(who, task).version, page="two")
        with pytest.raises(DraftMoved):
            keep("1", seen=first, page="one")
        with pytest.raises(DraftMoved):
            actions.sign_sheet(who, assignment_id=task, seen=first)


def test_the_page_saves_by_itself_and_tells_of_the_other_text(world: Any) -> None:
    _, who, task = begun(world)
    with world.at(9, 29):
        path = f"/assignments/{task}/draft"
        saved = world.post(who, path, seen="0", page="one", **{"scores-C1": "2", "comments-C1": "Коротко"})
        assert saved.status_code == 200
        assert (saved.json["total"], saved.json["percent"]) == ("6,00", "6,00")
        assert "не короче 30" in saved.json["faults"]["C1"]
        moved = world.post(who, path, seen="0", page="two", **{"scores-C1": "1"})
        assert moved.status_code == 409
        assert moved.json["scores"] == {"C1": "2"}
        assert "другой странице" in moved.json["message"]
        form = world.post(who, f"/assignments/{task}", seen="0", **{"scores-C1": "1"})
        assert form.status_code == 409
        assert "Сохранено на другой странице" in form.text
        assert world.post(who, path, conclusion="я" * 10_001).status_code == 422
        assert world.post(world.secretary, path, **{"scores-C1": "1"}).status_code == 403
        assert world.post(None, path, **{"scores-C1": "1"}).status_code in (302, 303, 401)
        foreign = next(one for one in world.experts.values() if one is not who)
        assert world.post(foreign, path, **{"scores-C1": "1"}).status_code == 403
    with world.at(10, 20):
        world.score_all()
        world.advance()
        assert world.post(who, path, **{"scores-C1": "1"}).status_code == 409


def test_a_recommendation_is_demanded_where_the_edition_asks_for_it(world: Any) -> None:
    _, who, task = begun(world, recommendation_required=True)
    full: dict[str, Any] = {
        "assignment_id": task,
        "scores": {f"C{n}": 1 for n in range(1, 9)},
        "comments": {},
        "conclusion": "Сильная команда",
        "remarks": "Нет сметы",
    }
    with world.at(9, 29):
        actions.save_sheet(who, **full)
        with pytest.raises(Refused) as refusal:
            actions.sign_sheet(who, assignment_id=task)
        assert refusal.value.field == "recommendation"
        actions.save_sheet(who, **full, recommendation="AFTER_REVISION")
        actions.sign_sheet(who, assignment_id=task)
        page = world.page(who, f"/assignments/{task}")
    for text in ("Сильная команда", "Нет сметы", "рекомендовать после доработки"):
        assert text in page


def test_a_cancelled_sheet_leaves_a_draft_with_its_values(world: Any) -> None:
    _, who, task = begun(world)
    with world.at(9, 29):
        signed = world.score(who, task, 1)
        actions.cancel_sheet(world.secretary, sheet_id=signed, reason="Перепутаны критерии")
        card = queries.assignment(who, task)
        assert card.draft.scores == {f"C{n}": "1" for n in range(1, 9)}
        assert [one.cancel_reason for one in card.cancelled] == ["Перепутаны критерии"]
        page = world.page(who, f"/assignments/{task}")
        assert "Перепутаны критерии" in page
        assert "подпишите заново" in page
        actions.sign_sheet(who, assignment_id=task)


def test_independence_is_declared_with_the_conflicts_in_view(world: Any) -> None:
    ready(world)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks()[0]
        page = world.page(who, f"/assignments/{task}")
        assert "Заявление о независимости" in page
        assert "Участвовал в подготовке этой работы" in page
        answer = world.post(who, f"/assignments/{task}/recuse", reason="Участвовал в подготовке этой работы")
        assert answer.status_code == 303
        assert "Вам пока ничего не назначено" in world.page(who, "/queue")


def test_conclusions_are_printed_once_and_without_names_for_the_applicant(world: Any) -> None:
    """D-02, D-03; a paper about one sheet names its expert and is closed to the applicant (BR-44, BR-61)."""
    for _ in range(3):
        world.expert()
    world.open(stages=("SUBMISSION", "TECHNICAL", "CORRESPONDENCE", "DECISION"))
    school = world.organisation()
    applicant = world.applicant(school)
    entry_id = world.file(school)
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        sheet_id = world.score(who, task, 2)
        paper = actions.issue_sheet_paper(who, sheet_id=sheet_id, kind="D02_CONCLUSION")
        assert actions.issue_sheet_paper(world.secretary, sheet_id=sheet_id, kind="D02_CONCLUSION") == paper
        other = next(one for one in world.experts.values() if one is not who)
        for stranger in (other, world.operator, applicant):
            with pytest.raises(NotAllowed):
                actions.issue_sheet_paper(stranger, sheet_id=sheet_id, kind="D03_SHEET")
            with pytest.raises(NotFound):
                queries.PAPERS.paper(stranger, paper)
        assert queries.PAPERS.paper(who, paper).paper.kind is PaperKind.D02_CONCLUSION
        filled = world.post(who, f"/sheets/{sheet_id}/print")
        assert "/papers/" in filled.location
        with pytest.raises(Refused, match="BR-67"):
            actions.issue_sheet_paper(who, sheet_id=sheet_id, kind="D04_TECHNICAL_ACT")
        with pytest.raises(Refused, match="BR-61"):
            actions.issue_conclusions(applicant, entry_id=entry_id)
        for colleague, job in world.tasks(entry_id):
            if colleague is not who:
                world.score(colleague, job, 2)
    with world.at(10, 30):
        world.advance()
        world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        for stranger in (world.applicant(world.organisation()), PUBLIC):
            with pytest.raises(NotAllowed):
                actions.issue_conclusions(stranger, entry_id=entry_id)
        mine = actions.issue_conclusions(applicant, entry_id=entry_id)
        row = queries.PAPERS.paper(applicant, mine).paper
        assert (row.object_id, row.kind) == (entry_id, PaperKind.D02_CONCLUSION)
        with pytest.raises(NotFound):
            queries.PAPERS.paper(applicant, paper)
        text = words(read().get_one(Paper, mine).docx)
        assert "Э1" in text
        assert WHY in text
        assert "Экспертова" not in text
        assert "Экспертова" in words(read().get_one(Paper, paper).docx)
        assert "Экспертные заключения для печати" in world.page(applicant, f"/entries/{entry_id}")


def words(docx: bytes | None) -> str:
    """The text of a DOCX."""
    assert docx is not None
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


def test_a_blank_sheet_is_printed_for_the_in_person_stage(world: Any) -> None:
    world.open()
    nomination_id = world.nominations["N1"]
    document = queries.blank_sheet(world.secretary, nomination_id)
    texts = "\n".join(document.texts())
    assert "очный этап" in texts
    assert all(f"C{n}. Критерий {n}" in texts for n in range(1, len(WEIGHTS) + 1))
    answer = world.browse(world.secretary, "GET", f"/nominations/{nomination_id}/blank.pdf")
    assert answer.data.startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        queries.blank_sheet(PUBLIC, nomination_id)


def test_the_queue_and_the_profile_tell_what_waits(world: Any) -> None:
    _, who, task = begun(world)
    expert_id = next(key for key, one in world.experts.items() if one is who)
    with world.at(10, 20):
        page = world.page(who, "/queue")
        assert "Следующая работа: CITY-XIX-N1-001" in page
        assert "просрочено на 5 дн." in page
        assert "С просрочкой: 3" in world.page(world.secretary, "/experts")
        assert "просрочено: 1" in world.page(world.secretary, "/experts?only=overdue")
        assert "Таких экспертов нет" in world.page(world.secretary, "/experts?only=full")
        card = queries.expert(world.secretary, expert_id)
        assert [(one.assigned, one.done, one.overdue) for one in card.loads] == [(1, 0, 1)]
        assert world.browse(who, "GET", "/experts/me").location.endswith(str(expert_id))
        assert "Участие в конкурсах" in world.page(who, f"/experts/{expert_id}")
        other = next(key for key in world.experts if key != expert_id)
        assert world.browse(who, "GET", f"/experts/{other}").status_code == 403
        world.score(who, task, 1)
        assert "В этой части списка ничего нет" in world.page(who, "/queue")
        assert "лист подписан" in world.page(who, "/queue?part=done")
    edit = world.post(
        world.secretary, f"/experts/{expert_id}/edit", person_id=who.person_id, level="LEAD", max_load="1"
    )
    assert edit.status_code == 303
    assert queries.expert(world.secretary, expert_id).is_full


@pytest.mark.parametrize("policy", [{}, {"aggregate": "MEDIAN"}])
def test_a_page_of_the_rating_is_the_same_as_the_whole(world: Any, policy: dict[str, Any]) -> None:
    """BR-47…BR-53: what the database counts is what the rules count, with places and tie-breakers."""
    for _ in range(4):
        world.expert()
    world.open(policy=policy)
    entries = [world.file() for _ in range(6)]
    world.admit(*entries)
    with world.at(9, 29):
        world.assign()
        rows = ((2,) * 8, (1,) * 8, (2, 2, 1, 2, 2, 1, 2, 1), (1, 2, 2, 1, 1, 1, 1, 1))
        for number, (who, task) in enumerate(world.tasks()):
            if number % 5 != 4:
                world.score(who, task, *rows[number % 4])
        whole = queries.rating(world.secretary, world.edition_id, world.nominations["N1"])
        for size in (1, 2, 4, 50):
            pages = [
                queries.rating_page(
                    world.secretary, world.edition_id, world.nominations["N1"], page=page, size=size
                )
                for page in range(1, -(-len(whole) // size) + 1)
            ]
            assert [row for page in pages for row in page.items] == whole
            assert {page.total for page in pages} == {len(whole)}
    with pytest.raises(NotAllowed):
        queries.rating_page(world.council, world.edition_id, world.nominations["N1"])
