"""Files of entries: kinds by content, limits, who reads them, how they are shown (model 3.2, 3.5; BR-42)."""

import json
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import LedgerLine
from services.expertise.rules import files as rules
from services.expertise.rules.vocabulary import LedgerKind
from shared import ids
from shared.files import MAX_FILE, fingerprint
from shared.person import Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import person
from shared.unit import read

from .conftest import BAD, moment
from .forms import PDF, PNG, docx, enclose, pdf


def draft(world: Any) -> tuple[Any, Any, Any]:
    """A draft with its organisation and applicant, on 10 September."""
    school = world.organisation()
    return school, world.applicant(school), world.draft(school)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Программа.pdf", "Программа.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Иван\\план.docx", "план.pdf"),
        ("a\"; filename=evil.exe", "a_; filename=evil.pdf"),
        ("\r\nSet-Cookie: x=1", "Set-Cookie_ x=1.pdf"),
        ("", "scan.pdf"),
    ],
)
def test_a_file_is_kept_under_a_safe_name(world: Any, sent: str, kept: str) -> None:
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        file_id = enclose(world, who, entry_id, filename=sent)
        file = queries.readable_file(who, file_id)
    assert "/" not in file.filename and "\\" not in file.filename and "\n" not in file.filename
    assert file.filename.rsplit(".", 1)[1] == "pdf"
    assert file.media_type == "application/pdf"
    if "evil" not in sent and "Cookie" not in sent:
        assert file.filename == kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04 not a package",
        b"%PDF-1.4\n<script>alert(1)</script>",
        b"%PDF-1.4\n<!DOCTYPE html><body>",
        PNG + docx(),
        PDF + docx(),
        docx(first=b"<html>"),
        docx("word/vbaProject.bin"),
        docx("xl/workbook.xml"),
        b"\xff\xd8\xff<svg onload=x>",
        pdf("x" * MAX_FILE),
    ],
    ids=range(13),
)
def test_what_is_not_one_honest_file_is_refused(world: Any, content: bytes) -> None:
    """Wrong types, polyglots, macros, oversized."""
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        with pytest.raises(Refused) as refusal:
            enclose(world, who, entry_id, content=content, filename="Программа.pdf")
        assert refusal.value.field == "file"
        assert queries.entry(who, entry_id).files == []


def test_at_most_twenty_files_each_once(world: Any) -> None:
    world.open()
    with world.at(9, 10), mock.patch.object(rules, "MOST_FILES", 2):
        _, who, entry_id = draft(world)
        enclose(world, who, entry_id, content=PNG)
        with pytest.raises(Refused, match="уже приложен"):
            enclose(world, who, entry_id, content=PNG)
        enclose(world, who, entry_id, content=docx())
        with pytest.raises(Refused, match="2"):
            enclose(world, who, entry_id, content=PDF)


def test_files_are_removed_from_a_draft_only_and_then_stand_in_the_log(world: Any) -> None:
    """F6: each file of a submitted entry is in the log by its hash; afterwards nothing is taken away."""
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        kept, gone = enclose(world, who, entry_id), enclose(world, who, entry_id, content=PNG)
        actions.remove_file(who, entry_id=entry_id, file_id=gone)
        actions.submit_entry(who, entry_id=entry_id)
        with pytest.raises(Refused, match="BR-37"):
            actions.remove_file(who, entry_id=entry_id, file_id=kept)
        with pytest.raises(Refused, match="BR-37"):
            enclose(world, who, entry_id, content=PNG)
    logged = read().scalars(sa.select(LedgerLine).where(LedgerLine.kind == LedgerKind.FILE_ADDED)).all()
    assert [json.loads(one.line)["data"]["sha256"] for one in logged] == [fingerprint(pdf("PROGRAMME"))]


def test_a_fix_may_bring_files_until_its_minute(world: Any) -> None:
    world.open()
    school = world.organisation()
    who, entry_id = world.applicant(school), world.file(school)
    with world.at(9, 21):
        world.advance()
        actions.check_entry(
            world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD, fix_until=moment(9, 23, 18)
        )
    with world.at(9, 23, 17, 59):
        enclose(world, who, entry_id, "FOUNDER_APPROVAL")
        assert queries.entry(who, entry_id).files[0].is_new
    with world.at(9, 23, 18), pytest.raises(Refused, match="BR-39"):
        enclose(world, who, entry_id, content=PNG)


def test_strangers_enclose_and_remove_nothing(world: Any) -> None:
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        file_id = enclose(world, who, entry_id)
        _, other, other_entry = draft(world)
        for stranger in (other, world.council, person(Role.EXPERT), person(Role.IRO)):
            with pytest.raises(NotAllowed):
                enclose(world, stranger, entry_id, content=PNG)
            with pytest.raises(NotAllowed):
                actions.remove_file(stranger, entry_id=entry_id, file_id=file_id)
        with pytest.raises(NotFound):
            actions.remove_file(other, entry_id=other_entry, file_id=file_id)
        with pytest.raises(NotFound):
            actions.remove_file(who, entry_id=entry_id, file_id=ids.new_id())


def test_who_reads_a_file(world: Any) -> None:
    """Applicants, secretary, operator, council, the territory, an expert after the declaration (BR-42)."""
    for _ in range(3):
        world.expert()
    world.open()
    school, partner = world.organisation(), world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        entry_id = world.draft(school, co_applicant_ids=[partner])
        file_id = enclose(world, who, entry_id)
        for stranger in (world.council, world.operator, world.applicant(partner)):
            with pytest.raises(NotFound):
                queries.readable_file(stranger, file_id)
        actions.submit_entry(who, entry_id=entry_id)
        actions.register_entry(world.secretary, entry_id=entry_id)
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        expert, task = world.tasks()[0]
        with pytest.raises(NotFound):
            queries.readable_file(expert, file_id)
        actions.accept_assignment(expert, assignment_id=task)
        for reader in (
            who,
            expert,
            world.applicant(partner),
            world.secretary,
            world.operator,
            world.council,
            person(Role.EDU_AUTHORITY, municipality_oktmo="03701000"),
        ):
            assert queries.readable_file(reader, file_id).content == pdf("PROGRAMME")
        another = next(one for one, _ in world.tasks() if one is not expert)
        for stranger in (
            another,
            world.applicant(world.organisation()),
            person(Role.EDU_AUTHORITY, municipality_oktmo="03625000"),
            person(Role.IRO),
            person(Role.EXPERT),
            person(Role.PARTICIPANT),
        ):
            with pytest.raises(NotFound):
                queries.readable_file(stranger, file_id)
        actions.recuse(expert, assignment_id=task, reason="Знаю авторов этой работы лично")
        with pytest.raises(NotFound):
            queries.readable_file(expert, file_id)


def test_a_file_is_saved_by_one_address_and_shown_by_another(world: Any) -> None:
    """The download never runs in a page; what is shown has its own policy and may be framed by us only."""
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        shown, saved = enclose(world, who, entry_id), enclose(world, who, entry_id, content=docx())
        answer = world.browse(who, "GET", f"/files/{shown}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Frame-Options"].upper() == "DENY"
        assert "object-src 'none'" in answer.headers["Content-Security-Policy"]
        answer = world.browse(who, "GET", f"/files/{shown}/view")
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Type"] == "application/pdf"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy
        assert "script-src" not in policy
        assert "private" in answer.headers["Cache-Control"]
        assert world.browse(who, "GET", f"/files/{saved}/view").status_code == 404
        for address in (f"/files/{shown}", f"/files/{shown}/view", f"/api/v1/files/{shown}"):
            assert world.browse(world.council, "GET", address).status_code == 404
            assert world.browse(None, "GET", address).status_code in (302, 303, 401, 404)
        assert "frame-ancestors 'none'" in world.browse(who, "GET", "/").headers["Content-Security-Policy"]


def test_files_by_page_and_by_api(world: Any) -> None:
    world.open()
    with world.at(9, 10):
        _, who, entry_id = draft(world)
        page = f"/entries/{entry_id}/files/new"
        assert "до 3 МБ" in world.page(who, page)
        form = {"kind": "PROGRAMME", "file": (BytesIO(PDF), "План.pdf")}
        assert world.post(who, page, **form).status_code == 303
        assert "План.pdf" in world.page(who, f"/entries/{entry_id}")
        answer = world.post(who, page, kind="PROGRAMME", file=(BytesIO(b"MZ"), "План.pdf"))
        assert answer.status_code == 422 and "без макросов" in answer.text
        assert world.post(who, page, kind="PROGRAMME").status_code == 422
        api = f"/api/v1/entries/{entry_id}/files"
        sent = world.browse(who, "POST", f"{api}?kind=OTHER", data={"file": (BytesIO(PNG), "рис.png")})
        assert sent.status_code == 201, sent.text
        listed = world.browse(who, "GET", api).json
        assert [one["kind"] for one in listed] == ["PROGRAMME", "OTHER"]
        assert "content" not in listed[0]
        assert world.browse(who, "GET", f"/api/v1/files/{listed[1]['file_id']}").data == PNG
        assert world.browse(who, "POST", f"{api}?kind=NOTHING", data={"file": (BytesIO(PNG), "a")}).status_code == 422
        assert world.browse(who, "DELETE", f"{api}/{listed[0]['file_id']}").status_code == 204
        removed = f"/entries/{entry_id}/files/{listed[1]['file_id']}/remove"
        assert world.post(who, removed).status_code == 303
        assert world.browse(who, "GET", api).json == []
