"""The main job, end to end by API, over real RabbitMQ and PostgreSQL with real workers."""

from tests.broker.network import Network
from tests.broker.servers import SERVICES
from tests.suite.journey import Journey
from tests.suite.worlds import InProcess


def test_the_main_job_over_the_broker(network: Network) -> None:
    """The same road as in one process: only the carrier of messages and the databases differ."""
    network.start()
    journey = Journey(InProcess({name: network.app(name) for name in SERVICES}, network.settle))
    journey.run()
    assert len(journey.log) == 6
