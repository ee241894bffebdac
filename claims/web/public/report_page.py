"""A report's public page, in a reader's order: lede, the verdicts in a picture, and the claims.

If a chief has put the claims in order, they have that, under the chief's headings; otherwise they are told apart by verdict,
disputed ones first. Those that are not decided are last, and folded.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from claims.choices import Verdict
from claims.queries.reports.public_site import sources_named
from claims.queries.reports.terms import own_words
from claims.renderers.documents.blocks import (
    ClaimEntry,
    Fact,
    Figure,
    Mark,
    Page,
    PairEntry,
    Undecided,
)
from claims.renderers.documents.facts import anchor_of, href, joined
from claims.renderers.documents.page import page
from claims.renderers.documents.prose import in_html, prose, words_of
from claims.renderers.in_force import in_force
from claims.renderers.labels import Words, words_in
from claims.renderers.types import (
    APPROVED,
    CHECKED,
    STANCES,
    WRITTEN,
    Byline,
    Edition,
    EvidenceLine,
    Report,
    ReportArticle,
    ReportLine,
    TextCorrection,
)
from claims.web.components.cards import card_of_report
from claims.web.public.changes import ToldChange, told_changes
from claims.web.public.heads import Head, address_of, shortened

_SHORTLY = {
    "disputed": gettext_noop("evidence speaks against it"),
    "verified": gettext_noop("evidence bears it out"),
    "pending": gettext_noop("not decided yet"),
}
"""What each verdict means, beside its number. Disputed claims are first: readers come for what does not hold up."""

_MEANINGS = {
    "verified": gettext_noop(
        "Documents or other evidence bear the statement out. It does not mean that whoever made it is right about anything else."
    ),
    "disputed": gettext_noop(
        "Evidence speaks against the statement, and the reason says what. It does not mean that somebody lied."
    ),
    "pending": gettext_noop(
        "Nobody has decided yet. It says nothing about whether the statement is true."
    ),
}
"""What each verdict means at length, as the page explains it at its end."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the list: the claim in force, as documents show it, and the address of its own page."""

    line: ReportLine
    shown: ClaimEntry
    address: str
    language: str
    words: Words

    @property
    def said(self) -> str:
        """Who said it in which role to whom, or how the article presents it."""
        if not self.line.source:
            return self.line.quotation.label
        told_to = _("to %(whom)s") % {"whom": self.line.told_to} if self.line.told_to else ""
        return ", ".join(filter(None, (self.line.source, self.line.role, told_to)))

    @property
    def evidence(self) -> str:
        """How many documents there are of each stance, and how many are withheld."""
        documents = (*self.line.evidence, *self.line.referred)
        labels = {each.stance.code: each.stance.label for each in documents}
        counts = Counter(each.stance.code for each in documents)
        words = [f"{counts[code]} {labels[code].lower()}" for code in STANCES if code in counts]
        if words:
            words[0] = _("Evidence: %(number)s") % {"number": words[0]}
        return joined(", ".join(words), self.words.withheld_in_words(self.line.withheld))


@dataclass(frozen=True, slots=True)
class Group:
    """The claims with one verdict: the verdict's figure and what it means shortly, and the claims."""

    figure: Figure
    meaning: str
    entries: Sequence[Entry]
    before: float = 0
    anchor: str = ""
    """The share of the groups before it, 0..1: where its part of the picture begins."""

    @property
    def start(self) -> str:
        """Where its part of the picture begins, as a length."""
        return _percent(self.before)

    @property
    def width(self) -> str:
        """How wide it is."""
        return _percent(self.figure.share)


@dataclass(slots=True)
class Part:
    """A section of the report: the chief's heading, or "", and its decided claims."""

    heading: str
    entries: Sequence[Entry]


@dataclass(slots=True)
class Used:
    """A document that the report rests on, and the numbers and anchors of the claims that it was used for."""

    document: EvidenceLine
    link: str
    claims: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A correction of lede or conclusion, how it is called, and what stood there before, as HTML."""

    label: str
    told: TextCorrection
    before: Markup


class ReportPage:
    """What a report's page shows: a public edition, with its claims as readers were last told of them."""

    def __init__(self, edition: Edition) -> None:
        # The page names who agrees to it today, and not who did when the report was frozen.
        self.edition = replace(edition, report=replace(edition.report, bylines=()))

    @property
    def head(self) -> Head:
        """What the head of the page tells."""
        return Head(
            self.edition.url,
            self.report.title,
            shortened(words_of(self.document.lede)) or f"{self.in_words}.",
            picture=address_of("public-report-picture", self.edition.number or 0),
            card=card_of_report(self.edition.number or 0, self.report.title),
        )

    @cached_property
    def report(self) -> Report:
        """The report with the verdicts in force."""
        return in_force(self.edition)

    @cached_property
    def document(self) -> Page:
        """The report as documents show it."""
        return page(self.edition)

    @cached_property
    def groups(self) -> list[Group]:
        """Its claims by verdict, disputed ones first. Verdicts that no claim has are left out."""
        lines: dict[str, list[Entry]] = {code: [] for code in _SHORTLY}
        for entry in self._entries.values():
            lines[entry.line.verdict.code].append(entry)
        figures = {figure.mark.code: figure for figure in self.document.figures}
        groups: list[Group] = []
        before = 0.0
        for code, meaning in _SHORTLY.items():
            if lines[code]:
                by_verdict = not self.parts or code == "pending"
                anchor = code if by_verdict else lines[code][0].shown.anchor
                groups.append(Group(figures[code], _(meaning), lines[code], before, anchor))
                before += figures[code].share
        return groups

    @cached_property
    def _entries(self) -> dict[int, Entry]:
        shown = {entry.anchor: entry for entry in self.document.claims}
        return {
            line.id: Entry(
                line,
                shown[anchor_of(line.id)],
                self.edition.claim_page(line.id),
                shown[anchor_of(line.id)].language,
                self.document_words,
            )
            for line in self.report.lines
        }

    @cached_property
    def parts(self) -> list[Part]:
        """Its sections, with their decided claims; none if nobody has put the claims in order."""
        if not self.report.sections:
            return []
        of_anchor = {entry.shown.anchor: entry for entry in self._entries.values()}
        parts = []
        for section in self.document.sections:
            entries = [of_anchor[claim.anchor] for claim in section.claims if claim.checked]
            if entries:
                parts.append(Part(section.heading, entries))
        return parts

    @property
    def meanings(self) -> list[tuple[Mark, str]]:
        """What each verdict means."""
        own = own_words()
        return [
            (
                figure.mark,
                own.meaning_of(Verdict(figure.mark.code)) or _(_MEANINGS[figure.mark.code]),
            )
            for figure in self.document.figures
        ]

    @property
    def in_words(self) -> str:
        """How many claims have which verdict."""
        return ", ".join(
            f"{group.figure.count} {group.figure.mark.word.lower()}" for group in self.groups
        )

    @property
    def published_at(self) -> datetime:
        """When it was published."""
        return self.report.issued_at

    @property
    def articles(self) -> list[tuple[ReportArticle, str]]:
        """The articles of its claims, each with its web address, or ""."""
        return [(article, href(article.url)) for article in self.report.articles]

    @property
    def undecided(self) -> dict[str, Undecided]:
        """What is said of the claims without a verdict, by the reason: nobody has decided, or a check is under way."""
        return {group.anchor: group for group in self.document.undecided}

    @property
    def pairs(self) -> Sequence[PairEntry]:
        """Its claims that do not agree."""
        return self.document.pairs

    @cached_property
    def changes(self) -> list[tuple[ClaimEntry, ToldChange]]:
        """What readers were told of its claims since, the newest first."""
        told = [
            (entry, change)
            for entry, line in zip(self.document.claims, self.report.lines, strict=True)
            for change in told_changes(self.edition, line.id, entry)
        ]
        return sorted(told, key=lambda one: one[1].at, reverse=True)

    @property
    def text_changes(self) -> list[TextChange]:
        """What was corrected of lede and conclusion since, the newest first."""
        return [
            TextChange(
                self.document_words[f"{one.part}_corrected"], one, in_html(prose(one.before))
            )
            for one in reversed(self.edition.text_corrections)
        ]

    @property
    def document_words(self) -> Words:
        """The fixed texts of the report."""
        return words_in(self.report.language)

    @property
    def number_of_changes(self) -> int:
        """How many corrections and updates there are."""
        return len(self.changes) + len(self.edition.text_corrections)

    @cached_property
    def speakers(self) -> list[tuple[str, int | None, int]]:
        """Who made its claims, which source that is on the site if it has a page there, and how many; the most first."""
        counts = Counter(line.source for line in self.report.lines if line.source)
        sources = sources_named({line.id for line in self.report.lines})
        return [(name, sources.get(name), number) for name, number in counts.most_common()]

    @cached_property
    def documents(self) -> list[Used]:
        """The documents that its verdicts rest on, each once, in the order of the claims."""
        found: dict[tuple[str, str, str], Used] = {}
        for number, line in enumerate(self.report.lines, start=1):
            for document in (*line.evidence, *line.referred):
                key = (document.url, document.sha256, document.title)
                used = found.setdefault(key, Used(document, href(document.url)))
                place = (number, anchor_of(line.id))
                if place not in used.claims:
                    used.claims.append(place)
        return list(found.values())

    @property
    def lede(self) -> Markup:
        """What a chief wrote above the claims, as HTML."""
        return in_html(self.document.lede)

    @property
    def conclusion(self) -> Markup:
        """What a chief wrote below them."""
        return in_html(self.document.conclusion)

    @property
    def method(self) -> str:
        """How the newsroom said that it works."""
        return self.report.newsroom.method

    @property
    def made(self) -> list[Fact]:
        """What it covers, what was left out, and how much of each article's claims it has."""
        return [*self.document.cover, *self._coverage()]

    def _coverage(self) -> Iterable[Fact]:
        several = len(self.document.articles) > 1
        for article in self.document.articles:
            for part in article.coverage:
                yield Fact(joined(article.headline if several else "", part.label), part.text)


def credits_of(bylines: Sequence[Byline]) -> list[tuple[str, list[str]]]:
    """Return what was done for a report, and the names of those who did it and agree to be named, in the order of the work."""
    labels = {WRITTEN: _("Written by"), CHECKED: _("Checked by"), APPROVED: _("Approved by")}
    named = {part: [one.name for one in bylines if one.part == part] for part in labels}
    return [(labels[part], names) for part, names in named.items() if names]


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"
