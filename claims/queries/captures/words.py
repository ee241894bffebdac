"""Why a document could not be captured or read, and what an editor can do, in words."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.translation import gettext, gettext_noop

from claims.errors import from_data
from claims.messages import message_of
from claims.models import Capture, LinkCheck

_LATER = gettext_noop("Capture it again later.")
_AS_PDF = gettext_noop(
    "Open the page in a browser, save it as a PDF, and add that file to the evidence."
)

_GONE = gettext_noop("Look for an archived copy, and put its address beside the link.")

_ADVICE: Mapping[str, str] = {
    "bad-address": gettext_noop("Correct the link of the evidence."),
    "unsafe-address": gettext_noop(
        "Ask your administrator to allow this host with FETCH_ALLOW, if it is meant to be used."
    ),
    "unreachable": _LATER,
    "too-slow": _LATER,
    "readers-busy": _LATER,
    "answer-too-large": _AS_PDF,
    "too-many-redirects": _AS_PDF,
    "bad-answer": _AS_PDF,
    "unknown-format": gettext_noop(
        "Download the file and look at it in the program that it was made with."
    ),
    "locked-file": gettext_noop("Remove the password, and add the file to the evidence."),
    "no-text-layer": gettext_noop(
        "Look at it: it is a picture of a text. Its words cannot be searched."
    ),
}

_REASONS: Mapping[str, str] = {
    "too-slow": gettext_noop("The site took too long to answer."),
    "answer-too-large": gettext_noop("The page is larger than 20 MB."),
    "empty-article": gettext_noop("There are no words in it: a script would have to fetch them."),
    "not-an-article": gettext_noop("Its words are in other pages, which it shows in frames."),
    "too-large": gettext_noop("It is too long to be read here."),
    "too-complex": gettext_noop("It is too complicated to be read here."),
    "no-text-layer": gettext_noop("It consists of pictures: there are no words in it."),
    "unknown-format": gettext_noop("Files of this kind cannot be read here."),
    "too-many-redirects": gettext_noop(
        "The site keeps redirecting, perhaps because it needs a login."
    ),
}
"""Where the message of an error speaks of articles, or of pasting, which is no help here."""


def why_not(capture: Capture | LinkCheck) -> str:
    """Return why something of a document is missing, in the reader's language; "" if nothing is."""
    if not capture.error:
        return ""
    own = _REASONS.get(capture.error_code)
    return gettext(own) if own else message_of(from_data(capture.error))


def advice(capture: Capture) -> str:
    """Return what an editor can do about that; "" if nothing is missing, or nothing more can be said."""
    if not capture.error:
        return ""
    if capture.error["params"].get("number") in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return gettext(_GONE)
    # A file that was uploaded is on no page.
    found = _ADVICE.get(capture.error_code, _AS_PDF if capture.url else "")
    return gettext(found) if found else ""
