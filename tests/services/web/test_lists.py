"""Long lists in pages, and lists as files that run nothing."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shared.web import export, paging


class Base(DeclarativeBase):
    pass


class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)


def test_lists_come_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Thing(id=i) for i in range(1, 8))
        session.flush()
        monkeypatch.setattr(paging, "read", lambda: session)
        everything = sa.select(Thing).order_by(Thing.id)
        page = paging.paged(everything, 2, size=3)
        assert [thing.id for thing in page.items] == [4, 5, 6]
        assert (page.total, page.page, page.pages) == (7, 2, 3)
        assert page.has_previous and page.has_next
        assert not paging.paged(everything, 10**30, size=3).items and paging.paged(everything, -1).page == 1
        assert paging.paged(sa.select(Thing.id), 3, size=3, scalars=False).items == [(7,)]
        assert paging.paged(everything.where(Thing.id > 9)) == paging.Page([], 0, 1, 1)
    engine.dispose()


def test_long_lists_show_only_near_pages() -> None:
    assert paging.Page([], 1000, 10, 20).window() == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert paging.Page([], 1, 1, 1).window() == [1]


def test_the_pager_keeps_filters(client: FlaskClient) -> None:
    assert "/list?q=a&amp;page=3" in client.get("/list?q=a&page=2").text


HOSTILE = ["=1+1", "+7 900", "-x", "@sum", "https://example.org", "обычный; текст"]


def test_csv_opens_in_russian_excel_and_runs_nothing(app: Flask) -> None:
    with app.test_request_context():
        content = export.csv_text(["Имя", "Доля"], [[text, Decimal("-1.5")] for text in HOSTILE])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Имя", "Доля"] and rows[1] == ["'=1+1", "-1,5"]
    assert [row[0] for row in rows[5:]] == HOSTILE[4:]


def test_xlsx_keeps_text_as_text(app: Flask) -> None:
    moment = datetime(2026, 3, 5, 11, 0, tzinfo=UTC)
    with app.test_request_context():
        content = export.xlsx(
            ["Имя", "Число", "День", "Миг", "Да"],
            [[text, Decimal("1.5"), date(2026, 3, 5), moment, True] for text in HOSTILE],
            sheet="Отчёт: [2026]/очень длинное название листа",
        )
    book = load_workbook(BytesIO(content))
    first = next(book.active.iter_rows(min_row=2))
    assert (first[0].value, first[0].data_type) == ("=1+1", "s") and first[1].value == 1.5
    assert f"{first[2].value:%d.%m.%Y} {first[3].value:%d.%m.%Y %H:%M}" == "05.03.2026 05.03.2026 14:00"
    assert first[4].value == "да" and len(book.active.title) <= 31


def test_downloads_have_russian_names(app: Flask) -> None:
    with app.test_request_context():
        answer = export.download("csv", "Организации", ["Имя"], [["а"]])
    assert "filename*=UTF-8''%D0%9E" in answer.headers["Content-Disposition"]
    with pytest.raises(Exception, match="404"):
        export.download("exe", "x", [], [])
