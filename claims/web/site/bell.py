"""The bell at the head of every page: how many notifications are unread."""

from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.queries.notifications import Unread, unread_of


class Bell:
    """What the head of a page shows. A page without a head asks the database nothing.

    Attributes:
        viewer: whose page it is.
    """

    def __init__(self, viewer: User) -> None:
        self.viewer = viewer

    @cached_property
    def unread(self) -> Unread:
        """What the person has not read."""
        return unread_of(self.viewer)

    @property
    def number(self) -> str:
        """How many there are, in a few characters; "" for none."""
        return _number(self.unread)

    @property
    def label(self) -> str:
        """The same for those who hear it."""
        return _label(self.unread)

    @property
    def etag(self) -> str:
        """By which the page asks whether anything is new."""
        return etag_of(self.unread)

    @property
    def reports(self) -> list[str]:
        """The pages of the reports that it has news of."""
        return _pages(self.unread)


def etag_of(found: Unread) -> str:
    """Return the tag of what `as_data` says."""
    return quote_etag(f"{found.version}-{get_language()}")


def as_data(found: Unread) -> dict[str, Any]:
    """Return what an open page keeps up to date: the bell, and the claims and reports that it has news of."""
    return {
        "number": _number(found),
        "label": _label(found),
        "claims": found.claims,
        "reports": _pages(found),
    }


def _pages(found: Unread) -> list[str]:
    return [reverse("report", args=[pk]) for pk in found.reports]


def _number(found: Unread) -> str:
    return f"{found.number}+" if found.more else str(found.number or "")


def _label(found: Unread) -> str:
    if found.more:
        return _("More than %(number)s unread notifications") % {"number": found.number}
    if not found.number:
        return _("Notifications")
    return ngettext(
        "%(number)s unread notification", "%(number)s unread notifications", found.number
    ) % {"number": found.number}
