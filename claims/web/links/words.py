"""What is wrong with a link, and what an editor can do about it, in words."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from claims.choices import LinkState
from claims.errors import from_data
from claims.messages import message_of
from claims.models import ArchiveRequest

_ADVICE: Mapping[str, str] = {
    LinkState.CHANGED: gettext_noop(
        "See what has changed. If the verdict still holds, capture the page again; if it does not, decide again."
    ),
    LinkState.MOVED: gettext_noop(
        "Open the new address. If it is the same document, replace the link; if not, use a copy."
    ),
    LinkState.GONE: gettext_noop("Use a copy of the page, or replace the link."),
    LinkState.UNREACHABLE: gettext_noop(
        "The page has not answered on several days. Use a copy, or look again later."
    ),
    LinkState.UNKNOWN: gettext_noop("Look at the page in a browser."),
}


def advice(state: str) -> str:
    """Return what an editor can do about a link in a state; "" if nothing has to be done."""
    found = _ADVICE.get(state)
    return gettext(found) if found else ""


def archive_failure(request: ArchiveRequest) -> str:
    """Return why an archive did not keep a page, in the reader's language; "" if it still may."""
    return message_of(from_data(request.error)) if request.error else ""


def archive_host() -> str:
    """Return the host of the archive that is set; "" without one."""
    return urlsplit(settings.ARCHIVE_URL).hostname or ""
