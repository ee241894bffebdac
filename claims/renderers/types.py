"""The input and output of renderers. Plain data: no Django."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
        evidence: in the order it was added.
        referred: evidence that was found for another claim whose verdict was taken over.
        earlier: checks of other claims that say the same, the newest first.
        earlier_public: the same as public reports had them when this one was made; the public edition has only these.
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


@dataclass(frozen=True, slots=True)
class ReportArticle:
    """An article of the claims in a report.

    Attributes:
        id: stable across exports.
        headline, outlet, byline, url, published, language: its metadata; "" or None if unknown.
        revision: which version of its body was checked, counting from 1.
        body_digest: SHA-256 of that body in UTF-8, in hex.
        claims: how many active claims this version has; a report may contain fewer.
    """

    id: int
    headline: str
    outlet: str
    byline: str
    url: str
    published: datetime | None
    language: str
    revision: int
    body_digest: str
    claims: int


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The newsroom that answers for a report.

    Attributes:
        name: its name, or "".
        method: how it works.
        corrections: how to request a correction, or "".
        contact: how to reach it, or "".
        funding: its funding, or "".
        logo: SHA-256 of its logo, in hex, or "".
    """

    name: str
    method: str
    corrections: str
    contact: str
    funding: str
    logo: str


@dataclass(frozen=True, slots=True)
class Report:
    """A verification report: everything that is frozen when it is published, and covered by its digest.

    Attributes:
        title: its title.
        scope: a description of its claims ("Verdict: Disputed"), or "" for all those of its one article.
        articles: the articles of its claims, in the order of the claims.
        lines: the claims, article by article, in the order of the text.
        verdicts: how many claims have each verdict, in the order of `Verdict`.
        made_by: who created it.
        created_at: when.
        newsroom: the newsroom that answers for it.
        software: name and version of this software.
        contradictions: which of the claims do not agree, in the order of the earlier ones.

    A field with a default came later than the first reports. Data in canonical form leaves it out where it is empty.
    """

    title: str
    scope: str
    articles: tuple[ReportArticle, ...]
    lines: tuple[ReportLine, ...]
    verdicts: tuple[tuple[Term, int], ...]
    made_by: str
    created_at: datetime
    newsroom: Newsroom
    software: str
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What happened to a claim after its report was published. A claim may have several, oldest first.

    Attributes:
        claim: its id.
        before, after: the old and the new verdict.
        reason: why the verdict has changed, or "".
        at: when it was decided again.
        notice: the notice to readers, or "" if it has not been published.
        published_at: when it was published, or None.
    """

    claim: int
    before: Term
    after: Term
    reason: str
    at: datetime
    notice: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Edition:
    """A report as it is sent out: the frozen part, and its current context.

    Attributes:
        report: the frozen part, or what would be frozen.
        canonical: the report's data in canonical form, as `digest.canonical` wrote it.
        digest: SHA-256 of that, in hex.
        number: the published report's number, or None for a draft.
        corrections: what changed since it was published, oldest first.
        url: the address of its public page, ending in "/", or "". A claim's page is at this address followed by its
            id and "/".
        site: the address of the newsroom's public site ("https://desk.example.org"), or "".
        logo: the newsroom's logo (PNG or JPEG), or b"".
        checks: the public pages on which earlier checks stand today as they stood when the report was made: their
            addresses, by the number of the page's report and the id of its claim.
    """

    report: Report
    canonical: bytes
    digest: str
    number: int | None = None
    corrections: tuple[Correction, ...] = ()
    url: str = ""
    site: str = ""
    logo: bytes = b""
    checks: Mapping[tuple[int, int], str] = field(default_factory=dict)


Cell = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with column names, for spreadsheets and other programs.

    Attributes:
        columns: the names.
        rows: rows with a cell for each column. They may be read from a database while they are written, in any
            number.
    """

    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report, which the menu, the addresses, the command line and the tests iterate over.

    Attributes:
        key: its name in addresses and on the command line; also the file extension, unless `extension` differs.
        label: its display name ("PDF").
        content_type: the HTTP content type.
        write: writes a report as a stream of the file's bytes.
        table: writes a table as a stream of the file's bytes, in constant memory; None if the format is not for
            tables.
        extension: its file extension.
        public: whether it is only for public reports, because it contains the addresses of their pages.
    """

    key: str
    label: str
    content_type: str
    write: Callable[[Edition], Iterator[bytes]]
    table: Callable[[Table], Iterator[bytes]] | None = None
    extension: str = ""
    public: bool = False

    @property
    def suffix(self) -> str:
        """The file extension, without the dot."""
        return self.extension or self.key
