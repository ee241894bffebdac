"""What a reader of the report sees, in order: the one content that the HTML and the PDF lay out.

Everything here is ready to be shown: moments are words, links are known to be safe, what is absent is
left out or said to be absent. The templates decide how it looks, and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.exports.digest import digest
from claims.exports.labels import WORDS
from claims.exports.times import for_people
from claims.exports.types import STANCES, EvidenceLine, Report, ReportLine, Term

ICONS = {"verified": "✓", "disputed": "!", "pending": "○"}
"""What stands beside a verdict's word, so that nobody needs to see its colour."""

# Only what a browser opens as a web page is linked: a `javascript:` address is shown as text.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as readers see it: its code (for the look), its icon and its word."""

    code: str
    icon: str
    word: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of text; `href` is a safe address to link the text to, or ""."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many claims have a verdict; `share` is their part of all claims, 0..1."""

    mark: Mark
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of evidence: its title (linked, where `href` is not empty) and what is known of it."""

    title: str
    href: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The evidence of one stance; `label` is the stance's word."""

    label: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One claim as it is shown.

    Attributes:
        number: its place in this report, counting from 1.
        anchor: its name inside the document, stable across exports.
        mark: its verdict.
        checked: whether its verdict says that it has been checked.
        quote: its exact words in the article.
        statement: the claim in words that read alone.
        source: who makes it, or how the article gives it where it has no source.
        reason: the editor's reason, or "".
        facts: source, quotation and who checked it when.
        evidence: by stance; a stance without evidence is left out.
    """

    number: int
    anchor: str
    mark: Mark
    checked: bool
    quote: str
    statement: str
    source: str
    reason: str
    facts: tuple[Fact, ...]
    evidence: tuple[DocumentGroup, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole document.

    Attributes:
        title: the article's headline.
        language: the article's BCP 47 tag, for its own words.
        newsroom: the desk's name, or "".
        article: what is known of the article.
        figures: claims by verdict, in the order of the desk's list.
        claims: in the order of the text.
        method: how the desk works.
        corrections: how to ask for a correction, or "".
        about: who made the report when, with what, and its digest.
    """

    title: str
    language: str
    newsroom: str
    article: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    claims: tuple[ClaimEntry, ...]
    method: str
    corrections: str
    about: tuple[Fact, ...]


def page(report: Report) -> Page:
    """Lay a report out for readers.

    Args:
        report: the report.

    Returns:
        Its page.

    Raises:
        ValueError: a moment names no zone.
    """
    return Page(
        title=report.headline,
        language=report.language,
        newsroom=report.newsroom,
        article=_article(report),
        figures=tuple(
            Figure(_mark(verdict), count, count / max(len(report.lines), 1))
            for verdict, count in report.verdicts
        ),
        claims=tuple(_claim(number, line) for number, line in enumerate(report.lines, start=1)),
        method=report.method,
        corrections=report.corrections,
        about=_about(report),
    )


def href(address: str) -> str:
    """Give the address back if it is one of the web (http or https), else ""."""
    return address if _WEB_ADDRESS.fullmatch(address) else ""


def _article(report: Report) -> tuple[Fact, ...]:
    published = for_people(report.published) if report.published else ""
    facts = (
        _fact("outlet", report.outlet),
        _fact("byline", report.byline),
        _fact("published", published),
        _fact("url", report.url, link=report.url),
        _fact("language", report.language),
        _fact("revision", str(report.revision)),
    )
    return tuple(fact if fact.text else Fact(fact.label, WORDS["not_given"]) for fact in facts)


def _about(report: Report) -> tuple[Fact, ...]:
    return _present(
        _fact("newsroom", report.newsroom),
        _fact("made_by", report.made_by),
        _fact("made_at", for_people(report.made_at)),
        _fact("software", report.software),
        _fact("body_digest", report.body_digest),
        _fact("report_digest", digest(report)),
    )


def _claim(number: int, line: ReportLine) -> ClaimEntry:
    return ClaimEntry(
        number=number,
        anchor=f"claim-{line.id}",
        mark=_mark(line.verdict),
        checked=_is_checked(line),
        quote=line.quote,
        statement=line.statement,
        source=line.source or line.quotation.label,
        reason=line.reason,
        facts=_present(
            _fact("source", line.source),
            _fact("source_kind", line.source_kind.label if line.source_kind else ""),
            _fact("role", line.role),
            _fact("told_to", line.told_to),
            _fact("quotation", line.quotation.label),
            _fact("checkworthiness", f"{line.checkworthiness:.2f} {WORDS['of_one']}"),
            *_decision(line),
            _fact("claim_id", str(line.id)),
        ),
        evidence=tuple(_groups(line)),
    )


def _decision(line: ReportLine) -> Iterator[Fact]:
    checked = _is_checked(line)
    at = for_people(line.checked_at) if line.checked_at else ""
    if not checked:
        yield _fact("checked", WORDS["unchecked"])
    yield _fact("checked_by" if checked else "set_back_by", line.checked_by)
    yield _fact("checked_at" if checked else "set_back_at", at)


def _is_checked(line: ReportLine) -> bool:
    return line.verdict.code != "pending"


def _groups(line: ReportLine) -> Iterator[DocumentGroup]:
    for stance in STANCES:
        evidence = [each for each in line.evidence if each.stance.code == stance]
        if evidence:
            yield DocumentGroup(evidence[0].stance.label, tuple(map(_document, evidence)))


def _document(evidence: EvidenceLine) -> Document:
    return Document(
        title=evidence.title,
        href=href(evidence.url),
        facts=_present(
            _fact("url", evidence.url, link=evidence.url),
            _fact("sha256", evidence.sha256),
            _fact("archive", evidence.archive_url, link=evidence.archive_url),
            _fact("directness", WORDS["primary" if evidence.primary else "not_primary"]),
            _fact("excerpt", evidence.excerpt),
            _fact("interest", evidence.interest),
            _fact("looked_up", evidence.looked_up.isoformat()),
        ),
    )


def _mark(verdict: Term) -> Mark:
    return Mark(verdict.code, ICONS[verdict.code], verdict.label)


def _fact(word: str, text: str, link: str = "") -> Fact:
    return Fact(WORDS[word], text, href(link))


def _present(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text)
