"""Commit–reveal of score sheets: the log gets a hash at signing, the content when the stage is closed (F6, BR-44).

So nobody can follow another's marks, and nobody can change a mark between the signature and the opening.
"""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785

from services.expertise.rules.ledger import commitment
from services.expertise.rules.rubrics import Rubric
from services.expertise.rules.vocabulary import AssignmentKind, StageKind

PREFIX = b"metodset expertise sheet v1\n"


def sheet_content(
    *,
    sheet_id: UUID,
    entry_id: UUID,
    stage: StageKind,
    expert_id: UUID,
    kind: AssignmentKind,
    rubric_id: UUID,
    scores: Mapping[str, Decimal],
    total: Decimal,
    percent: Decimal,
    words: str,
    nonce: str,
) -> dict[str, Any]:
    """What a sheet says, as it will stand in the log: exact decimals as text, words as a commitment."""
    return {
        "sheet": str(sheet_id),
        "entry": str(entry_id),
        "stage": stage.value,
        "expert": str(expert_id),
        "kind": kind.value,
        "rubric": str(rubric_id),
        "scores": {code: plain(score) for code, score in scores.items()},
        "total": plain(total),
        "percent": plain(percent),
        "words": words,
        "nonce": nonce,
    }


def sheet_commitment(content: Mapping[str, Any]) -> str:
    """What stands in the log until the opening: SHA-256 over a prefix and the canonical content with its nonce."""
    return sha256(PREFIX + rfc8785.dumps(dict(content))).hexdigest()


def words_commitment(salt: str, words: Mapping[str, Any]) -> str:
    """The free words of a sheet as one salted commitment (F6, BR-70)."""
    return commitment(salt, rfc8785.dumps(dict(words)).decode())


def rubric_line(rubric: Rubric) -> list[dict[str, Any]]:
    """Codes, weights and permitted values of a frozen rubric: enough to count every sheet anew (BR-47)."""
    return [
        {
            "code": criterion.code,
            "weight": plain(criterion.weight),
            "priority": criterion.priority,
            "values": [plain(value) for value in rubric.scale(criterion)],
        }
        for criterion in rubric.criteria
    ]


def plain(value: Decimal) -> str:
    """A decimal written one way only, whatever database it went through: 61.5000 and 61.5 are both «61.5»."""
    return f"{value.normalize():f}"
