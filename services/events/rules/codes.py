"""Codes given to people: the join code of six digits and the verify code of a printed paper."""

import hmac
from collections.abc import Callable, Collection

from shared.refusal import N_, Refused

JOIN_CODE_DIGITS = 6
#: No 0/O, 1/I/L: a code is read aloud and typed from paper.
VERIFY_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VERIFY_LENGTH = 12

Draw = Callable[[int], int]
"""``draw(n)`` gives a number from 0 to n-1; the action brings a real die, a test a loaded one."""


def join_code(taken: Collection[str], draw: Draw) -> str:
    """A join code of six digits that nobody else at the event has (BR-30)."""
    space = 10**JOIN_CODE_DIGITS
    if len(taken) >= space:
        raise Refused("BR-30", N_("Свободных кодов для этого мероприятия не осталось"))
    number = draw(space)
    # Stepping on from a drawn number always ends, however full the event is.
    while (code := f"{number:0{JOIN_CODE_DIGITS}d}") in taken:
        number = (number + 1) % space
    return code


def shown(typed: str | None, code: str) -> bool:
    """Whether the code that was shown is the right one, in a time that tells nothing."""
    return bool(typed) and hmac.compare_digest(str(typed).encode(), code.encode())


def verify_code(draw: Draw) -> str:
    """A code to check a printed paper by (BR-67); long enough not to be guessed."""
    return "".join(VERIFY_ALPHABET[draw(len(VERIFY_ALPHABET))] for _ in range(VERIFY_LENGTH))


def plain_verify_code(typed: str) -> str:
    """A verify code as stored, from whatever a person typed: any case, spaces, dashes."""
    return "".join(character for character in typed.upper() if character in VERIFY_ALPHABET)


def spaced_verify_code(code: str) -> str:
    """A verify code as printed, in groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
