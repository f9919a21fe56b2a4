"""Long lists in pages; knows neither HTML nor HTTP, so that queries may use it."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from shared.unit import read

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: the items, how many there are in all, which page it is and of how many."""

    items: list[T]
    total: int
    page: int
    pages: int

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.page < self.pages

    def window(self, around: int = 2) -> list[int | None]:
        """Page numbers worth showing: first, last and the neighbours; None stands for a gap."""
        near = {1, self.pages, *range(self.page - around, self.page + around + 1)}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            if shown and number - (shown[-1] or 0) > 1:
                shown.append(None)
            shown.append(number)
        return shown


def paged(statement: Select[Any], page: int = 1, size: int = 50, *, scalars: bool = True) -> Page[Any]:
    """The asked page of a SELECT. A page beyond the last one is empty and asks the database nothing more."""
    page = max(1, page)
    session = read()
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    items: list[Any] = []
    if page <= pages and total:
        portion = statement.limit(size).offset((page - 1) * size)
        items = list(session.scalars(portion) if scalars else session.execute(portion))
    return Page(items=items, total=total, page=page, pages=pages)
