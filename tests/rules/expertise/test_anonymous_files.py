"""Masked copies of files hold neither their authors nor telling words, and still open (F18)."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from services.expertise.rules.anonymity import files, office, pictures
from services.expertise.rules.anonymity.lexicon import Finding, Lexicon, build
from services.expertise.rules.anonymity.lint import MASK
from shared.files import DOCX, PDF, XLSX, known_type

from .anonymous_files import SECRET, book, jpeg, paper, png, unpacked, word

NAMES = build(organisations=["Детский сад «Солнышко» № 17"], people=[("Тайновский", "Пётр", None)])
NOBODY = Lexicon({})


def test_a_document_loses_its_traces_and_telling_words_torn_between_runs() -> None:
    sent = word("Опыт сада «Солнышко» № 17", "Автор — Тайновский П.П.", "Играем и считаем", picture=jpeg())
    assert SECRET.encode() in unpacked(sent)
    clean = files.copy(DOCX, sent, NAMES, ())
    assert clean is not None and known_type(clean) == DOCX
    parts = unpacked(clean)
    for trace in (SECRET, "Тайновск", "Солнышк", "taynovsky", "Taynovsky", "rsid", "customXml/item9", "custom.xml"):
        assert trace.encode() not in parts, trace
    opened = docx.Document(BytesIO(clean))
    told = [line.text for line in opened.paragraphs]
    assert told[0] == f"Опыт сада «{MASK}» № 17"
    assert told[1].startswith("Автор — █") and "Тайн" not in told[1]
    assert "Играем и считаем" in told
    assert opened.sections[0].header.paragraphs[0].text == told[0]
    assert opened.tables[0].cell(0, 0).text == told[0]
    assert opened.core_properties.author == ""


def test_what_is_waived_stays_in_the_copy() -> None:
    clean = files.copy(DOCX, word("Сказка «Солнышко»"), NAMES, {"солнышко"})
    assert clean is not None
    assert docx.Document(BytesIO(clean)).paragraphs[0].text == "Сказка «Солнышко»"


def test_a_workbook_loses_its_traces_and_telling_words() -> None:
    clean = files.copy(XLSX, book("Опыт «Солнышко»"), NAMES, ())
    assert clean is not None and known_type(clean) == XLSX
    parts = unpacked(clean)
    assert SECRET.encode() not in parts and "Солнышк".encode() not in parts
    sheet = openpyxl.load_workbook(BytesIO(clean)).active
    assert (sheet["A1"].value, sheet["B2"].value) == (f"Опыт «{MASK}»", 15)


def test_a_paper_keeps_its_pages_alone() -> None:
    sent = paper("Play and count")
    clean = files.copy(PDF, sent, NAMES, ())
    assert clean is not None and clean.startswith(b"%PDF")
    traces = (b"Taynovsky", b"/Info", b"/Metadata", b"/Annot", b"/EmbeddedFile", b"/Outlines")
    for trace in (*traces, SECRET.encode("utf-16-be")):
        assert trace not in clean, trace
    reader = PdfReader(BytesIO(clean))
    assert reader.metadata is None
    assert reader.pages[0].extract_text() == "Play and count"


def test_a_paper_that_still_tells_needs_a_copy_made_by_hand() -> None:
    sent = paper("www.school94.ru")
    assert files.copy(PDF, sent, NAMES, ()) is None
    assert files.copy(PDF, sent, NAMES, {"www.school94.ru"}) is not None


@pytest.mark.parametrize("make", [jpeg, png])
def test_pictures_are_made_anew(make: object) -> None:
    sent = make()  # type: ignore[operator]
    assert b"Taynovsky" in sent
    clean = pictures.clean_picture(sent)
    assert clean is not None and b"Taynovsky" not in clean and SECRET.encode() not in clean
    with Image.open(BytesIO(clean)) as picture, Image.open(BytesIO(sent)) as before:
        assert (picture.size, picture.mode) == (before.size, before.mode)
        assert not picture.getexif()
    bare = pictures.bare_jpeg(sent)
    assert make is png or (b"Taynovsky" not in bare and Image.open(BytesIO(bare)).size == (40, 30))


def test_what_a_program_cannot_read_a_person_looks_at() -> None:
    def told(name: str, kind: str, content: bytes) -> set[tuple[Finding, str]]:
        return {(one.finding, one.words) for one in files.look(name, name, kind, content, NAMES)}

    assert told("план.pdf", PDF, paper("Play")) == set()
    assert told("план.pdf", PDF, b"%PDF-1.4 broken") == {(Finding.PICTURE, files.UNREADABLE)}
    assert told("скан.pdf", PDF, paper("")) == {(Finding.PICTURE, files.UNREADABLE)}
    assert told("фото.jpg", "image/jpeg", jpeg()) == {(Finding.PICTURE, files.PICTURE)}
    assert (Finding.PICTURE, files.PICTURES) in told("план.docx", DOCX, word("Играем", picture=png()))
    assert told("План_«Солнышко».pdf", PDF, paper("Play")) == {(Finding.ORGANISATION, "Солнышко")}


def test_bombs_and_broken_files_give_no_copy() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b"0" * (office.MOST_BYTES + 1) + b"</a>")
    assert files.copy(DOCX, out.getvalue(), NAMES, ()) is None
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<a>")
    assert files.copy(DOCX, out.getvalue(), NAMES, ()) is None
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("word/document.xml", entity)
    assert b"root:" not in unpacked(files.copy(DOCX, out.getvalue(), NAMES, ()) or out.getvalue())


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
)
def test_no_bytes_break_the_cleaning(tail: bytes, head: bytes) -> None:
    for kind in (PDF, DOCX, XLSX, "image/png", "image/jpeg"):
        files.copy(kind, head + tail, NOBODY, ())
        files.look("а", "а", kind, head + tail, NOBODY)
