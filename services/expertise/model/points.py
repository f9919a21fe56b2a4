"""Scores as they are printed."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from shared.db import DecimalText

PRINTED = Decimal("0.01")


class Points(DecimalText):
    """A percent or a final score: two decimals on every database, as it is printed (BR-51)."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """The stored value with exactly two decimals."""
        exact = super().process_result_value(value, dialect)
        return None if exact is None else exact.quantize(PRINTED)
