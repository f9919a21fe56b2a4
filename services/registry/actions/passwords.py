"""Passwords: hashed with argon2id, compared in equal time."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from services.registry import model
from services.registry.rules import accounts

#: OWASP's parameters for argon2id: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hashed(password: str, login: str, person: model.Person, field: str = "password") -> str:
    """The hash of a new password that the rules accept for this person."""
    names = [name for name in (person.last_name, person.first_name, person.middle_name) if name]
    accounts.check_password(password, login, field, names)
    return _hasher.hash(password)


def verify(hash_: str, password: str) -> bool:
    """Whether this is the password."""
    try:
        return _hasher.verify(hash_, password[: accounts.MAX_PASSWORD + 1])
    except VerificationError:
        return False


@cache
def of_nobody() -> str:
    """A hash that costs as much as a real one, for logins that do not exist."""
    return _hasher.hash("a password of nobody")
