"""By when a claim is to be decided, in words. What is late has a clock and bold ink, and never the colour of a verdict."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import ReviewStatus, Verdict


def is_to_decide(review_status: str, verdict: str) -> bool:
    """Return whether an editor still has to decide a claim, by the verdict that its reader may see."""
    if review_status in {ReviewStatus.SENT_BACK, ReviewStatus.WAITING}:
        return review_status == ReviewStatus.SENT_BACK
    return verdict == Verdict.PENDING


def due_words(day: date, today: date) -> str:
    """Return by when something is due, seen from today: "2 days late", "due today", "due 17 Apr"."""
    late = (today - day).days
    if late > 0:
        words = ngettext("%(number)d day late", "%(number)d days late", late)
        return words % {"number": late}
    if not late:
        return _("due today")
    return _("due %(day)s") % {"day": date_format(day, _("j M"))}
