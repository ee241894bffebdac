"""Notices are sent by the worker: each notification once, and again later what was not accepted."""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django_tasks import task

from claims.choices import NoticeWay
from claims.errors import NotDeliveredError, as_data, gettext_noop
from claims.fetching.sending.chats import send_to_chat
from claims.models import NoticeChannel, SentNotice, Task
from claims.queries.outside.notices import Message, message_about

LEASE = timedelta(minutes=5)
"""For how long a channel is its worker's, who is taken for dead afterwards."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
"""How long a channel that failed is left alone: twice as long each time, up to a limit."""


def enqueue_notices() -> None:
    """Have the notices sent that are due, by a task for each channel, unless one is at it already."""
    due = set(NoticeChannel.objects.due(timezone.now()).values_list("pk", flat=True))
    if not due:
        return
    served = {row.args_kwargs["args"][0] for row in Task.under_way(send_notices)}
    for channel in sorted(due - served):
        send_notices.enqueue(channel)


@task(priority=-1)
def send_notices(channel_id: int) -> None:
    """Send the next message of a channel. What does not fit into it is due at once again."""
    now = timezone.now()
    due = NoticeChannel.objects.due(now).filter(pk=channel_id)
    channel = due.select_related("owner", "desk").first()
    if channel is None or not _take(channel):
        return
    with translation.override(channel.language):
        message = message_about(channel, channel.unsent(now))
        if message is None:
            NoticeChannel.objects.filter(pk=channel.pk).update(paused_until=None)
            return
        try:
            _send(channel, message)
        except NotDeliveredError as error:
            _note_failure(channel, error)
            return
    SentNotice.objects.bulk_create(
        [SentNotice(channel=channel, notification_id=pk, at=now) for pk in message.told],
        update_conflicts=True,
        unique_fields=["channel", "notification"],
        update_fields=["at"],
    )
    NoticeChannel.objects.filter(pk=channel.pk).update(
        failures=0, paused_until=None, problem=None, last_sent_at=now
    )


def _take(channel: NoticeChannel) -> bool:
    """Make a channel this worker's for a while. Returns whether no other worker was faster."""
    mine = NoticeChannel.objects.filter(pk=channel.pk, paused_until=channel.paused_until)
    return bool(mine.update(paused_until=timezone.now() + LEASE))


def _send(channel: NoticeChannel, message: Message) -> None:
    if channel.owner and not channel.owner.has_perm("claims.view_claim"):
        raise NotDeliveredError(
            host=channel.shown, why=gettext_noop("the account may not read claims")
        )
    address = channel.read_address()
    if not address:
        why = gettext_noop("its address cannot be read any more; remove it and add it again")
        raise NotDeliveredError(host=channel.shown, why=why)
    if channel.way == NoticeWay.CHAT:
        send_to_chat(address, message.title, message.text, allow=settings.FETCH_ALLOW)
        return
    try:
        send_mail(message.title, message.text, None, [address])
    except (OSError, SMTPException) as error:
        # Not in its own words: they may have the address.
        why = gettext_noop("the mail server did not accept the message")
        raise NotDeliveredError(host=channel.shown, why=why) from error


def _note_failure(channel: NoticeChannel, problem: NotDeliveredError) -> None:
    failures = min(channel.failures + 1, 1_000)
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(failures - 1, 10))
    NoticeChannel.objects.filter(pk=channel.pk).update(
        failures=failures, paused_until=timezone.now() + pause, problem=as_data(problem)
    )
