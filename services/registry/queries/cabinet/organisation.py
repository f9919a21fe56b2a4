"""The own organisation in a cabinet: what its card does not say yet (model 3.6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from services.registry import model
from services.registry.queries.asof import as_of, values
from services.registry.rules.cabinets import DETAILS, missing_details
from services.registry.rules.kinds import FactKind
from shared.unit import read


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation of one's own and what its card lacks."""

    organisation: model.Organisation
    missing: list[str]


def own_organisations(ids: Collection[UUID], today: date) -> list[OwnOrganisation]:
    """Own organisations and the missing data of their cards (model 3.6)."""
    table = model.Organisation
    rows = read().scalars(
        sa.select(table)
        .options(lazyload(table.role_rows))
        .where(table.id.in_(ids))
        .order_by(table.search_key, table.id)
    )
    heads = values(ids, [FactKind.HEAD], as_of(today))
    return [
        OwnOrganisation(
            row,
            missing_details(
                {name: heads.get(row.id) if name == "head" else getattr(row, name) for name in DETAILS}
            ),
        )
        for row in rows
    ]
