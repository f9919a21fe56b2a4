"""``python -m tests.bench``: every measurement, printed as it is made."""

from tests.bench import importing, messages
from tests.broker.servers import Broker, Postgres


def main() -> None:
    """Start the servers, measure, print."""
    postgres, broker = Postgres(), Broker()
    try:
        broker.start()
        for found in (messages.run(postgres, broker), importing.run(postgres)):
            for name, value in found.items():
                print(f"{name:45} {value:12,.2f}", flush=True)
    finally:
        broker.close()
        postgres.close()


if __name__ == "__main__":
    main()
