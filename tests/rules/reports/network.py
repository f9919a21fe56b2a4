"""The network of the demo outline as facts: the oracle of the indicators on 31.12.2020."""

from datetime import date
from uuid import UUID

from services.reports.rules.facts import (
    Agreement,
    Facts,
    Municipality,
    Organisation,
    OrgCount,
    Platform,
    Stage,
)
from services.reports.rules.periods import Period, Term

KRASNODAR = "03701000"
AS_OF = date(2020, 12, 31)
YEAR_2020 = Period(date(2020, 1, 1), AS_OF)
TMS_CODES = [f"036{number:02}000" for number in range(1, 12)]
OTHER_CODES = [f"036{number:02}000" for number in range(12, 44)]
OPERATOR = UUID(int=1)
START, END = date(2019, 1, 1), date(2021, 12, 31)


def key(number: int) -> UUID:
    """A readable identifier."""
    return UUID(int=number)


def demo() -> Facts:
    """44 municipalities, 11 agreements, 87 supervised platforms and 32 others, 98 organisations on them."""
    schools = [Organisation(key(1000 + n), KRASNODAR) for n in range(246)]
    tms = [Organisation(key(100 + n), code, is_tms=True) for n, code in enumerate(TMS_CODES)]
    organisations = {o.id: o for o in [Organisation(OPERATOR, KRASNODAR), *tms, *schools]}
    municipalities = [Municipality(code, True) for code in [*TMS_CODES, *OTHER_CODES, KRASNODAR]]
    return Facts(
        as_of=AS_OF,
        period=YEAR_2020,
        municipalities=municipalities,
        org_counts=[OrgCount(key(5), KRASNODAR, 2020, 246)],
        organisations=organisations,
        platforms=_platforms([school.id for school in schools[:98]]),
        agreements=[
            Agreement(key(200 + n), OPERATOR, code, END, date(2019, 3, 12), None)
            for n, code in enumerate(TMS_CODES)
        ],
        stages=[
            Stage(key(300 + n), key(400 + n), code, "TRANSFORMED" if n < 3 else "STAFF_TRAINED", START)
            for n, code in enumerate(TMS_CODES)
        ],
    )


def _platforms(workers: list[UUID]) -> list[Platform]:
    kinds = (
        [("MUNICIPAL", START, True)] * 41
        + [("MUNICIPAL", date(2020, 12, 1), True)] * 20
        + [("MUNICIPAL_NETWORK", START, True)] * 26
        + [("KRAI", START, False)] * 14
        + [("FEDERAL", START, False)] * 3
        + [("PARTNER", START, False)] * 9
        + [("FGOS_PILOT", START, False)] * 6
    )
    return [
        Platform(
            key(500 + n),
            kind,
            KRASNODAR,
            frozenset({workers[n % len(workers)]}),
            counts,
            (Term(since, None if kind == "PARTNER" else END),),
        )
        for n, (kind, since, counts) in enumerate(kinds)
    ]
