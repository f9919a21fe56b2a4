"""The list of normative acts as the seed's section 1.2 prints it (D-20, S-013, S-014).

Kinds and levels are the codes of the registry, as its messages carry them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shared.genitive import genitive

#: Levels in their order and the words that open each part.
LEVELS = {
    "FEDERAL": "Федеральный уровень",
    "REGIONAL": "Региональный уровень",
    "MUNICIPAL": "Муниципальный уровень",
    "LOCAL": "Локальный уровень",
}
_KINDS = {
    "LAW": "Закон",
    "GOVERNMENT_DECREE": "Постановление",
    "DECREE": "Постановление",
    "ORDER": "Приказ",
    "DISPOSITION": "Распоряжение",
    "LETTER": "Письмо",
    "RESOLUTION": "Резолюция",
    "REGULATION": "Положение",
    "OTHER": "",
}
#: Whose law it is, when the act names no issuer.
_LAWGIVERS = {"FEDERAL": "Российской Федерации", "REGIONAL": "Краснодарского края"}


@dataclass(frozen=True)
class Cited:
    """An act as the list needs it; the issuer under its name of the act's date (BR-06)."""

    kind: str
    number: str | None
    date: dt.date
    title: str
    level: str
    issuer: str | None = None
    place: str | None = None
    #: Date and number of the acts that changed it, in their order.
    amended: Sequence[tuple[dt.date, str | None]] = field(default=())
    #: The first day without the act, when it is over on the day of the list.
    ended: dt.date | None = None


def number_order(number: str | None) -> list[tuple[str, int]]:
    """How numbers are put in order: 9 before 10, 47/1 before 47/2 (F8)."""
    parts = re.findall(r"(\D*)(\d*)", (number or "").casefold())
    return [(text, int(digits or 0)) for text, digits in parts if text or digits]


def entry(act: Cited) -> str:
    """One line: «Приказ министерства … от 13.02.2015 № 563 «…» (в ред. от 03.06.2015 № 2603)» (seed 1.2)."""
    body = _with_number(act) if act.number else _without_number(act)
    if act.amended:
        body += f" (в ред. {', '.join(_requisites(*one) for one in act.amended)})"
    if act.ended:
        body += f" (утратил силу с {act.ended:%d.%m.%Y})"
    return body


def parts(acts: Iterable[Cited]) -> list[tuple[str, list[str]]]:
    """The list by levels, inside a level by date and number; a level without acts is left out."""
    ordered = sorted(acts, key=lambda act: (act.date, number_order(act.number), act.title))
    found = [(level, [entry(act) for act in ordered if act.level == level]) for level in LEVELS]
    return [(level, lines) for level, lines in found if lines]


def paragraph(level: str, lines: Sequence[str]) -> str:
    """One part of the list in one paragraph, as the seed prints it."""
    return f"{LEVELS[level]}: {'; '.join(lines)}."


def _with_number(act: Cited) -> str:
    whose = (
        genitive(act.issuer) if act.issuer else _LAWGIVERS.get(act.level) if act.kind == "LAW" else None
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
