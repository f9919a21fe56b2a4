"""Borders between services and rooms: the contracts of pyproject.toml hold, and they bite."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")
#: All that rules and access may know of shared/.
PLAIN = {
    "shared.refusal",
    "shared.person",
    "shared.files",
    "shared.requisites",
    "shared.merkle",
    "shared.heads",
    "shared.bibliography",
    "shared.working_days",
    "shared.stems",
}
#: Libraries of numbers and of files: the same input gives the same output (ADR 0015).
NUMBERS = {"numpy", "scipy", "ortools", "rfc8785", "pypdf", "PIL", "lxml"}
#: Chance, time and the world outside: rules get them as facts.
FORBIDDEN = {"random", "secrets", "time", "os", "pathlib", "socket", "subprocess", "shared.clock"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_contracts_are_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("services/registry/queries", "from services.events import rules", "Services never import"),
        ("shared/ids", "from services.registry import rules", "shared/ never imports services/"),
        ("services/events/queries", "from services.events import actions", "imports point inward"),
        ("services/events/rules", "import flask", "plain Python"),
        ("services/reports/rules", "from shared import unit", "plain Python"),
        ("services/events/pages", "from services.events import model", "Tables are touched only"),
        ("services/reports/handlers", "import pika", "pika lives in one file"),
        ("services/registry/model", "import flask_sqlalchemy", "Flask-SQLAlchemy lives in one file"),
        ("services/expertise/actions", "from flask import session", "Only the doors know Flask"),
    ],
)
def test_a_breach_is_noticed(room: str, line: str, contract: str, tmp_path: Path) -> None:
    """Each contract turns red on a breach planted into a copy of the tree."""
    only_python = shutil.ignore_patterns("__pycache__", "static", "templates", "translations", "migrations")
    for name in ("services", "shared"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place = tmp_path / room / "__init__.py" if (tmp_path / room).is_dir() else tmp_path / f"{room}.py"
    place.write_text(f"{place.read_text()}\n{line}\n")
    done = lint_imports(tmp_path)
    broken = [said for said in done.stdout.splitlines() if said.endswith("BROKEN")]
    assert any(contract in said for said in broken), done.stdout + done.stderr


def rooms(*names: str) -> Iterator[Path]:
    """The files of these rooms in every service: <room>.py or <room>/**.py."""
    for service in SERVICES:
        for name in names:
            yield from (ROOT / "services" / service).glob(f"{name}.py")
            yield from (ROOT / "services" / service / name).rglob("*.py")


def imported(path: Path) -> Iterator[str]:
    """Modules that a file imports, by full name."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            if node.module in {"shared", "services"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield str(node.module)


def test_rules_and_access_know_only_plain_things() -> None:
    """Standard library without chance, time and the outside; refusals and persons; their own rules."""
    files = list(rooms("rules", "access"))
    assert len(files) > len(SERVICES)
    for path in files:
        service = path.relative_to(ROOT / "services").parts[0]
        for name in imported(path):
            top = name.split(".", 1)[0]
            own = name.startswith((f"services.{service}.rules", f"services.{service}.access"))
            plain = name in PLAIN or top in NUMBERS or top in sys.stdlib_module_names
            assert own or plain, f"{path}: {name}"
            assert name not in FORBIDDEN and top not in FORBIDDEN, f"{path}: {name}"


def test_rules_do_not_look_at_the_clock() -> None:
    """Today is a fact that is handed in."""
    for path in rooms("rules", "access"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"now", "utcnow", "today"}, f"{path}:{node.lineno}"


def test_one_file_speaks_amqp() -> None:
    """pika is on its way to another interface; only shared/messaging/amqp.py will change."""
    found = [
        path.relative_to(ROOT).as_posix()
        for folder in ("services", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if any(name.split(".", 1)[0] == "pika" for name in imported(path))
    ]
    assert found == ["shared/messaging/amqp.py"]
