"""The parts of a report that people read, as `page` lays them out and the templates show them."""

from dataclasses import dataclass


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
class Coverage:
    """How much of something is done: in words, and as its part of the whole, 0..1."""

    label: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of evidence.

    Attributes:
        title: what it is.
        href: a safe address to link the title to, or "".
        warning: who must not see it, or "".
        facts: what is known of it.
    """

    title: str
    href: str
    warning: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The evidence of one stance; `label` is the stance's word."""

    label: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a claim after the report was published; `label` says whether readers have been told."""

    label: str
    before: Mark
    after: Mark
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One claim as it is shown.

    Attributes:
        number: its place in this report, counting from 1.
        anchor: its name inside the document, stable across exports.
        mark: its verdict.
        checked: whether its verdict says that it has been checked.
        changes: what became of it since, oldest first.
        before, quote, after: its exact words in the article, among those around them.
        statement: the claim in words that read alone.
        source: who makes it, or how the article gives it where it has no source.
        reason: the editor's reason, or "".
        facts: source, quotation, why it was chosen and who checked it when.
        evidence: by stance; a stance without evidence is left out.
    """

    number: int
    anchor: str
    mark: Mark
    checked: bool
    changes: tuple[Change, ...]
    before: str
    quote: str
    after: str
    statement: str
    source: str
    reason: str
    facts: tuple[Fact, ...]
    evidence: tuple[DocumentGroup, ...]


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One article with its claims.

    Attributes:
        headline: its headline.
        language: its language, for its own words and those of its claims: a BCP 47 tag, or "".
        facts: what is known of it.
        coverage: how many of its claims are in this report, and how many of those are decided.
        claims: in the order of the text.
    """

    headline: str
    language: str
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the cover that tells of claims decided anew: its words, and the claims it is about."""

    text: str
    claims: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole document.

    Attributes:
        title: what the report is about.
        language: the title's language: a BCP 47 tag, or "".
        newsroom: the desk's name, or "".
        logo: its picture as a `data:` address, or "".
        draft: whether nobody has published it.
        status: that it is a draft, or its number.
        cover: what it covers, and who made it when.
        notices: which claims were decided anew since it was published.
        figures: claims by verdict, in the order of the desk's list.
        articles: with their claims.
        desk: how the desk works, who pays for it, how to reach it and how to ask for a correction.
        about: with what the report was made, and its digests.
        recompute: the command that computes the report's digest from its JSON export.
    """

    title: str
    language: str
    newsroom: str
    logo: str
    draft: bool
    status: str
    cover: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    figures: tuple[Figure, ...]
    articles: tuple[ArticleEntry, ...]
    desk: tuple[Fact, ...]
    about: tuple[Fact, ...]
    recompute: str

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        """The claims of all articles, in the order of their numbers."""
        return tuple(claim for article in self.articles for claim in article.claims)
