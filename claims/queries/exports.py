"""The claims of a list as rows of a table, in any number, for exports."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Case, Value, When
from django.db.models.expressions import Combinable

from claims.models import Claim, Decision, Evidence
from claims.models.base.expressions import Among, InUtc
from claims.models.claims.blind import hidden_from
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.matching.exported import groups_of, matches_of
from claims.renderers.types import Cell, Table

_AT_ONCE = 5_000
"""How many claims a query reads."""

# Columns that the admin's files of claims also have use the same names, because it can import these
# files.
_FIELDS: dict[str, str | Combinable] = {
    "id": "pk",
    "article": "revision__article_id",
    "headline": "revision__article__headline",
    "outlet": "outlet__name",
    "url": "revision__article__url",
    "published": InUtc("revision__article__published_at"),
    "quote": "quote",
    "statement": "statement",
    "source": "source__name",
    "source_kind": "source_kind",
    "role": "role",
    "told_to": "told_to",
    "quotation": "quotation",
    "checkworthiness": "checkworthiness",
    "checkable": Case(When(checkable=True, then=Value("yes")), default=Value("no")),
    "review_status": "review_status",
    "verdict": "verdict",
}
_DECISION = ("reason", "checked_by", "checked_at", "taken_over_from")
COLUMNS = (*_FIELDS, *_DECISION, "evidence", "group", "matches")
_VERDICT = list(_FIELDS).index("verdict")
_UNDECIDED = ["", "", None, None]


class Rows:
    """The claims in a list now, newest article first, read a few thousand at a time.

    The claims are selected once, when their number is requested or the first one is read, and there will be as many
    rows, whatever is decided in the meantime. Each row has its claim's state at the time it is read.

    Args:
        claims: the list.
        viewer: whose list it is: verdicts that they must not know yet are left empty.
    """

    def __init__(self, claims: ClaimQuerySet, viewer: User) -> None:
        self._claims = claims
        self._viewer = viewer

    @cached_property
    def _ids(self) -> "array[int]":
        ids = self._claims.order_by("-listed_at", "-pk").values_list("pk", flat=True)
        return array("q", ids.iterator(chunk_size=50_000))

    @cached_property
    def _hidden(self) -> set[int]:
        return hidden_from(self._viewer, Claim.objects.all())

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._ids)

    def table(self) -> Table:
        """Return the rows as a table."""
        return Table(columns=COLUMNS, rows=self._rows())

    def _rows(self) -> Iterator[Sequence[Cell]]:
        for start in range(0, len(self._ids), _AT_ONCE):
            yield from self._read(self._ids[start : start + _AT_ONCE].tolist())

    def _read(self, ids: list[int]) -> Iterator[Sequence[Cell]]:
        claims = Claim.objects.filter(Among("pk", ids)).order_by()
        found = {row[0]: row for row in claims.values_list(*_FIELDS.values())}
        decisions = self._decisions(ids)
        standing = Evidence.objects.not_removed().filter(Among("claim", ids))
        documents = Counter(standing.order_by().values_list("claim", flat=True))
        groups, matches = groups_of(ids), matches_of(ids)
        for pk in ids:
            row = found.get(pk)
            if row is None:  # its article has been deleted in the meantime
                continue
            told = decisions.get(pk, _UNDECIDED)
            if pk in self._hidden:
                row, told = (*row[:_VERDICT], "", *row[_VERDICT + 1 :]), _UNDECIDED
            yield (*row, *told, documents[pk], groups.get(pk), matches.get(pk, ""))

    def _decisions(self, ids: list[int]) -> dict[int, list[Cell]]:
        """Return what is told of each claim's newest decision; no origin whose verdict the viewer must not know yet."""
        newest = Decision.objects.filter(Among("claim", ids)).order_by("pk")
        rows = newest.values_list(
            "claim", "reason", "actor_name", InUtc("decided_at"), "origin__claim"
        )
        return {
            claim: [*told, None if origin in self._hidden else origin]
            for claim, *told, origin in rows
        }
