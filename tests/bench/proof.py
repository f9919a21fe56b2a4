"""F6: root, proofs and the offline verifier over 100,000 lines, against a bare loop of hashlib over as many nodes."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.expertise.rules.ledger import line_bytes
from shared import heads
from shared.merkle import Tree, is_consistent, is_included, leaf
from tests.broker.servers import Postgres

LINES = 100_000
VERIFIER = Path(__file__).resolve().parents[2] / "services" / "expertise" / "static" / "verify_protocol.py"


def run(postgres: Postgres) -> dict[str, float]:
    """Measure; milliseconds and ratios to the bare loop of the same run. The database is not needed."""
    edition, at = UUID(int=1), datetime(2020, 10, 1, tzinfo=UTC)
    lines = [
        line_bytes(
            seq=seq,
            kind="VOTE",
            at=at,
            actor=None,
            edition_id=edition,
            subject_id=UUID(int=seq),
            data={"entry": str(UUID(int=seq)), "score": "79.67"},
        )
        for seq in range(LINES)
    ]
    leaves, leaf_time = timed(lambda: [leaf(line) for line in lines])
    pairs = [b"\x01" + one + one for one in leaves]
    bare = min(timed(lambda: [sha256(one).digest() for one in pairs])[1] for _ in range(3))
    tree = Tree(leaves)
    root, grown = timed(lambda: tree.root)
    paths, proved = timed(lambda: [tree.inclusion(index) for index in range(LINES)])
    checked = timed(
        lambda: all(is_included(leaves[i], i, LINES, paths[i], root) for i in range(0, LINES, 100))
    )
    assert checked[0]
    sizes = range(1, LINES, 100)
    consistent = timed(
        lambda: all(
            is_consistent(size, LINES, tree.root_of(size), root, tree.consistency(size)) for size in sizes
        )
    )
    assert consistent[0]
    return {
        f"bare hashlib loop, {LINES:,} nodes, ms": bare,
        "leaves from lines, ms": leaf_time,
        "tree and root, ms": grown,
        "tree and root : bare loop": grown / bare,
        "all inclusion proofs, ms": proved,
        "all inclusion proofs : bare loop": proved / bare,
        "1,000 inclusion proofs checked, ms": checked[1],
        "1,000 consistency proofs made and checked, ms": consistent[1],
        "offline verifier, whole process, ms": offline(edition, lines, root, at),
    }


def offline(edition: UUID, lines: list[bytes], root: bytes, at: datetime) -> float:
    """The verifier as anybody runs it, on a bundle of all the lines."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    head = heads.head_of(edition=edition, size=len(lines), root=root, at=at, public=public)
    bundle = {
        "format": "metodset-protocol-proof/1",
        "edition": str(edition),
        "lines": [line.decode() for line in lines],
        "heads": [{"text": head.text, "signature": heads.sign(head, key)}],
        "keys": [{"id": head.key, "public": heads.as_text(public)}],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "proof.json"
        path.write_text(json.dumps(bundle))
        return timed(lambda: subprocess.run([sys.executable, "-I", str(VERIFIER), str(path)], check=True,
                                            stdout=subprocess.DEVNULL))[1]  # fmt: skip


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and milliseconds."""
    begun = time.perf_counter()
    found = what()
    return found, (time.perf_counter() - begun) * 1000
