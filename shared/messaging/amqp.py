"""RabbitMQ: the only file that imports pika.

One durable topic exchange, one quorum queue per service, bindings for exactly the names it
consumes; retries and parking live in the inbox table, so nothing here is ever negatively
acknowledged. A connection belongs to the thread that made it.
"""

from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

import pika
import structlog
from pika.adapters.blocking_connection import BlockingChannel
from pika.adapters.select_connection import SelectConnection
from pika.exceptions import AMQPError
from pika.spec import Basic, BasicProperties

from shared import clock
from shared.messaging.envelope import CONTENT_TYPE
from shared.messaging.transport import EXCHANGE, Delivery, Parcel

log = structlog.get_logger()

HEARTBEAT = 30
PREFETCH = 1000
#: How long an answer of the broker is waited for before the connection is made anew (seconds).
PATIENCE = 15

#: What a worker may meet while the broker is away.
LOST = (AMQPError, OSError)


class NotConfirmed(AMQPError):  # type: ignore[misc]  # pika is not typed
    """The broker did not take every message of a batch; nothing of it counts as sent."""


def parameters(url: str) -> pika.URLParameters:
    """Connection parameters with our time limits."""
    found = pika.URLParameters(url)
    found.heartbeat = HEARTBEAT
    found.blocked_connection_timeout = 60
    found.socket_timeout = 10
    return found


class RabbitPublisher:
    """Publishes a batch with pipelined confirms: all are sent, then all confirmations awaited."""

    def __init__(self, url: str) -> None:
        self._parameters = parameters(url)
        self._error: BaseException | None = None
        self._ready = False
        self._closing = False
        self._tag = 0
        self._open: set[int] = set()
        self._refused = False
        self._warned: set[str] = set()
        self._channel: Any = None
        self._connection = SelectConnection(
            self._parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._on_channel),
            on_open_error_callback=lambda _connection, error: self._fail(error),
            on_close_callback=lambda _connection, error: self._fail(error),
        )
        self._loop_until(lambda: self._ready, PATIENCE)

    def publish(self, parcels: Sequence[Parcel]) -> None:
        """Send all; NotConfirmed (or a lost connection) means that the batch must be sent again."""
        self._refused = False
        user = self._parameters.credentials.username
        for parcel in parcels:
            self._tag += 1
            self._open.add(self._tag)
            self._channel.basic_publish(
                EXCHANGE,
                parcel.name,
                parcel.body,
                BasicProperties(
                    content_type=CONTENT_TYPE,
                    delivery_mode=2,
                    message_id=str(parcel.message_id),
                    type=parcel.name,
                    app_id=user,
                    user_id=user,
                    timestamp=int(clock.now().timestamp()),
                ),
                mandatory=True,
            )
        self._loop_until(lambda: not self._open, PATIENCE)
        if self._refused:
            raise NotConfirmed("the broker refused a message")

    def idle(self, seconds: float, socket: int | None) -> None:
        """Wait while heartbeats go on; return early when ``socket`` becomes readable."""
        loop = self._connection.ioloop
        woken = Event()
        if socket is not None:
            loop.add_handler(socket, lambda *_: self._stop(woken), loop.READ)
        try:
            self._loop_until(woken.is_set, seconds, patient=True)
        finally:
            if socket is not None:
                loop.remove_handler(socket)

    def close(self) -> None:
        """Close politely if the connection is still there."""
        if self._connection.is_open:
            self._closing = True
            self._connection.close()
            self._loop_until(lambda: self._connection.is_closed, 5, patient=True)

    def _on_channel(self, channel: Any) -> None:
        self._channel = channel
        channel.add_on_return_callback(self._on_return)
        channel.add_on_close_callback(lambda _channel, error: self._fail(error))
        channel.confirm_delivery(self._on_confirm, callback=lambda _frame: self._declare())

    def _declare(self) -> None:
        def declared(_frame: Any) -> None:
            self._ready = True
            self._connection.ioloop.stop()

        self._channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True, callback=declared)

    def _on_confirm(self, frame: Any) -> None:
        method = frame.method
        tags = (
            {t for t in self._open if t <= method.delivery_tag} if method.multiple else {method.delivery_tag}
        )
        self._open -= tags
        if not isinstance(method, Basic.Ack):
            self._refused = True
        if not self._open:
            self._connection.ioloop.stop()

    def _on_return(self, _channel: Any, _method: Any, properties: BasicProperties, _body: bytes) -> None:
        """Nobody listens to this name (yet): not an error, said once."""
        if properties.type not in self._warned:
            self._warned.add(properties.type)
            log.warning("nobody listens", name=properties.type)

    def _fail(self, error: BaseException) -> None:
        if not self._closing:
            self._error = error
        self._connection.ioloop.stop()

    def _stop(self, why: Event) -> None:
        why.set()
        self._connection.ioloop.stop()

    def _loop_until(self, done: Callable[[], bool], seconds: float, *, patient: bool = False) -> None:
        loop = self._connection.ioloop
        late = Event()
        timer = loop.call_later(seconds, lambda: self._stop(late))
        while not done() and not late.is_set() and self._error is None:
            loop.start()
        loop.remove_timeout(timer)
        if self._error is not None:
            error, self._error = self._error, None
            raise error if isinstance(error, LOST) else AMQPError(str(error))
        if late.is_set() and not patient:
            raise NotConfirmed(f"no answer of the broker within {seconds} s")


class RabbitReceiver:
    """Hands over what lies in the service's queue, in batches, each acknowledged once it is stored."""

    def __init__(self, url: str, service: str, names: Sequence[str]) -> None:
        self._connection = pika.BlockingConnection(parameters(url))
        self._channel: BlockingChannel = self._connection.channel()
        self._dead = f"{service}.dead"
        self._buffer: list[tuple[int, Delivery]] = []
        queue = f"{service}.in"
        # A refused delivery is acknowledged only after the dead-letter queue has it.
        self._channel.confirm_delivery()
        self._channel.exchange_declare(EXCHANGE, exchange_type="topic", durable=True)
        self._channel.queue_declare(self._dead, durable=True, arguments={"x-queue-type": "quorum"})
        self._channel.queue_declare(
            queue,
            durable=True,
            arguments={
                "x-queue-type": "quorum",
                "x-single-active-consumer": True,
                "x-delivery-limit": 20,
                "x-dead-letter-exchange": "",
                "x-dead-letter-routing-key": self._dead,
                "x-dead-letter-strategy": "at-least-once",
                "x-overflow": "reject-publish",
            },
        )
        for name in names:
            self._channel.queue_bind(queue, EXCHANGE, name)
        self._channel.basic_qos(prefetch_count=PREFETCH)
        self._channel.basic_consume(queue, self._on_message)

    def run(self, store: Callable[[list[Delivery]], list[tuple[Delivery, str]]], stopping: Event) -> None:
        """Store batch after batch; what ``store`` returns goes to the dead-letter queue."""
        while not stopping.is_set():
            self._connection.process_data_events(time_limit=1)
            if not self._buffer:
                return
            batch, self._buffer = self._buffer, []
            for delivery, reason in store([delivery for _, delivery in batch]):
                self._bury(delivery, reason)
            self._channel.basic_ack(batch[-1][0], multiple=True)

    def close(self) -> None:
        """Close politely if the connection is still there."""
        if self._connection.is_open:
            self._connection.close()

    def _on_message(self, _channel: Any, method: Any, properties: BasicProperties, body: bytes) -> None:
        self._buffer.append((method.delivery_tag, Delivery(method.routing_key, body, properties.user_id)))

    def _bury(self, delivery: Delivery, reason: str) -> None:
        properties = BasicProperties(delivery_mode=2, type=delivery.name, headers={"x-refused": reason[:500]})
        self._channel.basic_publish("", self._dead, delivery.body, properties)
