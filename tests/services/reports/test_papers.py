"""D-10 on paper: both formats say what the screen says, and carry what lets a reader check them (F13)."""

import io
from collections.abc import Iterator

import docx
import pypdf
import pytest
from flask import Flask

from services.reports import actions, queries
from services.reports.queries.issued import ReportCard
from services.reports.rules.terms import Edition, FileFormat
from shared.person import Role
from shared.testing.suite import person
from tests.services.reports.network import YEAR

OPERATOR = person(Role.OPERATOR)


@pytest.fixture
def card(known: Flask) -> Iterator[ReportCard]:
    with known.app_context():
        actions.set_plan(OPERATOR, code="I-02", year=2020, value=4)
        actions.set_plan(OPERATOR, code="I-03", year=2020, value=2)
        yield queries.report(OPERATOR, actions.issue_network_report(OPERATOR, **YEAR))


def text_of(card: ReportCard, edition: Edition, kind: FileFormat) -> str:
    """All words of a paper, spaces evened out."""
    content = io.BytesIO(queries.report_file(OPERATOR, card.id, edition, kind).content)
    if kind is FileFormat.PDF:
        words = " ".join(page.extract_text() for page in pypdf.PdfReader(content).pages)
    else:
        file = docx.Document(content)
        roots = [file.element.body, file.sections[0].first_page_footer._element]
        words = " ".join(
            "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
            for root in roots
            for paragraph in root.iter()
            if paragraph.tag.endswith("}p")
        )
    return " ".join(words.split())


@pytest.mark.parametrize("kind", list(FileFormat))
@pytest.mark.parametrize("edition", list(Edition))
def test_requisites(card: ReportCard, edition: Edition, kind: FileFormat) -> None:
    text = text_of(card, edition, kind)
    assert "Отчёт о деятельности сети" in text
    assert "МКУ «Краснодарский научно-методический центр»" in text
    assert card.number in text
    assert card.verify_code in text
    assert card.inputs_hash in text
    assert f"/reports/verify/{card.verify_code}" in text.replace(" ", "")


@pytest.mark.parametrize("kind", list(FileFormat))
def test_every_number_of_the_screen_is_on_paper(card: ReportCard, kind: FileFormat) -> None:
    text = text_of(card, Edition.FULL, kind)
    for one in card.content["indicators"]:
        previous = [year["values"][one["code"]] for year in card.content["previous"]]
        row = [one["plan_shown"] or "–", one["shown"], one["deviation"] or "–", *previous]
        assert " ".join(" ".join(row).split()) in text, one["code"]
    assert "План достигнут по 1 из 2 показателей с планом. Не достигнут: I-02 (−1)." in text


@pytest.mark.parametrize("kind", list(FileFormat))
def test_the_open_edition_counts_agreements_and_does_not_list_them(
    card: ReportCard, kind: FileFormat
) -> None:
    assert "КРЦ-2019/01" in text_of(card, Edition.FULL, kind)
    opened = text_of(card, Edition.OPEN, kind)
    assert "КРЦ-2019/01" not in opened
    assert "Действующих договоров на дату отчёта: 2." in opened


@pytest.mark.parametrize("kind", list(FileFormat))
def test_platforms_events_and_contests(card: ReportCard, kind: FileFormat) -> None:
    text = text_of(card, Edition.OPEN, kind)
    assert "муниципальные (МИП) 2 2" in text
    assert "краевые (КИП) 0 1" in text
    assert "Всего 3 4" in text
    assert "02.2020 Событие 302 фестиваль очно 2 2 0" in text
    assert "Проекты 2 2 1" in text
    assert "Северский район" in text


def test_an_empty_network_has_a_report_too(app: Flask) -> None:
    with app.app_context():
        empty = queries.report(OPERATOR, actions.issue_network_report(OPERATOR, **YEAR))
        text = text_of(empty, Edition.FULL, FileFormat.PDF)
    assert "нет данных" in text
    assert "Мероприятий за период не было." in text
    assert "Планы на этот год не установлены" in text
