"""D-20: the list of normative acts as the seed's section 1.2 prints it (S-013, S-014)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from services.registry.rules.acts import number_order
from services.registry.rules.genitive import genitive
from services.registry.rules.kinds import ActKind, ActLevel

#: Levels in their order and the words that open each part.
LEVELS = {
    ActLevel.FEDERAL: "Федеральный уровень",
    ActLevel.REGIONAL: "Региональный уровень",
    ActLevel.MUNICIPAL: "Муниципальный уровень",
    ActLevel.LOCAL: "Локальный уровень",
}
_KINDS = {
    ActKind.LAW: "Закон",
    ActKind.GOVERNMENT_DECREE: "Постановление",
    ActKind.DECREE: "Постановление",
    ActKind.ORDER: "Приказ",
    ActKind.DISPOSITION: "Распоряжение",
    ActKind.LETTER: "Письмо",
    ActKind.RESOLUTION: "Резолюция",
    ActKind.REGULATION: "Положение",
    ActKind.OTHER: "",
}
#: Whose law it is, when the act names no issuer.
_LAWGIVERS = {ActLevel.FEDERAL: "Российской Федерации", ActLevel.REGIONAL: "Краснодарского края"}


@dataclass(frozen=True)
class Cited:
    """An act as the list needs it; the issuer under its name of the act's date (BR-06)."""

    kind: ActKind
    number: str | None
    date: dt.date
    title: str
    level: ActLevel
    issuer: str | None = None
    place: str | None = None
    #: Date and number of the acts that changed it, in their order.
    amended: Sequence[tuple[dt.date, str | None]] = field(default=())
    #: The first day without the act, when it is over on the day of the list.
    ended: dt.date | None = None


def entry(act: Cited) -> str:
    """One line: «Приказ министерства … от 13.02.2015 № 563 «…» (в ред. от 03.06.2015 № 2603)» (seed 1.2)."""
    body = _with_number(act) if act.number else _without_number(act)
    if act.amended:
        body += f" (в ред. {', '.join(_requisites(*one) for one in act.amended)})"
    if act.ended:
        body += f" (утратил силу с {act.ended:%d.%m.%Y})"
    return body


def parts(acts: Iterable[Cited]) -> list[tuple[ActLevel, list[str]]]:
    """The list by levels, inside a level by date and number; a level without acts is left out."""
    ordered = sorted(acts, key=lambda act: (act.date, number_order(act.number), act.title))
    found = [(level, [entry(act) for act in ordered if act.level is level]) for level in LEVELS]
    return [(level, lines) for level, lines in found if lines]


def paragraph(level: ActLevel, lines: Sequence[str]) -> str:
    """One part of the list in one paragraph, as the seed prints it."""
    return f"{LEVELS[level]}: {'; '.join(lines)}."


def _with_number(act: Cited) -> str:
    whose = (
        genitive(act.issuer) if act.issuer else _LAWGIVERS.get(act.level) if act.kind is ActKind.LAW else None
    )
    head = " ".join(part for part in (_KINDS[act.kind], whose) if part)
    return f"{head} {_requisites(act.date, act.number)} «{act.title}»".strip()


def _without_number(act: Cited) -> str:
    """«Резолюция Форума «…». — Новосибирск. — 08.06.2016»; an issuer is named when the title does not."""
    kind = _KINDS[act.kind]
    if kind and not act.title.startswith(kind):
        whose = genitive(act.issuer) if act.issuer else None
        head = " ".join(part for part in (kind, whose) if part)
        return f"{head} от {act.date:%d.%m.%Y} «{act.title}»"
    return ". — ".join(part for part in (act.title, act.place, f"{act.date:%d.%m.%Y}") if part)


def _requisites(dated: dt.date, number: str | None) -> str:
    return f"от {dated:%d.%m.%Y} № {number}" if number else f"от {dated:%d.%m.%Y}"
