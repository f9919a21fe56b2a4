"""An applied batch is taken back by correction: nothing of it is in force, what it was the history tells."""

from services.registry import model
from shared.unit import Unit


def organisations(u: Unit, batch: model.ImportBatch) -> None:
    raise NotImplementedError


def platforms(u: Unit, batch: model.ImportBatch) -> None:
    raise NotImplementedError
