"""The pages and the API of imports: one way from the file to the register, in both languages."""

import io
from collections.abc import Callable
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model
from shared.jobs import run_due
from shared.person import Role
from shared.testing.suite import person
from shared.unit import read
from tests.services.registry.conftest import SEVERSKY, World
from tests.services.registry.importing import HEADERS, INN, school, table

Clients = Callable[..., FlaskClient]


def settle(world: World) -> None:
    with world.app.app_context():
        run_due()
        assert not read().scalars(sa.select(model.Job.error).where(model.Job.error.is_not(None))).all()


def sent(content: bytes, name: str = "школы.csv") -> dict[str, object]:
    return {"kind": "ORGANISATIONS", "file": (io.BytesIO(content), name)}


GREY = ("Информационно-методически центр Северского района", "ТМС", SEVERSKY, "", "")
BAD = ("Школа № 97", "завод", "Нигде", "", "123")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_whole_way_by_pages(world: World, client: Clients, lang: str) -> None:
    browser = client(world.app, world.operator)
    assert browser.get(f"/imports?lang={lang}").status_code == 200
    assert browser.get(f"/imports/new?lang={lang}").status_code == 200
    content = table(school("МБОУ CОШ №94", inn=INN), school("МБОУ СОШ №1"), GREY, BAD)
    made = browser.post(f"/imports/new?lang={lang}", data=sent(content))
    assert made.status_code == 303
    card = made.headers["Location"].removeprefix("/registry")
    waiting = browser.get(f"{card}?lang={lang}")
    assert "every 1s" in waiting.text, "the page looks for the end of the work by itself"
    assert "HX-Refresh" not in browser.get(f"{card}/progress").headers
    settle(world)
    assert browser.get(f"{card}/progress").headers["HX-Refresh"] == "true"
    shown = browser.get(f"{card}?lang={lang}").text
    assert "МБОУ CОШ №94</del> → <ins>МБОУ СОШ №94" in shown
    for verdict in ("", "NEW", "MERGE", "UNDECIDED", "ERROR", "SAME"):
        assert browser.get(f"{card}?lang={lang}&verdict={verdict}").status_code == 200
    assert browser.post(f"{card}/rows/4?verdict=UNDECIDED", data={"decision": "MERGE"}).headers[
        "Location"
    ].endswith("verdict=UNDECIDED#row-4")
    wrong = browser.post(f"{card}/rows/5?lang={lang}", data={"decision": "NEW"})
    assert (wrong.status_code, "fault" in wrong.text) == (422, True)
    assert browser.post(f"{card}/skip/ERROR").status_code == 303
    assert browser.post(f"{card}/apply").status_code == 303
    settle(world)
    done = browser.get(f"{card}?lang={lang}").text
    assert ("применена" if lang == "ru" else "applied") in done
    assert "МБОУ СОШ №94" in browser.get("/organisations?text=94").text


def test_errors_are_downloaded_with_the_row_and_the_reason(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    card = browser.post("/imports/new", data=sent(table(school("Школа № 94"), BAD))).headers["Location"]
    settle(world)
    answer = browser.get(f"{card.removeprefix('/registry')}/faults.xlsx")
    (head, row) = openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True)
    assert head == (*HEADERS, "Строка файла", "Что исправить")
    assert row[:6] == (*BAD, 3)
    assert "Роли: Неизвестное значение «завод»" in row[6]
    assert "ИНН организации состоит из 10 цифр" in row[6]


@pytest.mark.parametrize("kind", ["ORGANISATIONS", "PLATFORMS"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_is_accepted_as_it_is(world: World, client: Clients, kind: str, ending: str) -> None:
    """What the template shows as an example, the check understands."""
    browser = client(world.app, world.operator)
    template = browser.get(f"/imports/templates/{kind}.{ending}")
    assert template.status_code == 200
    with world.app.app_context():
        batch = actions.upload_import(
            world.operator, kind=kind, filename=f"x.{ending}", content=template.data
        )
        run_due()
        kept = read().get(model.ImportBatch, batch)
        assert (kept.state, kept.note, kept.header["unknown"]) == ("READY", None, [])
        assert kept.total == 1


def test_the_whole_way_by_the_api(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    made = api.post("/api/v1/imports", data=sent(table(school("Школа № 94"), GREY, BAD)))
    assert made.status_code == 202
    path = f"/api/v1/imports/{made.json['id']}"
    assert api.get(path).json["at_work"] is True
    settle(world)
    card = api.get(path).json
    assert card["batch"]["state"] == "READY"
    assert (card["open_errors"], card["open_undecided"], card["may_apply"]) == (1, 1, False)
    rows = api.get(f"{path}/rows?verdict=UNDECIDED").json
    assert [(row["number"], row["candidates"][0]["id"]) for row in rows] == [(3, str(world.tms))]
    refused = api.post(f"{path}/apply")
    assert (refused.status_code, refused.json["rule"]) == (409, "IMPORT")
    wrong = api.post(f"{path}/rows/3/decision", json={"decision": "MERGE", "target_id": str(world.knmc)})
    assert (wrong.status_code, "target_id" in wrong.json["errors"]) == (422, True)
    right = {"decision": "MERGE", "target_id": str(world.tms)}
    assert api.post(f"{path}/rows/3/decision", json=right).status_code == 204
    assert api.post(f"{path}/skip", json={"verdict": "ERROR"}).status_code == 204
    assert api.post(f"{path}/apply").status_code == 202
    settle(world)
    assert api.get(path).json["batch"]["state"] == "APPLIED"
    assert api.delete(path).status_code == 409
    assert api.get("/api/v1/imports").headers["X-Total-Count"] == "1"


@pytest.mark.parametrize("role", [None, Role.TMS, Role.EDU_AUTHORITY, Role.IRO, Role.EXPERT])
def test_nobody_else_gets_in(world: World, client: Clients, role: Role | None) -> None:
    with world.app.app_context():
        batch = actions.upload_import(
            world.operator, kind="ORGANISATIONS", filename="x.csv", content=table(school("Школа № 94"))
        )
        run_due()
    who = person(role, organisation_id=world.tms, municipality_oktmo=SEVERSKY) if role else None
    browser = client(world.app, who)
    denied = 403 if role else 401
    for path in ("", f"/{batch}", f"/{batch}/rows"):
        assert browser.get(f"/api/v1/imports{path}").status_code == denied
    assert browser.post("/api/v1/imports", data=sent(b"x")).status_code == denied
    for path in ("/apply", "/undo", "/check"):
        assert browser.post(f"/api/v1/imports/{batch}{path}").status_code == denied
    for path in ("/imports", f"/imports/{batch}", f"/imports/{batch}/faults.xlsx"):
        assert browser.get(path).status_code == (403 if role else 303)


def test_what_is_not_there_is_not_found(world: World, client: Clients) -> None:
    api = client(world.app, world.operator)
    nobody = UUID(int=1)
    assert api.get(f"/api/v1/imports/{nobody}").status_code == 404
    assert api.get(f"/api/v1/imports/{nobody}/rows").status_code == 404
    assert api.post(f"/api/v1/imports/{nobody}/apply").status_code == 404
    assert api.get("/imports/templates/SOMETHING.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"kind": "ORGANISATIONS"}, 422),
        ({"kind": "PEOPLE", "file": (io.BytesIO(b"x"), "x.csv")}, 422),
        ({"kind": "ORGANISATIONS", "file": (io.BytesIO(b""), "x.csv")}, 422),
    ],
)
def test_what_is_no_file_is_refused_at_the_door(
    world: World, client: Clients, data: dict[str, object], status: int
) -> None:
    assert client(world.app, world.operator).post("/api/v1/imports", data=data).status_code == status


def test_a_request_over_four_megabytes_is_not_read(world: World, client: Clients) -> None:
    answer = client(world.app, world.operator).post(
        "/api/v1/imports",
        data=b"x" * (4 * 1024 * 1024 + 1),
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 413


def test_names_of_files_and_cells_are_shown_as_text(world: World, client: Clients) -> None:
    browser = client(world.app, world.operator)
    evil = "<script>alert(1)</script>"
    made = browser.post("/imports/new", data=sent(table((evil, evil, evil, evil, evil)), f"../{evil}.csv"))
    settle(world)
    text = browser.get(made.headers["Location"].removeprefix("/registry")).text
    assert evil not in text
