"""Tables that people send: every making is read or refused, nothing hostile is run or unpacked."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from shared import sheets
from shared.refusal import Refused
from shared.sheets import read_table
from shared.web.export import xlsx

LINES = "Название;ИНН\n«Школа № 1»;7707083893\n"


def workbook(*rows: Any, change: Callable[[Workbook], None] = lambda _: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    """The same workbook with other parts in it."""
    file = io.BytesIO(workbook(["Название"], ["Школа"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_of_every_making_reads_the_same(encoding: str, delimiter: str, newline: str) -> None:
    text = LINES.replace(";", delimiter).replace("\n", newline)
    rows = [cells for _, cells in read_table(text.encode(encoding)).rows]
    assert rows == [["Название", "ИНН"], ["«Школа № 1»", "7707083893"]]


def test_quotes_commas_and_lines_inside_cells() -> None:
    table = read_table('Название;Адрес\n"МБОУ ""Школа; 1""";"Краснодар,\nул. Красная"\n'.encode())
    assert table.rows[1] == (3, ['МБОУ "Школа; 1"', "Краснодар,\nул. Красная"])


def test_xlsx_reads_as_people_see_it() -> None:
    content = workbook(
        ["Название", "ИНН", "Дата", "Доля", "Формула"],
        [" Школа ", 7707083893, date(2020, 12, 31), 1.5, "=1+1"],
        [],
        ["Лицей", 2.0],
        change=lambda book: book.create_sheet("Второй"),
    )
    table = read_table(content)
    assert table.rows[1:] == [
        (2, ["Школа", "7707083893", "31.12.2020", "1,5"]),
        (4, ["Лицей", "2"]),
    ]
    assert table.unread == ["Второй"]


def test_what_we_write_we_read() -> None:
    assert [cells for _, cells in read_table(xlsx(["А", "Б"], [["x", "=1+1"]])).rows][1] == ["x", "=1+1"]


BOMB = b"<x>" + b"0" * (70 * 1024 * 1024)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ни одной строки"),
        (b"\n\n", "ни одной строки"),
        (b"\x00\x01\x02", "прочитать буквы"),
        (b"\xd0\xcf\x11\xe0rest", "XLS"),
        (b"PK\x03\x04rubbish", "повреждён"),
        (archive(**{"xl/big.xml": BOMB}), "слишком большой"),
        (archive(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}), "внешние связи"),
        (archive(**{"xl/vbaProject.bin": b"x"}), "макросы"),
        (archive(**{f"xl/{n}.xml": b"" for n in range(sheets.MAX_PARTS)}), "повреждён"),
        (("я;" * 61 + "я").encode(), "столбцов"),
        (("н\n" + "я" * 5001).encode(), "длиннее"),
        (b"a\n" * 10_002, "больше 10000 строк"),
        (workbook(*[["a"]] * 10_002), "больше 10000 строк"),
        (workbook(["a"] * 61), "столбцов"),
        (workbook(["a" * 5001]), "длиннее"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_oversized_files_are_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read_table(content)
    assert refused.value.field == "file"


def test_a_zip_of_something_else_is_no_table() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refused, match="не похож"):
        read_table(file.getvalue())


def test_a_lying_directory_is_found_out() -> None:
    """The archive says that a part is small, and it is not."""
    content = bytearray(archive(**{"xl/big.xml": b"0" * 3_000_000}))
    at = content.rindex(b"xl/big.xml") - 46
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refused):
        read_table(bytes(content))


def test_entities_are_not_expanded() -> None:
    """A sheet with a document type is refused, whichever XML library is there."""
    lol = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]>'
        b'<worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
    )
    source, file = io.BytesIO(workbook(["Название"])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            new.writestr(part.filename, lol if part.filename == "xl/worksheets/sheet1.xml" else old.read(part))
    with pytest.raises(Refused, match="повреждён"):
        read_table(file.getvalue())


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing that somebody sends breaks the reader: it gives rows within the limits, or a refusal."""
    try:
        table = read_table(content)
    except Refused as refused:
        assert refused.field == "file"
    else:
        assert all(cells and all(isinstance(cell, str) for cell in cells) for _, cells in table.rows)


@given(
    st.lists(st.lists(st.text(alphabet='абв;,\t"\n\r№« x', max_size=12), max_size=6), max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16"]),
    st.sampled_from(";,\t"),
)
def test_any_mangled_csv_is_read_or_refused(rows: list[list[str]], encoding: str, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in rows)
    try:
        read_table(text.encode(encoding))
    except Refused as refused:
        assert refused.rule == "FILE"


@given(st.binary(max_size=400), st.integers(0, 3000))
def test_a_damaged_workbook_is_read_or_refused(noise: bytes, at: int) -> None:
    content = bytearray(WHOLE)
    content[at : at + len(noise)] = noise
    try:
        read_table(bytes(content))
    except Refused as refused:
        assert refused.field == "file"


WHOLE = workbook(["Название", "ИНН"], ["Школа", 1])
