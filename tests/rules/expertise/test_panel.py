"""The panel of a jury and its sentences: no more is claimed than was proved (F2, F3, F4, F20)."""

import pytest

from services.expertise.rules.statistics.panel import Panel, panel, seed_of
from services.expertise.rules.statistics.terms import Guard, Light, Method, Tone
from services.expertise.rules.statistics.weights import stability
from services.expertise.rules.statistics.words import of_weights, remarks
from tests.rules.expertise.juries import GOLDEN, jury

CODES = {expert: f"Э{expert + 1}" for expert in range(40)}


def said(found: Panel, light: Light = Light.SOUND) -> list[str]:
    return [one.text % one.params for one in remarks(found, light, CODES)]


def test_the_seed_is_a_hash_of_the_marks() -> None:
    rows = tuple(jury(1))
    assert seed_of(rows) == seed_of(tuple(reversed(rows)))
    assert seed_of(rows) != seed_of(rows[1:])
    assert panel(rows, 6) is panel(tuple(jury(1)), 6)
    assert panel(tuple(reversed(rows)), 6) == panel(rows, 6)


def test_lines_go_from_the_best_and_share_equal_places() -> None:
    found = panel((("a", 1, 5.0), ("b", 1, 7.0), ("c", 1, 5.0), ("d", 1, 1.0)), 2)
    (section,) = found.sections
    assert [(line.work, line.place) for line in section.lines] == [("b", 1), ("a", 2), ("c", 2), ("d", 4)]
    assert section.guard is Guard.NOT_REPEATED
    assert {line.low for line in section.lines} == {None}


def test_the_golden_jury_is_too_small_to_calibrate() -> None:
    (section,) = panel(tuple(GOLDEN), 2).sections
    assert (section.method, section.guard) == (Method.RAW_MEAN, Guard.FEW_EXPERTS)
    assert section.lines[0].mean == section.lines[1].mean
    assert {line.place for line in section.lines[:2]} == {1}


def test_a_cut_off_beyond_the_works_is_none() -> None:
    assert panel(tuple(jury(1)), 30).first is None
    assert panel(tuple(jury(1)), 29).first == 29
    assert panel((), 3).sections == ()


def test_places_near_the_cut_off_are_not_proved() -> None:
    texts = said(panel(tuple(jury(2, noise=9.0)), 6))
    assert any(text.startswith("Различие мест 6 и 7 не доказано") for text in texts)
    assert any(text.startswith("По какую сторону границы") for text in texts)


def test_a_great_difference_is_proved() -> None:
    rows = [(work, expert, mark + (40 if work < 4 else 0)) for work, expert, mark in jury(3, noise=2.0)]
    found = panel(tuple(rows), 4)
    texts = said(found)
    assert any(text.startswith("Различие мест 4 и 5 доказано") for text in texts)
    assert "Состав первых 4 не зависит ни от одного эксперта." in texts
    assert not any(line.in_zone for line in found.sections[0].lines)


def test_many_decisive_experts_are_not_all_listed() -> None:
    found = panel(tuple(jury(9, works=80, experts=40, noise=9.0, each=2)), 20)
    decisive = len(found.sections[0].influences)
    assert decisive > 5
    texts = said(found)
    assert sum("зависит от эксперта Э" in text for text in texts) == 5
    assert f"Так же влияют ещё {decisive - 5} экспертов." in texts


@pytest.mark.parametrize(
    ("light", "tone", "words"),
    [
        (Light.SOUND, Tone.PLAIN, "согласны между собой"),
        (Light.TENTATIVE, Tone.CAUTION, "предварительные"),
        (Light.WEAK, Tone.RED, "не награждайте без обсуждения"),
        (Light.UNDEFINED, Tone.CAUTION, "не определено"),
    ],
)
def test_the_light_in_words_and_the_grave_first(light: Light, tone: Tone, words: str) -> None:
    found = remarks(panel(tuple(jury(4)), 6), light, CODES)
    assert next(one.tone for one in found if words in one.text) is tone
    order = [list(Tone).index(one.tone) for one in found]
    assert order == sorted(order)


def test_severity_in_words() -> None:
    assert "Строгость экспертов обнаружена и вычтена из оценок." in said(panel(tuple(jury(1, severity=9)), 6))
    assert "Строгость не обнаружена, взято сырое среднее." in said(panel(tuple(jury(2, severity=0)), 6))


def test_weights_in_words() -> None:
    told = of_weights(stability([[9, 6], [7, 7]], [1, 1]), ("Новизна", "Польза"), ("А", "Б"))
    assert [round(value, 2) for value in (told[1].params["low"], told[1].params["high"])] == [0.33, 1.0]
    assert told[1].text == "Победитель не меняется, пока вес «%(title)s» в [%(low)s; %(high)s]."
    assert told[1].params["title"] == "Новизна"
    assert told[0].params["rival"] == "Б"
    assert "при любых весах" in of_weights(stability([[9, 9], [7, 7]], [1, 1]), ("a", "b"), ("А", "Б"))[0].text
    assert "разделено" in of_weights(None, (), ())[0].text
