"""Names of municipalities on a day (BR-11)."""

import sqlalchemy as sa

from services.registry import model
from services.registry.queries.asof import as_of, known_by
from services.registry.rules.facts import AsOf
from services.registry.rules.municipalities import MunicipalityVersion
from services.registry.rules.names import search_key
from shared.unit import read


def municipality_names(at: AsOf | None = None) -> dict[str, str]:
    """Short names of all municipalities on a day, by code (BR-11)."""
    names = {oktmo: version.short_name for oktmo, (_, version) in named(at or as_of()).items()}
    return dict(sorted(names.items(), key=lambda item: search_key(item[1])))


def named(at: AsOf) -> dict[str, tuple[model.Municipality, MunicipalityVersion]]:
    """Municipalities with kind and names of a day, as known on a day, by code."""
    seen = known_by(at)
    return {
        row.oktmo: (row, row.named_on(at.on, seen)) for row in read().scalars(sa.select(model.Municipality))
    }
