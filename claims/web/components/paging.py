"""Tables and lists page by page, with sort order and page from the address."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import Table
from django_tables2.data import TableListData

from claims.models.base.keyset import KeysetList, Page

PER_PAGE = 50


class _PageData(TableListData):  # type: ignore[misc]  # its package has no types
    """The rows of one page, which the database has sorted already."""

    def order_by(self, aliases: Any) -> None:
        """Do nothing: sorting one page by itself would contradict the others."""


def table_page(
    request: HttpRequest,
    table_class: type[Table],
    rows: QuerySet[Any],
    *,
    default: str,
    as_rows: Callable[[list[Any]], list[Any]] = list,
    **shown: Any,
) -> Table:
    """Return one page of a table, with sort order and page from the address.

    Args:
        request: `?sort=` names a column, with "-" before it for descending order; unknown columns are ignored.
            `?page=` is the page, as in `page_of`.
        table_class: the table; a column's `order_by` names the field that it sorts by.
        rows: all rows, in any order.
        default: the sort that holds without `?sort=`.
        as_rows: makes what the table shows of the records of the page.
        **shown: what else the table is made with.

    Returns:
        The table of that page. `table.keyset` is its page, for the links to the next and the previous one.

    Raises:
        UnknownPageError: as in `page_of`.
    """
    sort = request.GET.get("sort", default)
    column = table_class.base_columns.get(sort.removeprefix("-"))
    # None leaves it to the table, which can be sorted.
    if column is None or column.orderable is False:
        sort = default
        column = table_class.base_columns[sort.removeprefix("-")]
    sign = "-" if sort.startswith("-") else ""
    field = column.order_by[0] if column.order_by else sort.removeprefix("-")
    page = page_of(request, rows, by=f"{sign}{field}")
    page = replace(page, object_list=as_rows(page.object_list))
    # Without the request: given one, the table would cut this page into pages again.
    table = table_class(_PageData(page.object_list), order_by=sort, **shown)
    table.keyset = page
    return table


def page_of(
    request: HttpRequest, rows: QuerySet[Any], *, by: str, always_set: bool = False
) -> Page:
    """Return the page of a list that the address names.

    Args:
        request: `?page=` is the `next` or `previous` of another page. Without it, or if all the rows of that page are
            gone, the first page is returned.
        rows: all rows of the list, in any order.
        by: the field or annotation to sort by, with "-" before it for descending order. Rows with the same value are
            sorted by id in the same direction. Rows without a value come last in either direction.
        always_set: whether all rows have a value even though the column may be empty: that saves a query.

    Raises:
        UnknownPageError: `?page=` is not a link that this list, sorted like this, has given.
    """
    listed = KeysetList(rows, by, always_set=always_set, size=PER_PAGE)
    return listed.page(request.GET.get("page", ""))
