"""The Merkle tree of RFC 6962 over the leaf hashes of a log: root, inclusion, consistency, and how to check them.

A tree is built level by level in one pass; a node without a neighbour goes up as it is, which gives the
same tree as the recursive definition of RFC 6962, 2.1.
"""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(content: bytes) -> bytes:
    """The hash of a leaf: SHA-256 over 0x00 and its content (RFC 6962, 2.1)."""
    return sha256(b"\x00" + content).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 over 0x01 and its two children (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree over leaf hashes; equal leaves in equal order give an equal root."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = list(leaves)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self.leaves)

    @cached_property
    def levels(self) -> list[list[bytes]]:
        """Every level of the tree, the leaves first, the root last."""
        levels = [self.leaves]
        while len(level := levels[-1]) > 1:
            above = [
                sha256(b"\x01" + left + right).digest()
                for left, right in zip(level[::2], level[1::2], strict=False)
            ]
            if len(level) % 2:
                above.append(level[-1])
            levels.append(above)
        return levels

    @property
    def root(self) -> bytes:
        """The root; of no leaves, the hash of nothing."""
        return self.levels[-1][0] if self.leaves else EMPTY

    def root_of(self, size: int) -> bytes:
        """The root of the first ``size`` leaves, from the complete subtrees that the levels hold."""
        if size == 0:
            return EMPTY
        peaks, start = [], 0
        for height in reversed(range(size.bit_length())):
            if size >> height & 1:
                peaks.append(self.levels[height][start >> height])
                start += 1 << height
        found = peaks.pop()
        while peaks:
            found = node(peaks.pop(), found)
        return found

    def inclusion(self, index: int) -> list[bytes]:
        """The path that proves a leaf (RFC 6962, 2.1.1), from the leaf's neighbour up."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        path = []
        for level in self.levels[:-1]:
            neighbour = index ^ 1
            if neighbour < len(level):
                path.append(level[neighbour])
            index >>= 1
        return path

    def consistency(self, size: int) -> list[bytes]:
        """The nodes that prove that the first ``size`` leaves were an earlier state of this tree (2.1.2)."""
        if not 0 <= size <= self.size:
            raise IndexError(size)
        if size in (0, self.size):
            return []
        here, last, height = size - 1, self.size - 1, 0
        while here & 1:
            here, last, height = here >> 1, last >> 1, height + 1
        path = [self.levels[height][here]] if here else []
        while last:
            if here & 1:
                path.append(self.levels[height][here - 1])
            elif here < last:
                path.append(self.levels[height][here + 1])
            here, last, height = here >> 1, last >> 1, height + 1
        return path


def is_included(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf at ``index`` to the root of a tree of ``size`` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf_hash
    for neighbour in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node(neighbour, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node(found, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of ``second`` leaves grew from that of ``first`` by adding only (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == EMPTY
    nodes = list(path)
    if first & (first - 1) == 0:
        nodes.insert(0, first_root)
    if not nodes:
        return False
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = nodes[0]
    for neighbour in nodes[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node(neighbour, old), node(neighbour, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node(new, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
