"""How long ago something was, in words: only the largest unit, since the tooltip has the exact time."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR

_UNITS: tuple[tuple[int, Callable[[int], str]], ...] = (
    (365 * _DAY, lambda number: ngettext("%(number)d year ago", "%(number)d years ago", number)),
    (30 * _DAY, lambda number: ngettext("%(number)d month ago", "%(number)d months ago", number)),
    (7 * _DAY, lambda number: ngettext("%(number)d week ago", "%(number)d weeks ago", number)),
    (_DAY, lambda number: ngettext("%(number)d day ago", "%(number)d days ago", number)),
    (_HOUR, lambda number: ngettext("%(number)d hour ago", "%(number)d hours ago", number)),
    (_MINUTE, lambda number: ngettext("%(number)d minute ago", "%(number)d minutes ago", number)),
)
"""The units in seconds, largest first, each with its words."""


def ago(at: datetime, now: datetime | None = None) -> str:
    """Return how long ago a moment was, rounded down ("3 days ago"); "just now" for less than a minute.

    Args:
        at: the moment, with its time zone.
        now: the time to count from; by default, the present.
    """
    seconds = int(((now or timezone.now()) - at).total_seconds())
    for length, words in _UNITS:
        if seconds >= length:
            number = seconds // length
            return words(number) % {"number": number}
    return _("just now")
