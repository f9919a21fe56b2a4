"""A contest that went all its way, its exported log, and the verifier as anybody runs it."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.expertise import actions, queries
from services.expertise.rules.sealing import sheet_commitment
from shared import heads, merkle
from shared.person import PUBLIC

VERIFIER = Path(__file__).resolve().parents[3] / "services" / "expertise" / "static" / "verify_protocol.py"
Bundle = dict[str, Any]
Forgery = Callable[[Bundle], object]


def held(world: Any) -> list[Any]:
    """Two entries, two stages, a cancelled sheet, a recusal, results; the edition is completed."""
    for _ in range(5):
        world.expert()
    world.open()
    filed = [world.file(), world.file(day=11)]
    world.admit(*filed)
    with world.at(9, 29):
        world.assign()
        who, task = world.tasks(filed[0])[0]
        spoiled = world.score(who, task, 1)
        actions.cancel_sheet(world.secretary, sheet_id=spoiled, reason="Перепутаны строки")
        world.score_all()
    with world.at(10, 19):
        world.advance()
        world.assign("IN_PERSON")
        world.score_all("IN_PERSON", 1)
    with world.at(10, 30):
        world.advance()
        world.decide(*({"entry_id": one, "outcome": "AWARD_STATUS"} for one in filed))
        actions.publish_results(world.operator, edition_id=world.edition_id)
    with world.at(11, 6):
        actions.close_appeals(world.operator, edition_id=world.edition_id)
    return filed


def bundle_of(world: Any) -> Bundle:
    """The bundle as the public gets it."""
    copied: Bundle = json.loads(json.dumps(queries.proof_bundle(PUBLIC, world.edition_id)))
    return copied


def verify(bundle: Bundle | bytes, folder: Path, *options: str) -> tuple[int, str]:
    """Run the verifier in a process of its own, far from the product; exit code and what it said."""
    path = folder / "proof.json"
    path.write_bytes(bundle if isinstance(bundle, bytes) else json.dumps(bundle, ensure_ascii=False).encode())
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(path), *options],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


class Rewriter:
    """An operator who may rewrite everything and signs anew with a key of their own, shown in the bundle."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes_raw()

    def sign(self, bundle: Bundle) -> None:
        """Sign every head again over the lines as they are now."""
        tree = merkle.Tree([merkle.leaf(line.encode()) for line in bundle["lines"]])
        for one in bundle["heads"]:
            told = json.loads(one["text"])
            size = min(told["size"], tree.size)
            made = heads.Head(
                edition=told["edition"],
                key=heads.key_id(self.public),
                root=tree.root_of(size).hex(),
                size=size,
                time=told["time"],
            )
            one["text"], one["signature"] = made.text, heads.sign(made, self.key)
        bundle["keys"] = [{"id": heads.key_id(self.public), "public": heads.as_text(self.public)}]


def line_of(bundle: Bundle, kind: str, nth: int = 0) -> int:
    """The number of the nth line of a kind."""
    return [i for i, text in enumerate(bundle["lines"]) if json.loads(text)["kind"] == kind][nth]


def rewrite(bundle: Bundle, seq: int, change: Callable[[Any], object]) -> None:
    """Change a line and write it canonically again."""
    told = json.loads(bundle["lines"][seq])
    change(told)
    bundle["lines"][seq] = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def renumber(bundle: Bundle) -> None:
    """Give the lines the numbers of their places."""
    for seq in range(len(bundle["lines"])):
        rewrite(bundle, seq, lambda told, seq=seq: told.update(seq=seq))


def recommit(bundle: Bundle, opened: int) -> None:
    """Let the commitment of an opened sheet fit what is opened now."""
    told = json.loads(bundle["lines"][opened])
    committed = next(
        i
        for i, text in enumerate(bundle["lines"])
        if (one := json.loads(text))["kind"] == "SHEET_COMMITTED" and one["subject"] == told["subject"]
    )
    commitment = sheet_commitment(told["data"]["content"])
    rewrite(bundle, committed, lambda one: one["data"].update(commitment=commitment))


def flipped(signature: str) -> str:
    """A signature with one bit changed."""
    raw = bytearray(base64.b64decode(signature))
    raw[0] ^= 1
    return base64.b64encode(raw).decode()
