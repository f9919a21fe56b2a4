"""The same by pages and by API: forms, sections, authors, the applicant's list, the technical queue."""

from typing import Any
from uuid import UUID

from services.expertise import actions, queries
from shared.person import Role
from shared.testing.suite import person
from shared.unit import read

from .conftest import BAD, moment
from .forms import open_with_form, tell_act


def test_a_form_is_made_and_remade_on_pages(world: Any) -> None:
    world.draft_edition()
    form = {
        "code": "IP",
        "title": "Форма",
        "required_files": "PROGRAMME",
        "checks": "Шрифт 14\nПодписи",
        "sections-0-code": "1.1",
        "sections-0-title": "Обоснование",
        "sections-0-required": "true",
        "sections-0-kind": "TEXT",
        "sections-1-code": "1.2",
        "sections-1-title": "Акты",
        "sections-1-kind": "AUTO",
        "sections-1-source": "ACTS",
        "sections-1-words": "закон|приказ",
        "sections-2-required": "false",
        "sections-3-code": "3",
        "sections-3-title": "План",
        "sections-3-kind": "TABLE",
        "sections-3-columns": "Срок|Что",
    }
    assert "Из каких данных" in world.page(world.secretary, "/templates/new")
    answer = world.post(world.secretary, "/templates/new", **{**form, "sections-1-source": ""})
    assert answer.status_code == 422 and "источник данных" in answer.text
    answer = world.post(world.secretary, "/templates/new", **form)
    assert answer.status_code == 303, answer.text[:2000]
    read().rollback()
    card = queries.templates()[0]
    assert [one["code"] for one in card.sections] == ["1.1", "1.2", "3"]
    assert (card.sections[1]["words"], card.sections[2]["columns"]) == (["закон", "приказ"], ["Срок", "Что"])
    assert card.checks == ["Шрифт 14", "Подписи"]
    assert "закон, приказ" in world.page(None, f"/templates/{card.template_id}")
    assert "закон|приказ" in world.page(world.operator, f"/templates/new?from={card.template_id}")
    assert world.post(world.secretary, "/templates/new", **form).status_code == 303
    read().rollback()
    assert [one.number for one in queries.templates()] == [2, 1]
    assert "последняя" in world.page(None, "/templates")
    choose = f"/editions/{world.edition_id}/nominations/{world.nominations['N1']}/template"
    assert "ред. 2" in world.page(world.operator, choose)
    assert world.post(world.operator, choose, template_id=card.template_id).status_code == 303
    assert "Форма" in world.page(world.operator, f"/editions/{world.edition_id}")
    for who in (world.council, person(Role.ORGANISATION), person(Role.EXPERT)):
        assert world.browse(who, "GET", "/templates/new").status_code == 403
        assert world.post(who, choose, template_id="").status_code == 403


def test_an_entry_is_written_section_by_section(world: Any) -> None:
    open_with_form(world)
    tell_act(world)
    school = world.organisation()
    who = world.applicant(school)
    author = world.human(school, "Авторова")
    with world.at(9, 10):
        page = f"/editions/{world.edition_id}/entries/new"
        html = world.page(who, page)
        assert "можно подать ещё: 1" in html and "Авторова А." in html
        answer = world.post(
            who,
            page,
            applicant_id=school,
            nomination_id=world.nominations["N1"],
            topic="Школа",
            **{
                "authors-0-person_id": author,
                "authors-0-role": "AUTHOR",
                "authors-1-name": "Петров Иван",
                "authors-1-role": "SUPERVISOR",
                "authors-2-role": "AUTHOR",
            },
        )
        assert answer.status_code == 303, answer.text[:2000]
        entry_id = UUID(answer.location.rsplit("/", 1)[1])
        html = world.page(who, f"/entries/{entry_id}")
        assert "Авторова А. (автор)" in html and "Петров Иван (руководитель)" in html
        assert "не заполнен" in html and "осталось 8 дн." in html.lower()
        section = f"/entries/{entry_id}/sections/"
        assert "До 20" in world.page(who, section + "1.1")
        answer = world.post(who, section + "1.1", text="Первое\nВторое", next="true")
        assert answer.location.endswith("/sections/1.2")
        assert "№ 273-ФЗ" in world.page(who, section + "1.2")
        assert world.post(who, section + "1.2/fill").status_code == 303
        answer = world.post(who, section + "3", text="одна ячейка")
        assert answer.status_code == 422 and "нужно столбцов 2" in answer.text
        assert world.post(who, section + "3", text="май | открыть").status_code == 303
        assert world.browse(who, "GET", section + "9").status_code == 404
        html = world.page(who, f"/entries/{entry_id}")
        assert "<p>Второе</p>" in html and "<td>открыть</td>" in html and "Заполнено из данных сети" in html
        assert "Авторова" in world.page(who, f"/entries/{entry_id}/edit")
        html = world.page(who, "/entries")
        assert "Дополнить и подать до 18.09.2020 18:00" in html and "осталось 8 дн." in html.lower()
        assert "подать до 18.09.2020" in world.page(who, "/cabinet")
        assert world.post(who, f"/entries/{entry_id}/submit").status_code == 303
        assert "Ничего: ждёт" in world.page(who, "/entries")
        assert "можно подать ещё: 0" in world.page(who, page)
        queue = f"/editions/{world.edition_id}/technical"
        assert "Зарегистрировать все поданные" in world.page(world.secretary, queue)
        assert world.post(world.secretary, f"/editions/{world.edition_id}/register-submitted").status_code == 303
        assert "CITY-XIX-N1-001" in world.page(world.secretary, queue)
        assert world.post(who, f"/entries/{entry_id}/paper").status_code == 303
        assert "ЗК-" in world.page(who, f"/entries/{entry_id}")
        assert world.browse(who, "GET", f"/entries/{entry_id}/print.docx").data.startswith(b"PK")
        assert "<script" not in world.page(None, f"/editions/{world.edition_id}").split("<main")[1]
    with world.at(9, 21):
        world.advance()
        actions.check_entry(
            world.secretary, entry_id=entry_id, outcome="CONDITIONAL", items=BAD, fix_until=moment(9, 23, 18)
        )
        assert "Исправить до 23.09.2020 18:00" in world.page(who, "/entries")
        assert world.post(world.secretary, f"/entries/{entry_id}/technical-act").status_code == 303
        assert "ТЭ-" in world.page(who, f"/entries/{entry_id}")
        assert world.browse(who, "GET", f"/entries/{entry_id}/technical-act.pdf").data.startswith(b"%PDF")


def test_words_of_an_applicant_are_never_markup(world: Any) -> None:
    open_with_form(world)
    school = world.organisation()
    who = world.applicant(school)
    with world.at(9, 10):
        evil = "<img src=x onerror=alert(1)>"
        entry_id = world.draft(school, topic=evil, authors=[{"name": evil}])
        actions.write_section(who, entry_id=entry_id, code="1.1", text=evil)
        for page in (f"/entries/{entry_id}", f"/entries/{entry_id}/sections/1.1", "/entries"):
            assert evil not in world.page(who, page)


def test_the_same_by_api(world: Any) -> None:
    open_with_form(world)
    tell_act(world)
    school = world.organisation()
    who = world.applicant(school)
    api = "/api/v1"

    def call(caller: Any, method: str, path: str, data: Any = None) -> Any:
        return world.browse(caller, method, f"{api}{path}", json=data)

    with world.at(9, 10):
        made = call(
            who,
            "POST",
            f"/editions/{world.edition_id}/entries",
            {
                "nomination_id": str(world.nominations["N1"]),
                "applicant_id": str(school),
                "topic": "Школа",
                "authors": [{"name": "Петров", "role": "SUPERVISOR"}],
            },
        )
        entry = f"/entries/{made.json['id']}"
        proposed = call(who, "GET", f"{entry}/sections/1.2")
        assert proposed.json["origins"] == [["акты реестра", 1]] and proposed.json["on"] == "2020-09-10"
        assert call(who, "GET", f"{entry}/sections/1.1").status_code == 404
        card = call(who, "POST", f"{entry}/sections/1.2/fill").json
        assert "273-ФЗ" in card["sections"][1]["text"] and card["authors"][0]["name"] == "Петров"
        assert call(who, "PUT", f"{entry}/sections/1.1", {"text": "Да"}).status_code == 200
        refused = call(who, "PUT", f"{entry}/sections/3", {"text": "a|b|c"})
        assert refused.status_code == 422 and refused.json["errors"]["text"]
        assert call(world.council, "PUT", f"{entry}/sections/1.1", {"text": "Чужое"}).status_code == 403
        assert call(who, "POST", f"{entry}/submit").status_code == 200
        registered = call(world.secretary, "POST", f"/editions/{world.edition_id}/register-submitted")
        assert registered.json == {"reg_nos": ["CITY-XIX-N1-001"]}
        paper = call(who, "POST", f"{entry}/application")
        assert paper.status_code == 201
        assert call(who, "GET", f"/papers/{paper.json['id']}/pdf").data.startswith(b"%PDF")
        forms = call(None, "GET", "/templates").json
        assert forms[0]["code"] == "FORM"
        again = {"code": "FORM", "title": "Ещё", "sections": [{"code": "1", "title": "Один"}]}
        assert call(world.secretary, "POST", "/templates", again).status_code == 201
        assert call(who, "POST", "/templates", again).status_code == 403
    with world.at(9, 21):
        world.advance()
        assert call(world.secretary, "POST", f"{entry}/technical-act").status_code == 409
