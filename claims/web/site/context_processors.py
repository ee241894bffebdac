"""Context for every page: what the base template needs."""

from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.web.site.bell import Bell
from claims.web.site.places import places_for


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context of Django's admin base template, for pages that are not the admin's own."""
    user = getattr(request, "user", None)
    return {
        "site_title": _("Claim Workbench"),
        "site_header": _("Claim Workbench"),
        "site_url": None,
        "has_permission": bool(user and user.is_authenticated),
        "bell": Bell(user) if isinstance(user, User) else None,
        "places": partial(places_for, user or AnonymousUser()),
        "is_popup": False,
        "is_nav_sidebar_enabled": False,
        "title": "",
        "subtitle": None,
        "content": "",
    }
