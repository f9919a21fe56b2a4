"""The laws of docker-compose.yml: no default password, nobody holds another's secret, one door outside."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")
ROLES = ("web", "worker", "migrate")
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
CONTAINERS: dict[str, Any] = COMPOSE["services"]
OURS = {f"{service}-{role}" for service in SERVICES for role in ROLES}
#: What can be built and run from the five public images that the tests know.
PUBLIC_IMAGES = {"nginx:1.27", "postgres:17", "rabbitmq:4-management"}


def docker_compose(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`docker compose` on our file with the settings of ``folder`` only; skipped where there is none."""
    if shutil.which("docker") is None:
        pytest.skip("docker is not installed")
    there = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if there.returncode:
        pytest.skip("docker has no compose plugin")
    return subprocess.run(
        ["docker", "compose", "-f", ROOT / "docker-compose.yml", "--project-directory", folder, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )


def test_there_are_web_worker_and_migration_of_each_service_and_three_servers() -> None:
    assert set(CONTAINERS) == OURS | {"gateway", "postgres", "rabbitmq"}
    assert {c["image"] for name, c in CONTAINERS.items() if name not in OURS} == PUBLIC_IMAGES


def test_compose_reads_the_file(tmp_path: Path) -> None:
    """`docker compose config` accepts the file with the settings of .env.example."""
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    done = docker_compose(tmp_path, "config", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["services"]) == set(CONTAINERS)


def test_compose_refuses_to_start_without_settings(tmp_path: Path) -> None:
    """Without .env there is no configuration, and the message names what to do."""
    done = docker_compose(tmp_path, "config", "--quiet")
    assert done.returncode != 0
    assert "make-secrets.sh" in done.stderr


def test_secrets_come_from_files_of_a_folder_that_must_be_named() -> None:
    for name, secret in COMPOSE["secrets"].items():
        assert re.fullmatch(r"\$\{METODSET_SECRETS:\?[^}]*\}/" + name, secret["file"]), name


def test_no_password_stands_in_an_environment() -> None:
    """A secret reaches a container as a file (…_FILE), so `docker inspect` shows none."""
    for name, container in CONTAINERS.items():
        for key, value in container.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|DATABASE_URL|AMQP_URL", key):
                assert key.endswith("_FILE"), f"{name}: {key}"
                assert value.startswith("/run/secrets/"), f"{name}: {key}"
    assert not re.search(r"\$\{[A-Z_]*(PASSWORD|SECRET_KEY)[A-Z_]*:?-", TEXT), "a secret with a default value"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_holds_its_own_secrets_only(service: str) -> None:
    for role in ROLES:
        container = CONTAINERS[f"{service}-{role}"]
        assert all(secret.startswith(f"{service}_") for secret in container["secrets"]), role
        used = {value for value in container["environment"].values() if value.startswith("/run/secrets/")}
        assert used == {f"/run/secrets/{secret}" for secret in container["secrets"]}, role


@pytest.mark.parametrize("service", SERVICES)
def test_web_never_knows_the_broker(service: str) -> None:
    """Pages write outbox rows; only the worker speaks AMQP."""
    web, worker = CONTAINERS[f"{service}-web"], CONTAINERS[f"{service}-worker"]
    assert not [key for key in web["environment"] if "AMQP" in key]
    assert "bus" not in web["networks"]
    assert f"{service.upper()}_AMQP_URL_FILE" in worker["environment"]


@pytest.mark.parametrize("service", SERVICES)
def test_migration_runs_once_and_before(service: str) -> None:
    assert CONTAINERS[f"{service}-migrate"]["restart"] == "no"
    for role in ("web", "worker"):
        waits = CONTAINERS[f"{service}-{role}"]["depends_on"][f"{service}-migrate"]
        assert waits == {"condition": "service_completed_successfully"}


def test_only_the_gateway_publishes_a_port_and_on_the_machine_itself() -> None:
    assert [name for name, container in CONTAINERS.items() if "ports" in container] == ["gateway"]
    (port,) = CONTAINERS["gateway"]["ports"]
    assert port == "${METODSET_BIND:-127.0.0.1}:${METODSET_PORT:-8080}:8080"


def test_only_the_gateway_touches_the_outside() -> None:
    for name, network in COMPOSE["networks"].items():
        assert name == "edge" or network["internal"], name
    assert [name for name, c in CONTAINERS.items() if "edge" in c["networks"]] == ["gateway"]


def test_everything_that_stays_is_probed_and_restarted() -> None:
    for name, container in CONTAINERS.items():
        if not name.endswith("-migrate"):
            assert container["healthcheck"]["test"][0] == "CMD", name
            assert container["restart"] == "unless-stopped", name


def test_containers_have_no_more_rights_than_they_need() -> None:
    for name, container in CONTAINERS.items():
        assert container["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in container["security_opt"], name
        if name in OURS or name == "gateway":
            assert container["read_only"], name
            assert "cap_add" not in container, name


def test_known_traps_are_avoided() -> None:
    """Each line was a failure once; see deploy/README.md."""
    probe = CONTAINERS["rabbitmq"]["healthcheck"]["test"]
    assert probe[1:4] == ["gosu", "rabbitmq", "rabbitmq-diagnostics"], "a probe by root breaks it"
    assert CONTAINERS["rabbitmq"]["hostname"], "the node's name is its data's name"
    assert "-h" in CONTAINERS["postgres"]["healthcheck"]["test"], "healthy while the init scripts still run"
    gateway = (ROOT / "deploy" / "gateway" / "metodset.conf.template").read_text()
    # A fixed address would be asked for once and kept for ever.
    assert set(re.findall(r"proxy_pass (\S+);", gateway)) == {"http://$upstream"}


def test_every_setting_is_explained() -> None:
    """.env.example names every variable of docker-compose.yml, and every key of shared.settings."""
    example = (ROOT / ".env.example").read_text()
    for variable in set(re.findall(r"\$\{([A-Z_]+)", TEXT)):
        assert re.search(rf"^{variable}=", example, re.MULTILINE), variable
    keys = re.findall(r'env\.\w+\("([A-Z_]+)"', (ROOT / "shared" / "settings.py").read_text())
    assert keys
    for key in keys:
        assert f"REGISTRY_{key}" in example, key


@pytest.mark.parametrize("service", SERVICES)
def test_the_image_has_the_libraries_its_service_imports(service: str) -> None:
    """Only services that print carry the documents' libraries, only expertise those of the jury."""
    sources = "".join(path.read_text() for path in (ROOT / "services" / service).rglob("*.py"))
    arguments = CONTAINERS[f"{service}-web"]["build"]["args"]
    assert arguments["SERVICE"] == service
    prints = "shared.documents" in sources or "from shared import documents" in sources
    judges = any(f"import {name}" in sources or f"from {name}" in sources for name in ("scipy", "ortools"))
    assert arguments["REQUIREMENTS"] == ("jury" if judges else "documents" if prints else "service")


def test_rabbitmq_definitions_need_every_password(tmp_path: Path) -> None:
    """The script refuses rather than invents a password."""
    script = ROOT / "deploy" / "rabbitmq" / "definitions.sh"
    done = subprocess.run(["sh", script, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "registry_amqp_password" in done.stderr
    assert done.stdout == ""


def test_secrets_are_random_and_kept(tmp_path: Path) -> None:
    """Made once, different every time, hidden from other people of the machine."""
    for copy in ("one", "two"):
        (tmp_path / copy / "deploy").mkdir(parents=True)
        shutil.copy(ROOT / "deploy" / "make-secrets.sh", tmp_path / copy / "deploy")
        shutil.copy(ROOT / ".env.example", tmp_path / copy)

    def made(copy: str) -> dict[str, str]:
        script = tmp_path / copy / "deploy" / "make-secrets.sh"
        subprocess.run(["sh", script], check=True, capture_output=True)
        folder = tmp_path / copy / "deploy" / "secrets"
        assert folder.stat().st_mode & 0o077 == 0
        return {path.name: path.read_text() for path in folder.iterdir()}

    one, two = made("one"), made("two")
    assert made("one") == one
    assert set(one) == set(COMPOSE["secrets"])
    assert not set(one.values()) & set(two.values())
    assert len(set(one.values())) == len(one)
    assert all(len(value) >= 32 for value in one.values())
    assert (tmp_path / "one" / ".env").exists()
