"""The outline of the demonstration: ``outline.yaml`` with its dates and moments read."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from shared.clock import MOSCOW

PATH = Path(__file__).with_name("outline.yaml")


@cache
def outline() -> Mapping[str, Any]:
    """The whole outline; nobody changes it."""
    data = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


@cache
def application() -> Mapping[str, Any]:
    """The customer's own application of 2020: its form and its texts (``application.yaml``)."""
    data = yaml.safe_load(PATH.with_name("application.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def chance(topic: str) -> Random:
    """The dice of one topic: the same on every machine, and a change in one topic moves no other."""
    return Random(f"{outline()['meta']['random_seed']} {topic}")


def day(text: str) -> date:
    """A date of the outline; a month (``2020-02``) means its first day."""
    return date.fromisoformat(text if len(text) > len("2020-02") else f"{text}-01")


def moment(text: str, hour: str = "") -> datetime:
    """A moment on the Moscow clock: ``2020-09-07T18:00``, or a date and an hour apart."""
    return datetime.fromisoformat(f"{text}T{hour}" if hour else text).replace(tzinfo=MOSCOW)


def keyed(section: str) -> dict[str, Mapping[str, Any]]:
    """A list of the outline by its keys."""
    return {item["key"]: item for item in outline()[section]}
