"""Papers of the registry: numbers, files, rights, the public check (BR-67, BR-68)."""

import hashlib
import io
from collections.abc import Callable
from datetime import date
from uuid import UUID

import docx
import pypdf
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.papers import PaperKind
from shared import clock, ids
from shared.documents import Document, Paragraph
from shared.person import PUBLIC, Person, Role
from shared.refusal import NotAllowed, NotFound, Refused
from shared.requisites import PaperFormat, PaperState, Requisites
from shared.testing.suite import person
from shared.unit import read, work
from tests.services.registry.conftest import World

Clients = Callable[..., FlaskClient]


def extract(requisites: Requisites) -> Document:
    return Document(
        title="Выписка из реестра площадок",
        number=requisites.number,
        date=requisites.issued_on,
        blocks=[Paragraph("Площадок: 87")],
        verify_url=requisites.verify_url,
        verify_code=requisites.verify_code,
    )


def issue(who: Person, kind: PaperKind = PaperKind.D19_EXTRACT, person_id: UUID | None = None) -> UUID:
    with work(who) as u:
        return actions.issue_paper(
            u, kind=kind, object_id=ids.new_id(), build=extract, person_id=person_id
        ).id


@pytest.fixture
def someone(inside: World) -> UUID:
    return UUID(str(actions.add_person(inside.operator, last_name="Иванова", first_name="Анна")))


def test_both_files_carry_number_date_and_code(inside: World) -> None:
    key = issue(inside.operator)
    paper = queries.paper(inside.operator, key).paper
    assert paper.number == "ВР-2020/0001"
    word = queries.paper_file(inside.operator, key, PaperFormat.DOCX)
    printed = queries.paper_file(inside.operator, key, PaperFormat.PDF)
    assert (word.name, printed.name) == ("D19-2020-0001.docx", "D19-2020-0001.pdf")
    document = docx.Document(io.BytesIO(word.content))
    in_word = "\n".join(p.text for p in document.paragraphs)
    in_print = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed.content)).pages)
    for text in (in_word, in_print):
        assert "Площадок: 87" in text
        assert "ВР-2020/0001" in text
        assert "31.12.2020" in text
    assert paper.verify_code in in_print
    assert paper.docx_sha256 == hashlib.sha256(word.content).hexdigest()
    assert paper.pdf_sha256 == hashlib.sha256(printed.content).hexdigest()


def test_equal_content_gives_equal_bytes(inside: World) -> None:
    same = Requisites(
        number="ВР-2020/0001", issued_on=date(2020, 12, 31), verify_code="AAAA", verify_url="http://x/y"
    )
    assert extract(same).pdf() == extract(same).pdf()
    assert extract(same).docx() == extract(same).docx()
    one, two = issue(inside.operator), issue(inside.operator)
    rows = [queries.paper(inside.operator, key).paper for key in (one, two)]
    assert rows[0].pdf_sha256 != rows[1].pdf_sha256, "another number, another code: another paper"


def test_numbers_run_without_gaps_by_kind_and_year(inside: World) -> None:
    def numbers(kind: PaperKind) -> list[str]:
        query = sa.select(model.Paper.number).where(model.Paper.kind == kind).order_by(model.Paper.number)
        return list(read().scalars(query))

    issue(inside.operator)
    with pytest.raises(ZeroDivisionError), work(inside.operator) as u:
        actions.issue_paper(u, kind=PaperKind.D19_EXTRACT, object_id=ids.new_id(), build=extract)
        raise ZeroDivisionError
    issue(inside.operator)
    issue(inside.operator, PaperKind.D20_BIBLIOGRAPHY)
    with clock.at(date(2021, 1, 1)):
        issue(inside.operator)
    assert numbers(PaperKind.D19_EXTRACT) == ["ВР-2020/0001", "ВР-2020/0002", "ВР-2021/0001"]
    assert numbers(PaperKind.D20_BIBLIOGRAPHY) == ["ПА-2020/0001"]


def test_a_cancelled_paper_is_verified_as_cancelled(inside: World) -> None:
    key = issue(inside.operator)
    code = queries.paper(inside.operator, key).paper.verify_code
    with pytest.raises(NotAllowed):
        actions.cancel_paper(person(Role.SYSTEM_ADMIN), paper_id=key, reason="x")
    with pytest.raises(Refused, match="BR-68"):
        actions.cancel_paper(inside.operator, paper_id=key, reason=" ")
    actions.cancel_paper(inside.operator, paper_id=key, reason="опечатка")
    with pytest.raises(Refused, match="BR-68"):
        actions.cancel_paper(inside.operator, paper_id=key, reason="ещё раз")
    assert queries.verify(code.lower().replace("-", " ")).state is PaperState.CANCELLED
    with pytest.raises(sa.exc.IntegrityError), work(inside.operator) as u:
        u.get(model.Paper, key).cancel_reason = None
        u.session.flush()


def test_personal_papers_are_read_by_managers_and_the_person(inside: World, someone: UUID) -> None:
    key = issue(inside.operator, PaperKind.D15_CONSENT, someone)
    own = Person(ids.new_id(), someone, "Иванова А.")
    for who in (inside.operator, person(Role.SYSTEM_ADMIN), own):
        assert queries.paper(who, key).paper.id == key
    for stranger in (PUBLIC, inside.tms_person, person(Role.PARTICIPANT), person(Role.IRO)):
        with pytest.raises(NotFound):
            queries.paper(stranger, key)
        with pytest.raises(NotFound):
            queries.paper_file(stranger, key, PaperFormat.PDF)
    assert [row.id for row in queries.papers_of(own, queries.paper(own, key).paper.object_id)] == [key]


def test_an_agreement_on_paper_is_read_by_its_readers(inside: World) -> None:
    agreement = inside.agreement()
    with work(inside.operator) as u:
        key = actions.issue_paper(u, kind=PaperKind.D13_AGREEMENT, object_id=agreement, build=extract).id
    assert queries.paper(inside.tms_person, key)
    with pytest.raises(NotFound):
        queries.paper(inside.stranger, key)


def test_doors_of_papers(world: World, client: Clients) -> None:
    with world.app.app_context():
        key = issue(world.operator)
        code = queries.paper(world.operator, key).paper.verify_code
    public, member = client(world.app), client(world.app, person(Role.PARTICIPANT))
    for lang in ("ru", "en"):
        assert code in member.get(f"/papers/{key}?lang={lang}").text
        page = public.get(f"/verify/{code}?lang={lang}")
        assert "ВР-2020/0001" in page.text
        assert "<h1>" in client(world.app, world.operator).get(f"/papers/{key}/cancel?lang={lang}").text
    for path in (f"/papers/{key}.pdf", f"/api/v1/papers/{key}/pdf"):
        answer = member.get(path)
        assert answer.data.startswith(b"%PDF-")
        assert "D19-2020-0001.pdf" in answer.headers["Content-Disposition"]
    assert public.get(f"/papers/{key}.pdf").status_code in (302, 303, 401)
    assert public.get(f"/api/v1/papers/{key}").status_code in (401, 404)
    assert public.get(f"/api/v1/verify/{code}").json == {
        "kind": "D19_EXTRACT",
        "number": "ВР-2020/0001",
        "issued_on": "2020-12-31",
        "state": "ISSUED",
    }
    assert public.get("/verify/ZZZZ-ZZZZ-ZZZZ").status_code == 404
    assert public.get("/verify").status_code == 200
    assert public.get(f"/verify?code={code.lower()}").headers["Location"].endswith(code)
    assert member.post(f"/api/v1/papers/{key}/cancel", json={"reason": "x"}).status_code == 403
    operator = client(world.app, world.operator)
    assert operator.post(f"/papers/{key}/cancel", data={"reason": ""}).status_code == 422
    assert operator.post(f"/api/v1/papers/{key}/cancel", json={"reason": "опечатка"}).status_code == 204
    assert "аннулирован" in public.get(f"/verify/{code}?lang=ru").text
