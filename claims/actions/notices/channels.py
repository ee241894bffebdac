"""Where notices are sent: set up by each person for themselves, and by an administrator for a desk."""

from typing import Any

from django.conf import settings
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from claims.actions.base import action
from claims.choices import NoticePace, NoticeWay
from claims.errors import InvalidValueError, WorkbenchError
from claims.fetching.sending.chats import chat_of
from claims.messages import message_of
from claims.models import Desk, NoticeChannel

MOST = 10
"""How many channels a person or a desk may have."""

_WHAT = gettext_noop("manage notices")


def _to_add(*, desk: Desk | None = None, **_keywords: Any) -> str:
    return "claims.add_noticechannel" if desk else "claims.view_claim"


def _to_remove(*, actor: User, channel: NoticeChannel, **_keywords: Any) -> str:
    is_own = channel.owner_id == actor.pk
    return "claims.view_claim" if is_own else "claims.delete_noticechannel"


@action(_to_add, what=_WHAT)
def add_notice_channel(
    *,
    actor: User,
    way: NoticeWay,
    pace: NoticePace = NoticePace.AT_ONCE,
    address: str = "",
    desk: Desk | None = None,
) -> NoticeChannel:
    """Have notifications sent by e-mail or to a chat, from now on.

    Args:
        actor: who does it, and whose notifications are sent if there is no desk.
        way: how they are sent.
        pace: when.
        address: of a chat, or the e-mail address of a desk; a person's e-mail goes to that of their account.
        desk: the desk about whose articles they are.

    Raises:
        InvalidValueError: if there is no such address, or no mail can be sent, or there are too many channels.
    """
    owner = None if desk else actor
    channel = new_channel(owner, desk, NoticeWay(way), NoticePace(pace), address)
    channel.save()
    LogEntry.objects.log_actions(actor.pk, [channel], ADDITION, single_object=True)
    return channel


def new_channel(
    owner: User | None, desk: Desk | None, way: NoticeWay, pace: NoticePace, address: str
) -> NoticeChannel:
    """Return a channel of a person or of a desk, which is not saved. The rest is as in `add_notice_channel`."""
    address = address.strip()
    channel = NoticeChannel(
        owner=owner, desk=desk, way=way, pace=pace, language=get_language() or "en"
    )
    channel.shown = _chat(address) if way == NoticeWay.CHAT else _mail(owner, address)
    channel.keep_address("" if way == NoticeWay.MAIL and owner else address)
    if NoticeChannel.objects.filter(owner=owner, desk=desk).count() >= MOST:
        raise InvalidValueError(why=_("there are too many. Remove one that is no longer used."))
    return channel


@action(_to_remove, what=_WHAT)
def remove_notice_channel(*, actor: User, channel: NoticeChannel) -> None:
    """Send nothing any more to a channel, and forget its address."""
    LogEntry.objects.log_actions(actor.pk, [channel], DELETION, single_object=True)
    channel.delete()


def _chat(address: str) -> str:
    try:
        return chat_of(address, allow=settings.FETCH_ALLOW).name
    except WorkbenchError as error:
        raise InvalidValueError(why=message_of(error)) from error


def _mail(owner: User | None, address: str) -> str:
    if not settings.SENDS_MAIL:
        raise InvalidValueError(why=_("this workbench sends no e-mail."))
    if owner:
        if not owner.email:
            raise InvalidValueError(
                why=_("your account has no e-mail address. An administrator can add one.")
            )
        return str(NoticeWay.MAIL.label)
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error
    return address
