"""Open news of the other services, for the landing page."""

from dataclasses import dataclass

import sqlalchemy as sa

from services.registry import readmodel
from shared.unit import read


@dataclass(frozen=True)
class News:
    """Open news of the other services."""

    editions: list[readmodel.Edition]
    report: readmodel.Report | None


def news() -> News:
    """Contests that accept entries or are announced, and the newest report; open to everybody."""
    editions = read().scalars(
        sa.select(readmodel.Edition)
        .where(readmodel.Edition.state.in_(["ANNOUNCED", "ACCEPTING"]))
        .order_by(readmodel.Edition.closes_on)
        .limit(5)
    )
    report = (
        read().scalars(sa.select(readmodel.Report).order_by(readmodel.Report.as_of.desc()).limit(1)).first()
    )
    return News(list(editions), report)
