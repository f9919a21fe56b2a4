"""The frozen rules of an edition: their hash, what an amendment changes, and what it may not change (BR-36)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from services.expertise.rules.policy import Policy
from shared.refusal import N_, Refused

#: Settings that no score, place or passing depends on.
_HARMLESS = frozenset({"appeal_days"})
#: What may be worded anew at any time.
_WORDS = frozenset({"title", "act_ref"})


@dataclass(frozen=True)
class Change:
    """One place of the rules that an amendment changes: ``("stages", "SUBMISSION", "closes_at")``."""

    path: tuple[str, ...]
    before: Any
    after: Any

    def as_data(self) -> dict[str, Any]:
        """The change as JSON data."""
        return {"path": list(self.path), "before": self.before, "after": self.after}


def canonical(content: Mapping[str, Any]) -> bytes:
    """The rules as canonical JSON: equal rules are equal bytes on every machine (RFC 8785)."""
    return rfc8785.dumps(dict(content))


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON (BR-36)."""
    return sha256(canonical(content)).hexdigest()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The places where two contents differ; lists and rubrics are compared whole."""
    return list(_changes((), before, after))


def _changes(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    whole = path and path[-1] == "rubric"
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not whole:
        for key in sorted(set(before) | set(after)):
            yield from _changes((*path, key), before.get(key), after.get(key))
    elif before != after:
        yield Change(path, before, after)


def check_amendment(
    found: Collection[Change], *, signed: Collection[str], now: datetime
) -> None:
    """An amendment changes something, is never retroactive, and a window only moves later (BR-36).

    ``signed`` are the codes of nominations with a signed sheet: for them nothing that a score, a place or
    passing depends on may change any more.
    """
    if not found:
        raise Refused("BR-36", N_("Ничего не изменено"))
    for change in found:
        kind, last = change.path[0], change.path[-1]
        if last in ("opens_at", "closes_at"):
            _check_window(change, now)
        elif kind == "nominations":
            if last not in _WORDS and change.path[1] in signed:
                raise Refused(
                    "BR-36",
                    N_("По номинации %(code)s уже подписаны оценочные листы: её правила больше не меняются"),
                    field="nominations",
                    code=change.path[1],
                )
        elif kind in ("stages", "policy") and last not in _HARMLESS and signed:
            raise Refused(
                "BR-36",
                N_("Оценочные листы уже подписаны: правила оценивания больше не меняются"),
                field=kind,
            )


def _check_window(change: Change, now: datetime) -> None:
    before, after = (datetime.fromisoformat(moment) for moment in (change.before, change.after))
    if after < before:
        raise Refused("BR-36", N_("Срок этапа переносится только на более позднее время"), field="stages")
    if change.path[-1] == "opens_at" and before <= now:
        raise Refused("BR-36", N_("Этап уже начался: его начало не переносится"), field="stages")


def check_blindness(before: Policy, after: Policy) -> None:
    """Whether experts know the applicants is settled with the edition and never amended (F18)."""
    if before.blind != after.blind:
        raise Refused("F18", N_("Анонимность задана при открытии выпуска и потом не меняется"), field="policy")
