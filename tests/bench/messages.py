"""P1, P2, P3: the outbox → RabbitMQ → inbox road against the bare broker client on the same machine and run."""

import os
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pika
import sqlalchemy as sa

from shared import clock, ids
from shared.messaging import amqp
from shared.messaging.store import notify
from shared.person import Person
from shared.service import service_of
from shared.unit import transaction, work
from tests.broker.servers import ROOT, Broker, Postgres, Process
from tests.messages.toy import Toy

COUNT = 5000
WHO = Person.system("alpha")


def run(postgres: Postgres, broker: Broker) -> dict[str, float]:
    """Measure; a dictionary of names and ratios (or seconds where the name says so)."""
    with TemporaryDirectory() as folder:
        pair = [
            Toy(n, Path(folder), url=postgres.url(postgres.fresh()), amqp_url=broker.url(n))
            for n in ("alpha", "beta")
        ]
        return {**throughput(*pair, broker, Path(folder)), **latency(*pair, broker, Path(folder))}


def write(alpha: Toy, count: int, per_unit: int = 500) -> None:
    """Make notes true, so many in one unit of work."""
    with alpha.app.app_context():
        for _ in range(count // per_unit):
            with work(WHO) as u:
                for _ in range(per_unit):
                    u.announce(u.add(alpha.Note(text="x" * 90)))


def body(alpha: Toy) -> bytes:
    """A real envelope, for the yardstick to carry."""
    with alpha.app.app_context():
        return alpha.db.session.scalars(sa.select(alpha.Outbox.envelope).limit(1)).one().encode()


def throughput(alpha: Toy, beta: Toy, broker: Broker, folder: Path) -> dict[str, float]:
    """Messages per second: a bare pair; outbox → inbox rows; outbox → read model. Workers are processes."""
    write(alpha, COUNT)
    hide(alpha)
    bare = bare_pair(broker, body(alpha))
    inbox = beta.Inbox.__table__
    with working(folder, alpha, beta):
        listening(broker)
        begun = time.perf_counter()
        show(alpha)
        with beta.app.app_context(), beta.db.engine.connect() as connection:
            rows = until(connection, sa.select(sa.func.count()).select_from(inbox), begun)
            done = sa.select(sa.func.count()).select_from(inbox).where(inbox.c.handled_at.is_not(None))
            handled = until(connection, done, begun)
    return {
        "bare pika pair, msg/s": bare,
        "outbox → inbox rows, msg/s": COUNT / rows,
        "outbox → read model, msg/s": COUNT / handled,
        "P1 rows : bare (goal ≥ 0.6)": COUNT / rows / bare,
        "P1 read model : bare (goal ≥ 0.3)": COUNT / handled / bare,
    }


def hide(alpha: Toy) -> None:
    """Let the prepared messages look sent."""
    with alpha.app.app_context(), transaction() as session:
        session.execute(sa.update(alpha.Outbox).values(published_at=clock.now()))


def show(alpha: Toy) -> None:
    """Let all prepared messages become due in one moment, with the bell."""
    with alpha.app.app_context(), transaction() as session:
        session.execute(sa.update(alpha.Outbox).values(published_at=None))
        notify(session, "outbox")


def until(connection: sa.Connection, counting: sa.Select[tuple[int]], begun: float) -> float:
    """Seconds until the count has reached all messages."""
    while (connection.scalar(counting) or 0) < COUNT:
        connection.rollback()
        time.sleep(0.01)
    return time.perf_counter() - begun


def listening(broker: Broker) -> None:
    """Wait until the workers are up."""
    while broker.queue_depth("beta.in") is None:
        time.sleep(0.1)
    time.sleep(1.5)


def bare_pair(broker: Broker, envelope: bytes) -> float:
    """Persistent messages through a durable quorum queue: pipelined confirms, one acknowledgement per hundred."""
    publisher = amqp.RabbitPublisher(broker.url("alpha"))
    connection = pika.BlockingConnection(pika.URLParameters(broker.url("beta")))
    with closing(connection):
        channel = connection.channel()
        channel.queue_declare("beta.in", durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind("beta.in", amqp.EXCHANGE, "alpha.bare.sent.v1")
        channel.basic_qos(prefetch_count=1000)
        parcel = [amqp.Parcel(ids.new_id(), "alpha.bare.sent.v1", envelope) for _ in range(1000)]
        begun = time.perf_counter()
        sender = threading.Thread(target=lambda: [publisher.publish(parcel) for _ in range(COUNT // 1000)])
        sender.start()
        for got, (method, _properties, _body) in enumerate(channel.consume("beta.in"), start=1):
            if got % 100 == 0:
                channel.basic_ack(method.delivery_tag, multiple=True)
            if got == COUNT:
                break
        seconds = time.perf_counter() - begun
        sender.join()
        channel.cancel()
        channel.queue_delete("beta.in")
    publisher.close()
    return COUNT / seconds


@contextmanager
def working(folder: Path, *toys: Toy) -> Iterator[None]:
    """The worker of each toy, a process of its own as in production."""
    processes = []
    for toy in toys:
        settings = service_of(toy.app).settings
        told = [settings.service, settings.database_url, settings.amqp_url]
        command = [sys.executable, "-m", "tests.bench.toyworker", *told]
        processes.append(Process(command, dict(os.environ), folder / f"{settings.service}.log", ROOT))
    yield
    for process in processes:
        process.stop()


def latency(
    alpha: Toy, beta: Toy, broker: Broker, folder: Path, count: int = 400, rate: float = 200
) -> dict[str, float]:
    """From the commit to the row in the other service's read model, at 200 a second, against a bare round trip."""
    broker.reset()
    bare = round_trips(broker, count, rate)
    broker.reset()
    seen: dict[str, float] = {}
    written: dict[str, float] = {}
    with working(folder, alpha, beta):
        listening(broker)
        stop = threading.Event()

        def watch() -> None:
            note = beta.Note.__table__
            with (
                beta.app.app_context(),
                beta.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
            ):
                while not stop.is_set() and len(seen) < count:
                    waiting = [key for key in list(written) if key not in seen]
                    if waiting:
                        for key in connection.scalars(sa.select(note.c.id).where(note.c.id.in_(waiting))):
                            seen.setdefault(key, time.perf_counter())
                    # Every 2 ms: a busier watcher would take the cores from what it watches.
                    time.sleep(0.002)

        watcher = threading.Thread(target=watch)
        watcher.start()
        with alpha.app.app_context():
            for _ in range(count):
                begun = time.perf_counter()
                with work(WHO) as u:
                    note = u.add(alpha.Note(text="timed"))
                    u.announce(note)
                    u.session.flush()
                    key = note.id
                written[key] = time.perf_counter()
                time.sleep(max(0, 1 / rate - (time.perf_counter() - begun)))
        watcher.join(20)
        stop.set()
    ours = sorted(seen[key] - written[key] for key in seen)
    p50, p99 = statistics.median(ours), ours[int(len(ours) * 0.99) - 1]
    return {
        "bare round trip p50, ms": bare[0] * 1000,
        "bare round trip p99, ms": bare[1] * 1000,
        "commit → visible p50, ms": p50 * 1000,
        "commit → visible p99, ms": p99 * 1000,
        "P2 p50 : bare (goal ≤ 5)": p50 / bare[0],
        "P2 p99 : bare (goal ≤ 6)": p99 / bare[1],
    }


def round_trips(broker: Broker, count: int, rate: float) -> tuple[float, float]:
    """p50 and p99 of: publish, confirm, receive — nothing else."""
    sent: dict[str, float] = {}
    took: list[float] = []
    publisher = amqp.RabbitPublisher(broker.url("alpha"))
    connection = pika.BlockingConnection(pika.URLParameters(broker.url("beta")))
    with closing(connection):
        channel = connection.channel()
        channel.queue_declare("beta.in", durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind("beta.in", amqp.EXCHANGE, "alpha.bare.sent.v1")

        def send() -> None:
            for _ in range(count):
                parcel = amqp.Parcel(ids.new_id(), "alpha.bare.sent.v1", b"x" * 700)
                sent[str(parcel.message_id)] = begun = time.perf_counter()
                publisher.publish([parcel])
                time.sleep(max(0, 1 / rate - (time.perf_counter() - begun)))

        sender = threading.Thread(target=send)
        sender.start()
        for method, properties, _body in channel.consume("beta.in"):
            took.append(time.perf_counter() - sent[properties.message_id])
            channel.basic_ack(method.delivery_tag)
            if len(took) == count:
                break
        sender.join()
        channel.cancel()
        channel.queue_delete("beta.in")
        publisher.close()
    took.sort()
    return statistics.median(took), took[int(count * 0.99) - 1]
