"""What registry says to a head of a contest's log: it continues the kept ones, or is an alarm (F6)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.registry.rules.witness import Seen, Told, Trouble, trouble_with
from shared import heads, merkle

KEY = Ed25519PrivateKey.generate()
LEAVES = [merkle.leaf(str(one).encode()) for one in range(20)]


def told(number: int, size: int, before: int, *, leaves: list[bytes] = LEAVES, key: Any = KEY) -> Told:
    """A head over the first ``size`` leaves that continues the one over ``before``."""
    tree, public = merkle.Tree(leaves[:size]), key.public_key().public_bytes_raw()
    at = datetime(2020, 10, 1, tzinfo=UTC)
    head = heads.head_of(edition=UUID(int=1), size=size, root=tree.root, at=at, public=public)
    return Told(
        edition=head.edition,
        number=number,
        size=size,
        root=head.root,
        kid=head.key,
        public_key=heads.as_text(public),
        text=head.text,
        signature=heads.sign(head, key),
        previous_size=before,
        consistency=[one.hex() for one in tree.consistency(before)],
    )


def seen(*sizes: int) -> list[Seen]:
    return [
        Seen(number=number, size=size, root=merkle.Tree(LEAVES[:size]).root.hex())
        for number, size in enumerate(sizes, 1)
    ]


OTHER = [merkle.leaf(b"other"), *LEAVES[1:]]
FORGED = told(3, 12, 9, leaves=OTHER)


@pytest.mark.parametrize(
    ("head", "kept", "trouble"),
    [
        (told(1, 5, 0), (), None),
        (told(4, 9, 5), (), None),
        (told(3, 12, 9), (5, 9), None),
        (told(3, 9, 9, key=Ed25519PrivateKey.generate()), (5, 9), None),
        (told(3, 7, 7), (5, 9), Trouble.SHRUNK),
        (told(2, 9, 5, leaves=OTHER), (5, 9), Trouble.FORKED),
        (told(3, 9, 9, leaves=OTHER), (5, 9), Trouble.FORKED),
        (told(1, 7, 0), (5, 9), Trouble.FORKED),
        (FORGED, (5, 9), Trouble.REWRITTEN),
        (told(3, 12, 5), (5, 9), Trouble.REWRITTEN),
        (told(3, 12, 0), (5, 9), Trouble.REWRITTEN),
        (replace(told(3, 12, 9), consistency=["zz"]), (5, 9), Trouble.REWRITTEN),
        (told(5, 12, 9), (5, 9), Trouble.GAP),
    ],
)
def test_growth(head: Told, kept: tuple[int, ...], trouble: Trouble | None) -> None:
    assert trouble_with(head, seen(*kept)) is trouble


def test_an_older_head_may_come_late() -> None:
    """Between smaller and bigger ones it fits, beside them it does not."""
    kept = [one for one in seen(5, 9, 12) if one.number != 2]
    assert trouble_with(told(2, 9, 5), kept) is None
    assert trouble_with(told(2, 15, 5), kept) is Trouble.SHRUNK


GOOD = told(3, 12, 9)
STRANGER = heads.as_text(Ed25519PrivateKey.generate().public_key().public_bytes_raw())


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": FORGED.signature},
        {"signature": "?"},
        {"size": 11},
        {"root": FORGED.root},
        {"edition": str(UUID(int=2))},
        {"public_key": STRANGER},
        {"public_key": "ё"},
        {"kid": "0" * 32},
        {"text": "{}"},
        {"text": "not json"},
        {"text": GOOD.text + " "},
    ],
    # The keys are drawn anew in every process of a run: their values make no names.
    ids=lambda changes: "".join(changes),
)
def test_a_head_that_is_not_signed_as_told(changes: dict[str, Any]) -> None:
    assert trouble_with(replace(GOOD, **changes), seen(5, 9)) is Trouble.BAD_SIGNATURE
