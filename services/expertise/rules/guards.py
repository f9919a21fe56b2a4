"""What keeps an edition from going to its next stage (BR-36, BR-37, BR-39, BR-40, BR-49).

Each function returns every obstacle as a ready refusal: the action raises the first, the secretary's
desk shows them all.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from services.expertise.rules.scoring import StageScore
from services.expertise.rules.vocabulary import EXPERT_STAGES, StageKind
from shared.refusal import N_, Refused

NAMED = 12


@dataclass(frozen=True)
class Progress:
    """How far an entry has come in an expert stage."""

    label: str
    result: StageScore
    in_revision: bool = False


def check_stages(kinds: Sequence[StageKind], min_experts: Sequence[int]) -> None:
    """An edition accepts entries, has an expert stage and a decision; two experts are the least (BR-40)."""
    if len(set(kinds)) != len(kinds):
        raise Refused("3.2 Stage", N_("Этап одного вида бывает в выпуске один раз"), field="stages")
    if not {StageKind.SUBMISSION, StageKind.DECISION} <= set(kinds) or not set(EXPERT_STAGES) & set(kinds):
        raise Refused(
            "3.2 Stage",
            N_("В выпуске нужны приём заявок, хотя бы один экспертный этап и решение совета"),
            field="stages",
        )
    check_experts(min_experts)


def check_experts(min_experts: Sequence[int]) -> None:
    """Two experts are the least (BR-40)."""
    if any(number < 2 for number in min_experts):
        raise Refused("BR-40", N_("На заявку нужно не меньше двух экспертов"), field="stages")


def check_windows(windows: Sequence[tuple[datetime, datetime]]) -> None:
    """A stage closes after it opens, and not before the stage that it follows (model 3.2, Stage)."""
    for opens_at, closes_at in windows:
        if closes_at <= opens_at:
            raise Refused("3.2 Stage", N_("Этап должен закрываться позже, чем открывается"), field="stages")
    for (_, earlier), (_, later) in pairwise(windows):
        if later < earlier:
            raise Refused(
                "3.2 Stage", N_("Этап не может закрываться раньше предыдущего этапа"), field="stages"
            )


def before_accepting(opens_at: datetime, now: datetime) -> list[Refused]:
    """Entries are accepted from the announced day on (BR-36, BR-37)."""
    return [] if now >= opens_at else [Refused("BR-37", N_("Срок начала приёма заявок ещё не наступил"))]


def after_accepting(closes_at: datetime, now: datetime) -> list[Refused]:
    """The reception is not closed before the announced hour (BR-37)."""
    return [] if now >= closes_at else [Refused("BR-37", N_("Срок приёма заявок ещё не истёк"))]


def after_technical(
    unregistered: Collection[str], unchecked: Collection[str], conditional: Collection[str]
) -> list[Refused]:
    """Submitted entries are registered and checked, conditional admissions settled (BR-38, BR-39)."""
    found = []
    if unregistered:
        found.append(
            Refused(
                "BR-38", N_("Не зарегистрированы поданные заявки: %(entries)s"), entries=_named(unregistered)
            )
        )
    if unchecked:
        found.append(
            Refused("BR-39", N_("Не прошли техническую экспертизу: %(entries)s"), entries=_named(unchecked))
        )
    if conditional:
        found.append(
            Refused("BR-39", N_("Не закрыт условный допуск: %(entries)s"), entries=_named(conditional))
        )
    return found


def before_blind_expertise(unready: Collection[str]) -> list[Refused]:
    """Experts of a blind edition get only works that were looked over and masked, or waived with a reason (F18)."""
    if not unready:
        return []
    return [
        Refused(
            "F18", N_("Не закончена проверка анонимности у заявок: %(entries)s"), entries=_named(unready)
        )
    ]


def after_expertise(entries: Sequence[Progress], min_experts: int) -> list[Refused]:
    """A stage closes when each entry has its sheets and each disagreement an extra one (BR-40, BR-49)."""
    revision = [one.label for one in entries if one.in_revision]
    short = [one.label for one in entries if one.result.sheets < min_experts]
    discordant = [one.label for one in entries if one.result.lacks_extra]
    found = []
    if not entries:
        found.append(Refused("BR-40", N_("На этапе нет ни одной заявки")))
    if revision:
        found.append(Refused("3.3 Entry", N_("Заявки на доработке: %(entries)s"), entries=_named(revision)))
    if short:
        found.append(
            Refused(
                "BR-40",
                N_("Подписанных листов меньше %(number)s у заявок: %(entries)s"),
                number=min_experts,
                entries=_named(short),
            )
        )
    if discordant:
        found.append(
            Refused(
                "BR-49",
                N_("Расхождение оценок требует дополнительного эксперта: %(entries)s"),
                entries=_named(discordant),
            )
        )
    return found


def _named(labels: Collection[str]) -> str:
    listed = sorted(labels)
    return ", ".join(listed[:NAMED]) + (f" … +{len(listed) - NAMED}" if len(listed) > NAMED else "")
