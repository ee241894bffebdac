"""Template tags and filters used by many templates."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Protocol

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import TextChoices
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.choices import (
    AnchorStatus,
    ChangeAction,
    Detail,
    JobStatus,
    LinkState,
    MatchSignal,
    Mood,
    Quotation,
    ReviewStatus,
    SourceKind,
    Stance,
    Verdict,
)
from claims.models.search.words import pieces
from claims.queries.claims.verdict_counts import VerdictCounts
from claims.queries.review.rows import Placed, QueuedClaim
from claims.web.components.ago import ago
from claims.web.components.due import due_words, is_to_decide
from claims.web.components.keys import keys_of, powers_of
from claims.web.site.kept import Kept

register = template.Library()

LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "kind": SourceKind,
    "quotation": Quotation,
    "review_status": ReviewStatus,
    "anchor_status": AnchorStatus,
    "mood": Mood,
    "stance": Stance,
    "action": ChangeAction,
    "detail": Detail,
    "status": JobStatus,
    "signal": MatchSignal,
    "link_state": LinkState,
}


@register.simple_tag
def stylesheets(*names: str) -> SafeString:
    """Return links to stylesheets, in cascade order.

    Args:
        names: their paths within `static/claims`, without the extension: "components/tables".
    """
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(f"claims/{name}.css"),) for name in names)
    )


@register.simple_tag
def scripts(*names: str) -> SafeString:
    """Return the scripts of a page or a component, as modules.

    Args:
        names: their paths within `static/claims`, without the extension: "pages/intake".
    """
    return format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        ((static(f"claims/{name}.js"),) for name in names),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of `icons.svg`, hidden from screen readers, which read the word beside it."""
    return _icon(name, "icon")


@cache
def _icon(name: str, classes: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("claims/icons.svg"),
        name,
    )


@register.simple_tag
def verdict_icon(state: str) -> SafeString:
    """Return the icon of a verdict, or of "proposed", hidden from screen readers, which read the word beside it."""
    return _icon(state, f"icon icon--{state}")


_COUNTED = {
    Verdict.VERIFIED: gettext_lazy("verified"),
    Verdict.DISPUTED: gettext_lazy("disputed"),
    Verdict.PENDING: gettext_lazy("pending"),
}
"""The words after a number of claims."""


@register.simple_tag
def verdict_counts(counts: VerdictCounts, *, in_words: bool = False) -> SafeString:
    """Show how many claims have which verdict: icons and numbers, with words for screen readers.

    Args:
        counts: the numbers.
        in_words: whether everyone sees the words.
    """
    hidden = "" if in_words else " visually-hidden"
    return format_html(
        '<span class="counts">{}</span>',
        format_html_join(
            "",
            '<span class="count count--{}" title="{}">{} {}<span class="count__word{}"> {}</span><span class="visually-hidden">, </span></span>',
            (
                (
                    verdict.value,
                    verdict.label,
                    verdict_icon(verdict.value),
                    intcomma(counts.number(verdict)),
                    hidden,
                    _COUNTED[verdict],
                )
                for verdict in Verdict
            ),
        ),
    )


@register.simple_tag
def key_list(viewer: User | AnonymousUser, level: int) -> SafeString:
    """Return what a person can do by key, in groups with headings of a level."""
    return _KEYS.draw((powers_of(viewer), level), {})


_KEYS = Kept(
    "components/keys.html",
    lambda state, _values: {"groups": list(keys_of(state[0])), "level": state[1]},
)


class Decidable(Protocol):
    """A claim as its reader may see it: a row of a list, a line in the queue."""

    @property
    def verdict(self) -> str:
        """The verdict that its reader may see."""

    @property
    def touched_at(self) -> datetime | None:
        """When a person last changed it."""


@register.filter
def state_label(claim: Decidable) -> str:
    """Return a claim's state in a word: its verdict, or "proposed" if nobody has edited it."""
    return _state_label(claim.verdict if claim.touched_at else "", get_language())


@lru_cache(64)
def _state_label(verdict: str, _language: str | None) -> str:
    return str(Verdict(verdict).label) if verdict else _("Proposed")


class Addresses(Protocol):
    """What has the addresses of claims: a queue on its page."""

    def url(self, claim: Placed, /) -> str:
        """The page with a claim."""

    def part(self, claim: Placed, /) -> str:
        """A claim's panel alone."""


@register.filter
def url_in(claim: Placed, queue: Addresses) -> str:
    """The address of the page with a claim under the queue's filter."""
    return queue.url(claim)


@register.filter
def part_in(claim: Placed, queue: Addresses) -> str:
    """The address of a claim's panel alone, under the queue's filter."""
    return queue.part(claim)


@register.filter
def label(value: str, field: str) -> str:
    """Return the label of a value in a closed list.

    Faster than `get_…_display`: a list asks for a thousand labels, and few of them differ.
    """
    return _label(value, field, get_language())


@lru_cache(512)
def _label(value: str, field: str, _language: str | None) -> str:
    return str(LISTS[field](value).label)


@register.filter
def marked(text: str, typed: str) -> SafeString:
    """Return a text with the search words marked."""
    if not typed:
        return conditional_escape(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.found else piece.text,)
            for piece in pieces(text, typed)
        ),
    )


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """Return a date, with the full time in the reader's zone as a tooltip; nothing for None."""
    if at is None:
        return SafeString()
    return _moment(at, timezone.get_current_timezone_name(), get_language())


@register.simple_tag(name="ago")
def time_ago(at: datetime) -> SafeString:
    """Return how long ago something was, with the full time in the reader's zone as a tooltip."""
    exact = date_format(timezone.localtime(at), "Y-m-d H:i T")
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, ago(at))


@lru_cache(4096)
def _moment(at: datetime, _zone: str, _language: str) -> SafeString:
    # The claims of an article share its date, so a list renders few different ones.
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        date_format(local, "Y-m-d H:i T"),
        date_format(local, _("j M Y")),
    )


class Due(Protocol):
    """A claim, or its line in the queue."""

    due_on: date | None
    review_status: str


@register.simple_tag
def due(claim: Due, verdict: str) -> SafeString:
    """Return by when a claim is to be decided, with a clock from that day on; nothing if it is decided, or not due.

    Args:
        claim: the claim.
        verdict: its verdict as its reader may see it.
    """
    day = claim.due_on
    if day is None or not is_to_decide(claim.review_status, verdict):
        return SafeString()
    today = timezone.localdate()
    now = day <= today
    return format_html(
        '<span class="due{}" title="{}">{} {}</span>',
        " due--now" if now else "",
        date_format(day, _("j M Y")),
        icon("clock") if now else "",
        due_words(day, today),
    )


@register.simple_tag
def mark_end(claim: QueuedClaim) -> SafeString:
    """Return the sign after a claim's last word in the text, with the state in words for screen readers."""
    return _mark_end(claim.verdict if claim.touched_at else "", get_language())


@lru_cache(64)
def _mark_end(verdict: str, _language: str | None) -> SafeString:
    if not verdict:
        return format_html('<span class="visually-hidden"> [{}]</span>', _("proposed"))
    return format_html(
        '<span class="mark__end mark__end--{}">&NoBreak;{}<span class="visually-hidden"> [{}]</span></span>',
        verdict,
        verdict_icon(verdict),
        label(verdict, "verdict"),
    )
