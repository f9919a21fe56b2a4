"""Who stands behind an account, for threads and marks."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from services.registry import model
from shared.person import Role
from shared.unit import read


def author_names(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of the people behind accounts; an account that is gone has none (PD-12)."""
    wanted = {key for key in accounts if key is not None}
    rows = read().execute(
        sa.select(model.Account.id, model.Person)
        .join(model.Person, model.Person.id == model.Account.person_id)
        .where(model.Account.id.in_(wanted))
    )
    return {key: person.initials for key, person in rows}


def works_for_operator(person_id: UUID) -> bool:
    """Whether a person has an open account of the operator (S-086)."""
    return str(person_id) in dict(operator_people())


def operator_people() -> list[tuple[str, str]]:
    """People of the operator who may answer for a case: value and text (S-086)."""
    rows = read().scalars(
        sa.select(model.Person)
        .join(model.Account, model.Account.person_id == model.Person.id)
        .join(model.AccountGrant, model.AccountGrant.account_id == model.Account.id)
        .where(model.AccountGrant.role == Role.OPERATOR, model.Account.active)
        .order_by(model.Person.search_key)
        .distinct()
    )
    return [(str(person.id), person.initials) for person in rows]
