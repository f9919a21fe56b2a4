"""The scoring policy of an edition: settings with the defaults of the model, read from data (BR-37…BR-54).

What an old policy does not name keeps the meaning it had before the setting existed, so a new setting never
changes the rules of an edition that is going on (BR-36).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from services.expertise.rules.conflicts.settings import DEFAULTS, ConflictRule, read_rule
from services.expertise.rules.vocabulary import Averaging, SameMunicipality, TieBreaker
from shared.refusal import N_, Refused

E = TypeVar("E", bound=StrEnum)

LARGEST = 10_000
DEFAULT_TIE = (TieBreaker.PRIORITY, TieBreaker.IN_PERSON, TieBreaker.VOTE, TieBreaker.EARLIER)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Settings of one edition; they are frozen with the edition (BR-36)."""

    threshold: Decimal = Decimal("60.00")
    discrepancy: Decimal = Decimal("20.00")
    aggregate: Averaging = Averaging.MEAN
    aggregate_with_extra: Averaging = Averaging.MEAN
    tie: tuple[TieBreaker, ...] = DEFAULT_TIE
    same_municipality: SameMunicipality = SameMunicipality.AT_LEAST_ONE_OUTSIDE
    #: At most so many experts of one municipality at an entry; None: no cap (F1).
    municipality_cap: int | None = None
    #: Levels and horizons of conflict rules, «HARD 3»: forbidden for three years (F17).
    conflict_former_org: str = "OFF"
    conflict_co_author: str = "OFF"
    conflict_mentor: str = "OFF"
    conflict_relative: str = "OFF"
    conflict_joint_project: str = "OFF"
    conflict_reciprocal: str = "OFF"
    entries_per_nomination: int = 1
    comment_length: int = 30
    comment_lowest: bool = True
    comment_top: bool = True
    appeal_days: int = 3
    recommendation_required: bool = False
    finalists: int | None = None
    winner_places: int = 1
    prize_places: int = 2
    laureate_score: Decimal | None = None
    diploma_score: Decimal | None = None
    blind: bool = False

    @property
    def conflicts(self) -> tuple[ConflictRule, ...]:
        """The conflict rules of the edition (F17)."""
        return tuple(read_rule(rule.kind, getattr(self, setting(rule))) for rule in DEFAULTS)

    def as_data(self) -> dict[str, Any]:
        """The policy as JSON data: decimals and words as text."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def setting(rule: ConflictRule) -> str:
    """The name of the setting that holds a conflict rule."""
    return f"conflict_{rule.kind.value.lower()}"


#: What a new edition takes where nothing else is said: conflict rules are on (F17).
RECOMMENDED: Mapping[str, Any] = {setting(rule): rule.words for rule in DEFAULTS}


def new_policy(data: Mapping[str, Any]) -> Policy:
    """The policy of a new edition: what is not said is as recommended (BR-36)."""
    return read_policy({**RECOMMENDED, **data})


def read_policy(data: Mapping[str, Any]) -> Policy:
    """A policy names only known settings with possible values; what is absent takes the default (BR-36)."""
    unknown = set(data) - set(_READERS)
    if unknown:
        raise _wrong(", ".join(sorted(unknown)))
    return Policy(**{name: _READERS[name](name, value) for name, value in data.items()})


def _points(name: str, value: object) -> Decimal:
    try:
        points = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(name) from None
    if not points.is_finite() or not 0 <= points <= 100:
        raise _wrong(name)
    return points


def _word(kind: type[E], name: str, value: object) -> E:
    try:
        return kind(str(value))
    except ValueError:
        raise _wrong(name) from None


def _tie(name: str, value: object) -> tuple[TieBreaker, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(name)
    words = tuple(_word(TieBreaker, name, word) for word in value)
    if len(set(words)) != len(words):
        raise _wrong(name)
    return words


def _averaging(name: str, value: object) -> Averaging:
    return _word(Averaging, name, value)


def _same_municipality(name: str, value: object) -> SameMunicipality:
    return _word(SameMunicipality, name, value)


def _conflict(name: str, value: object) -> str:
    rule = next(rule for rule in DEFAULTS if setting(rule) == name)
    return read_rule(rule.kind, value).words


def _cap(name: str, value: object) -> int:
    if not (cap := _whole(name, value)):
        raise _wrong(name)
    return cap


def _whole(name: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise _wrong(name)
    return value


def _truth(name: str, value: object) -> bool:
    if type(value) is not bool:
        raise _wrong(name)
    return value


def _or_nothing(reader: Callable[[str, object], Any]) -> Callable[[str, object], Any]:
    return lambda name, value: None if value is None else reader(name, value)


#: How each setting is read.
_READERS: dict[str, Callable[[str, object], Any]] = {
    "threshold": _points,
    "discrepancy": _points,
    "aggregate": _averaging,
    "aggregate_with_extra": _averaging,
    "tie": _tie,
    "same_municipality": _same_municipality,
    "municipality_cap": _or_nothing(_cap),
    **{setting(rule): _conflict for rule in DEFAULTS},
    "entries_per_nomination": _whole,
    "comment_length": _whole,
    "comment_lowest": _truth,
    "comment_top": _truth,
    "appeal_days": _whole,
    "recommendation_required": _truth,
    "finalists": _or_nothing(_whole),
    "winner_places": _whole,
    "prize_places": _whole,
    "laureate_score": _or_nothing(_points),
    "diploma_score": _or_nothing(_points),
    "blind": _truth,
}


def _wrong(name: str) -> Refused:
    return Refused(
        "BR-36", N_("Недопустимая настройка политики оценивания: %(name)s"), field="policy", name=name
    )


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
