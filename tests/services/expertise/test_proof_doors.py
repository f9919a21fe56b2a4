"""Pages and API of the log: for everybody, for the applicant, for those who run contests; early states too (F6)."""

import json
from pathlib import Path
from typing import Any

from services.expertise import queries
from shared.person import Role
from shared.testing.suite import person
from tests.services.expertise import proofs


def test_a_new_edition_says_that_nothing_is_there_yet(world: Any) -> None:
    with world.at(9, 1):
        edition_id = world.draft_edition()
        page = world.page(world.secretary, f"/editions/{edition_id}/proof")
        assert "ещё не подписан" in page and "Подписать журнал сейчас" in page
        assert world.browse(None, "GET", f"/editions/{edition_id}/proof").status_code == 404
        assert "Ключа ещё нет" in world.page(None, "/log-keys")


def test_the_public_page_and_its_files(world: Any, tmp_path: Path) -> None:
    """Heads are open at once; the log opens with the results; what is downloaded is what holds."""
    world.open()
    at = f"/editions/{world.edition_id}"
    page = world.page(None, f"{at}/proof")
    head = queries.heads(world.operator, world.edition_id)[0]
    assert head.printed in page and "откроется всем вместе с результатами" in page
    assert "Скачать журнал" not in page and "Записи журнала" not in page
    assert world.browse(None, "GET", f"{at}/proof.json").status_code in (302, 303, 403)
    assert head.kid in world.page(None, "/log-keys")
    program = world.browse(None, "GET", "/verify_protocol.py")
    assert program.data == proofs.VERIFIER.read_bytes()
    assert "attachment" in program.headers["Content-Disposition"]
    assert "Журнал и доказательства" in world.page(None, at)
    bundle = world.browse(world.council, "GET", f"{at}/proof.json")
    assert proofs.verify(bundle.data, tmp_path)[0] == 0


def test_the_button_and_the_browser_of_the_log(world: Any) -> None:
    world.open()
    entry_id = world.file()
    at = f"/editions/{world.edition_id}"
    answer = world.post(world.secretary, f"{at}/heads")
    assert answer.status_code == 303
    assert world.post(world.council, f"{at}/heads").status_code == 403
    number = queries.entry(world.secretary, entry_id).reg_no
    page = world.page(world.council, f"{at}/log")
    assert number in page and "заявка зарегистрирована" in page
    assert "Новая школа" not in page
    page = world.page(world.secretary, f"{at}/log?kind=ENTRY_REGISTERED&reg_no={number}")
    assert page.count('<th scope="row" class="num">') == 1
    assert "Таких записей нет" in world.page(world.secretary, f"{at}/log?reg_no=%27%22%3Cb%3E%D1%91")
    assert "Записи журнала" in world.page(world.secretary, f"{at}/log?kind=NONSENSE&page=0")
    for who in (None, person(Role.EXPERT), person(Role.IRO)):
        assert world.browse(who, "GET", f"{at}/log").status_code in (302, 303, 403)


def test_the_applicant_takes_the_proof(world: Any, tmp_path: Path) -> None:
    first, second = proofs.held(world)
    owner = world.applicant(queries.entry(world.secretary, first).applicant_id)
    assert "Доказательство" in world.page(owner, f"/entries/{first}")
    page = world.page(owner, f"/entries/{first}/proof")
    assert "лист открыт" in page and "Э1" in page and "Экспертова" not in page
    bundle = world.browse(owner, "GET", f"/entries/{first}/proof.json")
    assert proofs.verify(bundle.data, tmp_path)[0] == 0
    assert world.browse(owner, "GET", f"/entries/{second}/proof").status_code == 404
    assert world.browse(owner, "GET", f"/entries/{second}/proof.json").status_code == 404
    assert world.browse(None, "GET", f"/entries/{first}/proof").status_code in (302, 303)


def test_a_draft_has_no_lines(world: Any) -> None:
    world.open()
    with world.at(9, 10):
        school = world.organisation()
        entry_id = world.draft(school)
        page = world.page(world.applicant(school), f"/entries/{entry_id}/proof")
    assert "записи начнутся с подачи" in page and "Скачать доказательство" not in page


def test_programs_get_the_same(world: Any, tmp_path: Path) -> None:
    """Heads, log, bundle, entry, keys; refusals as problem documents."""
    first, _ = proofs.held(world)
    at, admin = f"/api/v1/editions/{world.edition_id}", person(Role.SYSTEM_ADMIN)
    heads = world.browse(None, "GET", f"{at}/heads").json
    assert [one["number"] for one in heads] == list(range(9, 0, -1))
    assert world.browse(world.secretary, "POST", f"{at}/heads").json["size"] == heads[0]["size"]
    assert world.browse(world.council, "POST", f"{at}/heads").status_code == 403
    lines = world.browse(world.operator, "GET", f"{at}/log?kind=DECISION")
    assert lines.headers["X-Total-Count"] == "2" and len(lines.json[0]["about"]) == 1
    assert world.browse(None, "GET", f"{at}/log").status_code in (401, 403)
    bundle = world.browse(None, "GET", f"{at}/proof")
    assert proofs.verify(bundle.data, tmp_path)[0] == 0
    owner = world.applicant(queries.entry(world.secretary, first).applicant_id)
    entry = world.browse(owner, "GET", f"/api/v1/entries/{first}/proof")
    assert proofs.verify(entry.data, tmp_path)[0] == 0
    assert json.loads(entry.data)["reg_no"] == "CITY-XIX-N1-001"
    assert world.browse(owner, "POST", "/api/v1/log-keys").status_code == 403
    made = world.browse(admin, "POST", "/api/v1/log-keys")
    assert made.status_code == 201
    keys = world.browse(None, "GET", "/api/v1/log-keys").json
    assert [one["kid"] for one in keys] == [made.json["kid"], heads[0]["kid"]]
