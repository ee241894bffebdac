"""The parameters that each list's address may have. The list of claims has its own check in `ClaimFilter`."""

from claims.queries.claims.filters import BACK, LIST, PAGE, SORT
from claims.queries.review.orders import ORDER
from claims.queries.review.sources import SOURCE

_QUEUE = frozenset({LIST, "show", SOURCE})
_PICKED = frozenset({LIST, "every", "chosen"})
_FIGURES = frozenset({"weeks", "by", "outlet", "kind", "desk", "person"})

NAMES: dict[str, frozenset[str]] = {
    "articles": frozenset({"waiting", SORT, PAGE}),
    "article": _QUEUE | {"claim", ORDER},
    "claim": _QUEUE,
    "article-history": frozenset({PAGE}),
    "claim-history": frozenset({PAGE}),
    "source-history": frozenset({PAGE}),
    "change-claims": _PICKED | {BACK},
    "export-claims": _PICKED,
    "bulk-changes": frozenset({PAGE}),
    "bulk-change": frozenset({LIST, BACK}),
    "notifications": frozenset({"unread", PAGE}),
    "reports": frozenset({"state", PAGE}),
    "corrections": frozenset({"told", PAGE}),
    "sources": frozenset({"name", "kind", "named", SORT, PAGE}),
    "source": frozenset({SORT, PAGE}),
    "source-duplicates": frozenset({"before"}),
    "statistics": _FIGURES,
    "statistics-table": _FIGURES,
    "search": frozenset({"q"}),
    "palette": frozenset({"q"}),
}
"""The names by the name of the address."""
