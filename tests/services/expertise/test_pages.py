"""The same road by pages, in both languages; doors closed to strangers."""

import re
from typing import Any
from uuid import UUID

import pytest

from services.expertise import actions, queries
from shared.person import Role
from shared.testing.suite import person, told

from .conftest import WHY


def last_id(answer: Any) -> UUID:
    """The identifier in the address that a form leads to."""
    assert answer.status_code == 303, answer.text[:3000]
    return UUID(answer.location.rsplit("/", 1)[1])


def sheet_form(value: str) -> dict[str, str]:
    form = {f"scores-C{n}": value for n in range(1, 9)}
    return {**form, **{f"comments-C{n}": WHY for n in range(1, 9)}, "conclusion": "Рекомендовать"}


def test_the_road_by_pages(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open(stages=("SUBMISSION", "TECHNICAL", "CORRESPONDENCE", "DECISION"))
    edition, n1 = world.edition_id, world.nominations["N1"]
    school = world.organisation()
    applicant = world.applicant(school)
    with world.at(9, 10):
        assert "XIX конкурс" in world.page(None, "/")
        assert "Подготовить заявку" in world.page(applicant, f"/editions/{edition}")
        world.page(applicant, f"/editions/{edition}/entries/new")
        answer = world.post(
            applicant,
            f"/editions/{edition}/entries/new",
            applicant_id=school,
            nomination_id=n1,
            topic="Новая школа",
        )
        entry_id = last_id(answer)
        assert "Это черновик" in world.page(applicant, f"/entries/{entry_id}")
        answer = world.post(applicant, f"/entries/{entry_id}/edit", topic="Школа будущего")
        assert answer.status_code == 303
        assert world.post(applicant, f"/entries/{entry_id}/submit").status_code == 303
        assert "Школа будущего" in world.page(applicant, "/entries")
        assert "Зарегистрировать" in world.page(world.secretary, f"/editions/{edition}/desk")
        world.post(world.secretary, f"/entries/{entry_id}/register")
        assert "CITY-XIX-N1-001" in world.page(applicant, f"/entries/{entry_id}")
        assert "Срок приёма заявок ещё не истёк" in world.page(world.secretary, f"/editions/{edition}/desk")
    with world.at(9, 21):
        world.post(world.secretary, f"/editions/{edition}/advance")
        assert "Согласование учредителя" in world.page(world.secretary, f"/entries/{entry_id}/check")
        form = {f"items-{n}-requirement": f"Требование {n}" for n in range(5)}
        form |= {f"items-{n}-ok": "true" for n in range(5)}
        answer = world.post(world.secretary, f"/entries/{entry_id}/check", outcome="REJECTED", **form)
        assert answer.status_code == 422
        answer = world.post(world.secretary, f"/entries/{entry_id}/check", outcome="ADMITTED", **form)
        assert answer.status_code == 303
        world.post(world.secretary, f"/editions/{edition}/advance")
    with world.at(9, 29):
        assert "мало" in world.page(world.secretary, f"/editions/{edition}/matrix")
        world.post(world.secretary, f"/editions/{edition}/assign", stage_kind="CORRESPONDENCE")
        assert "✓" in world.page(world.secretary, f"/editions/{edition}/matrix?nomination=N1")
        for who, task in world.tasks(entry_id):
            assert "CITY-XIX-N1-001" in world.page(who, "/queue")
            assert "подтвердить независимость" in world.page(who, f"/assignments/{task}")
            world.post(who, f"/assignments/{task}/accept")
            assert world.post(who, f"/assignments/{task}", **{"scores-C1": "3"}).status_code == 303
            assert "не входит в шкалу" in world.page(who, f"/assignments/{task}")
            assert world.post(who, f"/assignments/{task}", **{"scores-C1": "1"}).status_code == 303
            assert '<span id="tally-total">3,00' in world.page(who, f"/assignments/{task}")
            answer = world.post(who, f"/assignments/{task}/review", **{"scores-C1": "1"})
            assert answer.status_code == 303
            assert answer.location.endswith("?check=1#lacks")
            sheet = world.page(who, f"/assignments/{task}?check=1")
            assert "Не поставлена оценка по критерию C2" in sheet
            answer = world.post(who, f"/assignments/{task}/review", **sheet_form("1"))
            assert answer.location.endswith("/sign")
            summary = world.page(who, f"/assignments/{task}/sign")
            assert "Рекомендовать" in summary
            seen = re.findall(r'name="seen" value="(\d+)"', summary)[0]
            answer = world.post(who, f"/assignments/{task}/sign", seen=seen)
            assert answer.status_code == 303
            assert "лист подписан" in world.page(who, f"/assignments/{task}")
    with world.at(10, 30):
        world.post(world.secretary, f"/editions/{edition}/advance")
        assert "50,00" in world.page(world.council, f"/editions/{edition}/rating/{n1}")
        path = f"/editions/{edition}/decisions/{n1}"
        assert "ниже порога" in world.page(world.council, path)
        session = {
            "number": "7",
            "date": "2020-10-30",
            "chair": "Председателева П.П.",
            "secretary": "Секретарева С.С.",
            "members_total": "11",
            "decisions-0-entry_id": str(entry_id),
            "decisions-0-votes_for": "6",
        }
        for present, outcome, fault in (
            ("5", "DECLINE", "Нет кворума"),
            ("8", "AWARD_STATUS", "не прошла порог"),
        ):
            answer = world.post(
                world.council, path, present=present, **{"decisions-0-outcome": outcome}, **session
            )
            assert answer.status_code == 422
            assert fault in answer.text
        answer = world.post(world.council, path, present="8", **{"decisions-0-outcome": "DECLINE"}, **session)
        assert answer.status_code == 303, answer.text
        assert "совпадает с протоколом" in world.page(world.council, f"/editions/{edition}/protocols")
        assert "ещё не опубликованы" in world.page(None, f"/editions/{edition}/results")
        assert "отклонить" not in world.page(applicant, f"/entries/{entry_id}")
        world.post(world.secretary, f"/editions/{edition}/publish")
        assert "отклонить" in world.page(None, f"/editions/{edition}/results")
        card = world.page(applicant, f"/entries/{entry_id}")
        assert "отклонить" in card
        assert "Экспертова" not in card
    with world.at(11, 6):
        world.post(world.secretary, f"/editions/{edition}/close-appeals")
        assert "завершён" in world.page(None, f"/editions/{edition}")
    assert [d["outcome"] for n, d in told(world.app) if n == "expertise.entry.decided.v1"] == ["DECLINE"]


def test_contests_are_made_by_pages(world: Any) -> None:
    organiser = world.organisation()
    with world.at(9, 1):
        answer = world.post(
            world.secretary,
            "/series/new",
            name="Конкурс",
            code="CITY",
            organiser_id=organiser,
            level="MUNICIPAL",
            ordinal_style="ROMAN",
        )
        assert answer.status_code == 303, answer.text
        answer = world.post(
            world.secretary,
            "/rubrics/new",
            code="R",
            title="Рубрика",
            values="0 0,5 1",
            **{"criteria-0-code": "C1", "criteria-0-title": "Новизна", "criteria-0-weight": "3"},
        )
        assert answer.status_code == 303, answer.text
        assert "Новизна" in world.page(None, "/rubrics")
        (series,) = queries.series(world.secretary)
        form = world.page(world.secretary, "/editions/new")
        assert "60" in re.findall(r'id="f-policy-threshold" value="([^"]*)"', form)[0]
        stages = {}
        kinds = ("SUBMISSION", "TECHNICAL", "CORRESPONDENCE", "IN_PERSON", "DECISION")
        for number, kind in enumerate(kinds):
            stages[f"stages-{number}-kind"] = kind
            stages[f"stages-{number}-order"] = str(number + 1)
            if kind not in ("TECHNICAL", "IN_PERSON"):
                stages[f"stages-{number}-opens_at"] = f"2020-10-{number + 1:02d}T00:00"
                stages[f"stages-{number}-closes_at"] = f"2020-10-{number + 1:02d}T18:00"
        answer = world.post(
            world.secretary,
            "/editions/new",
            series_id=series.id,
            ordinal="20",
            year="2020",
            title="XX конкурс",
            opens_on="2020-10-01",
            closes_on="2020-10-30",
            **stages,
            **{
                "nominations-0-code": "N1",
                "nominations-0-title": "Проекты",
                "nominations-0-entry_kind": "PROJECT",
                "nominations-0-rubric_code": "R",
                "policy-threshold": "55",
            },
        )
        edition_id = last_id(answer)
        assert world.browse(None, "GET", f"/editions/{edition_id}").status_code == 404
        assert "55,00" in world.page(world.operator, f"/editions/{edition_id}")
        world.page(world.operator, f"/editions/{edition_id}/approve")
        answer = world.post(world.operator, f"/editions/{edition_id}/approve", act_ref="Приказ № 5")
        assert answer.status_code == 303
        assert "Приказ № 5" in world.page(None, f"/editions/{edition_id}")


def test_secretary_enrols_assigns_and_releases_by_pages(world: Any) -> None:
    for _ in range(3):
        world.expert()
    human = world.human(world.organisation())
    answer = world.post(
        world.secretary,
        "/experts/new",
        person_id=human,
        level="LEAD",
        max_load="5",
        specialities="N1, методика",
    )
    assert answer.status_code == 303
    assert "методика" in world.page(world.operator, "/experts")
    world.open()
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        (_, task), *_ = world.tasks(entry_id)
        assert "Почему назначение" in world.page(world.secretary, f"/assignments/{task}/release")
        assert (
            world.post(world.secretary, f"/assignments/{task}/release", reason="Болезнь").status_code == 303
        )
        assert "Экспертова" in world.page(world.secretary, f"/entries/{entry_id}/assign")
        last = next(one for one in queries.experts(world.secretary) if one.person_id == human)
        answer = world.post(
            world.secretary,
            f"/entries/{entry_id}/assign",
            stage_kind="CORRESPONDENCE",
            kind="REGULAR",
            expert_id=last.expert_id,
        )
        assert answer.status_code in (303, 422)


def test_remarks_revision_and_spoiled_sheet_by_pages(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open()
    school = world.organisation()
    applicant = world.applicant(school)
    entry_id = world.file(school)
    with world.at(9, 21):
        world.advance()
        answer = world.post(
            world.secretary,
            f"/entries/{entry_id}/check",
            outcome="CONDITIONAL",
            fix_until="2020-09-23T18:00",
            **{"items-0-requirement": "Согласование", "items-0-ok": "false", "items-0-remark": "Нет подписи"},
        )
        assert answer.status_code == 303, answer.text
        assert "23.09.2020 18:00 МСК" in world.page(applicant, f"/entries/{entry_id}")
        assert "исправить до" in world.page(applicant, "/cabinet")
        world.page(applicant, f"/entries/{entry_id}/fix")
        assert world.post(applicant, f"/entries/{entry_id}/fix", note="Подписали").status_code == 303
    with world.at(9, 28):
        world.advance()
        world.assign()
        answer = world.post(world.secretary, f"/entries/{entry_id}/return", remarks="Уточните тему")
        assert answer.status_code == 303
        assert "Уточните тему" in world.page(applicant, f"/entries/{entry_id}")
        assert world.post(applicant, f"/entries/{entry_id}/resubmit", topic="Точная тема").status_code == 303
        who, task = world.tasks(entry_id)[0]
        sheet_id = world.score(who, task, 1)
        assert "Аннулировать лист" in world.page(world.secretary, f"/entries/{entry_id}")
        assert world.post(world.secretary, f"/sheets/{sheet_id}/cancel", reason="Опечатка").status_code == 303
        assert world.post(who, f"/assignments/{task}/recuse", reason="Болен").status_code == 303
        assert world.post(applicant, f"/entries/{entry_id}/withdraw", reason="Передумали").status_code == 303


def test_discrepancies_are_on_the_desk(world: Any) -> None:
    for _ in range(4):
        world.expert()
    world.open()
    entry_id = world.file()
    world.admit(entry_id)
    with world.at(9, 29):
        world.assign()
        for (who, task), value in zip(world.tasks(entry_id), (2, 1, 1), strict=True):
            world.score(who, task, value)
        assert "нужен дополнительный эксперт" in world.page(
            world.secretary, f"/editions/{world.edition_id}/desk"
        )
        assert "Разброс оценок 50,00" in world.page(world.secretary, f"/entries/{entry_id}/assign")
        assert "назначить дополнительного" in world.page(world.secretary, "/cabinet")


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.COUNCIL, Role.EXPERT, Role.ORGANISATION, Role.IRO])
def test_cabinet_is_a_fragment_for_every_role(world: Any, role: Role) -> None:
    world.open()
    with world.at(9, 10):
        fragment = world.page(person(role, organisation_id=world.organisation()), "/cabinet")
    assert "<html" not in fragment
    assert "Экспертиза" in fragment


def test_cabinet_of_an_expert_and_of_the_council(world: Any) -> None:
    for _ in range(3):
        world.expert()
    world.open(stages=("SUBMISSION", "CORRESPONDENCE", "DECISION"))
    world.file()
    with world.at(9, 28):
        world.advance()
        assert "назначить экспертов на заявки: 1" in world.page(world.secretary, "/cabinet")
        world.assign()
        who, _ = world.tasks()[0]
        assert "Оцените заявки" in world.page(who, "/cabinet")
    with world.at(10, 20):
        assert "просрочено" in world.page(who, "/cabinet")
        world.score_all()
        world.advance()
        assert "ждут решения заявок: 1" in world.page(world.council, "/cabinet")


def test_pages_speak_english(world: Any) -> None:
    world.open()
    world.file()
    with world.at(9, 10):
        for path in ("/", f"/editions/{world.edition_id}", "/rubrics", f"/editions/{world.edition_id}/desk"):
            html = world.page(world.secretary, f"{path}?lang=en")
            body = re.sub(r"<nav class=\"tongues.*?</nav>", "", html, flags=re.S)
            text = re.sub(r"<[^>]+>", " ", body)
            for russian in ("Номинации", "Этапы", "Состояние", "Критерии", "Заявки", "приём", "Стол"):
                assert russian not in text, (path, russian)


def test_strangers_are_sent_away(world: Any) -> None:
    world.open()
    entry_id = world.file()
    stranger = world.applicant(world.organisation())
    assert world.browse(None, "GET", "/queue").status_code in (302, 303, 401)
    for who, path in (
        (stranger, f"/entries/{entry_id}"),
        (stranger, f"/editions/{world.edition_id}/desk"),
        (world.operator, f"/editions/{world.edition_id}/matrix"),
        (person(Role.EXPERT), f"/entries/{entry_id}"),
    ):
        assert world.browse(who, "GET", path).status_code == 403, path
    assert world.post(stranger, f"/entries/{entry_id}/withdraw", reason="Чужая").status_code == 403
    assert world.post(stranger, f"/entries/{entry_id}/submit").status_code == 403
    with pytest.raises(Exception, match="ROLE"):
        actions.register_entry(world.operator, entry_id=entry_id)
