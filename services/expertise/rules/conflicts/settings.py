"""Conflict rules are data of an edition: kind, level, horizon in years (F17, BR-36)."""

from dataclasses import dataclass
from datetime import date

from services.expertise.rules.vocabulary import ConflictKind, ConflictLevel
from shared.refusal import N_, Refused

LONGEST = 50


@dataclass(frozen=True)
class ConflictRule:
    """One rule: what it forbids or makes dearer, and for how many years; 0 years means without a term."""

    kind: ConflictKind
    level: ConflictLevel
    years: int = 0

    @property
    def words(self) -> str:
        """The rule as its setting keeps it."""
        return f"{self.level.value} {self.years}" if self.years else self.level.value

    def reaches(self, last: date | None, today: date) -> bool:
        """Whether something that ended on ``last`` still counts today."""
        if last is None or self.years == 0:
            return True
        try:
            return last.replace(year=last.year + self.years) >= today
        except ValueError:  # 29 February
            return last.replace(year=last.year + self.years, day=28) >= today


_K, _L = ConflictKind, ConflictLevel
_LEVELS = (_L.HARD.value, _L.SOFT.value, _L.OFF.value)

#: Hard in every edition: own organisation or work, a rival, one's own word (BR-41, BR-42).
FIXED = frozenset({_K.SAME_ORG, _K.AUTHOR, _K.SAME_NOMINATION, _K.DECLARED, _K.RECUSED})
#: No act lifts these (BR-41, BR-42).
UNWAIVABLE = frozenset({_K.SAME_ORG, _K.AUTHOR, _K.RECUSED})

DEFAULTS: tuple[ConflictRule, ...] = (
    ConflictRule(_K.FORMER_ORG, _L.HARD, 3),
    ConflictRule(_K.CO_AUTHOR, _L.HARD, 3),
    ConflictRule(_K.MENTOR, _L.HARD, 3),
    ConflictRule(_K.RELATIVE, _L.HARD),
    ConflictRule(_K.JOINT_PROJECT, _L.SOFT, 3),
    ConflictRule(_K.RECIPROCAL, _L.SOFT, 2),
)


def read_rule(kind: ConflictKind, text: object) -> ConflictRule:
    """A rule from its setting: «OFF», «HARD» without a term, «SOFT 3» for three years (BR-36)."""
    level, _, years = str(text).partition(" ")
    if level not in _LEVELS or not (not years or (years.isdecimal() and 1 <= int(years) <= LONGEST)):
        raise Refused(
            "BR-36",
            N_("Недопустимое правило конфликта интересов: %(kind)s"),
            field="policy",
            kind=f"{kind.value} {text}",
        )
    return ConflictRule(kind, ConflictLevel(level), int(years or 0))
