"""Lists in pages by keyset: a page is found by the row before it, however far down it lies."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tables2 import Table
from django_tables2.data import TableListData
from keyset_pagination.paginator import KeysetPage, KeysetPaginator

PER_PAGE = 50


class _PageData(TableListData):  # type: ignore[misc]
    """The rows of one page, which the database has sorted already."""

    def order_by(self, aliases: Any) -> None:
        """Nothing to do: sorting one page by itself would contradict the others."""


def table_page(
    request: HttpRequest,
    table_class: type[Table],
    rows: QuerySet[Any],
    *,
    default: str,
    **shown: Any,
) -> Table:
    """One page of a table, sorted and found by the address.

    Args:
        request: `?sort=` names a column, with "-" before it for downwards; `?page=` is the place that a link
            to the next or previous page carries. What is no column or no place counts as not given.
        table_class: the table; a column's `order_by` names the field that it sorts by.
        rows: all rows, in any order.
        default: the sort that holds without `?sort=`.
        **shown: what else the table is made with.

    Returns:
        The table of that page. `table.keyset` is its page, for the links to the next and the previous one.
        `table.partial` says that rows are left out which have nothing in the column that sorts them: where one of
        them stands, no link could say.
    """
    sort = request.GET.get("sort", default)
    column = table_class.base_columns.get(sort.removeprefix("-"))
    if column is None or not column.orderable:
        sort = default
        column = table_class.base_columns[sort.removeprefix("-")]
    sign = "-" if sort.startswith("-") else ""
    field = column.order_by[0] if column.order_by else sort.removeprefix("-")
    partial = _may_be_empty(rows, field)
    if partial:
        rows = rows.filter(**{f"{field}__isnull": False})
    # The primary key makes the order total: rows that are alike keep their places.
    page = page_of(request, rows.order_by(*dict.fromkeys((f"{sign}{field}", f"{sign}id"))))
    table = table_class(_PageData(page.object_list), order_by=sort, request=request, **shown)
    table.keyset, table.partial = page, partial
    return table


def _may_be_empty(rows: QuerySet[Any], field: str) -> bool:
    names = {one.name: one for one in rows.model._meta.concrete_fields}
    return field in names and names[field].null


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> KeysetPage:
    """One page of rows in a total order. What is no place in `?page=` shows the first page."""
    paginator = KeysetPaginator(rows, PER_PAGE)
    try:
        page = paginator.page(request.GET.get("page"))
        _rows = page.object_list
    except (InvalidPage, ValidationError, ValueError, TypeError, OverflowError):
        # A mistyped or outdated link shows the list from its beginning.
        page = paginator.page(None)
    return page
