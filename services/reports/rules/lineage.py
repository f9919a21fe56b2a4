"""Lineage of a number: the hash of what was counted (BR-63).

A line names one counted record and what it contributed. Equal lines give an equal hash, so a later change
of a record that does not touch a closed period leaves the hash of that period alone (BR-64).
"""

import hashlib
from collections.abc import Iterable, Mapping


def lines_hash(code: str, scope: Iterable[str], lines: Iterable[str]) -> str:
    """SHA-256 of one number: its code, what was asked, and every record counted, in a fixed order."""
    text = "\n".join([code, *scope, *sorted(lines)])
    return hashlib.sha256(text.encode()).hexdigest()


def report_hash(hashes: Mapping[str, str]) -> str:
    """SHA-256 of a whole report: the hashes of its numbers by code."""
    text = "\n".join(f"{code} {value}" for code, value in sorted(hashes.items()))
    return hashlib.sha256(text.encode()).hexdigest()
