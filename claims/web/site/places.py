"""The places of the desk: what the main menu and the palette lead to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.queries.claims.archive_conditions import DUE
from claims.queries.claims.conditions import TO_CHECK, TO_DECIDE
from claims.queries.claims.filters import ME
from claims.web.access import is_met, need_of


@dataclass(frozen=True)
class Place:
    """A page that people go to.

    Attributes:
        name: the name of its address.
        label: what it is called.
        query: what its address asks for, by name.
        in_menu: whether the main menu has it; the palette has all.
        decides: whether only those who decide claims have any use for it.
    """

    name: str
    label: str | Promise
    query: tuple[tuple[str, str], ...] = ()
    in_menu: bool = False
    decides: bool = False

    @cached_property
    def address(self) -> str:
        """Its address, put together once: every page has the menu."""
        return f"{reverse(self.name)}{'?' * bool(self.query)}{urlencode(self.query)}"


PLACES = (
    Place("dashboard", _("Dashboard"), in_menu=True),
    Place("articles", _("Articles"), in_menu=True),
    Place("claims", _("Claims"), in_menu=True),
    Place("sources", _("Sources"), in_menu=True),
    Place("statistics", _("Statistics"), in_menu=True),
    Place("reports", _("Reports"), in_menu=True),
    Place("new-article", _("New article"), in_menu=True),
    Place("search", _("Search"), in_menu=True),
    Place("admin:index", _("Data entry"), in_menu=True),
    Place("help", _("Help"), in_menu=True),
    Place("notifications", _("Notifications")),
    Place("claims", _("My queue"), (("verdict", TO_DECIDE), ("assigned", ME)), decides=True),
    Place("claims", _("For a second check"), (("review_status", TO_CHECK),), decides=True),
    Place("claims", _("Due for review"), (("review", DUE),)),
    Place("articles", _("Articles with pending claims"), (("waiting", "1"),)),
    Place("reports", _("Drafts of reports"), (("state", "draft"),)),
    Place("corrections", _("Corrections")),
    Place("broken-links", _("Broken links")),
    Place("source-duplicates", _("Possible duplicates")),
    Place("bulk-changes", _("Bulk changes")),
    Place("status", _("Status")),
    Place("help-keys", _("Keyboard shortcuts")),
    Place("tokens", _("Access tokens")),
    Place("account", _("Your account")),
    Place("change-password", _("Change password")),
)
"""All of them, in the order of the menu."""


def places_for(viewer: User | AnonymousUser) -> Iterator[Place]:
    """Yield the places that a person may enter."""
    for place in PLACES:
        may_decide = not place.decides or viewer.has_perm("claims.decide_claim")
        if may_decide and is_met(need_of(place.name, {}), viewer):
            yield place
