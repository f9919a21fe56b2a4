"""The blueprint that the files of the API share."""

from typing import Any

from flask_smorest.pagination import PaginationParameters

from shared.web.api import Blueprint
from shared.web.paging import Page

bp = Blueprint(
    "registry_api",
    __name__,
    description="Territories, organisations, people, accounts, acts, agreements, platforms",
)


def items(page: Page[Any], pagination: PaginationParameters) -> Any:
    """The items of a page; their total number goes into the answer's headers."""
    pagination.item_count = page.total
    return page.items


def portion(pagination: PaginationParameters) -> dict[str, int]:
    """Which page of a list is asked."""
    return {"page": pagination.page, "size": pagination.page_size}
