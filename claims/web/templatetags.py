"""Small things that templates say often."""

from django import template
from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.choices import (
    Deed,
    Detail,
    Likeness,
    Mood,
    Process,
    Quotation,
    SourceKind,
    Stance,
    Verdict,
)
from claims.web.queue import QueuedClaim

register = template.Library()

LISTS: dict[str, type[TextChoices]] = {
    "verdict": Verdict,
    "kind": SourceKind,
    "quotation": Quotation,
    "process": Process,
    "mood": Mood,
    "stance": Stance,
    "deed": Deed,
    "detail": Detail,
    "likeness": Likeness,
}
ICONS = {Verdict.PENDING: "○", Verdict.VERIFIED: "✓", Verdict.DISPUTED: "!"}


@register.simple_tag
def verdict_icon(verdict: str) -> SafeString:
    """The sign of a verdict, hidden from screen readers: the word stands beside it."""
    return format_html(
        '<span class="icon icon--{}" aria-hidden="true">{}</span>', verdict, ICONS[Verdict(verdict)]
    )


@register.filter
def label(value: str, field: str) -> str:
    """The words for a value of a closed list. Quicker than `get_…_display`, which a list calls a thousand times."""
    return str(LISTS[field](value).label)


@register.simple_tag
def mark_end(claim: QueuedClaim) -> SafeString:
    """The sign behind a claim's last word in the text, with the state in words for screen readers."""
    if not claim.touched_at:
        return format_html('<span class="visually-hidden"> [{}]</span>', _("proposed"))
    return format_html(
        '<span class="mark__end mark__end--{}"><span aria-hidden="true">{}</span><span class="visually-hidden"> [{}]</span></span>',
        claim.verdict,
        ICONS[Verdict(claim.verdict)],
        label(claim.verdict, "verdict"),
    )
