"""Kill any process at any moment: nothing is lost, nothing doubled, order per subject kept, copies equal.

Real RabbitMQ, real PostgreSQL, real worker processes. The writer is registry's own action.
"""

import importlib
import json
import re
import signal
import threading
import time
from contextlib import closing
from datetime import date
from typing import Any
from uuid import UUID

import pika
import sqlalchemy as sa
from flask import Flask

from services.registry import actions
from shared import clock, ids
from shared.messaging.envelope import Envelope
from shared.person import Person
from shared.service import service_of
from tests.broker.network import Network, wait_for
from tests.broker.servers import Broker

SYSTEM = Person.system("registry")
LISTENERS = ("events", "expertise", "reports")
NAME = "registry.organisation.changed.v1"


class Writers:
    """Three people who register organisations and rename them, until told to stop."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.stopping = threading.Event()
        self.done = 0
        self._count = threading.Lock()
        with app.app_context():
            self.order = actions.record_act(
                SYSTEM,
                kind="ORDER",
                number=str(ids.new_id()),
                date=date(2019, 12, 31),
                title="О наименованиях",
                level="LOCAL",
            )
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(3)]
        for thread in self._threads:
            thread.start()

    def _write(self, who: int) -> None:
        number = 0
        while not self.stopping.is_set():
            with self.app.app_context():
                key = actions.register_organisation(
                    SYSTEM, full_name=f"Школа {who}-{number}", roles=["OTHER"], source_text=None
                )
            for change in range(3):
                with self.app.app_context():
                    actions.rename_organisation(
                        SYSTEM,
                        organisation_id=key,
                        full_name=f"Школа {who}-{number} ред. {change}",
                        valid_from=date(2020, 1, 1 + change),
                        act_id=self.order,
                    )
            number += 1
            with self._count:
                self.done += 4
            time.sleep(0.01)

    def stop(self) -> int:
        self.stopping.set()
        for thread in self._threads:
            thread.join(30)
        return self.done


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), service_of(app).db.engine.connect() as connection:
        return list(connection.execute(sa.select(table)))


def organisations(app: Flask) -> dict[UUID, str]:
    """What a service knows of organisations: its own rows, or its copies."""
    name = service_of(app).name
    room = importlib.import_module(f"services.{name}.{'model' if name == 'registry' else 'readmodel'}")
    return {row.id: row.full_name for row in rows(app, room.Organisation.__table__)}


def assert_converged(network: Network, written: int, *, parked: int = 0) -> None:
    """Every written message came once to every listener, in the order of its subject, and the copies are equal."""
    registry = network.app("registry")
    told = [row for row in rows(registry, service_of(registry).tables.outbox.__table__) if row.name == NAME]
    assert len(told) == written
    assert all(row.published_at for row in told)
    source = organisations(registry)
    for service in LISTENERS:
        app = network.app(service)
        inbox = [row for row in rows(app, service_of(app).tables.inbox.__table__) if row.name == NAME]
        assert {row.message_id for row in told} <= {row.message_id for row in inbox}
        assert len({row.message_id for row in inbox}) == len(inbox)
        assert sum(1 for row in inbox if row.parked_at) == parked
        assert all(row.handled_at or row.parked_at for row in inbox)
        last: dict[str, tuple[Any, int]] = {}
        for row in sorted(inbox, key=lambda r: (r.handled_at or r.parked_at, r.version)):
            before = last.get(row.subject)
            assert before is None or before[1] < row.version, f"{service}: {row.subject} went back"
            last[row.subject] = (row.handled_at, row.version)
        assert organisations(app) == source
        # Shown by `make pytest ARGS="-rP tests/broker/test_chaos.py"`.
        print(f"{service}: {written} told, {len(inbox)} stored, {parked} parked, 0 lost, {len(source)} copies equal")


def test_workers_killed_in_mid_stream(network: Network) -> None:
    """kill -9 of the relay's and of a processor's process, three times each, while others write."""
    workers = network.start()
    writers = Writers(network.app("registry"))
    for _ in range(3):
        for victim in ("registry", "reports"):
            time.sleep(0.5)
            workers[victim].kill()
            workers[victim] = network.worker(victim, wait=False)
        time.sleep(2)
    written = writers.stop()
    network.settle()
    assert written > 100
    assert_converged(network, written)


def test_broker_killed_and_stopped_in_mid_stream(network: Network, broker: Broker) -> None:
    """The broker dies and comes back, is stopped in good order and comes back; workers find it again."""
    network.start()
    writers = Writers(network.app("registry"))
    # RabbitMQ 3.10 cannot recover a quorum queue that was killed within about three seconds of its making.
    time.sleep(4)
    broker.kill()
    time.sleep(0.5)
    broker.start()
    time.sleep(2)
    broker.restart()
    written = writers.stop()
    network.settle(90)
    assert_converged(network, written)


def test_connections_cut_by_the_broker(network: Network, broker: Broker) -> None:
    """Every connection closed at once, several times."""
    workers = network.start()
    writers = Writers(network.app("registry"))
    for _ in range(3):
        time.sleep(0.5)
        broker.ctl("close_all_connections", "chaos")
    written = writers.stop()
    network.settle(90)
    assert_converged(network, written)
    assert all(worker.alive for worker in workers.values())


def test_duplicates_forgeries_garbage_and_poison(network: Network, broker: Broker) -> None:
    """Delivered twice: once handled. Forged or broken: the dead-letter queue. Poison: the desk, alone."""
    network.start()
    registry = network.app("registry")
    with registry.app_context():
        actions.register_organisation(SYSTEM, full_name="Первая школа", roles=["OTHER"])
    network.settle()
    (genuine,) = [
        row.envelope
        for row in rows(registry, service_of(registry).tables.outbox.__table__)
        if row.name == NAME
    ]
    poison = Envelope(
        id=ids.new_id(),
        service="registry",
        name=NAME,
        subject=str(ids.new_id()),
        version=1,
        time=clock.now(),
        data={"organisation_id": "not an identifier"},
    ).wrap()
    forged = json.dumps({**json.loads(genuine), "id": str(ids.new_id())})
    connection = pika.BlockingConnection(pika.URLParameters(broker.url("registry")))
    with closing(connection):
        channel = connection.channel()
        channel.confirm_delivery()
        own = pika.BasicProperties(delivery_mode=2, user_id="registry")
        for body in (genuine, genuine, poison):
            channel.basic_publish("metodset.events", NAME, body.encode(), own)
        for body in (b"", b"\xff\x00", b'{"specversion": "1.0"}', b"[" * 5000):
            channel.basic_publish("metodset.events", NAME, body, own)
        # Nobody vouches for the sender of this one.
        channel.basic_publish("metodset.events", NAME, forged.encode(), pika.BasicProperties(delivery_mode=2))
    with registry.app_context():
        actions.register_organisation(SYSTEM, full_name="Вторая школа", roles=["OTHER"])
    network.settle()
    for service in LISTENERS:
        wait_for(lambda service=service: broker.queue_depth(f"{service}.dead") == 5, 10)
    assert_converged(network, 2, parked=1)


def test_three_workers_share_the_inbox(network: Network) -> None:
    """Three workers of one service: each does a part, one is frozen in the middle, order per subject holds."""
    workers = [network.worker("reports", wait=False) for _ in range(3)]
    network.start("registry", "events", "expertise")
    writers = Writers(network.app("registry"))
    time.sleep(3)
    workers[0].freeze()
    time.sleep(1)
    workers[0].thaw()
    time.sleep(1)
    written = writers.stop()
    network.settle(90)
    assert_converged(network, written)
    shares = []
    for worker in workers:
        assert worker.stop(signal.SIGTERM) == 0
        shares.append(int(re.findall(r'"handled": (\d+)', worker.said())[-1]))
    assert sum(shares) >= written
    assert all(share > 0 for share in shares), shares


def test_workers_end_politely(network: Network) -> None:
    """SIGTERM ends every worker with exit code 0, idle or busy."""
    workers = network.start()
    writers = Writers(network.app("registry"))
    time.sleep(1)
    codes = {service: worker.stop(signal.SIGTERM) for service, worker in workers.items()}
    written = writers.stop()
    assert codes == dict.fromkeys(workers, 0)
    network.start()
    network.settle()
    assert_converged(network, written)


def test_a_database_that_cuts_its_connections_is_waited_for(network: Network) -> None:
    """Every connection of a listener's database ended by the server: the worker goes on, nothing is lost."""
    workers = network.start()
    writers = Writers(network.app("registry"))
    for _ in range(3):
        time.sleep(0.5)
        network.postgres.cut(network.database("reports"))
    written = writers.stop()
    network.settle(90)
    assert all(worker.alive for worker in workers.values())
    assert_converged(network, written)
