"""A claim's public page, in a reader's order: the verdict, why, who said what, the evidence, and what was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from claims.choices import Verdict
from claims.queries.reports.public import Review
from claims.queries.reports.public_site import SHOWN_VERDICTS, PublicSource
from claims.queries.reports.terms import own_words, term_of
from claims.renderers.data.claimreview import review_of, script_safe
from claims.renderers.documents.blocks import ClaimEntry, Mark, Page, PairEntry
from claims.renderers.documents.facts import href, language_of, mark
from claims.renderers.documents.page import page
from claims.renderers.in_force import in_force, newest
from claims.renderers.labels import Words, words_in
from claims.renderers.types import (
    STANCES,
    UPDATE,
    Correction,
    Edition,
    EvidenceLine,
    ReportArticle,
    ReportLine,
)
from claims.web.components.cards import Card
from claims.web.public.changes import ToldChange, told_changes
from claims.web.public.checks import Checks, checks_among
from claims.web.public.heads import Head, address_of, shortened
from claims.web.public.template_tags import day

_MEANINGS = {
    "verified": gettext_noop("The evidence that we found bears the claim out."),
    "disputed": gettext_noop(
        "The evidence that we found speaks against the claim, or the claim leaves out something that changes its meaning. Disputed does not mean false."
    ),
    "pending": gettext_noop(
        "Nobody has decided this claim yet. We say nothing about whether it is true."
    ),
}


_MOST_OTHERS = 5
"""How many other claims of a source the page shows: the newest."""


def meanings() -> list[tuple[Mark, str]]:
    """Return what each verdict means, in the order in which public pages name them."""
    order = (*SHOWN_VERDICTS, Verdict.PENDING)
    return [(mark(term_of(verdict)), meaning_of(verdict)) for verdict in order]


def meaning_of(verdict: Verdict) -> str:
    """Return what a verdict means, in the newsroom's own words if it has any."""
    return own_words().meaning_of(verdict) or _(_MEANINGS[verdict])


def markup_of(edition: Edition) -> str:
    """Return a claim's markup for search engines; "" if the rules do not allow it."""
    (line,) = edition.report.lines
    review = review_of(edition, line)
    return script_safe(review) if isinstance(review, dict) else ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done for the check, and when."""

    at: date
    words: str


class ClaimPage:
    """What a claim's page shows.

    Attributes:
        edition: the newest public report with the claim, narrowed to it.
        reviews: all public reports with it, the newest first.
        source: its source, with other public claims; None without any.
    """

    def __init__(
        self, edition: Edition, reviews: Sequence[Review], source: PublicSource | None
    ) -> None:
        self.edition, self.reviews, self.source = edition, reviews, source

    @cached_property
    def line(self) -> ReportLine:
        """The claim as readers were last told of it."""
        return in_force(self.edition).lines[0]

    @cached_property
    def published(self) -> ReportLine:
        """The claim as the report published it."""
        return self.edition.report.lines[0]

    @property
    def words(self) -> Words:
        """The fixed texts of its report."""
        return words_in(self.edition.report.language)

    @cached_property
    def _page(self) -> Page:
        return page(self.edition)

    @property
    def entry(self) -> ClaimEntry:
        """The claim as documents show it."""
        return self._page.claims[0]

    @property
    def pairs(self) -> Sequence[PairEntry]:
        """The claims that do not agree with it."""
        return self._page.pairs

    @property
    def changes(self) -> list[ToldChange]:
        """What readers were told of it since it was published, the newest first."""
        return told_changes(self.edition, self.line.id, self.entry)

    @property
    def article(self) -> ReportArticle:
        """The article that it stands in."""
        return self.edition.report.articles[0]

    @property
    def article_link(self) -> str:
        """The article's address, if it is a web address."""
        return href(self.article.url)

    @property
    def language(self) -> str:
        """The language of its words."""
        return language_of(self.article.language)

    @property
    def mark(self) -> Mark:
        """The verdict in force."""
        return self.entry.mark

    @property
    def meaning(self) -> str:
        """What the verdict means."""
        return meaning_of(Verdict(self.line.verdict.code))

    @property
    def told(self) -> Correction | None:
        """The notice in force, or None."""
        return newest(self.edition).get(self.line.id)

    @property
    def last_told(self) -> datetime:
        """When readers were last told something of it."""
        told = self.told.published_at if self.told else None
        return told or self.reviews[0].published_at

    @cached_property
    def others(self) -> Checks | None:
        """The newest other claims of its source, and how many there are with each verdict."""
        return checks_among(self.source.claims, _MOST_OTHERS) if self.source else None

    @property
    def is_update(self) -> bool:
        """Whether that notice is an update and not a correction."""
        return bool(self.told and self.told.kind == UPDATE)

    @property
    def before(self) -> Mark:
        """The verdict that was published first."""
        return mark(self.published.verdict)

    @property
    def address(self) -> str:
        """The page's own address."""
        return self.edition.claim_page(self.line.id)

    @property
    def documents(self) -> list[tuple[EvidenceLine, str]]:
        """The evidence with the addresses to link to, those against it first if it is disputed."""
        return _documents(self.line)

    @property
    def first_documents(self) -> list[tuple[EvidenceLine, str]]:
        """The same for the verdict that was published first."""
        return _documents(self.published)

    @property
    def withheld(self) -> str:
        """How many documents are withheld, or ""."""
        return self.words.withheld_in_words(self.line.withheld)

    @property
    def steps(self) -> list[Step]:
        """What was done for the check, in the order of time."""
        days: dict[date, int] = {}
        for document, _link in self.documents:
            days[document.looked_up] = days.get(document.looked_up, 0) + 1
        steps = [
            Step(
                day,
                ngettext(
                    "We consulted %(number)s document.",
                    "We consulted %(number)s documents.",
                    number,
                )
                % {"number": number},
            )
            for day, number in days.items()
        ]
        verdict = self.line.verdict.label.lower()
        if self.line.checked_at:
            words = _("An editor marked the claim %(verdict)s.") % {"verdict": verdict}
            steps.append(Step(_day(self.line.checked_at), words))
        if self.line.second_checked_at:
            steps.append(Step(_day(self.line.second_checked_at), _("A second editor checked it.")))
        return sorted(steps, key=lambda step: step.at)

    @property
    def citation(self) -> str:
        """How to cite the page."""
        parts = {
            "newsroom": self.edition.report.newsroom.name or _("Verification report"),
            "statement": self.line.statement,
            "verdict": self.line.verdict.label.lower(),
            "day": day(self.reviews[0].published_at),
            "address": self.address,
        }
        if self.told and self.told.published_at:
            parts["changed"] = day(self.told.published_at)
            if self.is_update:
                return (
                    _(
                        "%(newsroom)s: “%(statement)s” – %(verdict)s. %(day)s, updated %(changed)s. %(address)s"
                    )
                    % parts
                )
            return (
                _(
                    "%(newsroom)s: “%(statement)s” – %(verdict)s. %(day)s, corrected %(changed)s. %(address)s"
                )
                % parts
            )
        return _("%(newsroom)s: “%(statement)s” – %(verdict)s. %(day)s. %(address)s") % parts

    @property
    def head(self) -> Head:
        """What the head of the page tells."""
        title = f"{self.line.verdict.label}: {self.line.statement}"
        return Head(
            address=self.address,
            title=title,
            description=shortened(self.line.reason or self.meaning),
            picture=address_of("public-claim-picture", self.line.id),
            card=Card(address_of("public-card", self.line.id), title, height=220),
        )

    @property
    def is_decided(self) -> bool:
        """Whether the claim has a verdict."""
        return self.line.verdict.code != "pending"


def _documents(line: ReportLine) -> list[tuple[EvidenceLine, str]]:
    order = ("against", "for", "context") if line.verdict.code == "disputed" else STANCES
    found = (*line.evidence, *line.referred)
    shown = [each for stance in order for each in found if each.stance.code == stance]
    return [(each, href(each.url)) for each in shown]


def _day(moment: datetime) -> date:
    return moment.date()
