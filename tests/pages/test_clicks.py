"""The main job click by click: the road of ``tests/suite/journey.py``, through pages only, in Russian.

Everything is found by labels and roles, so the road also proves that the pages can be walked without
seeing them. With ``METODSET_SHOTS=<folder>`` it leaves pictures of the key steps, wide and narrow.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from waitress import create_server

from services.local import Local
from shared import clock
from tests.pages.seat import Seat
from tests.suite.journey import ADMIN, CITY, DISTRICT, PASSWORD, RUBRIC, zoom

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

OPERATOR, SCHOOL, TMS = (
    "Научно-методический центр пути",
    "Школа № 1 пути",
    "Информационно-методический центр пути",
)
WEBINAR, EDITION, TOPIC = "Основы работы с площадками", "I конкурс пути", "Арт-педагогика"
NUMBER = "PATH-I-N1-001"
#: Login → surname, organisation, role, whether the role is bound to the organisation.
PEOPLE = {
    "operator": ("Операторова", OPERATOR, "оператор сети", False),
    "secretary": ("Секретарёва", OPERATOR, "секретарь конкурса", False),
    "council": ("Советова", OPERATOR, "член совета", False),
    "school": ("Школьникова", SCHOOL, "организация", True),
    "tms": ("Методистова", TMS, "ТМС", True),
    "first": ("Первова", TMS, "эксперт", False),
    "second": ("Вторушина", TMS, "эксперт", False),
    "third": ("Третьякова", TMS, "эксперт", False),
}
SCORES = {"first": "22122121", "second": "21122111", "third": "22221121"}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """An empty suite with an administrator only, served for real, messages carried in the background."""
    suite = Local(tmp_path / "suite")
    suite.loaded.touch()  # opens the doors: there is no demo to load
    runner = suite.apps["registry"].test_cli_runner()
    made = runner.invoke(args=["create-admin", ADMIN[0]], env={"METODSET_ADMIN_PASSWORD": ADMIN[1]})
    assert made.exit_code == 0, made.output
    server = create_server(suite.wsgi(), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    suite.postman.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    suite.postman.stop()
    server.close()
    suite.close()


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of the suite forward for all its threads, and let it run on from there.

    ``shared.clock.at`` holds for one thread only, and the server has several. Without this the road would
    stand still until the stage of submission is over, and an input of a page knows no less than a minute.
    """
    real = clock.now

    def forward(until: datetime) -> None:
        ahead = until - real()
        monkeypatch.setattr(clock, "now", lambda: real() + ahead)

    return forward


@pytest.fixture
def road(browser: Browser, url: str) -> Iterator["Road"]:
    """The road; at its end everybody closes their browser."""
    walked = Road(browser, url)
    yield walked
    for seat in walked.seats.values():
        seat.context.close()


def test_the_main_job_click_by_click(road: "Road", pass_time: Callable[[datetime], None]) -> None:
    """ТМС → agreement → webinar → contest → order → report, everything by pages."""
    road.network()
    road.agreement()
    road.webinar()
    road.certificate()
    road.edition()
    road.entry()
    # Everybody has an own password before time is passed: tokens are dated by the machine's clock, and those
    # from before the change of a password in the passed time would be void.
    for name in (*SCORES, "council"):
        road.seat(name)
    pass_time(road.closing)
    road.checks()
    road.expertise()
    road.decision()
    road.order()
    road.report()
    assert {name: seat.complaints for name, seat in road.seats.items() if seat.complaints} == {}


class Road:
    """The road; who sat down once stays signed in."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.seats: dict[str, Seat] = {}
        self.today = f"{clock.today():%Y-%m-%d}"
        #: When the stage of submission ends; late enough for a slow machine, then time is passed.
        self.closing = clock.now() + timedelta(minutes=10)

    def seat(self, name: str) -> Seat:
        """The browser of a person; signed in, except for the guest."""
        if name not in self.seats:
            self.seats[name] = Seat(self.browser, self.url)
            if name != "guest":
                self.seats[name].sign_in(*(ADMIN if name == "admin" else (f"journey.{name}", PASSWORD)))
        return self.seats[name]

    def network(self) -> None:
        """Territories, organisations, people with cabinets."""
        admin = self.seat("admin")
        for oktmo, name, kind in (
            (CITY, "город Краснодар", "городской округ"),
            (DISTRICT, "Апшеронский район", "муниципальный район"),
        ):
            admin.go("Реестр", "Муниципалитеты", "Добавить муниципалитет")
            admin.fill({"Код ОКТМО": oktmo, "Краткое наименование": name, "Вид": kind})
            admin.press("Сохранить")
            admin.sees("Сохранено", name)
        admin.go("город Краснодар", "Внести число организаций")
        admin.fill({"Всего образовательных организаций": "4", "Источник": "путь"})
        admin.press("Сохранить")
        for name, role, more in (
            (OPERATOR, "оператор сети", {}),
            (
                SCHOOL,
                "образовательная организация",
                {"Вид образовательной организации": "общеобразовательная"},
            ),
        ):
            admin.go("Реестр", "Организации", "Другая организация")
            admin.fill({"Полное наименование": name, "Муниципалитет": "Краснодар", "Роли": role, **more})
            admin.press("Зарегистрировать")
            admin.sees(name)
        admin.go("Реестр", "Организации", "Зарегистрировать ТМС")
        admin.shot("01-tms-form")
        admin.fill({"Полное наименование": TMS, "Муниципалитет": "Апшеронский"})
        admin.press("Зарегистрировать")
        admin.sees("ТМС зарегистрирована", TMS)
        for login, who in PEOPLE.items():
            self.account(admin, login, *who)
        admin.shot("02-person")

    def account(
        self, admin: Seat, login: str, surname: str, organisation: str, role: str, bound: bool
    ) -> None:
        """A person, and straight from the card their account."""
        admin.go("Реестр", "Люди", "Добавить человека")
        admin.fill({"Фамилия": surname, "Имя": "Анна", "Организация": organisation})
        admin.press("Сохранить")
        admin.go("Открыть учётную запись")
        admin.fill({"Логин": f"journey.{login}", "Первый пароль": PASSWORD, "Роль": role})
        if bound:
            admin.fill({"Организация": organisation})
        admin.press("Открыть учётную запись")
        admin.sees("Учётная запись открыта", f"journey.{login}")

    def agreement(self) -> None:
        """A draft of the operator; both sign, the ТМС in its own cabinet; in force."""
        operator, tms = self.seat("operator"), self.seat("tms")
        operator.shot("03-cabinet-of-operator-empty")
        operator.go("Реестр", "Договоры", "Новый договор")
        ends = f"{clock.today() + timedelta(days=700):%Y-%m-%d}"
        operator.fill({"Номер": "П-1", "ТМС": TMS, "Предмет": "О сетевом взаимодействии"})
        operator.fill({"Действует с": self.today, "Действует до": ends})
        operator.press("Сохранить черновик")
        operator.press("Отправить на подписание")
        operator.shot("04-agreement-on-signing")
        tms.go("Мой кабинет")
        tms.sees("его должна подписать ваша служба")
        tms.shot("05-cabinet-of-tms-to-sign")
        tms.go("Подписать")
        tms.fill({"Кто подписал": TMS})
        tms.press("Записать подпись")
        operator.go("Мой кабинет", f"Договор № П-1 от {clock.today():%d.%m.%Y}", "Записать подпись")
        operator.fill({"Кто подписал": OPERATOR})
        operator.press("Записать подпись")
        operator.go("Ввести в действие")
        operator.fill({"Почему нет скана": "скан в канцелярии"})
        operator.press("Ввести в действие")
        operator.sees("Договор действует", "в действии")
        tms.go("Мой кабинет")
        tms.sees("в действии", "Действует до")
        tms.shot("06-cabinet-of-tms-in-force")

    def webinar(self) -> None:
        """Announced, registered for with and without an account, held, counted from the report of Zoom."""
        operator, tms, guest = self.seat("operator"), self.seat("tms"), self.seat("guest")
        start = clock.local(clock.now()).replace(second=0, microsecond=0) - timedelta(hours=2)
        operator.go("Мероприятия", "Новое мероприятие")
        operator.waits_for_choice("Организаторы", OPERATOR)
        operator.fill(
            {
                "Вид мероприятия": "вебинар",
                "Название": WEBINAR,
                "Начало: день и время (МСК)": minute(start),
                "Окончание: день и время (МСК)": minute(start + timedelta(minutes=90)),
                "Форма проведения": "дистанционно",
                "Площадка вебинара": "Zoom",
                "Организаторы": OPERATOR,
            }
        )
        operator.shot("07-event-form")
        operator.press("Сохранить")
        operator.press("Открыть регистрацию")
        tms.go("Мероприятия", WEBINAR, "Зарегистрироваться")
        self.register(tms, "Ёлкина", "Анна")
        code = tms.page.get_by_role("main").get_by_text("Ваш код:").locator("code").inner_text()
        tms.shot("08-registration")
        tms.go("Зарегистрировать ещё одного человека")
        self.register(tms, "Неявкина", "Ольга")
        guest.go("Мероприятия", WEBINAR, "Зарегистрироваться")
        guest.shot("09-register-guest")
        guest.fill({"Фамилия": "Гостев", "Имя": "Пётр", "Электронная почта": "gost@example.org"})
        guest.press("Зарегистрироваться")
        guest.sees("Сохраните код для входа", "Гостев Пётр")
        operator.go("Мероприятия", WEBINAR)
        operator.press("Закрыть регистрацию")
        operator.press("Начать мероприятие")
        operator.go("Завершить мероприятие")
        operator.press("Завершить мероприятие")
        operator.go("Учесть посещаемость")
        self.attendance(operator, start, code)

    def register(self, seat: Seat, surname: str, name: str) -> None:
        """Register somebody else."""
        seat.fill({"Это моя регистрация": False, "Фамилия": surname, "Имя": name})
        seat.press("Зарегистрироваться")
        seat.sees("Сохраните код для входа", f"{surname} {name}")

    def attendance(self, operator: Seat, start: datetime, code: str) -> None:
        """The report of Zoom through the file input; the unknown telephone is put aside."""
        report = zoom(
            start,
            (f"{code} Елкина А", "", 5, 30),
            (f"{code} Елкина А", "", 25, 50),
            (f"{code} Елкина А", "", 60, 80),
            ("гость", "gost@example.org", 0, 90),
            ("iPhone", "", 0, 40),
        )
        file = {"name": "zoom.csv", "mimeType": "text/csv", "buffer": report.read()}
        operator.fill({"Файл CSV из Zoom": file})
        operator.press("Загрузить")
        operator.sees("Всего строк с участником: 4, без участника: 1")
        operator.shot("10-attendance")
        operator.fill({"Причина для строки iPhone": "второе устройство"})
        operator.press("Не учитывать")
        operator.press("Подвести итог")
        operator.sees("Итог подведён", "присутствовал", "не явился")

    def certificate(self) -> None:
        """Issued by the operator, opened by the ТМС, checked by anybody, who sees no name."""
        operator, tms, guest = self.seat("operator"), self.seat("tms"), self.seat("guest")
        operator.go("К сертификатам")
        operator.press("Выдать сертификаты")
        operator.sees("Сертификаты выданы", "Ёлкина Анна", "Гостев Пётр")
        operator.shot("11-certificates")
        tms.go("Мероприятия", "Сертификаты")
        tms.sees("Ёлкина Анна")
        assert tms.page.get_by_text("Гостев").count() == 0
        row = tms.row("Ёлкина Анна")
        number, code = (row.get_by_role("cell").first, row.get_by_role("link").nth(1))
        number, code = number.inner_text(), code.inner_text()
        assert tms.download("PDF")[:4] == b"%PDF"
        guest.go("Проверить сертификат")
        guest.fill({"Код проверки с сертификата": code})
        guest.press("Проверить")
        guest.sees("действителен", number, WEBINAR)
        assert "Ёлкина" not in guest.page.content()
        guest.shot("12-verify")

    def edition(self) -> None:
        """Rubric, series, edition, approval; the stage of submission opens."""
        operator, secretary = self.seat("operator"), self.seat("secretary")
        operator.go("Экспертиза", "Рубрики", "Новая рубрика")
        operator.fill({"Код": "R-PATH", "Название": "Проект"})
        for number, (code, weight) in enumerate(RUBRIC.items(), 1):
            operator.fill(
                {"Код критерия": code, "Критерий": f"Критерий {code}", "Вес": str(weight)},
                operator.group(f"Критерий {number}"),
            )
        operator.fill({"Приоритетный при равенстве баллов": True}, operator.group("Критерий 3"))
        operator.press("Сохранить рубрику")
        operator.go("Конкурсы", "Новый выпуск", "Новая серия конкурсов")
        operator.fill({"Название конкурса": "Конкурс пути", "Код серии": "PATH", "Организатор": OPERATOR})
        operator.press("Добавить серию")
        self.draft(operator)
        operator.shot("13-edition-form")
        operator.press("Сохранить черновик выпуска")
        operator.go("Утвердить выпуск")
        operator.fill({"Каким актом утверждён выпуск: вид, номер, дата": "приказ № 1"})
        operator.press("Утвердить")
        operator.sees("Выпуск объявлен")
        secretary.go("Экспертиза", EDITION, "Стол секретаря")
        secretary.press("Перейти к следующему этапу", confirm=True)
        secretary.sees("Выпуск переведён на следующий этап", "приём заявок")

    def draft(self, operator: Seat) -> None:
        """The form of an edition: dates, stages, one nomination."""
        now = clock.now()
        later = [now + timedelta(days=days) for days in (1, 10, 20)]
        operator.fill(
            {
                "Серия": "Конкурс пути",
                "Порядковый номер": "1",
                "Год": f"{now:%Y}",
                "Название выпуска": EDITION,
                "Начало": self.today,
                "Окончание": f"{later[2]:%Y-%m-%d}",
            }
        )
        for stage, opens, closes in (
            ("приём заявок", now, self.closing),
            ("техническая экспертиза", self.closing, later[0]),
            ("заочный этап", self.closing, later[1]),
            ("решение совета", self.closing, later[2]),
        ):
            group = operator.group(stage)
            operator.fill({"Начало этапа": minute(opens), "Окончание этапа": minute(closes)}, group)
        operator.fill({"Вес этапа": "100", "Экспертов на заявку": "3"}, operator.group("заочный этап"))
        operator.fill(
            {
                "Код номинации": "N1",
                "Название номинации": "Новые проекты",
                "Что подаётся": "проект",
                "Рубрика": "R-PATH",
                "К какому статусу ведёт": "муниципальная инновационная площадка",
            },
            operator.group("Номинация 1"),
        )

    def entry(self) -> None:
        """The school files an entry; the secretary enrols the experts meanwhile."""
        school, secretary = self.seat("school"), self.seat("secretary")
        school.go("Мой кабинет")
        school.waits_for(lambda: school.page.get_by_role("link", name=EDITION))
        school.shot("14-cabinet-of-school")
        school.go(EDITION, "Подготовить заявку")
        school.waits_for_choice("Соискатель", SCHOOL)
        school.fill({"Номинация": "Новые проекты", "Тема": TOPIC, "Краткое описание": "Проект о главном."})
        school.press("Сохранить черновик")
        school.press("Подать", confirm=True)
        school.sees("Заявка подана", "подана")
        school.shot("15-entry-submitted")
        for login in SCORES:
            secretary.go("Эксперты", "Включить в эксперты")
            secretary.waits_for_choice("Человек", PEOPLE[login][0])
            secretary.fill({"Человек": PEOPLE[login][0]})
            secretary.press("Включить")

    def checks(self) -> None:
        """Registration, technical check and assignment of experts by the button."""
        secretary = self.seat("secretary")
        secretary.go("Мой кабинет", EDITION)
        secretary.shot("16-desk")
        secretary.press(f"Зарегистрировать: {TOPIC}")
        secretary.sees("Заявка зарегистрирована", NUMBER)
        secretary.go(EDITION, "Стол секретаря")
        secretary.press("Перейти к следующему этапу", confirm=True)
        secretary.go("Проверить")
        secretary.fill({"Исход": "допустить"})
        secretary.shot("17-check")
        secretary.press("Записать исход")
        secretary.go("Конкурсы", EDITION, "Стол секретаря")
        secretary.press("Перейти к следующему этапу", confirm=True)
        secretary.go("Назначение экспертов")
        secretary.press("Назначить экспертов")
        secretary.sees("Эксперты назначены")
        secretary.shot("18-matrix")

    def expertise(self) -> None:
        """Each expert accepts, fills the sheet and signs it."""
        for login, scores in SCORES.items():
            expert = self.seat(login)
            expert.go("Мой кабинет")
            expert.waits_for(lambda expert=expert: expert.page.get_by_role("link", name=NUMBER))
            expert.go(NUMBER)
            expert.press("Принять и подтвердить независимость")
            for (code, weight), score in zip(RUBRIC.items(), scores, strict=True):
                expert.fill(
                    {
                        f"{code}. Критерий {code} — вес {weight}": score,
                        f"Комментарий к {code}": "Обоснование крайней оценки, достаточно подробное.",
                    }
                )
            expert.fill({"Сильные стороны": "Поддержать.", "Рекомендация": "рекомендовать"})
            expert.shot(f"19-sheet-{login}")
            expert.press("Проверить и подписать")
            expert.press("Подписать")
            expert.sees("Лист подписан", "лист подписан")

    def decision(self) -> None:
        """The rating, the decision of the council, publication."""
        secretary, council, operator = self.seat("secretary"), self.seat("council"), self.seat("operator")
        secretary.go(EDITION, "Стол секретаря")
        secretary.press("Перейти к следующему этапу", confirm=True)
        council.go("Мой кабинет", EDITION, "рейтинг")
        council.sees("74,33")
        council.shot("20-rating")
        council.go("Мой кабинет", EDITION, "внести решения")
        council.fill(
            {
                "Номер протокола": "1",
                "Председатель": "Председателев П.П.",
                "Секретарь": "Секретарёва А.",
                "Всего членов совета": "7",
                "Присутствуют": "5",
                f"Решение по {NUMBER}": "присвоить статус",
                "Звание": "победитель",
                "За": "5",
            }
        )
        council.shot("21-decisions")
        council.press("Записать решения")
        council.sees("Решения записаны", "совпадает с протоколом")
        operator.go("Экспертиза", EDITION, "Решения совета")
        operator.press("Опубликовать результаты", confirm=True)
        operator.sees("Результаты опубликованы", NUMBER)
        operator.shot("22-results")

    def order(self) -> None:
        """The decision waits for an order; the order makes the platform active."""
        operator, guest = self.seat("operator"), self.seat("guest")
        operator.go("Мой кабинет")
        operator.waits_for_text("Решений совета ждут приказа: 1")
        operator.shot("23-cabinet-of-operator")
        operator.go("Исполнить приказом", "Внести приказ")
        operator.fill(
            {
                "Вид": "приказ",
                "Номер": "77",
                "Дата": self.today,
                "Название": "О присвоении статуса",
                "Уровень": "муниципальный",
                "Кем издан": OPERATOR,
            }
        )
        operator.press("Внести акт")
        operator.sees("Акт внесён", "Решения, которые ждут приказа")
        assert "№ 77" in operator.chosen("Приказ")
        operator.shot("24-proposals")
        operator.press("Исполнить приказом")
        operator.sees("Решения исполнены приказом")
        guest.go("Реестр", "Площадки")
        assert "действует" in guest.row(TOPIC).inner_text()
        guest.shot("25-platforms")
        guest.go(TOPIC)
        guest.sees("муниципальная (МИП)", SCHOOL)

    def report(self) -> None:
        """The number, the records behind it, and the report on paper in both kinds."""
        operator, today = self.seat("operator"), f"{clock.today():%Y-%m-%d}"
        operator.go("Отчёты")
        operator.waits_for(lambda: operator.page.get_by_role("link", name="Записи показателя I-02: 1"))
        operator.shot("26-overview")
        operator.go("Записи показателя I-02: 1")
        operator.sees(TOPIC)
        operator.shot("27-indicator")
        operator.go("Отчёты сети", "Выпустить отчёт")
        operator.fill({"На дату": today, "Период с": f"{today[:4]}-01-01", "Период по": today})
        operator.press("Выпустить отчёт")
        operator.sees("Отчёт выпущен", "Пересчёт по сегодняшним записям даёт те же числа", WEBINAR)
        operator.shot("28-report")
        assert operator.download(".docx")[:2] == b"PK"
        assert operator.download(".pdf")[:4] == b"%PDF"


def minute(moment: datetime) -> str:
    """A moment as an input of date and time takes it, on Moscow's clock."""
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"
