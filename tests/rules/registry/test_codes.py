"""BR-09 and BR-10: check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.rules import codes
from shared.refusal import Refused

#: All 44 municipalities of the krai with the check digit that the classifier prints (F-49).
CHECKED = [
    "037010000",
    "037030009",
    "037050008",
    "037080001",
    "037090006",
    "037200002",
    "037260002",
    "036010007",
    "036050005",
    "036070004",
    "036080009",
    "036100006",
    "036120005",
    "036130003",
    "036140004",
    "036160003",
    "036180002",
    "036190007",
    "036200000",
    "036210004",
    "036230003",
    "036240008",
    "036250002",
    "036270001",
    "036280006",
    "036300003",
    "036320002",
    "036330007",
    "036340001",
    "036350006",
    "036370005",
    "036390004",
    "036410001",
    "036430000",
    "036450002",
    "036470009",
    "036490008",
    "036510005",
    "036530004",
    "036540009",
    "036550003",
    "036560008",
    "036570002",
    "036590001",
]


def test_all_44_codes_pass() -> None:
    assert len(CHECKED) == 44
    for code in CHECKED:
        assert codes.oktmo(code) == code[:8]
        assert codes.oktmo(code[:8]) == code[:8]


@pytest.mark.parametrize(
    "code", ["", "0370100", "03701000x", "00000000", "０３７０１０００", "037010001", "0370100000"]
)
def test_wrong_oktmo(code: str) -> None:
    with pytest.raises(Refused) as refused:
        codes.oktmo(code)
    assert (refused.value.rule, refused.value.field) == ("BR-09", "oktmo")


@pytest.mark.parametrize("code", ["7707083893", "7736050003", None, ""])
def test_right_inn(code: str | None) -> None:
    assert codes.inn(code) == (code or None)


@pytest.mark.parametrize("code", ["7707083894", "770708389", "500100732259", "0000000000", "77070838９3"])
def test_wrong_inn(code: str) -> None:
    with pytest.raises(Refused, match="BR-10"):
        codes.inn(code)


@pytest.mark.parametrize("code", ["1027700132195", "1027700070518", None])
def test_right_ogrn(code: str | None) -> None:
    assert codes.ogrn(code) == code


@pytest.mark.parametrize("code", ["1027700132196", "102770013219", "0000000000000"])
def test_wrong_ogrn(code: str) -> None:
    with pytest.raises(Refused, match="BR-10"):
        codes.ogrn(code)


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(1, 9))
def test_a_wrong_check_digit_is_always_seen(code: str, shift: int) -> None:
    wrong = (codes.oktmo_digit(code) + shift) % 10
    with pytest.raises(Refused):
        codes.oktmo(f"{code}{wrong}")
