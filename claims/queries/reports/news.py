"""What readers will see of a report that is not public yet: what whoever publishes it is told before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.models import Report, ReportedClaim
from claims.models.base.expressions import Among
from claims.queries.reports.editions import frozen_edition
from claims.renderers.in_force import in_force
from claims.renderers.public import for_public
from claims.renderers.types import Edition, EvidenceLine, ReportLine


@dataclass(frozen=True, slots=True)
class News:
    """What of a report is on no public page yet.

    Attributes:
        has_lede, has_conclusion: whether it has them.
        headings: those of its sections.
        claims: its claims that no public report has.
        changed: those that have another verdict on a public page.
        known: how many of its claims are public already.
        documents: the documents that no public report has.
        withheld: how many documents it withholds.
        sources: the names of the sources of its claims that no public report names for them, sorted.
    """

    has_lede: bool
    has_conclusion: bool
    headings: Sequence[str]
    claims: Sequence[ReportLine]
    changed: Sequence[ReportLine]
    known: int
    documents: Sequence[EvidenceLine]
    withheld: int
    sources: Sequence[str]


def news_of(public: Edition) -> News:
    """Return what of a report is on no public page yet.

    Args:
        public: its public edition.
    """
    report = in_force(public)
    told = _told({line.id for line in report.lines}, besides=public.number)
    shown = {document.id for line in told.values() for document in _documents([line])}
    fresh = [line for line in report.lines if line.id not in told]
    names = {line.source for line in fresh if line.source}
    return News(
        has_lede=bool(report.lede),
        has_conclusion=bool(report.conclusion),
        headings=[section.heading for section in report.sections if section.heading],
        claims=fresh,
        changed=[
            line
            for line in report.lines
            if line.id in told and told[line.id].verdict.code != line.verdict.code
        ],
        known=len(report.lines) - len(fresh),
        documents=[one for one in _documents(report.lines) if one.id not in shown],
        withheld=sum(line.withheld for line in report.lines),
        sources=sorted(names - {line.source for line in told.values()}),
    )


def _told(claims: set[int], *, besides: int | None) -> dict[int, ReportLine]:
    """Return claims as readers know them from other public reports, by id."""
    rows = ReportedClaim.objects.newest_public().filter(Among("claim", sorted(claims)))
    numbers = set(rows.exclude(report=besides).values_list("report", flat=True))
    return {
        line.id: line
        for report in Report.objects.filter(pk__in=numbers)
        for line in in_force(for_public(frozen_edition(report))).lines
        if line.id in claims
    }


def _documents(lines: Iterable[ReportLine]) -> list[EvidenceLine]:
    """Return the documents of claims, each once, in the order of the claims."""
    found = (document for line in lines for document in (*line.evidence, *line.referred))
    return list({document.id: document for document in found}.values())
