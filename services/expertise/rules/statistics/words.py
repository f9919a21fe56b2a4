"""What the numbers of a jury mean, in plain words that claim no more than was proved (F2, F3, F4, F20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.expertise.rules.statistics.panel import Panel, Section
from services.expertise.rules.statistics.terms import Guard, Light, Tone
from services.expertise.rules.statistics.weights import Stability
from shared.refusal import N_

#: A difference is proved when it holds in nine draws of ten (F4).
PROVED = 0.9


@dataclass(frozen=True)
class Remark:
    """A sentence: a msgid with its parameters."""

    tone: Tone
    text: str
    params: Mapping[str, Any]


_GUARDS: dict[Guard, tuple[Tone, str]] = {
    Guard.ALL_EQUAL: (
        Tone.RED,
        N_("Все оценки одинаковы: эксперты не различили работы, согласованность не определена."),
    ),
    Guard.NOT_REPEATED: (
        Tone.RED,
        N_(
            "Оценки одной и той же работы не различаются или не повторяются: случайную ошибку измерить нельзя, "
            "интервалы мест не определены."
        ),
    ),
    Guard.FEW_EXPERTS: (
        Tone.CAUTION,
        N_("Экспертов меньше пяти: строгость не отделить от качества работ, взято сырое среднее."),
    ),
    Guard.FEW_WORKS: (
        Tone.CAUTION,
        N_("Есть эксперты, оценившие меньше четырёх работ: строгость не оценить, взято сырое среднее."),
    ),
    Guard.NO_SEVERITY: (Tone.PLAIN, N_("Строгость не обнаружена, взято сырое среднее.")),
}


def remarks(panel: Panel, light: Light, codes: Mapping[Any, str]) -> list[Remark]:
    """The sentences of a panel, the grave ones first; ``codes`` are what experts are called (BR-61)."""
    found = [_of_light(light)]
    if not panel.connected:
        found.append(
            Remark(
                Tone.RED,
                N_(
                    "Работы и эксперты распадаются на части без общих экспертов (частей: %(parts)s): "
                    "места сравнимы только внутри части."
                ),
                {"parts": len(panel.sections)},
            )
        )
    for guard in dict.fromkeys(section.guard for section in panel.sections):
        if guard is not None:
            found.append(Remark(*_GUARDS[guard], {}))
        else:
            found.append(Remark(Tone.PLAIN, N_("Строгость экспертов обнаружена и вычтена из оценок."), {}))
    if panel.first is not None:
        found += _of_cut(panel.sections[0], panel.first, codes)
    order = list(Tone)
    return sorted(found, key=lambda remark: order.index(remark.tone))


def _of_light(light: Light) -> Remark:
    match light:
        case Light.SOUND:
            return Remark(Tone.PLAIN, N_("Эксперты согласны между собой: на их оценки можно опираться."), {})
        case Light.TENTATIVE:
            return Remark(Tone.CAUTION, N_("Согласие экспертов умеренное: выводы предварительные."), {})
        case Light.WEAK:
            return Remark(
                Tone.RED, N_("Эксперты не согласны между собой: не награждайте без обсуждения на совете."), {}
            )
        case _:
            return Remark(Tone.CAUTION, N_("Согласие экспертов не определено: сравнивать нечего."), {})


def _of_cut(section: Section, first: int, codes: Mapping[Any, str]) -> list[Remark]:
    found = []
    zone = sum(line.in_zone for line in section.lines)
    edge = section.lines[first - 1]
    if edge.beats_next is not None:
        sure = edge.beats_next >= PROVED
        text = (
            N_("Различие мест %(place)s и %(next)s доказано (вероятность %(chance)s).")
            if sure
            else N_("Различие мест %(place)s и %(next)s не доказано (вероятность %(chance)s).")
        )
        params = {"place": first, "next": first + 1, "chance": edge.beats_next}
        found.append(Remark(Tone.PLAIN if sure else Tone.CAUTION, text, params))
        if zone:
            found.append(
                Remark(
                    Tone.CAUTION,
                    N_("По какую сторону границы стоят %(count)s работ, оценки не доказывают: обсудите их отдельно."),
                    {"count": zone},
                )
            )
    if not section.influences:
        found.append(
            Remark(Tone.PLAIN, N_("Состав первых %(first)s не зависит ни от одного эксперта."), {"first": first})
        )
    found += [
        Remark(
            Tone.CAUTION,
            N_("Состав первых %(first)s зависит от эксперта %(expert)s: без его оценок он был бы другим."),
            {"first": first, "expert": codes.get(one.expert, "?")},
        )
        for one in section.influences[:5]
    ]
    if len(section.influences) > 5:
        found.append(
            Remark(
                Tone.CAUTION,
                N_("Так же влияют ещё %(count)s экспертов."),
                {"count": len(section.influences) - 5},
            )
        )
    return found


def of_weights(stability: Stability | None, titles: tuple[str, ...], rivals: tuple[str, ...]) -> list[Remark]:
    """How far each weight may move (F20); ``rivals`` are what the works are called."""
    if stability is None:
        return [Remark(Tone.PLAIN, N_("Первое место разделено или сравнивать не с кем: устойчивости нет."), {})]
    if stability.flip is None:
        return [
            Remark(
                Tone.PLAIN,
                N_("Лидер %(winner)s остаётся первым при любых весах критериев."),
                {"winner": rivals[stability.winner]},
            )
        ]
    found = [
        Remark(
            Tone.PLAIN,
            N_("Ближайший соперник — %(rival)s: он сравняется с лидером %(winner)s, если сместить веса на %(change)s."),
            {
                "rival": rivals[stability.flip.rival],
                "winner": rivals[stability.winner],
                "change": stability.flip.change / 2,
            },
        )
    ]
    for title, (low, high) in zip(titles, stability.intervals, strict=True):
        if low > 0 or high < 1:
            found.append(
                Remark(
                    Tone.PLAIN,
                    N_("Победитель не меняется, пока вес «%(title)s» в [%(low)s; %(high)s]."),
                    {"title": title, "low": low, "high": high},
                )
            )
    return found
