"""All tests load the fixtures of shared.testing; real servers start when a test asks for them."""

import pytest

pytest_plugins = ["shared.testing.plugin", "tests.broker.fixtures"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files go to the workers as a whole, and all tests with servers to one worker: there is one broker."""
    for item in items:
        servers = item.get_closest_marker("broker") is not None
        item.add_marker(pytest.mark.xdist_group("servers" if servers else item.path.as_posix()))
