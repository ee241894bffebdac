"""The end of a queue: the article's status, and where to continue."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Verdict
from claims.models import Article
from claims.queries.claims.filters import ClaimFilter
from claims.queries.review.queue import ClaimPlace, Listing
from claims.queries.review.rows import QueuedClaim
from claims.queries.review.summary import Summary, summary_of
from claims.web.review.links import LinkedQueue, url_in_list


@dataclass(frozen=True)
class Step:
    """A place to continue.

    Attributes:
        label: its label.
        url: its page.
        part: for a claim of this queue, the address of its panel, else "".
        about: additional details, or "".
    """

    label: str
    url: str
    part: str = ""
    about: str = ""


class Sum(NamedTuple):
    """A verdict at the end of a queue: how many claims have it, where these are listed, and what there is to say of them."""

    verdict: str
    number: int
    url: str
    about: str


@dataclass(frozen=True)
class Ending:
    """What the page shows after the last claim.

    Attributes:
        queue: the queue that ended.
    """

    queue: LinkedQueue

    @property
    def heading(self) -> str:
        """How much of the queue is done, in a sentence."""
        if not self.queue.active:
            return _("This article has no claims.")
        if self.queue.listing:
            return self._heading_in_list
        if not self.queue.listed:
            return _("No claim in this article matches this filter.")
        if self._summary.untouched:
            return _("That was the last claim in the queue.")
        number = len(self.queue.active)
        return ngettext(
            "The %(number)s claim here has been reviewed.",
            "All %(number)s claims have been reviewed.",
            number,
        ) % {"number": number}

    @property
    def _heading_in_list(self) -> str:
        here = (
            _("That was the last claim from the list in this article.")
            if self.first_pending
            else _("All claims from the list in this article are done.")
        )
        end = "" if self.queue.onward else _("This is the end of the list.")
        return f"{here} {end}".rstrip()

    @cached_property
    def _summary(self) -> Summary:
        return summary_of(self.queue)

    @property
    def deciders(self) -> str:
        """Who has decided how many of the claims, in a sentence, or ""."""
        people = [
            (_("you (%(number)d)") if one.is_viewer else _("%(name)s (%(number)d)"))
            % {"name": one.name, "number": one.number}
            for one in self._summary.deciders
        ]
        return _("Decided by %(people)s.") % {"people": ", ".join(people)} if people else ""

    @property
    def not_counted(self) -> str:
        """How many claims were dismissed, which nothing here counts, or ""."""
        number = len(self.queue.claims) - len(self.queue.not_dismissed)
        if not number:
            return ""
        return ngettext(
            "%(number)s dismissed claim is not counted here.",
            "%(number)s dismissed claims are not counted here.",
            number,
        ) % {"number": number}

    @property
    def left(self) -> str:
        """How many claims of the article have not been reviewed yet, or ""."""
        number = self._summary.untouched
        if not number:
            return ""
        return ngettext(
            "%(number)s claim in this article has not been reviewed yet.",
            "%(number)s claims in this article have not been reviewed yet.",
            number,
        ) % {"number": number}

    @property
    def first_pending(self) -> QueuedClaim | None:
        """The first claim of the queue without a verdict."""
        return self.queue.next_pending(None)

    @property
    def verdicts(self) -> list[Sum]:
        """Each verdict with the number of its claims, the address of their queue, and what to know of them."""
        home = reverse("article", args=[self.queue.article.pk])
        return [
            Sum(verdict, number, f"{home}?show={verdict}", self._about(verdict) if number else "")
            for verdict, number in self.queue.verdict_counts.by_verdict().items()
        ]

    def _about(self, verdict: str) -> str:
        known = self._summary
        if verdict == Verdict.VERIFIED:
            number = known.without_evidence
            words = ngettext("%(number)s without evidence", "%(number)s without evidence", number)
            return words % {"number": number} if number else _("all with evidence")
        if verdict == Verdict.DISPUTED:
            number = known.second_checked
            words = ngettext("%(number)s second-checked", "%(number)s second-checked", number)
        else:
            number = known.untouched
            words = ngettext("%(number)s not reviewed yet", "%(number)s not reviewed yet", number)
        return words % {"number": number} if number else ""

    @property
    def steps(self) -> list[Step]:
        """Where to continue, the nearest first. A list continues in its next article."""
        if self.queue.listing:
            found = [
                self._next_in_list(),
                self._pending(),
                self._back(),
                self._of_article(),
                self._all(),
            ]
        else:
            pending = self._pending() or self._of_article()
            found = [pending, self._all(), self._next_article(), self._back()]
        return [step for step in found if step]

    def _next_in_list(self) -> Step | None:
        """Return the next article with a claim of the list."""
        place, listing = self.queue.next_article, self.queue.listing
        if not (place and listing):
            return None
        label = _("Next article in the list")
        return Step(label, url_in_list(place, listing), about=_headline_of(place))

    def _pending(self) -> Step | None:
        """Return the first claim of the queue without a verdict."""
        queue, first = self.queue, self.first_pending
        if first is None:
            return None
        return Step(_("Next pending claim"), queue.url(first), queue.part(first), first.statement)

    def _of_article(self) -> Step | None:
        """Return all claims of the article without a verdict, unless the queue has one."""
        if self.first_pending or not self.queue.verdict_counts.pending:
            return None
        address = reverse("article", args=[self.queue.article.pk])
        return Step(_("Pending claims in this article"), f"{address}?show={Verdict.PENDING}")

    def _all(self) -> Step | None:
        hides = len(self.queue.listed) < len(self.queue.active)
        address = reverse("article", args=[self.queue.article.pk])
        return Step(_("All claims in this article"), address) if hides else None

    def _back(self) -> Step:
        """Return where the queue came from: the list of claims or the list of articles."""
        if self.queue.listing:
            return Step(_("Back to the list"), f"{reverse('claims')}?{self.queue.listing.query}")
        return Step(_("Back to the articles"), reverse("articles"))

    def _next_article(self) -> Step | None:
        """Return the next article with a pending claim, in the order of the list of pending claims."""
        pending = ClaimFilter.of_query(f"verdict={Verdict.PENDING}", self.queue.viewer)
        listing = Listing(pending.query, pending.qs)
        place = listing.after(self.queue.article, self.queue.revision)
        if place is None:
            return None
        label = _("Next article with pending claims")
        return Step(label, url_in_list(place, listing), about=_headline_of(place))


def _headline_of(place: ClaimPlace) -> str:
    """Return the headline of a claim's article."""
    headlines = Article.objects.filter(pk=place.article).values_list("headline", flat=True)
    return headlines.get()
