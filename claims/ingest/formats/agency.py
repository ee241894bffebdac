"""What the two formats of news agencies, ninjs and NewsML-G2, have in common: an item, and what is made of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.errors import (
    NotAnArticleError,
    NotForUseError,
    Phrase,
    TooLargeError,
    WorkbenchError,
    gettext_noop,
)
from claims.ingest.cleaning import clean, one_line
from claims.ingest.dates import moment
from claims.ingest.drafts import draft, usable
from claims.ingest.formats.html_metadata import byline
from claims.ingest.formats.html_page import text_within
from claims.ingest.types import ArticleDraft, Entry, Fields

MAX_BYTES = 20_000_000
"""Of one message. Agencies send some kilobytes; a day of a wire in one file has some megabytes."""

MAX_ITEMS = 5_000
"""Of one message, several times what a large agency sends a day."""

_TEXTS = {"", "text", "composite"}
"""The classes of items that hold text: https://cv.iptc.org/newscodes/ninature/. A composite may have a text of its own."""

_REFUSED = {
    "canceled": gettext_noop("its sender has cancelled it"),
    "cancelled": gettext_noop("its sender has cancelled it"),
    "withheld": gettext_noop("its sender withholds it until further notice"),
}
"""The publishing statuses other than “usable”: https://cv.iptc.org/newscodes/pubstatusg2/"""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a message, as it was sent.

    Attributes:
        line: where it begins, counting from 1.
        kind: its class, such as "text" or "picture"; "" if it does not say so.
        status: its publishing status, such as "usable"; "" if it does not say so.
        embargo: until when it is embargoed, as written; None if it is not.
        texts: gives the renditions of its text.
        fields: what else is known, unchecked.
    """

    line: int
    kind: str
    status: str
    embargo: str | None
    texts: Callable[[], Iterator[str]]
    fields: Fields

    @property
    def holds_text(self) -> bool:
        """Whether an article can be made of it, or its sender says that none may be made of it any more."""
        return self.kind in _TEXTS


def entries(items: Sequence[Item]) -> Iterator[Entry]:
    """Make articles of a message's items.

    Args:
        items: all of them, in order.

    Returns:
        An entry for each that holds text. Pictures, packages and the like are left out where they accompany texts; a
        message of nothing else is an error.

    Raises:
        TooLargeError: there are more than `MAX_ITEMS`.
    """
    if len(items) > MAX_ITEMS:
        raise TooLargeError(limit=MAX_ITEMS, unit=gettext_noop("items"))
    return map(_entry, [item for item in items if item.holds_text] or items)


def _entry(item: Item) -> Entry:
    try:
        return Entry(item.line, _article(item))
    except WorkbenchError as error:
        return Entry(item.line, error)


def moment_in(text: str) -> Fields:
    """Return a published time as a field; without it if it is not a valid time."""
    return Fields(published=moment(text))


def html(text: str) -> str:
    """Return the text of HTML, with its paragraphs."""
    return text_within(clean(text))


def author(text: str) -> str:
    """Return a byline on one line, without the word "By"."""
    return byline(one_line(text))


def _article(item: Item) -> ArticleDraft:
    if item.status in _REFUSED:
        raise NotForUseError(why=_REFUSED[item.status])
    if not item.holds_text:
        raise NotAnArticleError(
            why=Phrase("the item is of the class “%(kind)s”", kind=item.kind[:100])
        )
    until = None if item.embargo is None else moment(item.embargo)
    if item.embargo is not None and until is None:
        raise NotForUseError(
            why=gettext_noop("it is embargoed, and does not say until when in a valid form")
        )
    # Renditions of one text differ in their markup only, and the longest is the one with paragraphs. A summary is
    # shorter.
    body = max(item.texts(), key=len, default="")
    fields = usable(item.fields)
    fields["embargoed_until"] = until
    return draft(body=body, **fields)
