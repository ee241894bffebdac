"""A claim as a report contains it, with its evidence and what is known of other claims. Plain data: no Django."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Term:
    """One member of a closed list: its stable code, and its label for readers.

    `language` is that of a label which is the newsroom's own word; "" for one of the software's.
    """

    code: str
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One document for or against a claim, or context.

    Attributes:
        id: stable across exports.
        stance: for, against or context.
        title: its title.
        url: its address, or "" for an uploaded file.
        sha256: that of the file, in hex, or "".
        archive_url: a permanent copy, or "".
        excerpt: the relevant words, or "".
        primary: a first-hand document rather than a report of one.
        interest: a known interest of its author or publisher, or "".
        looked_up: the day it was accessed.
        confidential: not for the public, to protect someone.
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
    confidential: bool


@dataclass(frozen=True, slots=True)
class EarlierCheck:
    """A check by the newsroom of another claim that says the same, as a person has confirmed.

    What is known of it from a public report alone has no words, source or article: that report has them.

    Attributes:
        claim: the other claim's id.
        statement, source, role: its words, and who made it, or "".
        outlet: where it was published, or "".
        published: when, or None if unknown.
        verdict: verified or disputed.
        reason: the editor's reason or, after a correction, the notice to readers; or "".
        checked_by: who decided, or "".
        checked_at: when.
        taken_over: whether the verdict on the report's claim was taken over from this one.
        report: the number of the newest public report that it is in, or None.
        report_title: that report's title, or "".
    """

    claim: int
    statement: str
    source: str
    role: str
    outlet: str
    published: datetime | None
    verdict: Term
    reason: str
    checked_by: str
    checked_at: datetime
    taken_over: bool
    report: int | None
    report_title: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One claim with its source, its verdict and the basis of the verdict.

    Attributes:
        id: the claim's id, stable across exports.
        article: the id of its article.
        prefix, suffix: the words of the text just before and after it.
        quote: its exact words in the article.
        statement: the claim in words that can be understood on their own.
        quotation: direct, mixed, indirect or narration.
        source: who makes the claim, or "" in narration.
        source_kind: the source's kind, or None in narration.
        source_links: pages that identify the source, such as its Wikidata entry.
        role: the source's role as stated in the article, or "".
        told_to: the outlet or people addressed, or "".
        checkworthiness: 0..1.
        reasons: why it was worth checking.
        verdict: pending, verified or disputed.
        reason: the editor's reason, or "".
        checked_by: who decided, or "" while nobody has.
        checked_at: when, or None.
        second_checked_by: who checked that verdict a second time, or "".
        second_checked_at: when, or None.
        evidence: in the order that the editors gave it.
        referred: evidence that was found for another claim whose verdict was taken over.
        earlier: checks of other claims that say the same, the newest first.
        earlier_public: the same as public reports had them when this one was made; the public edition has only these.
        withheld: how many documents the public edition leaves out to protect someone; 0 in the internal edition, which
            has them.
        waiting: whether the claim has been decided and its verdict waits for a second check, so that it is not told.
    """

    id: int
    article: int
    prefix: str
    quote: str
    suffix: str
    statement: str
    quotation: Term
    source: str
    source_kind: Term | None
    source_links: tuple[str, ...]
    role: str
    told_to: str
    checkworthiness: float
    reasons: tuple[Term, ...]
    verdict: Term
    reason: str
    checked_by: str
    checked_at: datetime | None
    second_checked_by: str
    second_checked_at: datetime | None
    evidence: tuple[EvidenceLine, ...]
    referred: tuple[EvidenceLine, ...] = ()
    earlier: tuple[EarlierCheck, ...] = ()
    earlier_public: tuple[EarlierCheck, ...] = ()
    withheld: int = 0
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of two claims of a report that do not agree, with what a reader compares.

    Attributes:
        claim: its id.
        statement, source, role: its words, and who makes it, or "".
        outlet: where it was published, or "".
        published: when, or None if unknown.
        verdict: its verdict in the report.
    """

    claim: int
    statement: str
    source: str
    role: str
    outlet: str
    published: datetime | None
    verdict: Term


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims of a report that do not agree, as a person has confirmed.

    Attributes:
        relation: whether the later one contradicts or supersedes the earlier one.
        earlier, later: the two, by publication.
    """

    relation: Term
    earlier: Side
    later: Side
