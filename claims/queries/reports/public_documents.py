"""Which public reports have named a document: what an editor has to know before marking it confidential."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from claims.models import Correction, Evidence, ReportedClaim

_MOST = 500
"""Of a document that so many claims of public reports have, the newest are looked at."""


def public_reports_naming(documents: Collection[Evidence]) -> Mapping[int, Sequence[int]]:
    """Return the numbers of the public reports whose readers were told of some documents, by the document's id.

    A report named a document if that was there for any of its claims, and not confidential, when the report or a notice
    on it was published. It may withhold the document today. In one query if there is no such report, otherwise in four;
    in none without documents.
    """
    if not documents:
        return {}
    public = ReportedClaim.objects.filter(claim=OuterRef("claim"), report__public=True)
    same = Evidence.objects.of_same_documents(documents).filter(Exists(public))
    pieces = list(same.only("claim_id", "address_key", "sha256").order_by("-pk")[:_MOST])
    if not pieces:
        return {}
    moments = _moments({piece.claim_id for piece in pieces})
    states = _states(piece.pk for piece in pieces)
    named = {
        piece: {
            report
            for report, at in moments[piece.claim_id]
            if at and _was_open(states[piece.pk], at)
        }
        for piece in pieces
    }
    found = {}
    for document in documents:
        numbers = {
            report
            for piece, reports in named.items()
            if piece.is_same_document(document)
            for report in reports
        }
        if numbers:
            found[document.pk] = sorted(numbers)
    return found


def _moments(claims: Collection[int]) -> Mapping[int, list[tuple[int, datetime | None]]]:
    """Return when public reports told readers of some claims, themselves or in a notice: by claim, with their numbers."""
    moments: defaultdict[int, list[tuple[int, datetime | None]]] = defaultdict(list)
    published = ReportedClaim.objects.filter(claim__in=claims, report__public=True)
    for claim, report, at in published.values_list("claim", "report", "report__published_at"):
        moments[claim].append((report, at))
    notices = Correction.objects.published().filter(
        reported__claim__in=claims, reported__report__public=True
    )
    told = notices.exclude(data="").order_by()
    for claim, report, at in told.values_list(
        "reported__claim", "reported__report", "published_at"
    ):
        moments[claim].append((report, at))
    return moments


def _states(documents: Iterable[int]) -> Mapping[int, list[tuple[datetime, bool]]]:
    """Return since when each document was open to readers, or not: by its id, oldest first."""
    states: defaultdict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    rows = Evidence.history.filter(id__in=list(documents))
    kept = rows.order_by("history_date", "history_id")
    for pk, at, confidential, removed in kept.values_list(
        "id", "history_date", "confidential", "removed_at"
    ):
        states[pk].append((at, not confidential and removed is None))
    return states


def _was_open(states: Sequence[tuple[datetime, bool]], at: datetime) -> bool:
    before = [is_open for since, is_open in states if since <= at]
    return bool(before) and before[-1]
