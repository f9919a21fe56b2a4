"""Printed documents: both formats say the same, carry their requisites (BR-67) and never obey their text."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest

from shared.documents import Document, Facts, Heading, PageBreak, Paragraph, Signatures, Table, typeset

HOSTILE = [
    '#read("/etc/passwd")',
    "$x$ и $ 1/0 $",
    "*жирный* _курсив_ `код`",
    "]",
    "#import [ // комментарий",
    "<label> @ref \\ #sys.inputs",
    "{{ 7 * 7 }} <w:p> & </w:t>",
    "=HYPERLINK(1)",
    "\x00\x08управляющие\x1f\ud800",
]


@pytest.fixture
def paper() -> Document:
    return Document(
        title='Отчёт о деятельности сети "МетодСеть"',
        number="ОС-2020/01",
        date=dt.date(2020, 12, 31),
        org_head=["МКУ «Краснодарский научно-методический центр»"],
        verify_url="https://metodset.example.org/reports/verify/ABCD-EFGH",
        verify_code="ABCD-EFGH",
        blocks=[
            Heading("Паспорт"),
            Facts([("Оператор", "КНМЦ"), ("Договоры", "11")]),
            Heading("Площадки", 2),
            Table(["№", "Вид", "Число"], [[str(n), f"вид {n}", "7"] for n in range(90)], [1, 6, 2], [0, 2]),
            PageBreak(),
            Paragraph("Выводы по приказу № 153 - одобрить."),
            Signatures([("Директор", "И. О. Петрова")]),
        ],
    )


def words_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_docx(content: bytes) -> str:
    """The text of the body and of the first page's footer."""
    file = docx.Document(io.BytesIO(content))
    roots = [file.element.body, file.sections[0].first_page_footer._element]
    texts = [
        "".join(node.text or "" for node in p.iter() if node.tag.endswith("}t"))
        for root in roots
        for p in root.iter()
        if p.tag.endswith("}p")
    ]
    return " ".join(" ".join(texts).split())


def test_both_formats_say_the_same(paper: Document) -> None:
    for text in (words_of_pdf(paper.pdf()), words_of_docx(paper.docx())):
        for expected in ("«МетодСеть»", "ОС-2020/01", "31.12.2020", "вид 89", "И. О. Петрова", "ABCD-EFGH"):
            assert expected in text
        assert "приказу № 153 — одобрить" in text


def test_equal_content_gives_equal_bytes(paper: Document) -> None:
    """A stored SHA-256 can be checked years later: nothing in the file remembers when it was made."""
    again = replace(paper)
    assert paper.pdf() == again.pdf()
    assert paper.docx() == again.docx()
    assert paper.content_hash() == again.content_hash()
    other = replace(paper, number="ОС-2020/02")
    assert paper.pdf() != other.pdf()
    assert paper.content_hash() != other.content_hash()


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_a_user_are_printed_and_never_obeyed(paper: Document, text: str) -> None:
    hostile = replace(
        paper,
        title=f"Т {text}",
        number=text,
        org_head=[text],
        blocks=[
            Heading(text),
            Paragraph(text),
            Facts([(text, text)]),
            Table([text], [[text]]),
            Signatures([(text, text)]),
        ],
    )
    pdf, office = words_of_pdf(hostile.pdf()), words_of_docx(hostile.docx())
    assert "root:" not in pdf
    expected = "".join(typeset(text).split())
    assert expected in "".join(pdf.split())
    assert expected in "".join(office.split())


def test_pdf_is_an_archive_copy_with_title_language_and_tags(paper: Document) -> None:
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Отчёт о деятельности сети «МетодСеть»"
    assert reader.root_object["/Lang"] == "ru"
    assert reader.root_object["/MarkInfo"]["/Marked"].value
    metadata = reader.root_object["/Metadata"].get_data().decode()
    assert "pdfaid:part>2<" in metadata
    assert "pdfuaid:part>1<" in metadata


def test_long_tables_repeat_their_head(paper: Document) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.pdf())).pages]
    assert len(pages) > 2
    assert all("Число" in page for page in pages[:-1])
    body = zipfile.ZipFile(io.BytesIO(paper.docx())).read("word/document.xml").decode()
    assert body.count("w:tblHeader") == 1


def test_pages_are_numbered_and_page_one_has_the_code(paper: Document) -> None:
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf()))
    total = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Страница {number} из {total}" in " ".join(text.split())
        assert ("ABCD-EFGH" in text) is (number == 1)
    with zipfile.ZipFile(io.BytesIO(paper.docx())) as archive:
        assert any(name.startswith("word/media/") for name in archive.namelist())
        footers = [archive.read(n).decode() for n in archive.namelist() if n.startswith("word/footer")]
    assert all("NUMPAGES" in footer for footer in footers)


def test_docx_uses_real_styles_and_fixed_properties(paper: Document) -> None:
    file = docx.Document(io.BytesIO(paper.docx()))
    assert file.core_properties.created == dt.datetime(2020, 12, 31, tzinfo=dt.UTC)
    assert file.core_properties.modified == file.core_properties.created
    styles = {p.style.name for p in file.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Normal"} <= styles


def test_a_paper_without_a_checking_page_has_no_code(paper: Document) -> None:
    plain = replace(paper, verify_url="", verify_code="")
    assert "Подлинность" not in words_of_pdf(plain.pdf())
    with zipfile.ZipFile(io.BytesIO(plain.docx())) as archive:
        assert not any(name.startswith("word/media/") for name in archive.namelist())


def test_landscape_and_english(paper: Document) -> None:
    english = replace(paper, lang="en", landscape=True)
    page = pypdf.PdfReader(io.BytesIO(english.pdf())).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "Verification code: ABCD-EFGH" in words_of_pdf(english.pdf())
    assert "Page 1 of" in words_of_docx(english.docx())


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ('МАДОУ "Детский сад № 94"', "МАДОУ «Детский сад №\u00a094»"),
        ('ООО "Центр "Рост""', "ООО «Центр „Рост“»"),
        ("№153", "№\u00a0153"),
        ("25,0 %", "25,0\u00a0%"),
        ("факт - план", "факт\u00a0— план"),
        ("в 2019 - выше", "в 2019\u00a0— выше"),
        ("01.01.2020 – 31.12.2020", "01.01.2020 – 31.12.2020"),
        ("Петрова А.Б.", "Петрова\u00a0А.Б."),
        ("И. О. Петрова", "И.\u00a0О.\u00a0Петрова"),
        ("научно-методический", "научно-методический"),
    ],
)
def test_russian_typography(raw: str, printed: str) -> None:
    assert typeset(raw) == printed


def test_a_table_must_be_rectangular() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(["а", "б"], [["1"]])
    with pytest.raises(ValueError, match="widths"):
        Table(["а", "б"], [], widths=[1])
    with pytest.raises(ValueError, match="column"):
        Table([], [])
