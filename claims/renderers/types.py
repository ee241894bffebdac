"""The input and output of renderers. Plain data: no Django."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from claims.renderers.claim_types import (
    Contradiction,
    EarlierCheck,
    EvidenceLine,
    ReportLine,
    Side,
    Term,
)
from claims.renderers.labels import LANGUAGE
from claims.renderers.notice_types import (
    CORRECTION,
    LATER_REPORT,
    UPDATE,
    Correction,
    EarlierNotice,
    TextCorrection,
)

__all__ = [
    "CORRECTION",
    "DATA_FORMAT",
    "INTERNAL_EDITION",
    "LATER_REPORT",
    "PUBLIC_EDITION",
    "STANCES",
    "UPDATE",
    "Cell",
    "Contradiction",
    "Correction",
    "EarlierCheck",
    "EarlierNotice",
    "Edition",
    "EvidenceLine",
    "Format",
    "Newsroom",
    "Report",
    "ReportArticle",
    "ReportLine",
    "Section",
    "Side",
    "Table",
    "Term",
    "TextCorrection",
]

STANCES = ("for", "against", "context")
"""The codes of what evidence can be to a claim, in the order that every format shows them."""

DATA_FORMAT = 3
"""The version of the data of reports that are made today: see `Report.format`."""

INTERNAL_EDITION, PUBLIC_EDITION = "internal", "public"
"""The two editions of a report: what the newsroom has, and the part of it that everyone may read."""


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


WRITTEN, CHECKED, APPROVED = "written", "checked", "approved"
"""What a person may have done for a report."""


@dataclass(frozen=True, slots=True)
class Byline:
    """A person who agreed, when the report was published, to be named in it.

    Attributes:
        part: what they did for it: `WRITTEN`, `CHECKED` or `APPROVED`.
        name: their name.
    """

    part: str
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report whose claims were ordered by hand.

    Attributes:
        heading: its heading; "" for claims without one.
        claims: the ids of its claims in their order, those without a verdict among them.
    """

    heading: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A verification report: everything that is frozen when it is published, and covered by its digest.

    Attributes:
        title: its title.
        scope: a description of its claims ("Verdict: Disputed"), or "" for all those of its one article.
        articles: the articles of its claims, in the order of the claims.
        lines: the claims, article by article, in the order of the text; with `sections`, in theirs, those without a
            verdict last.
        verdicts: how many claims have each verdict, in the order of `Verdict`.
        made_by: who drafted it; in format 1, who published it.
        created_at: when.
        newsroom: the newsroom that answers for it.
        software: name and version of this software.
        contradictions: which of the claims do not agree, in the order of the earlier ones.
        format: the version of this data; `DATA_FORMAT` for what is made today.
        edition: `INTERNAL_EDITION` or `PUBLIC_EDITION`; in format 1, whose data does not say, "".
        approved_by: who approved it, or "".
        published_by: who published it, or "".
        published_at: when, or None for a draft; format 1 has it as `created_at`.
        left_out: how many claims were left out because their second check was under way.
        omitted: how many were left out by hand.
        undecided_omitted: how many were left out because nobody had decided them.
        lede, conclusion: what a chief wrote above and below the claims, in the Markdown of `documents.prose`.
        sections: the parts of a report whose claims were ordered by hand, with every claim in one of them; none for
            the order of the text. Format 2 had none.
        bylines: who wrote, checked and approved it, of those who agreed to be named.
        language: the BCP 47 tag of the language that it is written in. Older reports were all in English.

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
    format: int = 1
    edition: str = ""
    approved_by: str = ""
    published_by: str = ""
    published_at: datetime | None = None
    left_out: int = 0
    lede: str = ""
    conclusion: str = ""
    sections: tuple[Section, ...] = ()
    language: str = LANGUAGE
    omitted: int = 0
    undecided_omitted: int = 0
    bylines: tuple[Byline, ...] = ()

    @property
    def issued_at(self) -> datetime:
        """When it was published or, for a draft, created."""
        return self.published_at or self.created_at


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a timestamp authority confirmed of a report (RFC 3161).

    Attributes:
        digest: the digest that it confirmed.
        authority: its address.
        at: the time that it named.
        response: its response, in DER.
    """

    digest: str
    authority: str
    at: datetime
    response: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """A report as it is sent out: the frozen part, and its current context.

    Attributes:
        report: the frozen part, or what would be frozen.
        canonical: the data that the digest covers, as `digest.canonical` wrote it.
        digest: SHA-256 of that, in hex.
        number: the published report's number, or None for a draft.
        corrections: what changed since it was published, oldest first.
        url: the address of its public page, ending in "/", or "".
        claims_url: what the addresses of the claims' own pages begin with, or "". See `claim_page`.
        site: the address of the newsroom's public site ("https://desk.example.org"), or "".
        logo: the newsroom's logo (PNG or JPEG), or b"".
        checks: the public pages on which earlier checks stand today as they stood when the report was made: their
            addresses, by the number of the page's report and the id of its claim.
        kind: `INTERNAL_EDITION`, or `PUBLIC_EDITION` for the part of it that everyone may read.
        confidential_since: the ids of its documents that have been marked confidential since it was published.
        published_digest: of a public edition that withholds such a document, the digest of its data as first
            published; "" for any other.
        text_corrections: what was corrected of its lede and conclusion since, oldest first.
        stamps: what was confirmed of the report; `stamp` is what was confirmed of this edition.
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
    kind: str = INTERNAL_EDITION
    claims_url: str = ""
    confidential_since: frozenset[int] = frozenset()
    published_digest: str = ""
    stamps: tuple[Stamp, ...] = ()
    text_corrections: tuple[TextCorrection, ...] = ()

    @property
    def stamp(self) -> Stamp | None:
        """What was confirmed of this edition, as it is or as it was first published; None if nothing was."""
        own = (self.digest, self.published_digest)
        return next((stamp for stamp in self.stamps if stamp.digest in own), None)

    def claim_page(self, claim: int) -> str:
        """Return the address of a claim's own public page, which is the same in every report; "" if it has none."""
        return f"{self.claims_url}{claim}/" if self.claims_url else ""


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
        variant: what its files' names end in, so that those of two formats with one extension differ; or "".
        public: whether it is only for public editions, because it contains the addresses of their pages.
    """

    key: str
    label: str
    content_type: str
    write: Callable[[Edition], Iterator[bytes]]
    table: Callable[[Table], Iterator[bytes]] | None = None
    extension: str = ""
    variant: str = ""
    public: bool = False

    @property
    def suffix(self) -> str:
        """The file extension, without the dot."""
        return self.extension or self.key

    def file_name(self, stem: str) -> str:
        """Return the name of a file in this format: "report-3-public-excel.csv" for the stem "report-3-public"."""
        return f"{'-'.join(filter(None, (stem, self.variant)))}.{self.suffix}"
