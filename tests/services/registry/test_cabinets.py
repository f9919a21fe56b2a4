"""The cabinet of every role: what waits today, by scope, in both languages, in a bounded number of questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from services.registry import actions, model, queries
from services.registry.rules.cabinets import SHOWN
from services.registry.rules.consents import ConsentPurpose
from services.registry.rules.kinds import EduOrgKind, Evidence, ReportState, Stage
from services.registry.rules.requests import RequestKind
from shared import clock, ids
from shared.person import Grant, Person, Role
from shared.testing.suite import deliver, person
from shared.unit import read, work
from tests.services.registry.conftest import ABINSKY, KRASNODAR, SEVERSKY, TODAY, World
from tests.services.registry.importing import school as row_of_school
from tests.services.registry.importing import send
from tests.services.registry.people import account

D = date
Clients = Callable[..., FlaskClient]
TEXT = "Я даю согласие оператору сети на обработку моих персональных данных для ведения реестра."


def holder(world: World, school: int = 0) -> Person:
    return person(Role.ORGANISATION, organisation_id=world.schools[school])


def authority(oktmo: str = SEVERSKY) -> Person:
    return person(Role.EDU_AUTHORITY, municipality_oktmo=oktmo)


def old(world: World, topic: str, school: int) -> UUID:
    """A platform whose reports are asked since 2019 and whose term ends on the last day of 2021."""
    with clock.at(D(2018, 11, 1)):
        return world.active(topic, school)


def decided(world: World, topic: str) -> UUID:
    """A decision of the council about an entry of the second school."""
    deliver(
        world.app,
        "expertise.entry.decided.v1",
        {
            "entry_id": ids.new_id(),
            "edition_id": ids.new_id(),
            "edition_title": "XIX конкурс",
            "nomination_code": "N1",
            "kind": "PROJECT",
            "applicant_id": world.schools[1],
            "co_applicant_ids": [],
            "platform_id": None,
            "platform_kind": "MUNICIPAL",
            "topic": topic,
            "outcome": "AWARD_STATUS",
            "protocol_number": "7",
            "protocol_date": D(2020, 10, 30),
            "rank": 1,
            "final_score": "88.00",
        },
    )
    with world.app.app_context():
        return read().scalars(sa.select(model.StatusProposal.id).filter_by(topic=topic)).one()


def headings(page: str) -> list[int]:
    """Levels of the headings of a page in their order."""
    return [int(part[0]) for part in page.split("<h")[1:] if part[0].isdigit()]


@contextmanager
def counted() -> Iterator[list[str]]:
    """Statements that are sent to the database meanwhile."""
    statements: list[str] = []
    engine = read().get_bind()

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def test_the_operator_sees_everything_that_waits(world: World, client: Clients) -> None:
    world.agreement(number="ЧЕРНОВИК-1")
    old(world, "Долг по отчётам", 0)
    decided(world, "Новая тема")
    world.approved()
    with world.app.app_context():
        send(world, row_of_school("МБОУ «Школа № 77»"))
        actions.open_case(world.tms_person, topic="Как оформить?", text="Вопрос")
        actions.submit_recommendation(world.tms_person, municipality_oktmo=SEVERSKY, text="Учить")
        someone = actions.add_person(world.operator, last_name="Иванова", first_name="Анна")
        actions.request_data(world.operator, person_id=someone, kind=RequestKind.EXPORT)
        actions.draft_act(world.operator, kind="ORDER", title="Проект приказа", level="MUNICIPAL")
    page = client(world.app, world.operator).get("/cabinet").text
    for words in (
        "ЧЕРНОВИК-1",
        "Долг по отчётам",
        "вынести на совет приостановление",
        "Решений совета ждут приказа: 1",
        "Просроченных пунктов дорожных карт: 1",
        "таблица.csv",
        "Как оформить?",
        "Рекомендаций ждут решения: 1",
        "По персональным данным ждут дела: 1",
        "Проект приказа",
        "Сеть сегодня",
    ):
        assert words in page
    for foreign in ("Договор вашей службы", "Карточка вашей организации", "Доля инновационных"):
        assert foreign not in page


def test_an_operator_without_tasks_is_shown_where_to_go(world: World, client: Clients) -> None:
    page = client(world.app, world.operator).get("/cabinet").text
    assert "Все договоры в порядке" in page
    assert "По площадкам сегодня дел нет" in page
    assert "Ни одна загрузка не ждёт решения" in page
    assert "С учётными записями сегодня всё в порядке" in page


def test_a_tms_sees_its_own_and_a_stranger_nothing_of_it(world: World, client: Clients) -> None:
    world.in_force()
    old(world, "Наша площадка", 2)
    world.approved()
    with world.app.app_context():
        actions.set_transformation(
            world.operator,
            municipality_oktmo=SEVERSKY,
            tms_id=world.tms,
            stage=Stage.ROADMAP_APPROVED,
            since=D(2020, 2, 1),
            historical=True,
        )
        key = actions.open_case(world.tms_person, topic="Как оформить?", text="Вопрос")
        actions.post_message(world.operator, case_id=key, text="По приложению 2.")
    own = client(world.app, world.tms_person).get("/cabinet").text
    for words in (
        "Действует до 31.12.2021",
        "Наша площадка",
        "отчёт за 2020 год до 01.12.2020",
        "Дорожная карта вашего муниципалитета",
        "Просроченных пунктов дорожных карт: 1",
        "Следующий этап — специалисты обучены",
        "показать оператору сети",
        "Как оформить?",
    ):
        assert words in own, words
    page = client(world.app, world.stranger).get("/cabinet").text
    for foreign in ("Наша площадка", "Положение", "Как оформить?", "КРЦ-2019/09", "Следующий этап"):
        assert foreign not in page
    assert "Договора ещё нет" in page
    assert "Этапы преобразования ещё не внесены" in page


def test_the_next_stage_tells_what_the_registry_can_prove(inside: World) -> None:
    actions.set_transformation(
        inside.operator,
        municipality_oktmo=SEVERSKY,
        tms_id=inside.tms,
        stage=Stage.STAFF_TRAINED,
        since=D(2020, 2, 1),
        historical=True,
    )

    def stage() -> tuple[Stage | None, list[tuple[Evidence, str | None]]]:
        (one,) = queries.cabinet(inside.tms_person).stages
        return one.following, one.needed

    assert stage() == (Stage.FIRST_PLATFORM, [(Evidence.PLATFORM, None)])
    inside.active("Первая", 2)
    assert stage() == (Stage.FIRST_PLATFORM, [(Evidence.PLATFORM, "Первая")])


@pytest.mark.parametrize(("day", "coming"), [(D(2021, 3, 30), 0), (D(2021, 3, 31), 1), (D(2021, 4, 30), 1)])
def test_an_item_comes_up_a_month_before_its_last_day(inside: World, day: date, coming: int) -> None:
    inside.approved()
    with clock.at(day):
        found = queries.network_desk(inside.tms_person, day).coming
        assert [one.row.item.title for one in found] == ["Стажировка"] * coming
        assert queries.network_desk(inside.stranger, day).coming == []


def test_a_municipal_authority_sees_its_organisations_and_their_share(world: World, client: Clients) -> None:
    world.active("Площадка района", 2)
    old(world, "Чужая площадка", 4)
    browser = client(world.app, authority())
    page = browser.get("/cabinet").text
    assert "нет данных" in page
    assert "Площадка района" in page
    assert "Чужая площадка" not in page
    with world.app.app_context():
        for year, as_of, total in (
            (2019, D(2019, 9, 1), 5),
            (2020, D(2020, 9, 1), 3),
            (2021, D(2021, 9, 1), 1),
        ):
            actions.set_org_count(
                world.operator,
                municipality_oktmo=SEVERSKY,
                year=year,
                as_of=as_of,
                total=total,
                source="отчёт",
            )
        (one,) = queries.cabinet(authority()).territories
        assert (one.by_kind, one.innovation, str(one.share)) == ({EduOrgKind.SCHOOL: 2}, 1, "33.3")
        assert queries.cabinet(world.stranger).territories == []
    page = browser.get("/cabinet").text
    assert "33,3" in page
    assert "нет данных" not in page


def test_an_organisation_sees_its_platforms_remarks_decisions_and_gaps(world: World, client: Clients) -> None:
    key, own = old(world, "Наша тема", 1), holder(world, 1)
    old(world, "Тема соседей", 0)
    enacted, waiting = decided(world, "Решение о нас"), decided(world, "Тайна совета")
    with world.app.app_context():
        actions.submit_report(own, platform_id=key, year=2020, text="Сделано", link="https://example.org/1")
        actions.return_report(
            world.operator, platform_id=key, year=2020, remarks="Нет цифр", again_by=D(2021, 1, 20)
        )
        actions.enact_decisions(
            world.operator,
            proposal_ids=[enacted],
            act_id=world.order,
            valid_from=D(2020, 12, 1),
            months=36,
        )
        assert waiting in [row.proposal.id for row in queries.proposals(world.operator).items]
    page = client(world.app, own).get("/cabinet").text
    for words in (
        "Наша тема",
        "до 31.12.2021",
        "Замечания: Нет цифр",
        "Решение о нас",
        "исполнено",
        "В карточке не указаны:",
        "руководитель",
    ):
        assert words in page, words
    # The council's decision is not the organisation's to know before it is published and enacted.
    for foreign in ("Тема соседей", "Тайна совета", "Преобразование сети муниципалитета"):
        assert foreign not in page
    stranger = client(world.app, holder(world, 4)).get("/cabinet").text
    for foreign in ("Наша тема", "Нет цифр", "Решение о нас"):
        assert foreign not in stranger
    assert "Действующих площадок у вас пока нет" in stranger


def test_an_extract_is_in_the_cabinet_of_its_organisation_alone(world: World, client: Clients) -> None:
    key = world.active("Наша тема", 0)
    with world.app.app_context():
        paper = actions.issue_platform_extract(holder(world), platform_id=key)
    assert f"/papers/{paper}" in client(world.app, holder(world)).get("/cabinet").text
    assert f"/papers/{paper}" not in client(world.app, holder(world, 1)).get("/cabinet").text


def test_a_participant_sees_consents_requests_readings_and_the_second_factor(
    world: World, client: Clients
) -> None:
    own = account(world, "vera", Role.PARTICIPANT)
    assert own.person_id is not None
    with world.app.app_context():
        for purpose in ConsentPurpose:
            actions.publish_consent_text(world.operator, purpose=purpose, text=TEXT)
        texts = queries.consent_texts()
        actions.give_consent(
            own,
            purpose=ConsentPurpose.PROCESSING,
            text_id=texts[ConsentPurpose.PROCESSING].id,
            confirmed=True,
        )
        actions.request_data(own, person_id=own.person_id, kind=RequestKind.EXPORT)
        actions.read_person(world.operator, person_id=own.person_id)
    browser = client(world.app, own)
    page = browser.get("/cabinet").text
    for words in (
        "обработка персональных данных",
        "дано 31.12.2020",
        "получить свои данные",
        "до 30.01.2021",
        "Кто смотрел мои данные",
        "карточка человека",
        "Включите второй фактор",
        "/my-data",
        "/profile",
    ):
        assert words in page, words
    for foreign in ("Договоры</h3>", "Площадки</h3>", "Загрузки таблиц</h3>", "Сеть сегодня"):
        assert foreign not in page
    other = account(world, "other", Role.PARTICIPANT)
    assert "получить свои данные" not in client(world.app, other).get("/cabinet").text


@pytest.mark.parametrize(
    ("valid_to", "renew"), [(D(2021, 1, 31), False), (D(2021, 1, 30), True), (D(2020, 12, 30), True)]
)
def test_a_consent_is_to_be_renewed_a_month_before_it_ends(
    inside: World, valid_to: date, renew: bool
) -> None:
    own = account(inside, "vera", Role.PARTICIPANT)
    with work(inside.operator) as u:
        text = u.add(model.ConsentText(purpose=ConsentPurpose.PROCESSING, version=1, text=TEXT))
        u.add(
            model.Consent(
                person_id=own.person_id,
                purpose=ConsentPurpose.PROCESSING,
                text_id=text.id,
                categories=[],
                method="PAPER",
                given_on=D(2020, 1, 1),
                valid_to=valid_to,
            )
        )
    found = queries.cabinet(own).personal
    assert found is not None
    assert found.to_renew == ([ConsentPurpose.PROCESSING] if renew else [])
    assert bool(found.given) == (valid_to >= TODAY)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.IRO, "Проектов актов нет"),
        (Role.IRO, "Сеть сегодня"),
        (Role.SECRETARY, "заявки и проверки — в разделе экспертизы"),
        (Role.COUNCIL, "оценки и решения — в разделе экспертизы"),
        (Role.EXPERT, "оценки и решения — в разделе экспертизы"),
        (Role.SYSTEM_ADMIN, "С учётными записями сегодня всё в порядке"),
        (Role.PARTICIPANT, "По реестру на сегодня дел нет."),
    ],
)
def test_every_other_role_is_told_honestly_what_there_is(
    world: World, client: Clients, role: Role, words: str
) -> None:
    old(world, "Закрытое дело", 0)
    page = client(world.app, person(role)).get("/cabinet").text
    assert words in page
    assert "Закрытое дело" not in page


def test_the_iro_sees_the_acts_it_entered(world: World, client: Clients) -> None:
    iro = person(Role.IRO)
    world.do(
        actions.record_act,
        iro,
        kind="LETTER",
        number="1",
        date=D(2020, 1, 9),
        title="Письмо института",
        level="REGIONAL",
    )
    page = client(world.app, iro).get("/cabinet").text
    assert "Письмо института" in page
    assert "О присвоении статуса" not in page


def test_the_administrator_sees_passwords_that_were_not_changed(world: World, client: Clients) -> None:
    account(world, "vera", Role.PARTICIPANT)
    with world.app.app_context(), work(world.operator) as u:
        u.session.execute(sa.update(model.Account).values(must_change_password=True))
    page = client(world.app, person(Role.SYSTEM_ADMIN)).get("/cabinet").text
    assert "Ещё не сменили выданный пароль</a>: 1" in page


def test_several_roles_add_up_and_nothing_stands_twice(world: World, client: Clients) -> None:
    old(world, "Одна площадка", 2)
    world.approved()
    own = Person(
        ids.new_id(),
        ids.new_id(),
        "Проверкина А.Б.",
        (
            Grant(Role.TMS, world.tms, SEVERSKY),
            Grant(Role.EDU_AUTHORITY, None, SEVERSKY),
            Grant(Role.ORGANISATION, world.schools[2]),
            Grant(Role.EXPERT),
        ),
    )
    page = client(world.app, own).get("/cabinet").text
    for heading in ("Договор вашей службы", "Организации: Северский район", "Карточка вашей организации"):
        assert page.count(f"<h3>{heading}</h3>") == 1
    assert page.count("<h3>Площадки</h3>") == 1
    with world.app.app_context():
        desk = queries.cabinet(own).platforms
        assert desk is not None
        assert desk.own is not None
        assert [row.platform.topic for row in desk.own] == ["Одна площадка"]
        assert [one.report.state for one in desk.reports] == [ReportState.OVERDUE, ReportState.OVERDUE]


def test_another_role_does_not_widen_what_an_organisation_sees(inside: World) -> None:
    """The administrator reads every platform, but in the cabinet of a holder stand the own ones only."""
    old(inside, "Наша", 0)
    old(inside, "Чужая", 1)
    own = Person(
        ids.new_id(),
        None,
        "Проверкина",
        (Grant(Role.SYSTEM_ADMIN), Grant(Role.ORGANISATION, inside.schools[0])),
    )
    desk = queries.cabinet(own).platforms
    assert desk is not None
    assert {one.report.platform.topic for one in desk.reports} == {"Наша"}
    assert {one.platform.topic for one in desk.omissions} == {"Наша"}


def test_a_participant_of_an_organisation_has_none_of_its_work(inside: World) -> None:
    old(inside, "Наша", 2)
    inside.approved()
    own = person(Role.PARTICIPANT, organisation_id=inside.tms, municipality_oktmo=SEVERSKY)
    assert queries.cabinet(own).has_work is False
    assert queries.network_desk(own, TODAY).is_empty


def test_a_long_list_is_cut_and_leads_to_the_register(world: World, client: Clients) -> None:
    for number in range(SHOWN + 2):
        world.agreement(number=f"Ч-{number}", subject=f"Предмет {number}")
        world.active(f"Тема {number}", 2)
    page = client(world.app, world.operator).get("/cabinet").text
    assert sum(f"Ч-{number} " in page for number in range(SHOWN + 2)) == SHOWN
    assert '/agreements?state=DRAFT">ещё 2</a>' in page
    own = client(world.app, authority()).get("/cabinet").text
    assert f'/platforms?municipality_oktmo={SEVERSKY}&amp;state=ACTIVE">ещё 2</a>' in own


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("role", list(Role))
def test_every_cabinet_is_in_both_languages_with_headings_in_order(
    world: World, client: Clients, role: Role, lang: str
) -> None:
    old(world, "Topic", 2)
    world.approved()
    own = person(role, organisation_id=world.tms, municipality_oktmo=SEVERSKY)
    answer = client(world.app, own).get(f"/cabinet?lang={lang}")
    assert answer.status_code == 200
    levels = headings(answer.text)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    part = answer.text.split('id="registry-part"')[1].split("hx-get")[0]
    if lang == "en":
        assert "дел нет" not in part
        assert "Площадки</h3>" not in part


def test_the_number_of_questions_does_not_grow_with_the_rows(inside: World) -> None:
    people = [
        inside.operator,
        inside.tms_person,
        authority(SEVERSKY),
        person(Role.ORGANISATION, organisation_id=inside.schools[2]),
        person(Role.IRO),
    ]

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            old(inside, f"Тема {number}", 2)
            inside.agreement(number=f"Ч-{number}", subject=f"Предмет {number}")
            actions.open_case(inside.tms_person, topic=f"Вопрос {number}", text="Как?")
            actions.draft_act(inside.operator, kind="ORDER", title=f"Проект {number}", level="MUNICIPAL")
            someone = actions.add_person(inside.operator, last_name="Иванова", first_name="Анна")
            text = queries.consent_texts()[ConsentPurpose.PROCESSING]
            with work(inside.operator) as u:
                u.add(
                    model.Consent(
                        person_id=someone,
                        purpose=ConsentPurpose.PROCESSING,
                        text_id=text.id,
                        categories=[],
                        method="PAPER",
                        given_on=D(2020, 1, 1),
                        valid_to=D(2020, 6, 1),
                    )
                )
        inside.approved()

    def asked() -> list[int]:
        numbers = []
        for who in people:
            read().expire_all()
            read().expunge_all()
            with counted() as statements:
                queries.cabinet(who)
            numbers.append(len(statements))
        return numbers

    actions.publish_consent_text(inside.operator, purpose=ConsentPurpose.PROCESSING, text=TEXT)
    fill(0, 2)
    few = asked()
    fill(2, 12)
    assert asked() == few
    assert max(few) <= 60, few


def test_the_registry_of_another_municipality_is_nobody_elses(inside: World) -> None:
    old(inside, "Площадка Абинска", 4)
    for who in (inside.tms_person, authority(KRASNODAR), holder(inside, 0)):
        desk = queries.cabinet(who).platforms
        assert desk is not None
        assert desk.is_empty
    desk = queries.cabinet(authority(ABINSKY)).platforms
    assert desk is not None
    assert [row.platform.topic for row in desk.own or ()] == ["Площадка Абинска"]
