"""People and their accounts: ``accounts``, one for each cabinet, and one for each expert of the contest.

Passwords are drawn at the first start of an installation and kept in one file that only its owner may read;
none of them is in the code.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.demo.outline import day, keyed, outline
from services.demo.people import Somebody
from services.demo.world import World
from services.local import ACCOUNTS
from services.registry import actions as registry
from shared.person import Grant, Person, Role

_TITLES = {
    Role.SYSTEM_ADMIN: "системный администратор",
    Role.OPERATOR: "оператор сети (КНМЦ)",
    Role.SECRETARY: "секретарь конкурса",
    Role.COUNCIL: "член координационного совета",
    Role.EXPERT: "эксперт",
    Role.TMS: "ТМС",
    Role.EDU_AUTHORITY: "МОУО",
    Role.ORGANISATION: "образовательная организация",
    Role.IRO: "ИРО",
    Role.PARTICIPANT: "участник мероприятий",
}
#: Roles that act for an organisation, and the one that acts for a municipality.
_FOR_ORGANISATION = (Role.TMS, Role.ORGANISATION, Role.IRO)
_FOR_MUNICIPALITY = (Role.EDU_AUTHORITY,)
#: Letters and digits that nobody mistakes for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def administrator(world: World) -> None:
    """The first account of an installation is made by the service itself."""
    world.staff["admin"] = Person.system("registry")
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        registry.ensure_signing_key()
        _open(world, next(item for item in outline()["accounts"] if item["login"] == "admin"))


def operator(world: World) -> None:
    """The administrator lets the operator of the network in; from here on the operator keeps the registry."""
    _staff(world, only="operator")


def everybody_else(world: World) -> None:
    """The other cabinets, once their organisations are registered."""
    _staff(world)


def experts(world: World, people: list[Somebody]) -> list[Person]:
    """Each expert of the contest signs in and signs for oneself."""
    known = world.staff["expert"]
    found = []
    with world.inside("registry", day(outline()["contest"]["drafted_on"])):
        for number, somebody in enumerate(people, 1):
            if somebody.id == known.person_id:
                found.append(known)
                continue
            login = f"expert{number:02d}"
            password = _password(login)
            account = registry.open_account(
                world.staff["admin"],
                person_id=somebody.id,
                login=login,
                password=password,
                grants=[{"role": Role.EXPERT}],
            )
            world.credentials.append((login, password, f"эксперт конкурса: {somebody.name.short}"))
            found.append(Person(account, somebody.id, somebody.name.full, (Grant(Role.EXPERT),)))
    return found


def enter(world: World, position: str, organisation: str | None) -> Somebody:
    """A synthetic person comes into the registry; ``organisation`` is a key of the outline or a school's."""
    name = next(world.names)
    key = world.organisations[organisation] if organisation else None
    person = registry.add_person(
        world.staff["admin"],
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        position=position,
        organisation_id=key,
        is_synthetic=True,
    )
    return Somebody(person, name, key)


def write_down(world: World, folder: Path) -> None:
    """Keep logins and passwords in a file of the data folder that only its owner may read."""
    cabinets = len(outline()["accounts"])
    parts = [_table(world.credentials[:cabinets]), _table(world.credentials[cabinets:])]
    path = folder / ACCOUNTS
    path.touch(mode=0o600)
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def written_down(folder: Path) -> list[str]:
    """The table of the cabinets as it was written down; empty when somebody took the file away."""
    path = folder / ACCOUNTS
    return path.read_text(encoding="utf-8").split("\n\n")[0].splitlines() if path.exists() else []


def _staff(world: World, only: str | None = None) -> None:
    with world.inside("registry", day(outline()["meta"]["entered_on"])):
        for item in outline()["accounts"]:
            if item["login"] not in world.staff and only in (None, item["login"]):
                _open(world, item)


def _open(world: World, item: Mapping[str, Any]) -> None:
    """One account of the outline: the person, the login, the role with its scope."""
    somebody = enter(world, item["position"], item.get("organisation"))
    role = Role(item["role"])
    municipality = keyed("organisations").get(item.get("organisation", ""), {}).get("municipality")
    grant = Grant(
        role,
        somebody.organisation_id if role in _FOR_ORGANISATION else None,
        municipality if role in (*_FOR_MUNICIPALITY, *_FOR_ORGANISATION) else None,
    )
    password = _password(item["login"])
    account = registry.open_account(
        world.staff["admin"],
        person_id=somebody.id,
        login=item["login"],
        password=password,
        grants=[
            {
                "role": grant.role,
                "organisation_id": grant.organisation_id,
                "municipality_oktmo": grant.municipality_oktmo,
            }
        ],
    )
    world.staff[item["login"]] = Person(account, somebody.id, somebody.name.full, (grant,))
    world.people[item["login"]] = somebody
    world.credentials.append((item["login"], password, f"{_TITLES[role]}: {somebody.name.short}"))


def _password(login: str) -> str:
    """Twelve letters and digits in groups of four: 59 bits, easy to type."""
    while True:
        password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
        if login not in password:
            return password


def _table(rows: list[tuple[str, str, str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(
        f"{login:<{widths[0]}}  {password:<{widths[1]}}  {purpose}" for login, password, purpose in rows
    )
