"""A service starts without the others: what its image holds is enough (deploy/Dockerfile)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")
#: Distributions → import names that are in the environment of the tests but not in a service's image.
ABSENT = {
    "service.txt": ["docx", "typst", "segno", "waitress", "yaml", "pytest", "pypdf"],
    "documents.txt": ["waitress", "yaml", "pytest", "pypdf"],
    "jury.txt": ["waitress", "yaml", "pytest"],
}

BOOT = """
import sys
for name in {absent!r}:
    sys.modules[name] = None  # importing it fails, as in the image
from shared import migrate
from services.{service} import create_app
app = create_app()
migrate.upgrade(app)
client = app.test_client()
for path in ("/healthz", "/readyz", "/openapi.json", "/asyncapi.json"):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.text)
"""


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_alone(service: str, tmp_path: Path) -> None:
    """services/__init__.py, the service, shared/ and its locked libraries: nothing else."""
    skip = shutil.ignore_patterns("__pycache__")
    house = tmp_path / "app"
    (house / "services").mkdir(parents=True)
    shutil.copy(ROOT / "services" / "__init__.py", house / "services")
    shutil.copytree(ROOT / "services" / service, house / "services" / service, ignore=skip)
    shutil.copytree(ROOT / "shared", house / "shared", ignore=skip)
    sources = "".join(p.read_text() for p in (house / "services").rglob("*.py"))
    prints, judges = "shared.documents" in sources, "import numpy" in sources
    absent = ABSENT["jury.txt" if judges else "documents.txt" if prints else "service.txt"]
    done = subprocess.run(
        [sys.executable, "-c", BOOT.format(service=service, absent=absent)],
        cwd=house,
        env={
            f"{service.upper()}_DATABASE_URL": f"sqlite:///{tmp_path / 'alone'}.db",
            f"{service.upper()}_SECRET_KEY": "a secret that only this test knows",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
