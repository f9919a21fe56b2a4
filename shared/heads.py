"""A signed head of a log: size, root, time and key as canonical JSON under an Ed25519 signature (F6).

Whoever keeps heads outside checks them with this module; the text is signed behind a prefix, so that a
signature of a head is a signature of nothing else.
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = b"metodset expertise log head v1\n"


@dataclass(frozen=True)
class Head:
    """What a head says: the log of an edition had this size and this root at this time."""

    edition: str
    key: str
    root: str
    size: int
    time: str

    @property
    def text(self) -> str:
        """Canonical JSON (RFC 8785): the values are ASCII and whole numbers, so sorting the keys is all."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


def head_of(*, edition: object, size: int, root: bytes, at: datetime, public: bytes) -> Head:
    """The head to be signed."""
    time = at.isoformat(timespec="microseconds")
    return Head(edition=str(edition), key=key_id(public), root=root.hex(), size=size, time=time)


def key_id(public: bytes) -> str:
    """The name of a public key: the first half of its SHA-256, so that a name cannot be given to another key."""
    return sha256(public).hexdigest()[:32]


def key_id_of(public: str) -> str | None:
    """The name of a public key in base64; None when it is none."""
    try:
        return key_id(base64.b64decode(public, validate=True))
    except ValueError:
        return None


def read_head(text: str) -> Head | None:
    """The head that a text says; None when it is not the canonical text of one."""
    try:
        head = Head(**json.loads(text))
        same = head.text == text
    except (TypeError, ValueError):
        return None
    fits = type(head.size) is int and all(isinstance(one, str) for one in (head.edition, head.key, head.root))
    return head if same and fits else None


def sign(head: Head, private: Ed25519PrivateKey) -> str:
    """The detached signature of a head, base64."""
    return as_text(private.sign(PREFIX + head.text.encode()))


def as_text(raw: bytes) -> str:
    """Bytes as base64: how signatures and public keys are written."""
    return base64.b64encode(raw).decode()


def is_signed(text: str, signature: str, public: str) -> bool:
    """Whether the signature (base64) of the head's text was made by this public key (base64, 32 bytes)."""
    try:
        raw = base64.b64decode(public, validate=True)
        key = Ed25519PublicKey.from_public_bytes(raw)
        key.verify(base64.b64decode(signature, validate=True), PREFIX + text.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True

