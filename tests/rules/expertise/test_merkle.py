"""The tree of RFC 6962 and signed heads (F6); golden values of golden.yaml `merkle`."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from shared import heads, merkle
from shared.merkle import Tree, is_consistent, is_included

GOLDEN = [
    bytes.fromhex(one)
    for one in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def recursive(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, 2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return merkle.node(recursive(leaves[:split]), recursive(leaves[split:]))


def tree(size: int) -> Tree:
    return Tree([merkle.leaf(str(number).encode()) for number in range(size)])


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_golden_roots(size: int, root: str) -> None:
    leaves = [merkle.leaf(one) for one in GOLDEN]
    assert Tree(leaves[:size]).root.hex() == root
    assert Tree(leaves).root_of(size).hex() == root


def test_every_leaf_of_every_size_proves_and_every_two_sizes_are_consistent() -> None:
    for size in range(66):
        whole = tree(size)
        assert whole.root == recursive(whole.leaves)
        for index in range(size):
            assert is_included(whole.leaves[index], index, size, whole.inclusion(index), whole.root)
        for first in range(size + 1):
            old = Tree(whole.leaves[:first]).root
            assert whole.root_of(first) == old
            assert is_consistent(first, size, old, whole.root, whole.consistency(first))


@given(st.data())
def test_a_flipped_bit_fails(data: st.DataObject) -> None:
    """In the leaf, in the root, or anywhere in the path."""
    size = data.draw(st.integers(2, 200))
    index = data.draw(st.integers(0, size - 1))
    first = data.draw(st.integers(1, size - 1))
    whole = tree(size)

    def flipped(parts: list[bytes]) -> list[bytes]:
        which = data.draw(st.integers(0, len(parts) - 1))
        bit = data.draw(st.integers(0, 255))
        changed = (int.from_bytes(parts[which], "big") ^ (1 << bit)).to_bytes(32, "big")
        return [*parts[:which], changed, *parts[which + 1 :]]

    leaf, root, *path = flipped([whole.leaves[index], whole.root, *whole.inclusion(index)])
    assert not is_included(leaf, index, size, path, root)
    old, new, *path = flipped([whole.root_of(first), whole.root, *whole.consistency(first)])
    assert not is_consistent(first, size, old, new, path)


@given(st.integers(1, 200), st.data())
def test_a_proof_proves_nothing_else(size: int, data: st.DataObject) -> None:
    """Not another leaf or place, not with a node more or less."""
    whole = tree(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size + 3).filter(lambda one: one != index))
    path = whole.inclusion(index)
    assert not is_included(whole.leaves[index], other, size, path, whole.root)
    assert not is_included(whole.leaves[index], index, size, [*path, whole.root], whole.root)
    if path:
        assert not is_included(whole.leaves[index], index, size, path[:-1], whole.root)
    first = data.draw(st.integers(1, size))
    steps = whole.consistency(first)
    assert not is_consistent(first, size, whole.root_of(first), whole.root, [*steps, whole.root])
    if steps:
        assert not is_consistent(first, size, whole.root_of(first), whole.root, steps[:-1])


def test_borders() -> None:
    """Nothing is a beginning of everything; a bigger tree is no beginning of a smaller one."""
    assert is_consistent(0, 5, merkle.EMPTY, tree(5).root, [])
    assert not is_consistent(0, 5, tree(1).root, tree(5).root, [])
    assert not is_consistent(6, 5, tree(6).root, tree(5).root, [])
    assert not is_consistent(3, 5, tree(3).root, tree(5).root, [])
    assert not is_included(merkle.leaf(b"0"), 0, 0, [], merkle.EMPTY)
    for wrong in (-1, 5):
        with pytest.raises(IndexError):
            tree(5).inclusion(wrong)
    with pytest.raises(IndexError):
        tree(5).consistency(6)


def test_a_head_is_signed_by_its_key_alone() -> None:
    """Another key, another text, another purpose, or rubbish: no signature."""
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    raw, stranger = key.public_key().public_bytes_raw(), other.public_key().public_bytes_raw()
    head = heads.head_of(
        edition=UUID(int=1), size=8, root=bytes.fromhex(ROOTS[8]), at=datetime(2020, 10, 30, tzinfo=UTC), public=raw
    )
    assert head.text == (
        f'{{"edition":"{UUID(int=1)}","key":"{heads.key_id(raw)}","root":"{ROOTS[8]}","size":8,'
        '"time":"2020-10-30T00:00:00.000000+00:00"}'
    )
    signature = heads.sign(head, key)
    public, foreign = heads.as_text(raw), heads.as_text(stranger)
    assert heads.is_signed(head.text, signature, public)
    assert not heads.is_signed(head.text, signature, foreign)
    assert not heads.is_signed(head.text.replace('"size":8', '"size":7'), signature, public)
    assert not heads.is_signed(head.text, heads.as_text(key.sign(head.text.encode())), public)
    for rubbish in ("", "!", "AAAA", "ё"):
        assert not heads.is_signed(head.text, rubbish, public)
        assert not heads.is_signed(head.text, signature, rubbish)
