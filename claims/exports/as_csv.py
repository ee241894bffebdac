"""CSV: one line a claim, for spreadsheets.

The file begins with a byte-order mark: without it Excel reads UTF-8 as the machine's old code page and
breaks every accent; LibreOffice and Google Sheets take it as well. Python reads such a file with
`encoding="utf-8-sig"`.

A text that a spreadsheet would run as a formula gets an apostrophe in front. The JSON export is the one
to take where the texts have to be exact to the character.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from claims.exports.digest import digest
from claims.exports.guard import guarded
from claims.exports.times import iso
from claims.exports.types import STANCES, EvidenceLine, Format, Report, ReportLine

Value = str | int | float | datetime | None


def _evidence(stance: str, line: ReportLine) -> str:
    return "\n".join(_document(each) for each in line.evidence if each.stance.code == stance)


def _document(evidence: EvidenceLine) -> str:
    parts = [
        f"#{evidence.id}",
        evidence.title,
        evidence.url,
        f"SHA-256: {evidence.sha256}" if evidence.sha256 else "",
        f"archived: {evidence.archive_url}" if evidence.archive_url else "",
        "primary" if evidence.primary else "not primary",
        f"excerpt: {evidence.excerpt}" if evidence.excerpt else "",
        f"interest: {evidence.interest}" if evidence.interest else "",
        f"looked up: {evidence.looked_up.isoformat()}",
    ]
    # A line a document: a line break inside one would look like the next.
    return " | ".join(" ".join(part.split()) for part in parts if part)


_CLAIM: dict[str, Callable[[ReportLine], Value]] = {
    "claim_id": lambda line: line.id,
    "verdict": lambda line: line.verdict.code,
    "verdict_label": lambda line: line.verdict.label,
    "statement": lambda line: line.statement,
    "quote": lambda line: line.quote,
    "quotation": lambda line: line.quotation.code,
    "quotation_label": lambda line: line.quotation.label,
    "source": lambda line: line.source,
    "source_kind": lambda line: line.source_kind and line.source_kind.code,
    "source_kind_label": lambda line: line.source_kind and line.source_kind.label,
    "role": lambda line: line.role,
    "told_to": lambda line: line.told_to,
    "checkworthiness": lambda line: line.checkworthiness,
    "reason": lambda line: line.reason,
    "checked_by": lambda line: line.checked_by,
    "checked_at": lambda line: line.checked_at,
} | {f"evidence_{stance}": partial(_evidence, stance) for stance in STANCES}
_ARTICLE: dict[str, Callable[[Report], Value]] = {
    "headline": lambda report: report.headline,
    "outlet": lambda report: report.outlet,
    "byline": lambda report: report.byline,
    "url": lambda report: report.url,
    "published": lambda report: report.published,
    "language": lambda report: report.language,
    "revision": lambda report: report.revision,
    "body_digest": lambda report: report.body_digest,
    "newsroom": lambda report: report.newsroom,
    "method": lambda report: report.method,
    "corrections": lambda report: report.corrections,
    "made_by": lambda report: report.made_by,
    "made_at": lambda report: report.made_at,
    "software": lambda report: report.software,
    "report_digest": digest,
}


def write(report: Report) -> Iterator[bytes]:
    """Write a report as CSV: a line of column names, then a line a claim, ended by CR LF.

    Args:
        report: the report. Each claim's line repeats the columns of the article.

    Yields:
        The file's bytes, a line at a time, after the byte-order mark. The first column is the claim's
        id. An evidence column holds a line a document: its id, title, link and so on, parted by " | ".
    """
    line_of = csv.writer(_Echo()).writerow
    article = [_cell(value(report)) for value in _ARTICLE.values()]
    yield "\ufeff".encode()
    yield line_of([*_CLAIM, *_ARTICLE])
    for line in report.lines:
        yield line_of([*(_cell(value(line)) for value in _CLAIM.values()), *article])


class _Echo:
    """A file that hands each line back: `csv.writer` returns what its file's `write` returns."""

    def write(self, line: str) -> bytes:
        return line.encode()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso(value)
    return guarded(value) if isinstance(value, str) else value


FORMAT = Format(key="csv", label="CSV", content_type="text/csv; charset=utf-8", write=write)
