"""House laws that no linter knows (docs/style.md)."""

import importlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")
MESSAGE = re.compile(r"\b(?:" + "|".join(SERVICES) + r")\.[a-z_]+\.[a-z_]+\.v\d+\b")


def sources() -> Iterator[tuple[str, str]]:
    """Every Python file of the product: (path, text)."""
    for folder in ("services", "shared"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text()


def breaches(pattern: str, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """Lines that match, outside of the allowed files and folders."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path, text in sources()
        if not path.startswith(allowed or ("\0",))
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_commit_stands_in_one_place() -> None:
    """What is true and what is told of it become true together: the unit of work commits, nothing else.

    The carriers of messages commit their own tables; migrations commit the structure. ``ledger.commit`` is a
    commitment to words in the log of a contest (F6), no commit of a transaction.
    """
    allowed = ("shared/unit.py", "shared/messaging/", "shared/migrate.py")
    assert breaches(r"(?<!\bledger)\.commit\(", allowed=allowed) == []


def test_no_legacy_queries() -> None:
    """select() only: `Model.query` and `session.query` are SQLAlchemy's past."""
    assert breaches(r"\.query(\.|\()") == []


def test_nested_schemas_are_not_named_by_text() -> None:
    """marshmallow's class registry is one per process, and four services live in one process."""
    assert breaches(r"Nested\(\s*[\"']") == []


def test_nobody_reads_a_naive_clock() -> None:
    """shared.clock is the only source of time, so that tests and the demo can set it."""
    pattern = r"\b(datetime\.(now|utcnow|today)|date\.today)\("
    assert breaches(pattern, allowed=("shared/clock.py",)) == []


def test_exceptions_from_the_linter_have_a_reason() -> None:
    """`# noqa: X - why`, `# type: ignore[x]  # why`: a bare one hides more than it says."""
    assert breaches(r"# noqa(?!: [A-Z]+\d+(, [A-Z]+\d+)*( -|  #) \S)") == []
    assert breaches(r"# type: ignore(?!\[[a-z-]+(, ?[a-z-]+)*\]\s+# \S)") == []


def test_no_leftovers() -> None:
    talkers = ("services/__main__.py", "services/demo/")
    assert breaches(r"\b(TODO|FIXME|XXX|HACK)\b|\bprint\(", allowed=talkers) == []


@pytest.mark.parametrize("service", SERVICES)
def test_readme_names_every_message(service: str) -> None:
    """The README of a service names exactly what its contract publishes and consumes."""
    importlib.import_module(f"services.{service}.handlers")
    contract = importlib.import_module(f"services.{service}.messages").contract
    named = set(MESSAGE.findall((ROOT / "services" / service / "README.md").read_text()))
    published = {name for name in named if name.startswith(f"{service}.")}
    assert published == set(contract.published)
    assert named - published == set(contract.consumed)


def tracked() -> list[Path]:
    """Files that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=False, text=True,
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_links_between_documents_lead_somewhere() -> None:
    """Relative links of Markdown files."""
    dead = []
    for path in tracked():
        if path.suffix != ".md":
            continue
        text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if "://" in target or target.startswith(("#", "mailto:", "/")):
                continue
            if not (path.parent / target.split("#", 1)[0]).exists():
                dead.append(f"{path.relative_to(ROOT)}: {target}")
    assert dead == []


def test_locks_have_hashes_and_no_addresses() -> None:
    """Every package is pinned with its hashes; where it comes from is the machine's own affair."""
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text()
        assert "://" not in text and "--index" not in text, path.name
        if path.suffix == ".txt":
            pins = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==[^\n]*", text, re.MULTILINE)
            assert pins and all(pin.endswith("\\") for pin in pins), path.name


def test_secrets_are_not_in_git() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert not [name for name in names if name == ".env" or name.startswith(("deploy/secrets/", "var/"))]
