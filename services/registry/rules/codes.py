"""BR-09 and BR-10: codes that carry a check digit."""

from collections.abc import Sequence

from shared.refusal import N_, Refused

_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def oktmo_digit(code: str) -> int:
    """Check digit of an ОКТМО code: weights 1…8 modulo 11; on 10 weights 3…10; on 10 again 0 (BR-09)."""
    for first in (1, 3):
        rest = _weighted(code, range(first, first + len(code))) % 11
        if rest < 10:
            return rest
    return 0


def oktmo(code: str) -> str:
    """A municipality's ОКТМО code as we keep it: 8 digits.

    The classifier prints the check digit apart; whoever types all nine gets it checked (BR-09).
    """
    digits = code.replace(" ", "").replace("\u00a0", "")
    if not _digits(digits) or len(digits) not in (8, 9) or not digits.strip("0"):
        raise Refused("BR-09", N_("Код ОКТМО состоит из 8 цифр (или 9 с контрольной)"), field="oktmo")
    if len(digits) == 9 and oktmo_digit(digits[:8]) != int(digits[8]):
        raise Refused(
            "BR-09", N_("Контрольная цифра кода ОКТМО %(code)s не сходится"), field="oktmo", code=digits
        )
    return digits[:8]


def inn(code: str | None) -> str | None:
    """ИНН of an organisation is optional; if given it has 10 digits and a right check digit (BR-10)."""
    if not code:
        return None
    if not _digits(code) or len(code) != 10 or not code.strip("0"):
        raise Refused("BR-10", N_("ИНН организации состоит из 10 цифр"), field="inn")
    if _weighted(code[:9], _INN_WEIGHTS) % 11 % 10 != int(code[9]):
        raise Refused("BR-10", N_("Контрольная цифра ИНН %(code)s не сходится"), field="inn", code=code)
    return code


def ogrn(code: str | None) -> str | None:
    """ОГРН is optional; if given it has 13 digits and a right check digit (BR-10)."""
    if not code:
        return None
    if not _digits(code) or len(code) != 13 or not code.strip("0"):
        raise Refused("BR-10", N_("ОГРН состоит из 13 цифр"), field="ogrn")
    if int(code[:12]) % 11 % 10 != int(code[12]):
        raise Refused("BR-10", N_("Контрольная цифра ОГРН %(code)s не сходится"), field="ogrn", code=code)
    return code


def _digits(code: str) -> bool:
    return code.isascii() and code.isdigit()


def _weighted(code: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(code, weights, strict=True))
