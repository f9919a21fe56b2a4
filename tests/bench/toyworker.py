"""``python -m tests.bench.toyworker NAME DATABASE_URL AMQP_URL``: the worker of a toy service, a process of its own."""

import sys
from pathlib import Path

from shared.messaging.worker import Worker
from tests.messages.toy import Toy

if __name__ == "__main__":
    name, database, broker = sys.argv[1:]
    sys.exit(Worker(Toy(name, Path(), url=database, amqp_url=broker).app).run())
