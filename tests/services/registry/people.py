"""Real accounts for tests: a manager and somebody to be managed."""

from typing import Any
from uuid import UUID

from services.registry import actions, queries
from shared.person import Person, Role
from shared.unit import work
from tests.services.registry.conftest import World

PASSWORD = "лиловый рассвет над морем"
SYSTEM = Person.system("registry")


def human(world: World, last_name: str = "Рощина", first_name: str = "Вера") -> UUID:
    """A person of the first ТМС without an account."""
    return world.do(
        actions.add_person,
        SYSTEM,
        last_name=last_name,
        first_name=first_name,
        organisation_id=world.tms,
        is_synthetic=True,
    )


def account(world: World, login: str, *roles: Role | dict[str, Any], **more: Any) -> Person:
    """Somebody who has an account with these roles, as they are recognised today."""
    grants = [role if isinstance(role, dict) else {"role": role} for role in roles]
    with world.app.app_context():
        with work(SYSTEM):
            key = actions.open_account(
                SYSTEM, person_id=human(world), login=login, password=PASSWORD, grants=grants, **more
            )
        return queries.account_card(key)
