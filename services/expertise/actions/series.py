"""Contest series and rubrics."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.expertise import access
from services.expertise.model import ContestEdition, ContestSeries, Rubric
from services.expertise.readmodel import Organisation
from services.expertise.rules.rubrics import as_data, read_rubric
from services.expertise.rules.vocabulary import ContestLevel, OrdinalStyle
from shared import clock
from shared.person import Person
from shared.refusal import N_, Refused
from shared.unit import work


def add_contest_series(
    who: Person,
    *,
    name: str,
    organiser_id: UUID,
    level: ContestLevel | str = ContestLevel.MUNICIPAL,
    code: str,
    ordinal_style: OrdinalStyle | str = OrdinalStyle.ROMAN,
) -> UUID:
    """Open a contest series; its code begins the registration numbers and is unique (BR-38)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        if u.session.get(Organisation, organiser_id) is None:
            raise Refused("3.2 ContestSeries", N_("Организатор не найден в реестре"), field="organiser_id")
        if u.session.scalar(sa.select(ContestSeries.id).where(ContestSeries.code == code)):
            raise Refused("BR-38", N_("Серия с кодом %(code)s уже есть"), field="code", code=code)
        series = u.add(
            ContestSeries(
                name=name,
                code=code,
                organiser_id=organiser_id,
                level=ContestLevel(level),
                ordinal_style=OrdinalStyle(ordinal_style),
            )
        )
        u.journal("contest_series.added", series)
        return series.id


def edit_contest_series(
    who: Person,
    *,
    series_id: UUID,
    name: str,
    organiser_id: UUID,
    level: ContestLevel | str,
    ordinal_style: OrdinalStyle | str,
) -> None:
    """Change a series; a former name stays in its history, the code of its numbers never changes (BR-38)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        series = u.get(ContestSeries, series_id)
        if u.session.get(Organisation, organiser_id) is None:
            raise Refused("3.2 ContestSeries", N_("Организатор не найден в реестре"), field="organiser_id")
        if name != series.name:
            former = {"name": series.name, "until": clock.today().isoformat()}
            series.former_names = [*series.former_names, former]
            series.name = name
            for edition in u.session.scalars(
                sa.select(ContestEdition).where(ContestEdition.series_id == series_id)
            ):
                u.announce(edition)
        series.organiser_id = organiser_id
        series.level = ContestLevel(level)
        series.ordinal_style = OrdinalStyle(ordinal_style)
        u.journal("contest_series.edited", series)


def add_rubric(
    who: Person, *, code: str, title: str, criteria: Sequence[Mapping[str, Any]], scale: Mapping[str, Any]
) -> UUID:
    """Add a rubric, or the next version of the one with this code: a version itself never changes (BR-36)."""
    with work(who) as u:
        access.require_contest_keeper(who)
        rules = read_rubric(criteria, scale)
        plain, common = as_data(rules)
        latest = u.session.scalar(sa.select(sa.func.max(Rubric.number)).where(Rubric.code == code))
        rubric = u.add(
            Rubric(
                code=code,
                number=(latest or 0) + 1,
                title=title,
                criteria=plain,
                scale=common,
            )
        )
        u.journal("rubric.added", rubric, {"code": code, "number": rubric.number})
        return rubric.id
