"""What an exporter gets and what it gives out. Plain data: no Django."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

STANCES = ("for", "against", "context")
"""The codes of what evidence can be to a claim, in the order that every format shows them."""


@dataclass(frozen=True, slots=True)
class Term:
    """One member of a closed list: its stable code and its label in the reader's language."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One document for or against a claim, or context.

    Attributes:
        id: stable across exports.
        stance: for, against or context.
        title: what it is.
        url: where it is, or "" for a file that the desk keeps.
        sha256: of that file, in hex, or "".
        archive_url: a lasting copy, or "".
        excerpt: the words that matter, or "".
        primary: a first-hand document rather than a report of one.
        interest: a known interest of whoever stands behind it, or "".
        looked_up: the day it was looked up.
    """

    id: int
    stance: Term
    title: str
    url: str
    sha256: str
    archive_url: str
    excerpt: str
    primary: bool
    interest: str
    looked_up: date


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One claim with its source, its verdict and what the verdict rests on.

    Attributes:
        id: the claim's id, stable across exports.
        quote: its exact words in the article.
        statement: the claim in words that read alone.
        quotation: direct, mixed, indirect or narration.
        source: who makes the claim, or "" in narration.
        source_kind: what the source is, or None in narration.
        role: the source's role as stated there and then, or "".
        told_to: the outlet or people addressed, or "".
        checkworthiness: 0..1.
        verdict: pending, verified or disputed.
        reason: the editor's reason, or "".
        checked_by: who decided, or "" while nobody has.
        checked_at: when, or None.
        evidence: in the order it was added.
    """

    id: int
    quote: str
    statement: str
    quotation: Term
    source: str
    source_kind: Term | None
    role: str
    told_to: str
    checkworthiness: float
    verdict: Term
    reason: str
    checked_by: str
    checked_at: datetime | None
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The verification report of one article. Everything an exporter may show, and nothing else.

    Attributes:
        headline, outlet, byline, url, published, language: the article.
        revision: which version of the article's body was checked, counting from 1.
        body_digest: SHA-256 of that body in UTF-8, in hex.
        lines: the claims, in the order of the text.
        verdicts: how many claims are in each state, in the order of the desk's list.
        made_by: who made the report.
        made_at: when.
        newsroom: the desk's name, or "".
        method: how the desk works.
        corrections: how to ask for a correction, or "".
        software: name and version of the workbench.
    """

    headline: str
    outlet: str
    byline: str
    url: str
    published: datetime | None
    language: str
    revision: int
    body_digest: str
    lines: tuple[ReportLine, ...]
    verdicts: tuple[tuple[Term, int], ...]
    made_by: str
    made_at: datetime
    newsroom: str
    method: str
    corrections: str
    software: str


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report: what the menu, the addresses, the command line and the tests iterate.

    Attributes:
        key: its name in addresses and on the command line; also the file's extension.
        label: its name for people ("PDF").
        content_type: the HTTP content type.
        write: a report in, the file's bytes out, as a stream.
    """

    key: str
    label: str
    content_type: str
    write: Callable[[Report], Iterator[bytes]]
