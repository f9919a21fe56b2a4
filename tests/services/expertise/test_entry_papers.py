"""D-18 and D-04: print-outs and papers of an entry; revision with answers and marks (F-05, F-20, BR-67, BR-68)."""

import json
from typing import Any

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import LedgerLine, ScoreSheet
from services.expertise.queries.application_paper import application_paper
from services.expertise.queries.entry_access import readable_entry
from services.expertise.queries.technical_paper import technical_paper
from services.expertise.rules.papers import PaperKind
from services.expertise.rules.vocabulary import LedgerKind
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.requisites import PaperFormat
from shared.testing.suite import person
from shared.unit import read

from .conftest import BAD, moment
from .forms import PNG, enclose, open_with_form, pdf


@pytest.fixture
def filed(world: Any) -> tuple[Any, Any]:
    """An entry by a form, registered; its applicant."""
    for _ in range(3):
        world.expert()
    open_with_form(world)
    school = world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        authors = [{"name": "Иванов Пётр", "role": "AUTHOR"}]
        entry_id = world.draft(school, authors=authors, summary="Кратко о главном")
        for code, text in (("1.1", "Первый абзац\nВторой абзац"), ("1.2", "Акты"), ("3", "май | открыть")):
            actions.write_section(who, entry_id=entry_id, code=code, text=text)
        enclose(world, who, entry_id)
        actions.submit_entry(who, entry_id=entry_id)
        actions.register_entry(world.secretary, entry_id=entry_id)
    return entry_id, who


def test_an_application_says_everything_by_its_form(world: Any, filed: Any) -> None:
    """D-18: parts, sections in their order, a table as a table, files with their hashes."""
    entry_id, who = filed
    texts = list(application_paper(read(), readable_entry(who, entry_id)).texts())
    said = "\n".join(texts)
    for expected in (
        "CITY-XIX-N1-001",
        "10.09.2020 12:00:00 (МСК)",
        "1. Обоснование темы",
        "1.1 Обоснование",
        "Второй абзац",
        "Кратко о главном",
        "Иванов Пётр (автор)",
        "Программа.pdf",
        "Рабочая распечатка",
    ):
        assert expected in said
    assert texts.index("Первый абзац") < texts.index("Второй абзац") < texts.index("открыть")


def test_before_registration_there_is_only_a_working_print_out(world: Any) -> None:
    open_with_form(world)
    school = world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        entry_id = world.draft(school)
        file = queries.application_file(who, entry_id, PaperFormat.PDF)
        assert file.content.startswith(b"%PDF") and file.name == "Заявка без номера.pdf"
        with pytest.raises(Refused, match="D-18"):
            actions.issue_application(who, entry_id=entry_id)
        with pytest.raises(NotFound):
            queries.application_file(world.council, entry_id, PaperFormat.PDF)
        with pytest.raises(NotAllowed):
            queries.application_file(world.applicant(world.organisation()), entry_id, PaperFormat.PDF)
        with pytest.raises(NotFound):
            queries.technical_file(who, entry_id, PaperFormat.PDF)


def test_an_application_is_issued_once_until_it_is_void(world: Any, filed: Any) -> None:
    entry_id, who = filed
    with world.at(9, 11):
        with pytest.raises(NotAllowed):
            actions.issue_application(world.applicant(world.organisation()), entry_id=entry_id)
        paper_id = actions.issue_application(who, entry_id=entry_id)
        with pytest.raises(Refused, match="BR-68"):
            actions.issue_application(who, entry_id=entry_id)
        assert queries.PAPERS.paper_file(who, paper_id, PaperFormat.DOCX).content.startswith(b"PK")
        actions.cancel_paper(world.secretary, paper_id=paper_id, reason="Опечатка")
        assert actions.issue_application(world.secretary, entry_id=entry_id) != paper_id


def test_the_act_of_the_check_is_taken_by_the_applicant(world: Any, filed: Any) -> None:
    """D-04: requirements, remarks, outcome and the term of correction; strangers do not find it."""
    entry_id, who = filed
    with world.at(9, 21):
        with pytest.raises(Refused, match="D-04"):
            actions.issue_technical_act(world.secretary, entry_id=entry_id)
        world.advance()
        actions.check_entry(
            world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD, fix_until=moment(9, 23, 18)
        )
        said = "\n".join(technical_paper(read(), readable_entry(who, entry_id)).texts())
        for expected in ("Согласование учредителя", "Нет подписи", "допустить условно", "23.09.2020 18:00:00 (МСК)"):
            assert expected in said
        with pytest.raises(NotAllowed):
            actions.issue_technical_act(who, entry_id=entry_id)
        paper_id = actions.issue_technical_act(world.secretary, entry_id=entry_id)
        found = queries.papers_of(who, entry_id, PaperKind.D04_TECHNICAL_ACT)
        assert [one.id for one in found] == [paper_id]
        assert queries.PAPERS.paper_file(who, paper_id, PaperFormat.PDF).content.startswith(b"%PDF")
        for stranger in (world.applicant(world.organisation()), person(Role.EXPERT)):
            with pytest.raises(NotFound):
                queries.PAPERS.paper_file(stranger, paper_id, PaperFormat.PDF)
        html = world.page(who, f"/entries/{entry_id}")
        assert "Исправьте замечания до 23.09.2020 18:00" in html and "Нет подписи" in html


def test_a_revision_marks_what_changed_and_keeps_drafts(world: Any, filed: Any) -> None:
    """F-05: answer to the remarks, sections before and after, new files; drafts of sheets stay."""
    entry_id, who = filed
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        expert, task = world.tasks()[0]
        actions.accept_assignment(expert, assignment_id=task)
        actions.save_sheet(expert, assignment_id=task, scores={"C1": 1}, comments={})
        actions.return_for_revision(world.secretary, entry_id=entry_id, remarks="Уточните план")
    with world.at(9, 30):
        actions.write_section(who, entry_id=entry_id, code="3", text="июнь | открыть")
        enclose(world, who, entry_id, "CALENDAR_PLAN", content=PNG)
        actions.resubmit_entry(who, entry_id=entry_id, topic="Новая школа", answer="План уточнён")
        card = queries.entry(expert, entry_id)
        revision = card.revisions[-1]
        assert (revision.answer, revision.remarks) == ("План уточнён", "Уточните план")
        assert [(one.code, one.before, one.after) for one in revision.changed] == [
            ("3", "май | открыть", "июнь | открыть")
        ]
        assert [one.code for one in card.sections if one.is_new] == ["3"]
        assert [one.kind.value for one in card.files if one.is_new] == ["CALENDAR_PLAN"]
        html = world.page(expert, f"/entries/{entry_id}")
        assert "изменён при доработке" in html and "План уточнён" in html and "Раздел 3 изменён" in html
        assert read().scalars(sa.select(ScoreSheet.scores)).all() == [{"C1": "1"}]
        world.score(expert, task, 1)


def test_the_log_tells_the_course_of_an_entry_without_its_words(world: Any, filed: Any) -> None:
    """F6: submitted, its files, registered; the content stands there as a commitment."""
    entry_id, _ = filed
    rows = read().scalars(
        sa.select(LedgerLine).where(LedgerLine.subject_id == entry_id).order_by(LedgerLine.seq)
    )
    lines = [(one.kind, json.loads(one.line)["data"]) for one in rows]
    assert [kind for kind, _ in lines] == [
        LedgerKind.ENTRY_SUBMITTED,
        LedgerKind.FILE_ADDED,
        LedgerKind.ENTRY_REGISTERED,
    ]
    assert lines[1][1]["size"] == len(pdf("PROGRAMME"))
    assert lines[2][1]["reg_no"] == "CITY-XIX-N1-001"
    assert "Новая школа" not in str(lines) and "Иванов" not in str(lines)
