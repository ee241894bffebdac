"""Claims as readers were last told of them, from the public reports: what `PublicClaim` keeps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.choices import SourceKind, Verdict
from claims.models import Claim, Correction, PublicClaim, Report, ReportedClaim
from claims.models.base.expressions import Among
from claims.queries.reports.public import public_edition
from claims.renderers.data.claimreview import LeftOut, review_of
from claims.renderers.in_force import in_force
from claims.renderers.types import Edition, ReportLine


def public_rows(ids: Sequence[int]) -> list[PublicClaim]:
    """Return the rows that claims should have, not saved: those with a verdict in a public report, in its newest one.

    Reads each report with one of them, which takes a fixed number of queries.
    """
    of_report: defaultdict[Report, dict[int, datetime]] = defaultdict(dict)
    for row in _newest(ids).select_related("report").defer("report__claim_ids"):
        of_report[row.report][row.claim_id] = row.changed_at
    sources = _Sources(ids)
    return [
        row
        for report, changed in of_report.items()
        for row in _rows(public_edition(report), report, changed, sources)
    ]


def _newest(ids: Sequence[int]) -> QuerySet[Any]:
    """Return the newest public row of each claim, with `changed_at`: when readers were last told something about it."""
    told = Correction.objects.filter(reported=OuterRef("pk")).newest_published()
    rows = ReportedClaim.objects.filter(Among("claim", ids)).newest_public()
    return rows.annotate(changed_at=Coalesce(Subquery(told), F("report__published_at")))


class _Sources:
    """The sources of claims: the desk's, where it has the name that was published, or else the one known before."""

    def __init__(self, ids: Sequence[int]) -> None:
        desk = Claim.objects.filter(Among("pk", ids), source__isnull=False)
        known = PublicClaim.objects.filter(Among("claim", ids), source__isnull=False)
        self._found = {
            (claim, name): source
            for rows in (
                known.values_list("claim", "source_name", "source"),
                desk.values_list("pk", "source__name", "source"),
            )
            for claim, name, source in rows
        }

    def of(self, line: ReportLine) -> int | None:
        """The id of a line's source; None if it has no name of its own, or the desk has another source since."""
        if line.source_kind and line.source_kind.code == SourceKind.UNNAMED:
            return None
        return self._found.get((line.id, line.source))


def _rows(
    edition: Edition, report: Report, changed: Mapping[int, datetime], sources: _Sources
) -> Iterator[PublicClaim]:
    shown = in_force(edition)
    articles = {article.id: article for article in shown.articles}
    published = {line.id: line for line in edition.report.lines}
    for line in shown.lines:
        if line.id not in changed or line.verdict.code == Verdict.PENDING:
            continue
        article = articles[line.article]
        review = review_of(edition, published[line.id]) if edition.claims_url else None
        yield PublicClaim(
            claim_id=line.id,
            report=report,
            source_id=sources.of(line),
            verdict=line.verdict.code,
            statement=line.statement,
            language=article.language,
            source_name=line.source,
            role=line.role,
            headline=article.headline,
            outlet=article.outlet,
            review=None if isinstance(review, LeftOut) else review,
            changed_at=changed[line.id],
        )
