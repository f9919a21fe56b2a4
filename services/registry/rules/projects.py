"""S-001…S-004, S-041…S-050: a project of the network — its period, numbered tasks and target groups."""

from collections.abc import Sequence
from datetime import date

from shared.refusal import N_, Refused


def check_period(starts_on: date | None, ends_on: date | None) -> None:
    """A project ends after it begins; either end may be unknown (model 3.2)."""
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused("PROJECT", N_("Окончание проекта раньше начала"), field="ends_on")


def distinct(keys: Sequence[str], field: str) -> None:
    """Tasks and target groups of a project do not repeat (S-041…S-050)."""
    if len(set(keys)) != len(keys):
        raise Refused("PROJECT", N_("Одно и то же указано дважды"), field=field)
