"""Keyset paging: a page begins after a row, at the same cost for any row of the list.

A link to a page contains the sorting value and the id of the row after which it begins. The database finds the place by
comparing row values, `(value, id) > (?, ?)`, in an index, and does not count rows as OFFSET does. The last page is as
fast as the first, and rows added or removed in the meantime do not make other rows appear twice or not at all.

The method is Markus Winand's: "Paging Through Results", https://use-the-index-luke.com/sql/partial-results/fetch-next-page
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable

from claims.errors import UnknownPageError


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, in its order.

    Attributes:
        object_list: the rows.
        previous: the token of the page before this one; "" if there is none.
        next: the same for the page after this one.
    """

    object_list: list[Any]
    previous: str
    next: str


class _Place(NamedTuple):
    """Where a page begins: after a row in the list's direction or, with `back`, against it.

    `part` is the part of the list with the row, and `values` are the row's values in the fields that sort that
    part; without any, it is the beginning of the list.
    """

    back: bool
    part: int
    values: Sequence[Any]


_FIRST = _Place(back=False, part=0, values=())


class KeysetList:
    """A list in one order. If the sorting field may be empty, it has two parts: rows with a value, then the others.

    Args:
        rows: all rows of the list, in any order.
        by: the field or annotation to sort by, with "-" before it for descending order. Rows with the same value are
            sorted by id in the same direction. Rows without a value come last in either direction.
        always_set: whether all rows have a value even though the column may be empty: that saves a query.
        size: how many rows a page has.
    """

    def __init__(self, rows: QuerySet[Any], by: str, *, always_set: bool, size: int) -> None:
        self._size = size
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

    def page(self, token: str = "", *, or_first: bool = True) -> Page:
        """Return the page of a token, which is the `next` or `previous` of another page; without one, the first page.

        Args:
            token: the token.
            or_first: whether the first page comes in place of one whose rows are all gone; otherwise, it is empty.

        Raises:
            UnknownPageError: the token is not of this list, sorted like this.
        """
        place = self._place(token) if token else _FIRST
        found = self._beyond(place, self._size + 1)
        if or_first and place.values and not found:
            return self.page()
        more, rows = len(found) > self._size, found[: self._size]
        if place.back:
            rows.reverse()
        has_previous = more if place.back else bool(place.values)
        has_next = more or place.back
        return Page(
            rows,
            previous=self._token(rows[0], back=True) if rows and has_previous else "",
            next=self._token(rows[-1], back=False) if rows and has_next else "",
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

    def _place(self, token: str) -> _Place:
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
