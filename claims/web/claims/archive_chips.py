"""What a list says of a claim from the archive, as chips: how often it was seen, who contradicts it, how old its verdict is."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Verdict
from claims.queries.claims.archive_conditions import old_before
from claims.queries.claims.rows import ClaimRow
from claims.queries.matching.seen_counts import SeenCounts


def archive_chips(row: ClaimRow, seen: SeenCounts) -> SafeString:
    """Return what the archive knows of a claim, and when its verdict is to be looked at again, as far as its reader may know."""
    return format_html_join(
        "", '<span class="chip">{}</span> ', ((one,) for one in _said(row, seen))
    )


def _said(row: ClaimRow, seen: SeenCounts) -> Iterator[str]:
    if seen.times:
        yield seen_in_words(seen)
    if seen.contradicted:
        yield _("contradicted")
    if seen.superseded:
        yield _("newer figure")
    if not row.is_hidden and (row.claim.review_by or row.claim.decided_at):
        yield from _of_verdict(row, timezone.localdate())


def seen_in_words(seen: SeenCounts) -> str:
    """Return how often a claim was seen, and the newest verdict on it: “seen 3 times, disputed in March”."""
    times = ngettext("seen once", "seen %(number)s times", seen.times) % {"number": seen.times}
    if seen.decided_at is None:
        return times
    words = (
        _("%(times)s, verified in %(month)s")
        if seen.verdict == Verdict.VERIFIED
        else _("%(times)s, disputed in %(month)s")
    )
    return words % {"times": times, "month": _month(seen.decided_at)}


def _month(at: datetime) -> str:
    """Return a month, with its year unless it is this one."""
    local = timezone.localtime(at)
    return date_format(local, "F" if local.year == timezone.localdate().year else "F Y")


def _of_verdict(row: ClaimRow, today: date) -> Iterator[str]:
    claim = row.claim
    if claim.review_by and claim.review_by <= today:
        words = _("review was due on %(day)s") % {"day": _day(claim.review_by, today)}
        yield format_html("<strong>{}</strong>", words)
    elif claim.review_by:
        yield _("review by %(day)s") % {"day": _day(claim.review_by, today)}
    if claim.decided_at and timezone.localtime(claim.decided_at).date() < old_before(today):
        yield _("verdict older than a year")


def _day(day: date, today: date) -> str:
    """Return a day, with its year unless it is this one."""
    return date_format(day, _("j M") if day.year == today.year else _("j M Y"))
