"""F7: facts with their legal validity, their recording time and the basis that each rests on.

A subject has one timeline per kind (and, where several things of a kind hold at once, per item). What is
known changes only by recording: rows are closed and added, never rewritten, so every earlier state of
knowledge can be read again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from services.registry.rules.kinds import BasisKind, FactKind
from shared.refusal import N_, Refused

#: «Since when is not known» and «until further notice»: days that no real fact begins or ends on.
ALWAYS, FOREVER = date.min, date.max
#: The end of the recording time of what is known now.
UNTIL_CORRECTED = datetime(9999, 1, 1, tzinfo=UTC)

#: Kinds of which several values hold at once; they are told apart by their item.
MANY = frozenset({FactKind.ROLE, FactKind.PARTY, FactKind.MEMBERSHIP})
#: Kinds that an organisation's card lets people change one by one.
CHANGEABLE = (
    FactKind.NAME,
    FactKind.SHORT_NAME,
    FactKind.ROLE,
    FactKind.EDU_KIND,
    FactKind.TERRITORY,
    FactKind.PARENT,
    FactKind.HEAD,
)


@dataclass(frozen=True)
class AsOf:
    """A day of legal validity and the day whose knowledge counts (none: what is known now)."""

    on: date
    known: date | None = None


@dataclass(frozen=True)
class Basis:
    """What a fact rests on: an act and its clause, an agreement, a correction, or a named source."""

    kind: BasisKind
    act_id: UUID | None = None
    clause: str | None = None
    agreement_id: UUID | None = None
    correction_id: UUID | None = None
    note: str | None = None

    @classmethod
    def act(cls, act_id: UUID, clause: str | None = None, note: str | None = None) -> "Basis":
        """The clause of an act."""
        return cls(BasisKind.ACT, act_id=act_id, clause=clause, note=note)

    @classmethod
    def agreement(cls, agreement_id: UUID, note: str | None = None) -> "Basis":
        """An agreement of the network."""
        return cls(BasisKind.AGREEMENT, agreement_id=agreement_id, note=note)

    @classmethod
    def source(cls, note: str) -> "Basis":
        """The document that the first known state was entered from."""
        return cls(BasisKind.SOURCE, note=note[:500])

    @classmethod
    def correction(cls, correction_id: UUID, reason: str, act_id: UUID | None = None) -> "Basis":
        """A correction, with its reason and, where there is one, the correcting act."""
        return cls(BasisKind.CORRECTION, act_id=act_id, correction_id=correction_id, note=reason[:500])


@dataclass(frozen=True)
class Statement:
    """What holds on the days from ``valid_from`` up to, not including, ``valid_to``, and its basis."""

    value: str
    valid_from: date = ALWAYS
    valid_to: date = FOREVER
    item: str = ""
    #: The form in which the value is compared and sorted; the value itself where none is given.
    key: str = ""
    #: The organisation, person or agreement that the value names.
    ref_id: UUID | None = None
    basis: Basis = field(default=Basis(BasisKind.SOURCE, note="—"))

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.key or self.value)[:300])

    def holds(self, on: date) -> bool:
        """Whether the day lies inside."""
        return self.valid_from <= on < self.valid_to

    def overlaps(self, other: "Statement") -> bool:
        """Whether the two say something of the same day."""
        return self.valid_from < other.valid_to and other.valid_from < self.valid_to


def check_change(kind: FactKind, held: Iterable[Statement], valid_from: date, basis: Basis | None) -> None:
    """A change rests on an act, an agreement or a correction; only the first known state may name a source (F7).

    Two changes of one thing do not begin on one day: the second one would be a correction.
    """
    known = list(held)
    if basis is None or (basis.kind is BasisKind.SOURCE and known):
        raise Refused("F7", N_("Укажите основание изменения: акт или договор"), field="act_id")
    if any(one.valid_from == valid_from for one in known):
        raise Refused(
            "F7",
            N_("С этой даты сведения уже внесены; ошибку исправляют исправлением"),
            field="valid_from",
        )


def changed(held: Sequence[Statement], new: Statement) -> list[Statement]:
    """The timeline after a change: from its day on up to the next change already known (F7).

    ``new`` without an end lasts until the next statement begins; with an end it is cut out of what was held.
    """
    later = [one.valid_from for one in held if one.valid_from > new.valid_from]
    if new.valid_to == FOREVER and later:
        new = replace(new, valid_to=min(later))
    return placed(held, new)


def placed(held: Sequence[Statement], new: Statement) -> list[Statement]:
    """The timeline with ``new`` on its days and everything else as it was on the others."""
    rest: list[Statement] = []
    for one in held:
        if not one.overlaps(new):
            rest.append(one)
            continue
        if one.valid_from < new.valid_from:
            rest.append(replace(one, valid_to=new.valid_from))
        if new.valid_to < one.valid_to:
            rest.append(replace(one, valid_from=new.valid_to))
    return sorted([*rest, new], key=lambda one: (one.item, one.valid_from))


def corrected(held: Sequence[Statement], wrong: Statement, right: Statement) -> list[Statement]:
    """The timeline in which ``right`` stands in the place of ``wrong``.

    Where the right statement is shorter, the neighbours stretch over the days that become free; where it
    is longer, it takes the days from them.
    """
    rest = [one for one in held if one != wrong]
    before = max((one for one in rest if one.valid_to <= wrong.valid_from), key=_end, default=None)
    after = min((one for one in rest if one.valid_from >= wrong.valid_to), key=_begin, default=None)
    if before and before.valid_to == wrong.valid_from and right.valid_from > wrong.valid_from:
        rest[rest.index(before)] = replace(before, valid_to=min(right.valid_from, wrong.valid_to))
    if after and after.valid_from == wrong.valid_to and right.valid_to < wrong.valid_to:
        rest[rest.index(after)] = replace(after, valid_from=max(right.valid_to, wrong.valid_from))
    return placed(rest, right)


def on_day(held: Iterable[Statement], on: date) -> Statement | None:
    """What holds on a day, or nothing."""
    return next((one for one in held if one.holds(on)), None)


def check_span(valid_from: date, valid_to: date) -> None:
    """A fact ends after it begins."""
    if valid_to <= valid_from:
        raise Refused("F7", N_("Действие заканчивается раньше, чем начинается"), field="valid_to")


def _begin(one: Statement) -> date:
    return one.valid_from


def _end(one: Statement) -> date:
    return one.valid_to
