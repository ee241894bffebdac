"""The parts of a report for people, as `page` arranges them and the templates show them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as readers see it: code, icon and word; `language` is that of a newsroom's own word, or ""."""

    code: str
    icon: str
    word: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled line of text; `href` is a safe address to link the text to, or ""."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many claims have a verdict; `share` is their share of all claims, 0..1.

    `percent` is the share as it is written: all together are 100, or 0 where there are no claims.
    """

    mark: Mark
    count: int
    share: float
    percent: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of something has been done: in words, and as a share of the whole, 0..1."""

    label: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of evidence.

    Attributes:
        title: its title.
        href: a safe address to link the title to, or "".
        warning: who must not see it, or "".
        facts: the facts about it.
    """

    title: str
    href: str
    warning: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """The evidence of one stance; `label` is the stance's label."""

    label: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a claim after the report was published.

    Attributes:
        label: what it was: a correction, an update, a later report, or a decision that readers have not been told.
        before, after: the verdict before and after it.
        facts: when, why, and what stood before.
        aside, aside_mark: the same beside the verdict in force: what it was before or, of a decision that readers
            have not been told, what it is now on the desk.
    """

    label: str
    before: Mark
    after: Mark
    facts: tuple[Fact, ...]
    aside: str
    aside_mark: Mark


@dataclass(frozen=True, slots=True)
class Told:
    """What readers are told about one claim: its number, its anchor, and the text."""

    number: int
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """An earlier check of what says the same.

    Attributes:
        mark: its verdict.
        title: the other claim, or the title of the report that it is in.
        note: that this claim's verdict was taken over from it, or "".
        facts: who checked it when, why, and where it stands.
    """

    mark: Mark
    title: str
    note: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SideEntry:
    """One of two claims that do not agree.

    Attributes:
        label: which of the two it is.
        number, anchor: its number and its name inside the document, or 0 and "".
        page: the address of its own page if it is not in the document, or "".
        mark: its verdict.
        changes: what happened to it since, oldest first.
        language: that of its words: a BCP 47 tag, or "".
        statement: the claim.
        facts: source, role, and where and when it was said; the same ones for both sides.
    """

    label: str
    number: int
    anchor: str
    page: str
    mark: Mark
    changes: tuple[Change, ...]
    language: str
    statement: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PairEntry:
    """Two claims that do not agree; `says` tells what the later one is to the earlier one."""

    says: str
    earlier: SideEntry
    later: SideEntry

    @property
    def sides(self) -> tuple[SideEntry, SideEntry]:
        """Both, the earlier one first."""
        return self.earlier, self.later


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One claim as it is shown.

    Attributes:
        number: its place in this report, counting from 1.
        anchor: its name inside the document, stable across exports.
        mark: its verdict in force.
        checked: whether its verdict means that it has been checked.
        changes: what happened to it since, oldest first.
        before, quote, after: its exact words in the article, among those around them.
        language: that of the article, and so of the claim's words: a BCP 47 tag, or "".
        statement: the claim in words that can be understood on their own.
        source: who makes it, or how the article presents it if it has no source.
        reason: the editor's reason, or "".
        facts: source, quotation, why it was chosen and who checked it when.
        evidence: by stance; stances without evidence are left out.
        evidence_note: what is not shown, and why; or "".
        checks: earlier checks of what says the same.
        opponents: claims of the report that do not agree with it.
    """

    number: int
    anchor: str
    mark: Mark
    checked: bool
    changes: tuple[Change, ...]
    before: str
    quote: str
    after: str
    language: str
    statement: str
    source: str
    reason: str
    facts: tuple[Fact, ...]
    evidence: tuple[DocumentGroup, ...]
    evidence_note: str
    checks: tuple[CheckEntry, ...]
    opponents: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """The claims without a verdict, for one of the reasons for that.

    Attributes:
        label: the reason.
        explanation: what that means.
        anchor: the section's name inside the document.
        claims: their numbers, anchors, languages and statements.
    """

    label: str
    explanation: str
    anchor: str
    claims: tuple[tuple[int, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One article.

    Attributes:
        headline: its headline.
        language: that of its words: a BCP 47 tag, or "".
        facts: the facts about it.
        coverage: how many of its claims are in this report, and how many of those are decided.
    """

    headline: str
    language: str
    facts: tuple[Fact, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """Claims under one heading.

    Attributes:
        heading: the chief's heading, an article's headline, or "".
        language: that of the heading: a BCP 47 tag, or "".
        claims: in their order.
        by_hand: whether somebody has put them together; otherwise they are those of an article.
    """

    heading: str
    language: str
    claims: tuple[ClaimEntry, ...]
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on the cover about claims that were decided again.

    Attributes:
        text: a sentence with the number of claims.
        claims: their numbers and anchors.
        told: the published corrections, in the order of the claims; may be empty.
    """

    text: str
    claims: tuple[tuple[int, str], ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style; `href` is a safe address to link them to, or ""."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or a list.

    Attributes:
        kind: "paragraph", "bullets" or "numbers".
        runs: the words of a paragraph.
        items: the items of a list, each of which has paragraphs and lists.
        start: the number of a numbered list's first item.
    """

    kind: str
    runs: tuple[Run, ...] = ()
    items: tuple[tuple["Prose", ...], ...] = ()
    start: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """The whole document.

    Attributes:
        title: what the report is about.
        language: the title's language: a BCP 47 tag, or "".
        newsroom: the newsroom's name, or "".
        logo: its picture as a `data:` address, or "".
        draft: whether it has not been published.
        status: that it is a draft, or its number.
        edition: which edition it is, in capitals.
        warning: what the internal edition holds that is not for everyone; "" for the public edition.
        lede, conclusion: what a chief wrote above and below the claims.
        cover: what it covers, who created it, and when.
        notices: which claims have been decided again since it was published.
        text_changes: what of lede and conclusion was corrected since, and what stood there before.
        figures: claims by verdict, in the order of `Verdict`.
        undecided: the claims without a verdict, by the reason.
        pairs: claims of the report that do not agree.
        articles: the articles of the claims.
        sections: the claims in the order in which they are shown, under their headings.
        desk: how the newsroom works, its funding, its contact, and how to request a correction.
        about: the software that produced the report, and its digests.
        recompute: the command that recomputes the report's digest from its JSON export.
    """

    title: str
    language: str
    newsroom: str
    logo: str
    draft: bool
    status: str
    edition: str
    warning: str
    lede: tuple[Prose, ...]
    conclusion: tuple[Prose, ...]
    cover: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    text_changes: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    undecided: tuple[Undecided, ...]
    pairs: tuple[PairEntry, ...]
    articles: tuple[ArticleEntry, ...]
    sections: tuple[SectionEntry, ...]
    desk: tuple[Fact, ...]
    about: tuple[Fact, ...]
    recompute: str

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        """The claims of all sections, in the order of their numbers."""
        claims = (claim for section in self.sections for claim in section.claims)
        return tuple(sorted(claims, key=lambda claim: claim.number))

    @property
    def by_hand(self) -> bool:
        """Whether the claims are in an order that somebody has given them."""
        return any(section.by_hand for section in self.sections)
