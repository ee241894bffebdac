"""Context for every page: what the base template needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context of Django's admin base template, for pages that are not the admin's own."""
    user = getattr(request, "user", None)
    return {
        "site_title": _("Claim Workbench"),
        "site_header": _("Claim Workbench"),
        "site_url": None,
        "has_permission": bool(user and user.is_authenticated),
        "is_popup": False,
        "is_nav_sidebar_enabled": False,
        "title": "",
        "subtitle": None,
        "content": "",
    }
