"""All tests load the fixtures of shared.testing; real servers start when a test asks for them."""

import pytest

pytest_plugins = ["shared.testing.plugin", "tests.broker.fixtures", "tests.demo"]

#: What takes longest for one group begins first, so that no process is left alone with it at the end.
FIRST = ("tests/pages/", "tests/suite/", "tests/services/registry/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files go to the workers as a whole, and all tests with servers to one worker: there is one broker."""
    for item in items:
        servers = item.get_closest_marker("broker") is not None
        item.add_marker(pytest.mark.xdist_group("servers" if servers else item.path.as_posix()))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """Servers, then the folders of FIRST, then the rest; inside a turn the order stays random."""
    if item.get_closest_marker("broker") is not None:
        return 0
    return next((turn for turn, folder in enumerate(FIRST, 1) if item.nodeid.startswith(folder)), len(FIRST) + 1)
