"""Experts of a blind edition do not learn whose the works are, whatever they open, ask or break (F18)."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from services.expertise import actions, queries
from services.expertise.model import Assignment, BlindWork, EntryFile
from shared import clock, ids
from shared.person import Grant, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.testing.suite import deliver
from shared.unit import read
from tests.rules.expertise.anonymous_files import paper, png, word

from .forms import open_with_form

PLACE = "03699000"
#: Whatever an expert gets, none of this may be in it, in any case and any form.
SECRETS = ("звёздопад", "звездопад", "тайноградск", "неведомск", "taynovsky", PLACE, "№ 499", "сош 499", "№499")
SCHOOL = "МАОУ СОШ № 499 «Звёздопад» Тайноградского округа"


@pytest.fixture
def secret(world: Any) -> dict[str, Any]:
    """A blind edition at its first expert stage with one work that tells of its applicant wherever it can."""
    deliver(
        world.app,
        "registry.municipality.changed.v1",
        {"municipality_id": UUID(int=77), "oktmo": PLACE, "short_name": "Тайноградский округ"},
    )
    school = ids.new_id()
    deliver(
        world.app,
        "registry.organisation.changed.v1",
        {"organisation_id": school, "full_name": SCHOOL, "short_name": "СОШ № 499 «Звёздопад»", "roles": ["EDU_ORG"],
         "municipality_oktmo": PLACE, "state": "ACTIVE"},
    )
    head = world.human(school, last_name="Неведомская")
    for _ in range(3):
        world.expert()
    open_with_form(world, policy={"blind": True})
    applicant = world.applicant(school)
    with world.at(9, 10):
        entry_id = world.draft(
            school,
            topic="Математика в «Звёздопаде»: опыт Тайноградского округа",
            summary="Педагог Неведомская придумала игры. Пишите: taynovsky@school.ru",
            contact_person_id=head,
        )
        actions.write_section(applicant, entry_id=entry_id, code="1.1", text="Опыт СОШ № 499 и А.Б. Неведомской")
        for name, content in (
            ("Программа СОШ 499 Звёздопад.docx", word("Опыт «Звёздопада» описала Неведомская")),
            ("Отчёт Тайноградского округа.pdf", paper("Play and count")),
            ("Фото Неведомской.png", png()),
        ):
            actions.add_file(applicant, entry_id=entry_id, kind="PROGRAMME", filename=name, content=content)
        actions.write_section(applicant, entry_id=entry_id, code="1.2", text="Приказ управления Тайноградского округа")
        actions.submit_entry(applicant, entry_id=entry_id)
        actions.register_entry(world.secretary, entry_id=entry_id)
        neighbour = world.organisation()
        other = world.draft(neighbour, topic="Другая работа")
        for code in ("1.1", "1.2"):
            actions.write_section(world.applicant(neighbour), entry_id=other, code=code, text="Играем и считаем")
        actions.submit_entry(world.applicant(neighbour), entry_id=other)
        actions.register_entry(world.secretary, entry_id=other)
    return {"school": school, "entry": entry_id, "other": other, "applicant": applicant, "head": head}


def begin(world: Any, secret: dict[str, Any]) -> None:
    """Look the works over and hand them to the experts."""
    with world.at(9, 21):
        world.advance()
        for key in (secret["entry"], secret["other"]):
            actions.check_entry(
                world.secretary, entry_id=key, outcome="ADMITTED_WITH_REMARKS",
                items=[{"requirement": "Печать СОШ № 499", "ok": False, "remark": "Подпись Неведомской"}],
            )  # fmt: skip
        actions.look_over(world.secretary, edition_id=world.edition_id)
        picture = next(
            one for one in queries.anonymity_of(world.secretary, secret["entry"]).findings if one.finding == "PICTURE"
        )
        actions.waive_findings(
            world.secretary, entry_id=secret["entry"], words=[picture.key], reason="Посмотрела: на рисунке фигуры"
        )
    with world.at(9, 28):
        world.advance()
    with world.at(9, 29):
        world.assign()


def everything_known(world: Any, secret: dict[str, Any]) -> dict[str, list[str]]:
    """Identifiers that an attacker might guess, for every parameter of an address."""
    session = read()
    files = [str(key) for key in session.scalars(sa.select(EntryFile.id))]
    assignments = [str(key) for key in session.scalars(sa.select(Assignment.id))]
    from services.expertise.model import Paper, ScoreSheet

    sheets = [str(key) for key in session.scalars(sa.select(ScoreSheet.id))]
    papers = session.execute(sa.select(Paper.id, Paper.verify_code)).all()
    return {
        "edition_id": [str(world.edition_id)],
        "entry_id": [str(secret["entry"])],
        "nomination_id": [str(key) for key in world.nominations.values()],
        "assignment_id": assignments,
        "expert_id": [str(key) for key in world.experts],
        "file_id": files,
        "sheet_id": sheets,
        "paper_id": [str(row[0]) for row in papers],
        "verify_code": [row[1] for row in papers],
        "code": ["1.1", "1.2", *(row[1] for row in papers)],
        "form": ["docx", "pdf"],
        "person_id": [str(secret["head"])],
        "organisation_id": [str(secret["school"])],
    }


#: The whole registry of organisations, taking part or not: a choice from it tells of no work.
REGISTRY = "/conflicts/declare"


def guesses(rule: Any, name: str, known: dict[str, list[str]]) -> list[str]:
    """What an attacker puts into an address: numbers where numbers stand, known identifiers elsewhere."""
    converter = rule._converters[name]
    if hasattr(converter, "num_convert"):
        return ["1"]
    return sorted(getattr(converter, "items", ())) or known.get(name) or known["entry_id"]


def addresses(world: Any, known: dict[str, list[str]]) -> Iterator[str]:
    """Every address that answers GET, with every identifier of its parameters."""
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or "static" in rule.endpoint or rule.rule == REGISTRY:
            continue
        found = [{}]
        for name in rule.arguments:
            found = [{**one, name: value} for one in found for value in guesses(rule, name, known)]
        for values in found:
            built = rule.build(values, append_unknown=False)
            if built is not None:
                yield built[1]


def told(content: bytes) -> str:
    """All that an answer holds, unpacked where it is a package or a paper."""
    parts = [content]
    try:
        with ZipFile(BytesIO(content)) as package:
            parts += [one.filename.encode() + package.read(one) for one in package.infolist()]
    except BadZipFile:
        pass
    text = b"\n".join(parts).decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        text += "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text).casefold()


def leaks(answer: Any, secret: dict[str, Any], reg_no: str | None = None) -> list[str]:
    from urllib.parse import unquote

    text = told(answer.data) + unquote(str(answer.headers)).casefold()
    wanted = [*SECRETS, str(secret["school"]), str(secret["head"]), *([reg_no.casefold()] if reg_no else ())]
    return [one for one in wanted if one in text]


def walk(world: Any, who: Person, secret: dict[str, Any], reg_no: str | None) -> tuple[int, list[Any]]:
    """Open every address; what leaked where, and how many of them opened."""
    opened, found = 0, []
    # Addresses are names of what is asked for, and error pages may repeat them: an own id is no leak.
    for path in dict.fromkeys(addresses(world, everything_known(world, secret))):
        answer = world.browse(who, "GET", path)
        assert answer.status_code < 500, (path, answer.status_code)
        opened += answer.status_code == 200
        one = [word for word in leaks(answer, secret, reg_no) if word not in path]
        if one:
            found.append((path, answer.status_code, one))
    return opened, found


def test_an_attacker_finds_nothing_before_publication_and_everything_after(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    session = read()
    reg_no = queries.entry(world.secretary, secret["entry"]).reg_no
    with world.at(9, 29):
        opened, found = walk(world, world.tasks(secret["entry"])[0][0], secret, reg_no)
        assert not found
        for who, task in world.tasks(secret["entry"])[:2]:
            actions.accept_assignment(who, assignment_id=task)
        opened, found = walk(world, world.tasks(secret["entry"])[0][0], secret, reg_no)
        assert not found
        assert opened > 25
        world.organisation(name="Не участвует")
        read().rollback()
        assert "Не участвует" in world.page(world.tasks(secret["entry"])[0][0], REGISTRY)
        world.score_all()
        who, task = world.tasks(secret["entry"])[0]
        sheet_id = queries.assignment(who, task).sheet.sheet_id
        for kind in ("D02_CONCLUSION", "D03_SHEET"):
            # The secretary prints first: the expert reads the same paper.
            paper_id = actions.issue_sheet_paper(world.secretary, sheet_id=sheet_id, kind=_kind(kind))
            assert paper_id == actions.issue_sheet_paper(who, sheet_id=sheet_id, kind=_kind(kind))
        opened, found = walk(world, who, secret, reg_no)
        assert not found
        code = session.scalar(sa.select(BlindWork.code).where(BlindWork.entry_id == secret["entry"]))
        assert f"Работа {code}" in world.page(who, "/queue?part=all")
        assert f"Работа {code}" in world.page(who, f"/assignments/{task}")
        assert f"Работа {code}" in world.page(who, f"/entries/{secret['entry']}")
    with world.at(9, 29):
        for path in (f"/entries/{secret['entry']}", f"/editions/{world.edition_id}/desk"):
            assert "звёздопад" in world.page(world.secretary, path).casefold()


def _kind(name: str) -> Any:
    from services.expertise.rules.papers import PaperKind

    return PaperKind[name]


def test_errors_tell_nothing(world: Any, secret: dict[str, Any]) -> None:
    """Every form and every call of the API sent empty, wrong and twice."""
    begin(world, secret)
    reg_no = queries.entry(world.secretary, secret["entry"]).reg_no
    with world.at(9, 29):
        who = world.tasks(secret["entry"])[0][0]
        known = everything_known(world, secret)
        for rule in world.app.url_map.iter_rules():
            for method in {"POST", "PUT", "DELETE", "PATCH"} & set(rule.methods or ()):
                values = {name: guesses(rule, name, known)[0] for name in rule.arguments}
                built = rule.build(values, append_unknown=False)
                if built is None or built[1] == REGISTRY:
                    continue
                form, wrong = {"data": {"csrf_token": "test-csrf"}}, {"json": {"reason": "x", "seen": -1}}
                for more in (form, {"json": {}}, wrong):
                    answer = world.browse(who, method, built[1], **more)
                    assert answer.status_code < 500, (built[1], answer.status_code)
                    assert not [one for one in leaks(answer, secret, reg_no) if one not in built[1]], built[1]


def test_after_publication_the_work_has_its_name(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    with world.at(9, 29):
        world.score_all()
        who, task = world.tasks(secret["entry"])[0]
        assert queries.assignment(who, task).applicant_name is None
    from services.expertise.model import ContestEdition

    read().get(ContestEdition, world.edition_id).published_at = clock.now()
    read().flush()
    card, line = queries.assignment(who, task), queries.entry(who, secret["entry"])
    assert "Звёздопад" in card.applicant_name and "Звёздопаде" in card.topic and not card.is_blind
    assert line.applicant_id == secret["school"] and line.municipality_oktmo == PLACE
    assert {one.filename for one in line.files} >= {"Фото Неведомской.png"}
    assert all(queries.readable_file(who, one.file_id) for one in line.files)


def test_experts_get_masked_copies_only(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    with world.at(9, 29):
        who, task = world.tasks(secret["entry"])[0]
        actions.accept_assignment(who, assignment_id=task)
        shown = queries.assignment(who, task).files
        assert [one.filename.split(".")[0] for one in shown] == ["1", "2", "3"]
        originals = [one.file_id for one in queries.entry(world.secretary, secret["entry"]).files]
        assert not {one.file_id for one in shown} & set(originals)
        for key in originals:
            with pytest.raises(NotFound):
                queries.readable_file(who, key)
            assert queries.readable_file(world.secretary, key) and queries.readable_file(secret["applicant"], key)
        for one in shown:
            assert "неведомск" not in told(queries.readable_file(who, one.file_id).content)


def test_an_expert_stays_one_whatever_other_roles_the_person_has(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    with world.at(9, 29):
        who, _ = world.tasks(secret["entry"])[0]
        both = Person(ids.new_id(), who.person_id, who.name, (*who.grants, Grant(Role.COUNCIL), Grant(Role.OPERATOR)))
        card = queries.entry(both, secret["entry"])
        assert card.applicant_name is None and card.applicant_id is None
        line = next(one for one in queries.entries(both, world.edition_id) if one.entry_id == secret["entry"])
        assert line.applicant_name is None and "звёздопад" not in line.topic.casefold()
        for form in ("application_file", "technical_file"):
            with pytest.raises(NotAllowed):
                getattr(queries, form)(both, secret["entry"], _form())
        assert queries.entry(world.council, secret["entry"]).applicant_id == secret["school"]


def _form() -> Any:
    from shared.requisites import PaperFormat

    return PaperFormat.DOCX


def test_hints_and_order_tell_nothing(world: Any, secret: dict[str, Any]) -> None:
    """A neighbour of the applicant is not told so; works stand by their codes, not by their numbers."""
    begin(world, secret)
    with world.at(9, 29):
        for who in world.experts.values():
            lines = queries.queue(who)
            assert [one.reg_no for one in lines] == sorted(one.reg_no for one in lines)
            for one in lines:
                assert queries.assignment(who, one.assignment_id).hints == []
                assert one.is_blind and one.applicant_name is None


def test_the_stage_waits_until_every_work_is_ready(world: Any, secret: dict[str, Any]) -> None:
    with world.at(9, 21):
        world.advance()
        for key in (secret["entry"], secret["other"]):
            actions.check_entry(
                world.secretary, entry_id=key, outcome="ADMITTED",
                items=[{"requirement": "Заявка", "ok": True, "remark": ""}],
            )  # fmt: skip
        with pytest.raises(Refused, match="F18"):
            actions.waive_findings(world.secretary, entry_id=secret["entry"], words=[], reason="")
        assert actions.look_over(world.secretary, edition_id=world.edition_id) == 1
    with world.at(9, 28):
        with pytest.raises(Refused, match="F18") as refusal:
            world.advance()
        card = queries.anonymity_of(world.secretary, secret["entry"])
        assert refusal.value.params["entries"] == card.reg_no
        assert card.left == ["Фото Неведомской.png"]
        picture = next(one for one in card.files if one.filename == "Фото Неведомской.png")
        page = world.page(world.secretary, f"/entries/{secret['entry']}/anonymity")
        assert "<mark>Неведомская</mark>" in page and "посмотрите сами" in page
        assert "нужна копия без имён" in world.page(world.secretary, f"/editions/{world.edition_id}/anonymity")
        form = f"/entries/{secret['entry']}/files/{picture.file_id}/masked"
        world.page(world.secretary, form)
        refused = world.post(world.secretary, form, file=(BytesIO(paper("www.school499.ru")), "x.pdf"))
        assert "www.school499.ru" in refused.text
        answer = world.post(world.secretary, form, file=(BytesIO(paper("Figures")), "Неведомская.pdf"))
        assert answer.status_code == 303
        read().rollback()  # what the request of the page has written
        (made,) = [one for one in queries.anonymity_of(world.secretary, secret["entry"]).files if one.by_hand]
        assert made.copy_name is not None and "Невед" not in made.copy_name
        assert queries.anonymity_of(world.secretary, secret["entry"]).is_ready
        # Another look keeps what was made by hand.
        assert world.post(world.secretary, f"/editions/{world.edition_id}/anonymity").status_code == 303
        assert queries.anonymity_of(world.secretary, secret["entry"]).files[2].copy_id == made.copy_id
        world.advance()


def test_a_changed_work_waits_for_another_look(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    with world.at(9, 29):
        who, task = world.tasks(secret["entry"])[0]
        actions.accept_assignment(who, assignment_id=task)
        words = [one.key for one in queries.anonymity_of(world.secretary, secret["entry"]).findings]
        actions.waive_findings(world.secretary, entry_id=secret["entry"], words=words, reason="Проверка")
        assert "Звёздопаде" in queries.assignment(who, task).topic
        actions.return_for_revision(world.secretary, entry_id=secret["entry"], remarks="Уточните, СОШ № 499")
        actions.resubmit_entry(
            secret["applicant"], entry_id=secret["entry"], topic="Счёт в «Звёздопаде»", answer="Готово"
        )
        assert "Звёздопаде" not in queries.assignment(who, task).topic
        assert "499" not in queries.entry(who, secret["entry"]).revisions[0].remarks
        with pytest.raises(Refused, match="F18"):
            actions.waive_findings(world.secretary, entry_id=secret["entry"], words=[], reason="")
        actions.look_over(world.secretary, edition_id=world.edition_id)
        assert queries.anonymity_of(world.secretary, secret["entry"]).waived == 0


def test_only_the_secretary_looks_and_only_in_a_blind_edition(world: Any, secret: dict[str, Any]) -> None:
    begin(world, secret)
    with world.at(9, 29):
        who = world.tasks(secret["entry"])[0][0]
        for one in (who, world.operator, world.council, secret["applicant"]):
            with pytest.raises(NotAllowed):
                queries.anonymity(one, world.edition_id)
            with pytest.raises(NotAllowed):
                queries.anonymity_of(one, secret["entry"])
            with pytest.raises(NotAllowed):
                actions.look_over(one, edition_id=world.edition_id)
            with pytest.raises(NotAllowed):
                actions.waive_findings(one, entry_id=secret["entry"])
            with pytest.raises(NotAllowed):
                actions.add_masked_file(one, file_id=ids.new_id(), filename="a.pdf", content=paper())
        with pytest.raises(NotFound):
            actions.add_masked_file(world.secretary, file_id=ids.new_id(), filename="a.pdf", content=paper())
        with pytest.raises(Refused, match="F18"):
            actions.amend_edition(
                world.operator, edition_id=world.edition_id, act_ref="Приказ № 2", reason="Так решили",
                policy={"blind": False},
            )  # fmt: skip


def test_an_open_edition_is_as_it_was(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(entry_id)[0]
        card = queries.assignment(who, task)
        assert not card.is_blind and card.applicant_name and card.reg_no == "CITY-XIX-N1-001"
        with pytest.raises(Refused, match="F18"):
            actions.look_over(world.secretary, edition_id=world.edition_id)
        with pytest.raises(Refused, match="F18"):
            queries.anonymity_of(world.secretary, entry_id)


def test_programs_do_the_same(world: Any, secret: dict[str, Any]) -> None:
    """The API has what the pages have."""
    begin(world, secret)
    with world.at(9, 29):
        send = lambda method, path, **more: world.browse(world.secretary, method, f"/api/v1{path}", **more)  # noqa: E731
        listed = send("GET", f"/editions/{world.edition_id}/anonymity")
        assert [one["is_ready"] for one in listed.json] == [True, True]
        assert send("POST", f"/editions/{world.edition_id}/anonymity").json == {"count": 2}
        card = send("GET", f"/entries/{secret['entry']}/anonymity").json
        assert {one["finding"] for one in card["findings"]} >= {"PERSON", "ORGANISATION", "EMAIL", "PICTURE"}
        answer = send("PUT", f"/entries/{secret['entry']}/anonymity", json={"words": ["чего нет"], "reason": "x"})
        assert answer.status_code == 422
        answer = send("PUT", f"/entries/{secret['entry']}/anonymity", json={"words": [], "reason": ""})
        assert answer.json["waived"] == 0
        file_id = card["files"][0]["file_id"]
        answer = send(
            "POST", f"/entries/{secret['entry']}/files/{file_id}/masked",
            data={"file": (BytesIO(paper("Play")), "x.pdf")}, content_type="multipart/form-data",
        )  # fmt: skip
        assert answer.status_code == 201
