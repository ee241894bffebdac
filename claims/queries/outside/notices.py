"""What notices by e-mail and in chats say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Newsroom, NoticeChannel, Notification
from claims.models.notifications import NotificationQuerySet
from claims.queries.accounts import display_name
from claims.queries.notifications import words_of

MOST = 200
"""How many notifications one message tells of."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message about notifications.

    Attributes:
        title: one line.
        text: the notifications, each with its address if `DESK_URL` is set.
        told: the ids of those that it tells of.
    """

    title: str
    text: str
    told: Sequence[int]


def message_about(channel: NoticeChannel, unsent: NotificationQuerySet) -> Message | None:
    """Return the next message of a channel, in the reader's language; None if there is nothing to tell."""
    found = list(
        unsent.select_related("recipient", "claim", "article", "report").defer("report__claim_ids")[
            :MOST
        ]
    )
    if not found:
        return None
    has_texts = Newsroom.current().notices_have_texts
    entries = [_entry(channel, one, has_texts=has_texts) for one in found]
    title = entries[0].splitlines()[0]
    if len(found) > 1:
        number = len(found)
        title = ngettext("%d notification", "%d notifications", number) % number
    return Message(title, "\n\n".join(entries), [one.pk for one in found])


def _entry(channel: NoticeChannel, one: Notification, *, has_texts: bool) -> str:
    words = words_of(one)
    if channel.desk_id:
        words = _("To %(name)s: %(words)s") % {"name": display_name(one.recipient), "words": words}
    return "\n".join([words, *(_texts(one) if has_texts else ()), *_address(channel, one)])


def _texts(one: Notification) -> Iterator[str]:
    """Yield what it is about, in words that may not be published."""
    if one.report:
        yield one.report.title
    if one.claim:
        yield one.claim.statement
    if one.article:
        yield one.article.headline


def _address(channel: NoticeChannel, one: Notification) -> Iterator[str]:
    """Yield the page that it leads to: a person's own notification, or else what it is about."""
    if not settings.DESK_URL:
        return
    place = (one.claim or one.article) if channel.desk_id else one
    if place:
        yield f"{settings.DESK_URL}{place.get_absolute_url()}"
