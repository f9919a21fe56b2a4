"""BR-11: kind and names of a municipality by date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.registry.rules.kinds import FactKind, MunicipalityKind
from services.registry.rules.organisations import valid_on

#: The facts that together name a municipality.
NAMING = (FactKind.MO_NAME, FactKind.MO_OFFICIAL_NAME, FactKind.MO_KIND, FactKind.MO_CENTRE)


@dataclass(frozen=True)
class MunicipalityVersion:
    """Kind and names of a municipality from a date on (BR-11, F-52)."""

    valid_from: date
    kind: MunicipalityKind
    short_name: str
    official_name: str
    centre: str | None


def version_on(held: Mapping[FactKind, Sequence[tuple[date, str]]], day: date) -> MunicipalityVersion:
    """Kind and names on a day, from the timelines of each: (since when, what)."""
    centre = held[FactKind.MO_CENTRE]
    return MunicipalityVersion(
        valid_from=day,
        kind=MunicipalityKind(valid_on(held[FactKind.MO_KIND], day)),
        short_name=valid_on(held[FactKind.MO_NAME], day),
        official_name=valid_on(held[FactKind.MO_OFFICIAL_NAME], day),
        centre=valid_on(centre, day) if centre else None,
    )
