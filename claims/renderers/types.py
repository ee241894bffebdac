"""What an exporter gets and what it gives out. Plain data: no Django."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
        confidential: not for the public, to keep someone safe.
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
class ReportLine:
    """One claim with its source, its verdict and what the verdict rests on.

    Attributes:
        id: the claim's id, stable across exports.
        article: the id of the article that it stands in.
        prefix, suffix: the words of the text just before and after it.
        quote: its exact words in the article.
        statement: the claim in words that read alone.
        quotation: direct, mixed, indirect or narration.
        source: who makes the claim, or "" in narration.
        source_kind: what the source is, or None in narration.
        source_links: pages that say who the source is, such as their entry in Wikidata.
        role: the source's role as stated there and then, or "".
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


@dataclass(frozen=True, slots=True)
class ReportArticle:
    """An article that the claims of a report stand in.

    Attributes:
        id: stable across exports.
        headline, outlet, byline, url, published, language: what is known of it; "" or None for what is not.
        revision: which version of its body was checked, counting from 1.
        body_digest: SHA-256 of that body in UTF-8, in hex.
        claims: how many claims the desk has in work in this version; a report may hold fewer.
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
    """Who answers for a report.

    Attributes:
        name: the desk's name, or "".
        method: how the desk works.
        corrections: how to ask for a correction, or "".
        contact: how to reach the desk, or "".
        funding: who pays for it, or "".
        logo: SHA-256 of its picture, in hex, or "".
    """

    name: str
    method: str
    corrections: str
    contact: str
    funding: str
    logo: str


@dataclass(frozen=True, slots=True)
class Report:
    """A verification report: everything that is frozen when it is published. Its digest is taken over all of this.

    Attributes:
        title: what it is about.
        scope: which claims it holds, in words ("Verdict: Disputed"), or "" for all those of its one article.
        articles: those that its claims stand in, each before the first of its claims.
        lines: the claims, article by article, in the order of the text.
        verdicts: how many claims are in each state, in the order of the desk's list.
        made_by: who made the report.
        made_at: when.
        newsroom: who answers for it.
        software: name and version of the workbench.
    """

    title: str
    scope: str
    articles: tuple[ReportArticle, ...]
    lines: tuple[ReportLine, ...]
    verdicts: tuple[tuple[Term, int], ...]
    made_by: str
    made_at: datetime
    newsroom: Newsroom
    software: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of a claim after the report that holds it was published. A claim may have several, oldest first.

    Attributes:
        claim: its id.
        before, after: the verdict until then, and since.
        reason: why the verdict is another one, or "".
        at: when it was decided anew.
        notice: what the desk tells its readers, or "" while it has not told them.
        published_at: when it told them, or None.
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
    """A report as it goes out: what is frozen, and what belongs to it today.

    Attributes:
        report: what is frozen, or would be.
        canonical: the report's data in the form that the digest is taken over, as `digest.canonical` wrote it once.
        digest: SHA-256 of that, in hex.
        number: the published report's number, or None for a draft.
        corrections: what changed since it was published, oldest first.
        url: the address of its public page, ending in "/", or "". A claim's page is that and its id and "/".
        site: the address of the newsroom's public site ("https://desk.example.org"), or "".
        logo: the newsroom's picture (PNG or JPEG), or b"".
    """

    report: Report
    canonical: bytes
    digest: str
    number: int | None = None
    corrections: tuple[Correction, ...] = ()
    url: str = ""
    site: str = ""
    logo: bytes = b""


Cell = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under names, for spreadsheets and other programs.

    Attributes:
        columns: the names.
        rows: as many cells each, in that order. They may come from a database while they are written, and be many.
    """

    columns: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the report: what the menu, the addresses, the command line and the tests iterate.

    Attributes:
        key: its name in addresses and on the command line; also the file's extension, unless `extension` is another.
        label: its name for people ("PDF").
        content_type: the HTTP content type.
        write: a report in, the file's bytes out, as a stream.
        table: a table in, the file's bytes out, as a stream that stays small however many rows there are; None
            where the format is not for tables.
        extension: of its files.
        public: whether it is only for reports that everyone may read, since it names their pages.
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
        """What its files' names end in, after the dot."""
        return self.extension or self.key
