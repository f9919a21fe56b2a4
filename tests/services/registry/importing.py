"""Tables to send in tests of the import."""

import csv
import io
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.registry import actions, model
from shared.jobs import run_due
from shared.unit import read
from tests.services.registry.conftest import World

HEADERS = ("Наименование", "Роли", "Муниципалитет", "Вид", "ИНН")
PLATFORM_HEADERS = ("Тема", "Вид", "Держатели", "Участники", "Сетевой центр", "Акт", "С", "По")
#: Two ИНН with right check digits.
INN, OTHER_INN = "7707083893", "7736050003"


def table(*rows: Any, headers: Any = HEADERS) -> bytes:
    """Rows as a CSV file."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow(headers)
    writer.writerows(rows)
    return file.getvalue().encode()


def school(name: str, place: str = "город Краснодар", inn: str = "") -> tuple[str, ...]:
    """A row of a school."""
    return (name, "образовательная организация", place, "школа", inn)


def work() -> None:
    """Let the worker do what is due; a job that stumbles is a fault of ours."""
    run_due()
    assert list(read().scalars(sa.select(model.Job.error).where(model.Job.error.is_not(None)))) == []


def send(world: World, *rows: Any, kind: str = "ORGANISATIONS", headers: Any = HEADERS) -> UUID:
    """Send a table and let the job check it."""
    batch: UUID = world.do(
        actions.upload_import, kind=kind, filename="таблица.csv", content=table(*rows, headers=headers)
    )
    work()
    return batch
