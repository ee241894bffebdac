"""A report as a table with one row per claim, for spreadsheets and other programs."""

from collections.abc import Callable, Iterable
from functools import partial

from claims.renderers.in_force import in_force
from claims.renderers.times import iso
from claims.renderers.types import (
    STANCES,
    Cell,
    EarlierCheck,
    Edition,
    EvidenceLine,
    ReportArticle,
    ReportLine,
    Table,
)


def _evidence(stance: str, line: ReportLine) -> str:
    found = ((line.evidence, ""), (line.referred, "found for another claim"))
    return "\n".join(
        _document(each, why) for some, why in found for each in some if each.stance.code == stance
    )


def _document(evidence: EvidenceLine, why: str) -> str:
    parts = [
        f"#{evidence.id}",
        why,
        evidence.title,
        evidence.url,
        f"SHA-256: {evidence.sha256}" if evidence.sha256 else "",
        f"archived: {evidence.archive_url}" if evidence.archive_url else "",
        "primary" if evidence.primary else "not primary",
        f"excerpt: {evidence.excerpt}" if evidence.excerpt else "",
        f"interest: {evidence.interest}" if evidence.interest else "",
        f"looked up: {evidence.looked_up.isoformat()}",
        "confidential" if evidence.confidential else "",
    ]
    return _one_line(parts)


def _one_line(parts: Iterable[str]) -> str:
    # One line per entry: a line break inside one would look like the next.
    return " | ".join(" ".join(part.split()) for part in parts if part)


def _earlier_checks(line: ReportLine) -> str:
    return "\n".join(map(_check, line.earlier))


def _check(check: EarlierCheck) -> str:
    parts = [
        f"#{check.claim}",
        check.verdict.code,
        iso(check.checked_at),
        "taken over" if check.taken_over else "",
        check.statement,
        check.source,
        check.role,
        check.outlet,
        iso(check.published) if check.published else "",
        f"reason: {check.reason}" if check.reason else "",
        f"checked by: {check.checked_by}" if check.checked_by else "",
        f"public report: {check.report} {check.report_title}" if check.report else "",
    ]
    return _one_line(parts)


def _taken_over_from(line: ReportLine) -> Cell:
    return next((check.claim for check in line.earlier if check.taken_over), None)


def _contradictions(edition: Edition, line: ReportLine) -> str:
    return "\n".join(
        _one_line([pair.relation.code, name, f"#{other.claim}", other.statement, other.source])
        for pair in edition.report.contradictions
        for one, name, other in (
            (pair.earlier, "later", pair.later),
            (pair.later, "earlier", pair.earlier),
        )
        if one.claim == line.id
    )


def _corrected(edition: Edition, line: ReportLine) -> str:
    return "\n".join(
        f"{each.before.code} → {each.after.code} ({each.at.date().isoformat()})"
        f"{f' {each.kind}' if each.published_at else ''}"
        for each in edition.corrections
        if each.claim == line.id
    )


# The first ones have the same names as in the admin's files of claims, so that the admin can import such a
# file.
_CLAIM: dict[str, Callable[[ReportLine], Cell]] = {
    "id": lambda line: line.id,
    "article": lambda line: line.article,
    "quote": lambda line: line.quote,
    "statement": lambda line: line.statement,
    "source": lambda line: line.source,
    "role": lambda line: line.role,
    "told_to": lambda line: line.told_to,
    # In force: as the newest published notice says. `published_verdict` is what the report first said.
    "verdict": lambda line: line.verdict.code,
    "verdict_label": lambda line: line.verdict.label,
    "reason": lambda line: line.reason,
    "checked_by": lambda line: line.checked_by,
    "checked_at": lambda line: line.checked_at,
    "second_checked_by": lambda line: line.second_checked_by,
    "second_checked_at": lambda line: line.second_checked_at,
    "taken_over_from": _taken_over_from,
    "quotation": lambda line: line.quotation.code,
    "quotation_label": lambda line: line.quotation.label,
    "source_kind": lambda line: line.source_kind and line.source_kind.code,
    "source_kind_label": lambda line: line.source_kind and line.source_kind.label,
    "source_links": lambda line: "\n".join(line.source_links),
    "checkworthiness": lambda line: line.checkworthiness,
    "why_chosen": lambda line: ", ".join(reason.code for reason in line.reasons),
    "prefix": lambda line: line.prefix,
    "suffix": lambda line: line.suffix,
    "withheld_documents": lambda line: line.withheld,
    "second_check_under_way": lambda line: line.waiting,
} | {f"evidence_{stance}": partial(_evidence, stance) for stance in STANCES}
_ARTICLE: dict[str, Callable[[ReportArticle], Cell]] = {
    "headline": lambda article: article.headline,
    "outlet": lambda article: article.outlet,
    "byline": lambda article: article.byline,
    "url": lambda article: article.url,
    "published": lambda article: article.published,
    "language": lambda article: article.language,
    "revision": lambda article: article.revision,
    "body_digest": lambda article: article.body_digest,
}
_REPORT: dict[str, Callable[[Edition], Cell]] = {
    "report": lambda edition: edition.number,
    "report_title": lambda edition: edition.report.title,
    "report_language": lambda edition: edition.report.language,
    "scope": lambda edition: edition.report.scope,
    "newsroom": lambda edition: edition.report.newsroom.name,
    "edition": lambda edition: edition.kind,
    "made_by": lambda edition: edition.report.made_by,
    "created_at": lambda edition: edition.report.created_at,
    "approved_by": lambda edition: edition.report.approved_by,
    "published_by": lambda edition: edition.report.published_by,
    "published_at": lambda edition: edition.report.published_at,
    "software": lambda edition: edition.report.software,
    "report_digest": lambda edition: edition.digest,
}


COLUMNS = (
    *_CLAIM,
    "published_verdict",
    "corrected_since",
    "earlier_checks",
    "contradictions",
    "section",
    *_ARTICLE,
    *_REPORT,
)
"""The names, in the order of the table."""


def table(edition: Edition) -> Table:
    """Return a report as a table.

    Args:
        edition: the report.

    Returns:
        One row per claim, in the order of the report; each repeats the facts about its article and the report. A
        cell of evidence has one line per document: its id, title, link and so on, separated by " | "; so has one of
        earlier checks or contradictions, one line per other claim.
    """
    articles = {
        article.id: [value(article) for value in _ARTICLE.values()]
        for article in edition.report.articles
    }
    sections = {id_: one.heading for one in edition.report.sections for id_ in one.claims}
    same = [value(edition) for value in _REPORT.values()]
    return Table(
        columns=COLUMNS,
        rows=(
            [
                *(value(line) for value in _CLAIM.values()),
                published.verdict.code,
                _corrected(edition, line),
                _earlier_checks(line),
                _contradictions(edition, line),
                sections.get(line.id, ""),
                *articles[line.article],
                *same,
            ]
            for line, published in zip(in_force(edition).lines, edition.report.lines, strict=True)
        ),
    )
