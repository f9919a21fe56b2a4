"""Loading the demonstration, in the order in which things happened; and the words of welcome afterwards."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click

from services.demo import accounts as logins
from services.demo import (
    acts,
    contest,
    decisions,
    events,
    network,
    organisations,
    platforms,
    project,
    rounds,
    territory,
)
from services.demo.outline import day, outline
from services.demo.world import AnySuite, World
from services.local import ACCOUNTS
from shared.person import Role

#: A step of the load: what it is called, how long it takes (parts of a hundred), what it does.
Step = tuple[str, int, Callable[[World], None]]


def into(suite: AnySuite) -> None:
    """Fill an empty suite; says how far it has come and, at the end, how long it took."""
    world = World(suite)
    begun = monotonic()
    with _progress(sum(share for _, share, _ in STEPS)) as advance:
        for title, share, step in STEPS:
            advance(0, title)
            step(world)
            world.settle()
            advance(share, title)
    logins.write_down(world, suite.folder)
    click.echo(f"Демо загружено за {monotonic() - begun:.0f} с / the demo is loaded")


def welcome(suite: AnySuite, url: str) -> str:
    """The address and the accounts, for the screen."""
    table, path = logins.written_down(suite.folder), suite.folder / ACCOUNTS
    lines = ["", f"МетодСеть: {url}", ""]
    if table:
        lines += ["Учётные записи (логин, пароль, кабинет) / accounts (login, password, cabinet):", ""]
        lines += [f"  {line}" for line in table]
        lines += ["", f"  То же и учётные записи всех экспертов / these and all experts: {path}"]
    else:
        lines += [f"  {path}: файла нет; `make reset` загрузит демо с новыми паролями / no such file"]
    return "\n".join([*lines, "", "Остановить / stop: Ctrl+C", ""])


def accounts(folder: Path) -> dict[str, tuple[str, str]]:
    """Login and password of each cabinet («operator», «tms», «organisation» …), as they were written down."""
    cabinets = {
        item["login"]: "admin" if item["role"] == Role.SYSTEM_ADMIN else item["role"].lower()
        for item in outline()["accounts"]
    }
    written = (line.split()[:2] for line in logins.written_down(folder))
    return {cabinets[login]: (login, password) for login, password in written}


def _bodies(world: World) -> None:
    logins.administrator(world)
    territory.municipalities(world)
    organisations.bodies(world)
    logins.operator(world)
    organisations.methodical_services(world)


def _schools(world: World) -> None:
    organisations.schools(world)
    logins.everybody_else(world)


def _first_acts(world: World) -> None:
    acts.adopted(world, day(outline()["contest"]["drafted_on"]))


def _network(world: World) -> None:
    network.resource_centre(world)
    network.agreements(world)
    network.transformations(world)


def _project_work(world: World) -> None:
    project.projects(world)
    project.roadmaps(world)
    project.recommendations(world)
    project.support_cases(world)


def _events_before(world: World) -> None:
    events.specialists(world)
    world.settle()
    events.series(world)
    for key in ("E01", "E02", "E04"):
        events.held(world, key)
    events.webinar(world, "E03")
    events.held(world, "E05")


def _contest_opens(world: World) -> None:
    contest.series_and_rubrics(world)
    contest.announced(world)
    contest.entries(world)


def _events_after(world: World) -> None:
    events.held(world, "E06")
    events.webinar(world, "E07")
    events.planned(world)


def _year_ends(world: World) -> None:
    contest.next_edition(world)
    territory.organisation_counts(world)
    world.settle()
    decisions.imported_indicators(world)
    decisions.report(world)


def _later_years(world: World) -> None:
    acts.adopted(world, day(outline()["acts"][-1]["date"]))
    platforms.krai(world)
    territory.okrugs(world)


STEPS: tuple[Step, ...] = (
    ("Муниципалитеты, ТМС, учётные записи", 3, _bodies),
    ("Образовательные организации", 24, _schools),
    ("Нормативные акты", 1, _first_acts),
    ("Договоры и трансформация сетей", 2, _network),
    ("Инновационные площадки", 7, platforms.founded),
    ("Мероприятия 2019–2020 годов", 3, _events_before),
    ("XIX конкурс: приём заявок", 6, _contest_opens),
    ("XIX конкурс: техническая экспертиза", 2, contest.technical_check),
    ("XIX конкурс: эксперты", 7, rounds.panel),
    ("XIX конкурс: заочный этап", 18, rounds.correspondence),
    ("XIX конкурс: очный этап", 16, rounds.in_person),
    ("XIX конкурс: решение совета", 3, contest.decision),
    ("Приказ о статусах", 3, decisions.order),
    ("Мероприятия конца года", 2, _events_after),
    ("Проект сети, дорожные карты, обращения", 1, _project_work),
    ("Итоги года и отчёт о сети", 2, _year_ends),
    ("После 2020 года", 1, _later_years),
)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int, str], None]]:
    """A bar on a terminal; one line for each step elsewhere."""
    if not sys.stdout.isatty():
        yield lambda share, title: None if share else click.echo(f"  {title} …")
        return
    with click.progressbar(
        length=length,
        label="Загрузка демо / loading",
        item_show_func=lambda title: title or "",
        update_min_steps=0,  # the title of a step is shown when it begins
    ) as bar:
        yield lambda share, title: bar.update(share, title)
