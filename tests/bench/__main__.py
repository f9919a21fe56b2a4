"""``python -m tests.bench``: every measurement, printed as it is made."""

from tests.bench import messages
from tests.broker.servers import Broker, Postgres


def main() -> None:
    """Start the servers, measure, print."""
    postgres, broker = Postgres(), Broker()
    try:
        broker.start()
        for name, value in messages.run(postgres, broker).items():
            print(f"{name:45} {value:12,.2f}", flush=True)
    finally:
        broker.close()
        postgres.close()


if __name__ == "__main__":
    main()
