"""One database and one role per service, and no way across: deploy/postgres/init.sh on a real PostgreSQL."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.broker.servers import Postgres

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")


@pytest.fixture
def host(postgres: Postgres, tmp_path: Path) -> str:
    """The server after the script ran twice: running it again must do no harm."""
    for service in SERVICES:
        (tmp_path / f"{service}_database_password").write_text(f"it's {service}")
    path = f"{postgres.programs}:{os.environ['PATH']}"
    environment = {"PATH": path, "PGHOST": postgres.host, "SECRETS": str(tmp_path)}
    for _ in range(2):
        subprocess.run(["sh", ROOT / "deploy" / "postgres" / "init.sh"], env=environment, check=True)
    return postgres.host


def test_a_role_reaches_its_own_database_only(host: str) -> None:
    for service in SERVICES:
        with psycopg.connect(host=host, user=service, dbname=service) as connection:
            connection.execute("CREATE TABLE trial (id int)")
            connection.rollback()
        for other in {*SERVICES, "postgres", "template1"} - {service}:
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(host=host, user=service, dbname=other)


def test_a_role_may_nothing_else(host: str) -> None:
    with psycopg.connect(host=host, user="registry", dbname="registry", autocommit=True) as connection:
        for deed in ("CREATE DATABASE mine", "CREATE ROLE mine", "ALTER ROLE events PASSWORD 'x'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(deed)
