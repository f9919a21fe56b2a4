"""How secrets are kept: sealed when they must be opened again, as a print when they need not."""

import base64
import hashlib

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.service import current

SIGNING_KEY = b"metodset registry signing key"
SECOND_FACTOR = b"metodset registry second factor"
LOG_KEY = b"metodset expertise log key"


def seal(purpose: bytes) -> Fernet:
    """The seal of one purpose, derived from the service's secret."""
    derived = HKDF(hashes.SHA256(), 32, None, purpose).derive(current().settings.secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def print_of(token: str) -> str:
    """The SHA-256 of a random token: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
