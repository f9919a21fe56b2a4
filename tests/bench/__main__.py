"""``python -m tests.bench``: every measurement, printed as it is made; names of parts narrow it."""

import sys
from collections.abc import Callable, Mapping

from tests.bench import asof, assignment, calibration, importing, messages, proof, rating, search, simulation
from tests.broker.servers import Broker, Postgres

#: Parts that need no server.
COUNTED: Mapping[str, Callable[[], dict[str, float]]] = {
    "assignment": assignment.run,
    "calibration": calibration.run,
    "simulation": simulation.run,
}
#: Parts that need a database alone.
PARTS: Mapping[str, Callable[[Postgres], dict[str, float]]] = {
    "asof": asof.run,
    "search": search.run,
    "importing": importing.run,
    "proof": proof.run,
    "rating": rating.run,
}


def main(wanted: list[str]) -> None:
    """Count, then start the servers that are needed, measure, print."""
    for name, count in COUNTED.items():
        if not wanted or name in wanted:
            say(count())
    if wanted and not set(wanted) - set(COUNTED):
        return
    postgres = Postgres()
    try:
        for name, part in PARTS.items():
            if not wanted or name in wanted:
                say(part(postgres))
        if not wanted or "messages" in wanted:
            broker = Broker()
            try:
                broker.start()
                say(messages.run(postgres, broker))
            finally:
                broker.close()
    finally:
        postgres.close()


def say(found: Mapping[str, float]) -> None:
    """One figure a line."""
    for name, value in found.items():
        print(f"{name:70} {value:12,.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
