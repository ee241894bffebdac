"""What became of a published report's claims since: notices to readers, later reports, and what nobody has told yet."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from claims.choices import Verdict
from claims.models import Correction, EarlierNotice, Report, ReportedClaim, Snapshot
from claims.queries.reports.terms import known_term, term_of
from claims.renderers.digest import line_of as thawed
from claims.renderers.types import CORRECTION, LATER_REPORT, UPDATE, ReportLine, TextCorrection
from claims.renderers.types import Correction as CorrectionLine
from claims.renderers.types import EarlierNotice as EarlierNoticeLine
from claims.renderers.types import Report as ReportData

_NEVER = datetime.max.replace(tzinfo=UTC)


def corrections_of(report: Report, frozen: ReportData) -> tuple[CorrectionLine, ...]:
    """Return what happened to a report's claims since it was published, in the order in which readers were told.

    A claim has one verdict for readers, whichever report they read: a notice on another public report, and a later
    report with another verdict, count as well. What nobody has told readers yet comes last.
    """
    published_at = frozen.issued_at
    happened = [*_notices(report, published_at), *_later_reports(report, published_at)]
    happened.sort(key=lambda one: one.published_at or _NEVER)
    return tuple(_chained(frozen, happened))


def text_corrections_of(report: Report, frozen: ReportData) -> Iterator[TextCorrection]:
    """Yield what was corrected of a report's lede and conclusion since it was published, oldest first."""
    texts = {"lede": frozen.lede, "conclusion": frozen.conclusion}
    for row in report.text_corrections.order_by("pk"):
        yield TextCorrection(row.part, texts[row.part], row.text, row.notice, row.published_at)
        texts[row.part] = row.text


def _notices(report: Report, published_at: datetime) -> Iterator[CorrectionLine]:
    rows = list(_read(Correction.objects.filter(reported__report=report)))
    told = {(row.reported.claim_id, row.decision_id) for row in rows if row.published_at}
    # What the report itself said already.
    told.update(report.claims.values_list("claim", "decision"))
    elsewhere = Correction.objects.published().filter(
        reported__claim__reported__report=report,
        reported__report__public=True,
        published_at__gt=published_at,
    )
    for row in _read(elsewhere.exclude(reported__report=report)):
        key = (row.reported.claim_id, row.decision_id)
        if key not in told:
            told.add(key)
            rows.append(row)
    return (_notice(row, published_at) for row in rows)


def _read(rows: Any) -> Iterable[Correction]:
    return (  # type: ignore[no-any-return]  # a queryset of corrections
        rows.known_to(AnonymousUser())
        .select_related("reported", "decision")
        .defer("decision__evidence")
        .prefetch_related(Prefetch("earlier_notices", EarlierNotice.objects.order_by("pk")))
        .order_by("pk")
    )


def _notice(row: Correction, published_at: datetime) -> CorrectionLine:
    decided = row.changed_at or row.decision.decided_at
    return CorrectionLine(
        claim=row.reported.claim_id,
        before=term_of(Verdict(row.previous_verdict)),
        after=term_of(Verdict(row.decision.verdict)),
        reason=row.decision.reason,
        # A decision may have been made before the report was published, and become known afterwards.
        at=max(decided, published_at),
        notice=row.notice,
        published_at=row.published_at,
        kind=UPDATE if row.is_update else CORRECTION,
        language=row.language,
        line=replace(thawed(json.loads(row.data), known_term), reason=row.notice)
        if row.published_at and row.data
        else None,
        earlier_notices=tuple(
            EarlierNoticeLine(each.notice, each.published_at) for each in row.earlier_notices.all()
        ),
    )


def _later_reports(report: Report, published_at: datetime) -> Iterator[CorrectionLine]:
    """Return what later public reports say of the same claims, where it rests on another decision."""
    rows = ReportedClaim.objects.filter(
        claim__reported__report=report,
        report__public=True,
        report__published_at__gt=published_at,
        # Without a decision, a claim was pending then for readers alone.
        decision__isnull=False,
    ).exclude(report=report)
    known = dict(report.claims.values_list("claim", "decision"))
    others = [
        row
        for row in rows.select_related("report", "decision").defer(
            "report__claim_ids", "decision__evidence"
        )
        if row.decision_id != known[row.claim_id]
    ]
    lines = lines_in({row.report_id for row in others}) if others else {}
    for row in others:
        decision = row.decision
        if decision and row.report.published_at:
            yield CorrectionLine(
                claim=row.claim_id,
                before=term_of(Verdict(row.verdict)),
                after=term_of(Verdict(row.verdict)),
                reason="",
                at=decision.decided_at,
                notice="",
                published_at=row.report.published_at,
                kind=LATER_REPORT,
                line=lines[row.report_id, row.claim_id],
                report=row.report_id,
            )


def lines_in(reports: Iterable[int]) -> dict[tuple[int, int], ReportLine]:
    """Return the claims of published reports as these froze them, by the report's number and the claim's id."""
    found = {}
    for snapshot in Snapshot.objects.filter(report__in=reports):
        for data in json.loads(snapshot.data)["lines"]:
            found[snapshot.report_id, data["id"]] = thawed(data, known_term)
    return found


def _chained(frozen: ReportData, happened: Iterable[CorrectionLine]) -> Iterator[CorrectionLine]:
    """Yield each with the verdict that readers knew before; a later report that says the same is not one."""
    verdicts = {line.id: line.verdict for line in frozen.lines}
    for one in happened:
        before = verdicts.get(one.claim, one.before)
        if one.kind == LATER_REPORT and one.after.code == before.code:
            continue
        if one.published_at:
            verdicts[one.claim] = one.after
        yield replace(one, before=before)
