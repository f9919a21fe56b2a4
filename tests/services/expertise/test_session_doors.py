"""Councils, sessions, votes and papers by pages and by API (BR-57, BR-60, BR-61, BR-67; D-01, D-05, D-06, D-09)."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
import sqlalchemy as sa

from services.expertise import actions, queries
from services.expertise.model import ScoreSheet
from shared.person import Role
from shared.refusal import NotFound, Refused
from shared.requisites import PaperFormat
from shared.testing.suite import person
from shared.unit import read, work
from tests.services.expertise.sessions import NAMES, Sitting, members_of, sitting
from tests.services.expertise.test_council import at_decision

HTML = re.compile(r"<[^>]+>")


def signed(world: Any, *values: int, **more: Any) -> Sitting:
    """Entries with these marks, decided by a signed protocol of a council of five."""
    at_decision(world, *values)
    with world.at(10, 30):
        council = sitting(world, **more)
        council.draft()
        council.propose()
        council.come()
        council.resolve()
        council.vote_all()
        council.freeze()
        council.sign_all()
    return council


def words_of(file: Any) -> str:
    """Everything that python-docx and pypdf read in a paper."""
    if file.name.endswith("docx"):
        book = docx.Document(io.BytesIO(file.content))
        cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in book.paragraphs), *cells])
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.content)).pages)


def bare(text: str) -> str:
    """A text without spaces and the hyphens of its lines, which a PDF puts where it likes."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def both(world: Any, paper_id: Any) -> list[str]:
    return [
        re.sub(r"\s+", " ", words_of(queries.PAPERS.paper_file(world.secretary, paper_id, form)))
        for form in PaperFormat
    ]


def test_the_builder_leads_from_an_empty_session_to_a_signed_protocol(world: Any) -> None:
    """Every page of the secretary and of a member, by forms alone."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        people = sitting(world, "EXPERT").people
        edition = f"/editions/{world.edition_id}"
        form = {f"members-{n}-person_id": one.person_id for n, one in enumerate(people)}
        roles = {f"members-{n}-role": row["role"] for n, row in enumerate(members_of(people))}
        assert "Член совета 7" in world.page(world.secretary, f"{edition}/councils/JURY")
        assert world.post(world.secretary, f"{edition}/councils/JURY", title="Жюри").status_code == 422
        answer = world.post(world.secretary, f"{edition}/councils/JURY", title="Жюри", **form, **roles)
        assert answer.status_code == 303
        assert NAMES[0] in world.page(world.council, f"{edition}/councils")
        assert "Причина или акт" in world.page(world.secretary, f"{edition}/councils/JURY")
        assert world.browse(world.secretary, "GET", f"{edition}/councils/NONE").status_code == 404
        jury = next(one for one in queries.councils(world.secretary, world.edition_id) if one.kind == "JURY")
        call = f"/councils/{jury.council_id}/sessions/new"
        assert "Созвать" in world.page(world.secretary, call)
        answer = world.post(
            world.secretary,
            call,
            number="3",
            date="2020-10-30",
            place="г. Краснодар",
            agenda="Разное\n\nИтоги",
        )
        assert answer.status_code == 303
        path = answer.location.split("/expertise")[-1]
        page = world.page(world.secretary, path)
        assert "Нет кворума" in page and "Итоги" in page
        nomination = world.nominations["N1"]
        assert world.post(world.secretary, f"{path}/nominations/{nomination}").status_code == 303
        seats = {}
        for number, one in enumerate(sorted(people, key=lambda one: str(one.person_id))):
            seats[f"seats-{number}-person_id"] = one.person_id
            seats[f"seats-{number}-presence"] = "REMOTE"
        assert "Наблюдатели" in world.page(world.secretary, f"{path}/edit")
        answer = world.post(
            world.secretary,
            f"{path}/edit",
            number="3",
            date="2020-10-30",
            place="г. Краснодар",
            started_at="2020-10-30T10:00",
            ended_at="2020-10-30T12:00",
            chair_id=people[0].person_id,
            secretary_id=people[1].person_id,
            **seats,
        )
        assert answer.status_code == 303
        assert "Слушали" in world.page(world.secretary, f"{path}/agenda")
        items = {
            f"items-{n}-{name}": value
            for n in range(2)
            for name, value in (("title", f"Вопрос {n}"), ("resolved", "Утвердить"))
        }
        items["items-1-nomination_id"] = nomination
        assert world.post(world.secretary, f"{path}/agenda", **items).status_code == 303
        assert "Почему звание другое" in world.page(world.secretary, f"{path}/proposals")
        other = {
            "proposals-0-entry_id": entry_id,
            "proposals-0-outcome": "AWARD_STATUS",
            "proposals-0-title": "LAUREATE",
        }
        answer = world.post(world.secretary, f"{path}/proposals", **other)
        assert answer.status_code == 422 and "укажите причину" in answer.text
        answer = world.post(
            world.secretary, f"{path}/proposals", **other, **{"proposals-0-title_reason": "Мнение жюри"}
        )
        assert answer.status_code == 303
        member = people[2]
        assert "ждут вашего голоса заявок: 1" in world.page(member, "/cabinet")
        assert "лауреат" in world.page(member, f"{path}/vote")
        assert world.post(member, f"{path}/vote", **{"votes-0-entry_id": entry_id}).status_code == 422
        for one in people:
            ballot = {"votes-0-entry_id": entry_id, "rest": "FOR"}
            assert world.post(one, f"{path}/vote", **ballot).status_code == 303
        assert "протокол готов к подписанию" in world.page(world.secretary, "/cabinet")
        assert "В чём конфликт" in world.page(member, f"{path}/conflict")
        assert world.post(world.secretary, f"{path}/freeze").status_code == 303
        assert "подпишите протокол" in world.page(member, "/cabinet")
        for one in people[:-1]:
            assert world.post(one, f"{path}/sign").status_code == 303
        assert "ждём подписи" in world.page(world.secretary, path)
        assert "Что нужно исправить" in world.page(world.secretary, f"{path}/revise")
        assert "скан" in world.page(world.secretary, f"{path}/sign-on-paper")
        answer = world.post(world.secretary, f"{path}/sign-on-paper", note="Дело 3")
        assert answer.status_code == 303
        page = world.page(world.secretary, path)
        assert "Дело 3" in page and "Поимённо" in page
        assert "лауреат" in world.page(world.secretary, f"/entries/{entry_id}")
        assert "Номер нового протокола" in world.page(world.secretary, f"{path}/supersede")
        answer = world.post(
            world.secretary, f"{path}/supersede", number="4", date="2020-10-30", reason="Ошибка"
        )
        assert answer.status_code == 303
        newer = answer.location.split("/expertise")[-1]
        assert "Голоса" in world.page(world.secretary, f"{newer}/hand-count")
        counted = {"note": "Поднятием рук", "counts-0-entry_id": entry_id, "counts-0-votes_for": "5"}
        assert world.post(world.secretary, f"{newer}/hand-count", **counted).status_code == 303
        assert "Поднятием рук" in world.page(world.secretary, newer)
        assert world.post(world.secretary, f"{newer}/nominations/{nomination}/drop").status_code == 303


def test_a_protocol_is_printed_with_everything_it_must_say(world: Any) -> None:
    """D-06: quorum, agenda, votes, who did not vote and why, experts by name, annex with its hash (BR-58, BR-61)."""
    first, _ = at_decision(world, 2, 1)
    with world.at(10, 30):
        own = queries.entry(world.secretary, first).applicant_id
        council = sitting(world, organisation_id=own)
        council.draft()
        council.propose()
        guest = world.human(world.organisation(), "Наблюдателева")
        council.come(2, observers=(guest,))
        council.resolve()
        for number in (0, 1, 3):
            council.vote(council.people[number])
        with pytest.raises(Refused, match="BR-67"):
            actions.issue_protocol(world.secretary, protocol_id=council.protocol_id)
        council.freeze()
        paper = actions.issue_protocol(world.secretary, protocol_id=council.protocol_id)
        card = council.card()
        for text in both(world, paper):
            for wanted in (
                "Протокол заседания координационного совета",
                "Номер протокола",
                "г. Краснодар",
                "10:00",
                "12:00",
                "Присутствуют 4 из 5 членов совета",
                "Вёл заседание: Председателева А",
                "Секретарь: Секретарева А",
                "наблюдатель",
                "Повестка",
                "К рассмотрению допущены",
                "Слушали",
                "Выступили",
                "Решили",
                "присвоить статус",
                "за — 3, против — 0, воздержались — 0",
                "не голосовали: Третьякова А",
                "работает в организации-соискателе",
                "Эксперты, оценивавшие заявки",
                "Экспертова А",
                "Сводная ведомость",
                "100,00",
            ):
                assert bare(wanted) in bare(text), wanted
            assert card.snapshot_hash in bare(text) and card.content_hash in bare(text)
        page = world.page(world.secretary, f"/protocols/{council.protocol_id}")
        assert "протокол координационного совета № КС-2020/0001" in page


def test_an_expert_council_prints_d_01(world: Any) -> None:
    council = signed(world, 2, kind="EXPERT")
    with world.at(10, 30):
        paper = actions.issue_protocol(world.secretary, protocol_id=council.protocol_id)
        assert "ПЭ-2020/0001" in queries.PAPERS.paper(world.secretary, paper).paper.number
        for text in both(world, paper):
            assert "Протокол заседания экспертного совета" in text
            assert "подписано электронно 30.10.2020" in text.replace("\u00a0", " ")
            assert bare("последняя подписанная отметка") in bare(text)


def test_the_rating_opens_in_other_programs_with_the_same_values(world: Any) -> None:
    """D-05 as XLSX: numbers are numbers, the values are those of the page; as DOCX and PDF with the hash."""
    at_decision(world, 2, 1)
    nomination = world.nominations["N1"]
    path = f"/editions/{world.edition_id}/rating/{nomination}"
    with world.at(10, 30):
        answer = world.browse(world.secretary, "GET", f"{path}.xlsx")
        assert answer.status_code == 200
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        header, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        rows = queries.rating(world.secretary, world.edition_id, nomination)
        assert header[:5] == ["Место", "Номер", "Организация", "Муниципалитет", "Тема"]
        assert "заочный этап: Эксперт 3" in header
        for line, row in zip(lines, rows, strict=True):
            values = dict(zip(header, line, strict=True))
            assert (values["Место"], values["Номер"], values["Муниципалитет"]) == (
                row.place,
                row.label,
                "город Краснодар",
            )
            assert isinstance(values["Итог"], int | float)
            assert Decimal(str(values["Итог"])) == row.final
            assert Decimal(str(values["заочный этап: Балл 1"])) == row.cells[0].percent
        assert [line[header.index("Звание")] for line in lines] == ["победитель", "участник"]
        assert world.browse(world.secretary, "GET", f"{path}.csv").data.startswith(b"\xef\xbb\xbf")
        assert world.browse(person(Role.EXPERT), "GET", f"{path}.xlsx").status_code == 403
        assert world.post(world.secretary, f"{path}/papers").status_code == 303
        read().rollback()
        (paper,) = queries.papers_of(world.secretary, nomination)
        for text in both(world, paper.id):
            assert "Предварительные результаты" in text and "100,00" in text
            assert re.search(r"SHA256\):[0-9a-f]{64}", bare(text))
        assert "сводный рейтинг № СР-2020/0001" in world.page(world.secretary, path)


def test_fifty_lines_a_page_and_filters(world: Any) -> None:
    at_decision(world, 2, 1)
    path = f"/editions/{world.edition_id}/rating/{world.nominations['N1']}"
    with world.at(10, 30):
        both_lines = world.page(world.secretary, path)
        assert "N1-001" in both_lines and "N1-002" in both_lines and "по правилам выпуска" in both_lines
        passed = world.page(world.secretary, f"{path}?passing=yes")
        assert "N1-001" in passed and "N1-002" not in passed
        assert "N1-002" in world.page(world.secretary, f"{path}?words=n1-002")
        assert "N1-001" in world.page(world.secretary, f"{path}?title=WINNER")
        assert "Под условия ничего не подошло" in world.page(world.secretary, f"{path}?title=LAUREATE")
        assert "N1-001" in world.page(world.secretary, f"{path}?title=junk&passing=junk&page=0")
        page = queries.rating_page(world.secretary, world.edition_id, world.nominations["N1"], page=2)
        assert (page.items, page.total, page.pages) == ([], 2, 1)


def test_the_alarm_is_loud(world: Any) -> None:
    """BR-58: page of the protocol and list of protocols shout when the recount differs."""
    council = signed(world, 2)
    with world.at(10, 30):
        for path in (f"/protocols/{council.protocol_id}", f"/editions/{world.edition_id}/protocols"):
            assert 'role="alert"' not in world.page(world.secretary, path)
        with work(world.secretary) as u:
            sheet = u.session.scalars(sa.select(ScoreSheet)).first()
            sheet.percent = sheet.percent - 1
        for path in (f"/protocols/{council.protocol_id}", f"/editions/{world.edition_id}/protocols"):
            assert 'role="alert"' in world.page(world.secretary, path)


def test_results_and_protocol_are_public_after_publication(world: Any) -> None:
    """BR-60: preliminary until appeals end; the public learns numbers of votes and no name."""
    council = signed(world, 2, 1)
    results, path = f"/editions/{world.edition_id}/results", f"/protocols/{council.protocol_id}"
    with world.at(10, 30):
        assert world.browse(None, "GET", path).status_code == 404
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        page = world.page(None, results)
        assert "предварительные" in page and "победитель" in page and path in page
        public = world.page(None, path)
        assert "за — 5, против — 0" in public
        assert not any(name in public for name in NAMES)
        assert NAMES[2] in world.page(person(Role.ORGANISATION, organisation_id=world.organisation()), path)
    with world.at(11, 6):
        actions.close_appeals(world.secretary, edition_id=world.edition_id)
        page = world.page(None, results)
        assert "предварительные" not in page and "окончательные" in page


def test_diplomas_are_printed_when_results_are_final(world: Any) -> None:
    """D-09: one for every awarded entry, once; all in one archive; its applicant reads its own."""
    council = signed(world, 2, 2)
    path = f"/editions/{world.edition_id}/diplomas"
    with world.at(10, 30):
        actions.publish_results(world.secretary, edition_id=world.edition_id)
        with pytest.raises(Refused, match="BR-60"):
            actions.issue_diplomas(world.secretary, edition_id=world.edition_id)
        assert "после приёма апелляций" in world.page(world.secretary, path)
        assert world.browse(world.secretary, "GET", f"{path}.zip").status_code == 404
    with world.at(11, 6):
        actions.close_appeals(world.secretary, edition_id=world.edition_id)
        assert world.post(world.secretary, path).status_code == 303
        assert actions.issue_diplomas(world.secretary, edition_id=world.edition_id) == (0, 0)
        winner, prize = queries.awarded_entries(world.secretary, world.edition_id)
        assert (winner.title, prize.title) == ("WINNER", "PRIZE_WINNER")
        for text in both(world, winner.paper_id):
            for wanted in (
                "Диплом победителя",
                "«Новая школа»",
                "номинации «Проекты»",
                winner.label,
                "Приказ № 1",
                "протокол № 7 от 30.10.2020",
                "Школа №",
            ):
                assert bare(wanted) in bare(text), wanted
        for form in ("pdf", "docx"):
            answer = world.browse(world.secretary, "GET", f"{path}.zip?form={form}")
            with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
                assert len(archive.namelist()) == 2 and archive.namelist()[0].endswith(form)
        applicant = world.applicant(queries.entry(world.secretary, winner.entry_id).applicant_id)
        assert queries.PAPERS.paper(applicant, winner.paper_id)
        for stranger in (applicant, person(Role.ORGANISATION)):
            with pytest.raises(NotFound):
                queries.PAPERS.paper(stranger, prize.paper_id)
    assert council.card().state == "PUBLISHED"


def test_programs_can_do_what_pages_can(world: Any) -> None:
    """The API leads a session from its council to the signatures."""
    (entry_id,) = at_decision(world, 2)

    def api(who: Any, method: str, path: str, status: int = 200, **body: Any) -> Any:
        answer = world.browse(who, method, f"/api/v1{path}", json=body or None)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:500])
        return answer.json if answer.data else None

    with world.at(10, 30):
        people = sitting(world, "EXPERT").people
        edition = f"/editions/{world.edition_id}"
        members = [
            {**row, "person_id": str(row["person_id"])} for row in members_of([p.person_id for p in people])
        ]
        council = api(
            world.secretary, "PUT", f"{edition}/councils/COORDINATION", title="Совет", members=members
        )["id"]
        assert len(api(world.council, "GET", f"{edition}/councils")) == 2
        session = api(
            world.secretary, "POST", f"/councils/{council}/sessions", 201, number="5", date="2020-10-30"
        )["id"]
        path = f"/sessions/{session}"
        nomination = {"nomination_id": str(world.nominations["N1"])}
        assert api(world.secretary, "POST", f"{path}/nominations", 201, **nomination)["count"] == 1
        card = api(
            world.secretary,
            "PUT",
            path,
            number="5",
            date="2020-10-30",
            place="Краснодар",
            started_at="2020-10-30T10:00:00+03:00",
            ended_at="2020-10-30T11:00:00+03:00",
            chair_id=str(people[0].person_id),
            secretary_id=str(people[1].person_id),
            seats=[{"person_id": str(one.person_id), "presence": "PRESENT"} for one in people],
        )
        assert [one["rule"] for one in card["lacks"]] == ["BR-57", "BR-57"]
        api(
            world.secretary,
            "PUT",
            f"{path}/agenda",
            items=[{"title": "Итоги", "resolved": "Утвердить", **nomination}],
        )
        proposal = {"entry_id": str(entry_id), "outcome": "AWARD_STATUS", "title": "WINNER"}
        api(world.secretary, "PATCH", f"{path}/proposals", proposals=[proposal])
        vote = {"entry_id": str(entry_id), "choice": "FOR"}
        assert api(people[0], "POST", f"{path}/votes", votes=[vote])["count"] == 1
        api(world.council, "POST", f"{path}/votes", 403, votes=[vote])
        api(people[4], "POST", f"{path}/conflicts", 204, entry_id=str(entry_id), note="Знакомы")
        for one in people[1:4]:
            api(one, "POST", f"{path}/votes", votes=[vote])
        assert api(world.secretary, "POST", f"{path}/freeze")["state"] == "ON_SIGNING"
        api(world.secretary, "POST", f"{path}/revise", 204, reason="Опечатка")
        api(world.secretary, "POST", f"{path}/freeze")
        api(world.secretary, "POST", f"{path}/papers", 201)
        states = [api(one, "POST", f"{path}/sign")["state"] for one in people]
        assert states == [*["ON_SIGNING"] * 4, "SIGNED"]
        api(world.secretary, "POST", f"{path}/publish", 409)
        assert api(world.secretary, "GET", path)["decisions"][0]["in_force"] is True
        older = {"number": "6", "date": "2020-10-30", "reason": "Ошибка"}
        newer = api(world.secretary, "POST", f"{path}/supersede", 201, **older)["id"]
        count = {"entry_id": str(entry_id), "votes_for": 4}
        api(world.secretary, "POST", f"/sessions/{newer}/hand-count", 204, note="Вручную", counts=[count])
        api(world.secretary, "DELETE", f"/sessions/{newer}/nominations/{world.nominations['N1']}", 204)
        rating = f"{edition}/rating/{world.nominations['N1']}"
        assert api(world.secretary, "GET", rating)[0]["title"] == "WINNER"
        api(world.secretary, "POST", f"{rating}/papers", 201)
        api(world.secretary, "POST", f"{edition}/diplomas", 409)
        assert [one["title"] for one in api(world.council, "GET", f"{edition}/diplomas")] == ["WINNER"]
        (protocol, *_) = [
            one for one in api(world.secretary, "GET", f"{edition}/protocols") if one["state"] == "SIGNED"
        ]
        assert (protocol["superseded_by"], protocol["intact"]) == ("6", True)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.ORGANISATION, Role.TMS, Role.IRO, None])
def test_strangers_find_no_sessions(world: Any, role: Role | None) -> None:
    council = signed(world, 2)
    who = role and person(role, organisation_id=world.organisation())
    with world.at(10, 30):
        path = f"/protocols/{council.protocol_id}"
        for page in ("", "/edit", "/vote", "/agenda", "/proposals", "/hand-count"):
            assert world.browse(who, "GET", f"{path}{page}").status_code in (302, 303, 401, 403, 404), page
        for button in ("/freeze", "/sign", "/publish", "/papers"):
            assert world.post(who, f"{path}{button}").status_code in (302, 303, 400, 401, 403, 404), button
        assert council.card().state == "SIGNED"
        for page in (f"/editions/{world.edition_id}/councils", f"/editions/{world.edition_id}/diplomas"):
            assert world.browse(who, "GET", page).status_code in (302, 303, 401, 403)


def test_pages_of_sessions_speak_english(world: Any) -> None:
    council = signed(world, 2)
    with world.at(10, 30):
        for path in (
            f"/protocols/{council.protocol_id}",
            f"/editions/{world.edition_id}/councils",
            f"/editions/{world.edition_id}/protocols",
            f"/editions/{world.edition_id}/diplomas",
            f"/editions/{world.edition_id}/rating/{world.nominations['N1']}",
        ):
            text = HTML.sub(" ", world.page(world.secretary, f"{path}?lang=en"))
            for russian in (
                "Присутствовали",
                "Голоса",
                "Советы",
                "Протокол ",
                "Звание",
                "Показать",
                "Дипломы",
            ):
                assert russian not in text, (path, russian)


def test_a_paper_session_supersedes_one_by_the_short_way(world: Any) -> None:
    """BR-57: what was held on paper is superseded by what is recorded from paper; nothing else changes hands."""
    (entry_id,) = at_decision(world, 2)
    with world.at(10, 30):
        older = world.decide({"entry_id": entry_id, "outcome": "AWARD_STATUS"})
        with pytest.raises(Refused, match="бумаге"):
            actions.supersede_protocol(
                world.secretary, protocol_id=older, number="2", date=date(2020, 10, 30), reason="Ошибка"
            )
        world.decide({"entry_id": entry_id, "outcome": "RETURN"}, number="2", supersedes_id=older)
        assert queries.entry(world.secretary, entry_id).state == "DECLINED"
        with pytest.raises(Refused, match="уже заменён"):
            world.decide({"entry_id": entry_id, "outcome": "RETURN"}, number="3", supersedes_id=older)
        card = queries.session_card(world.secretary, older)
        assert card.superseded_by and card.paper_note and card.as_signed
