"""All tests load the fixtures of shared.testing; real servers start when a test asks for them."""

pytest_plugins = ["shared.testing.plugin", "tests.broker.fixtures"]
