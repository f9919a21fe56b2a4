"""Contracts hold together: each message has a frozen sample that all read; each copy has a handler."""

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from shared.messaging.contract import Contract
from shared.testing.suite import SERVICES

SAMPLES = Path(__file__).parent / "samples"


def contract(service: str) -> Contract:
    importlib.import_module(f"services.{service}")
    found = importlib.import_module(f"services.{service}.messages").contract
    assert isinstance(found, Contract)
    return found



def only_known(data: Any, sample: Any) -> Any:
    """The data without what the sample does not have, at every depth: fields may be added there too."""
    if isinstance(sample, dict):
        return {key: only_known(data[key], inner) for key, inner in sample.items()}
    if isinstance(sample, list):
        return [only_known(one, inner) for one, inner in zip(data, sample, strict=True)]
    return data


PUBLISHED = [(service, name) for service in SERVICES for name in contract(service).published]
CONSUMED = [(service, name) for service in SERVICES for name in contract(service).consumed]


@pytest.mark.parametrize(("service", "name"), PUBLISHED)
def test_what_we_publish_still_has_the_frozen_shape(service: str, name: str) -> None:
    """Within a major version fields may be added, never removed, renamed or made stricter."""
    declared = contract(service).published[name]
    frozen = json.loads((SAMPLES / f"{name}.json").read_text())
    again = declared.dump(declared.load(frozen))
    assert only_known(again, frozen) == frozen
    assert declared.subject in frozen


@pytest.mark.parametrize(("service", "name"), CONSUMED)
def test_every_consumer_reads_the_sample_and_ignores_what_it_does_not_know(service: str, name: str) -> None:
    """A consumer's own copy must fit what the producer really sends, now and after an additive change."""
    declared = contract(service).consumed[name]
    frozen = json.loads((SAMPLES / f"{name}.json").read_text())
    plain = declared.load(frozen)
    assert declared.load({**frozen, "added_later": {"deep": [1]}}) == plain


@pytest.mark.parametrize("service", SERVICES)
def test_every_consumed_message_has_a_handler_and_a_publisher(service: str) -> None:
    """Nobody listens to a message that nobody tells or nobody handles."""
    ours = contract(service)
    published = {name for _, name in PUBLISHED}
    assert set(ours.consumed) <= published
    assert set(ours.handlers) == set(ours.consumed)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_no_sample_outlives_its_message(path: Path) -> None:
    """A sample without a publisher means that a message was dropped without a new major version."""
    assert path.stem in {name for _, name in PUBLISHED}
