"""Commands of the registry alone."""

import os

import click
from flask.cli import with_appcontext

from services.registry import actions
from shared.person import Person, Role
from shared.refusal import Refused
from shared.unit import work

PASSWORD = "METODSET_ADMIN_PASSWORD"  # noqa: S105  # the name of an environment variable


@click.command("rotate-keys")
@click.option("--compromised", is_flag=True, help="retire the old keys at once; everybody signs in again")
@with_appcontext
def rotate_keys(compromised: bool) -> None:
    """Sign tokens with a new key from now on; the old one verifies until its last token has ended."""
    click.echo(actions.rotate_signing_key(Person.system("registry"), compromised=compromised))


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Make the search anew from everything the registry has, in portions of one transaction each."""
    click.echo(f"{actions.reindex(Person.system('registry'))} things can be found")


@click.command("create-admin")
@click.argument("login")
@with_appcontext
def create_admin(login: str) -> None:
    """Open the first account, LOGIN, with the roles of administrator and operator.

    The password is taken from the environment variable METODSET_ADMIN_PASSWORD or asked for.
    """
    password = os.environ.get(PASSWORD) or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    system = Person.system("registry")
    try:
        with work(system):
            person_id = actions.add_person(system, last_name=login, first_name="—", position="Администратор")
            actions.open_account(
                system,
                person_id=person_id,
                login=login,
                password=password,
                grants=[{"role": Role.SYSTEM_ADMIN}, {"role": Role.OPERATOR}],
            )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{login}: SYSTEM_ADMIN, OPERATOR")
