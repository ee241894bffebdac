"""Keyset paging: a page begins after a row, at the same cost for any row of the list.

A link to a page contains the sorting value and the id of the row after which it begins. The database finds the place by
comparing row values, `(value, id) > (?, ?)`, in an index, and does not count rows as OFFSET does. The last page is as
fast as the first, and rows added or removed in the meantime do not make other rows appear twice or not at all.

The method is Markus Winand's: "Paging Through Results", https://use-the-index-luke.com/sql/partial-results/fetch-next-page
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django_tables2 import Table
from django_tables2.data import TableListData

from claims.errors import UnknownPageError

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, in its order.

    Attributes:
        object_list: the rows.
        previous: the value of `?page=` for the page before this one; "" if there is none.
        next: the same for the page after this one.
    """

    object_list: list[Any]
    previous: str
    next: str


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
    if column is None or not column.orderable:
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
    listed, token = _List(rows, by, always_set=always_set), request.GET.get("page")
    return listed.page(listed.place(token) if token else _FIRST)


class _Place(NamedTuple):
    """Where a page begins: after a row in the list's direction or, with `back`, against it.

    `part` is the part of the list with the row, and `values` are the row's values in the fields that sort that
    part; without any, it is the beginning of the list.
    """

    back: bool
    part: int
    values: Sequence[Any]


_FIRST = _Place(back=False, part=0, values=())


class _List:
    """A list in one order. If the sorting field may be empty, it has two parts: rows with a value, then the others."""

    def __init__(self, rows: QuerySet[Any], by: str, *, always_set: bool) -> None:
        self._rows, self._by, self._downwards = rows, by.removeprefix("-"), by.startswith("-")
        # The rows and the sort fields of each part. The id makes the order total, so that rows with equal values
        # keep their places.
        self._parts: list[tuple[dict[str, bool], tuple[str, ...]]]
        if always_set or not _may_be_empty(rows, self._by):
            self._parts = [({}, tuple(dict.fromkeys((self._by, "id"))))]
        else:
            empty = f"{self._by}__isnull"
            self._parts = [({empty: False}, (self._by, "id")), ({empty: True}, ("id",))]
        # A link into another list, or this list in another order, is not valid here.
        self._signer = Signer(salt=f"page {rows.model._meta.label} {by}")

    def page(self, place: _Place) -> Page:
        """Return the page that begins at a place; the first one if nothing is left after the place."""
        found = self._beyond(place, PER_PAGE + 1)
        if place.values and not found:
            return self.page(_FIRST)
        more, rows = len(found) > PER_PAGE, found[:PER_PAGE]
        if place.back:
            rows.reverse()
        has_previous = more if place.back else bool(place.values)
        has_next = more or place.back
        return Page(
            rows,
            previous=self._token(rows[0], back=True) if has_previous else "",
            next=self._token(rows[-1], back=False) if has_next else "",
        )

    def _beyond(self, place: _Place, size: int) -> list[Any]:
        """Return the rows nearest to a place, in its direction."""
        downwards = self._downwards != place.back
        parts = self._parts[place.part :: -1 if place.back else 1]
        found: list[Any] = []
        values = place.values
        for part, fields in parts:
            if len(found) == size:
                break
            order = (f"-{name}" if downwards else name for name in fields)
            rows = self._rows.filter(**part).order_by(*order)
            if values:
                beyond = _compared(rows, fields, "<" if downwards else ">", values)
                # Redundant, but SQLite needs it to use an index on an expression.
                bound = {f"{fields[0]}__{'lte' if downwards else 'gte'}": values[0]}
                rows = rows.filter(beyond, **bound)
            found += rows[: size - len(found)]
            values = ()
        return found

    def _token(self, row: Any, *, back: bool) -> str:
        part = int(getattr(row, self._by) is None)
        values = [getattr(row, field) for field in self._parts[part][1]]
        texts = [str(value) if isinstance(value, date) else value for value in values]
        return self._signer.sign_object([back, part, texts])

    def place(self, token: str) -> _Place:
        """Return the place for a token of this list.

        Raises:
            UnknownPageError: it is not a token of this list.
        """
        try:
            return _Place(*self._signer.unsign_object(token))
        except BadSignature as error:
            raise UnknownPageError from error


def _may_be_empty(rows: QuerySet[Any], name: str) -> bool:
    return any(field.name == name and field.null for field in rows.model._meta.concrete_fields)


def _compared(rows: QuerySet[Any], fields: Sequence[str], sign: str, values: Sequence[Any]) -> Func:
    """Return `(field, id) > (value, number)`, which is true of the rows that follow."""
    kinds = [rows.query.resolve_ref(field).output_field for field in fields]
    there = [Value(value, output_field=kind) for value, kind in zip(values, kinds, strict=True)]
    sides = [_row(*map(F, fields)), _row(*there)]
    return Func(
        *sides, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField()
    )


def _row(*parts: Combinable) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())
