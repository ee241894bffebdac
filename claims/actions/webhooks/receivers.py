"""Webhooks: set up and changed by people, and left alone or switched off when their receivers say or do so."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.choices import DeliveryState, WebhookEvent
from claims.errors import InvalidValueError, Phrase, WorkbenchError, as_data
from claims.fetching.addresses import parse
from claims.fetching.sending.webhooks import new_secret
from claims.messages import message_of
from claims.models import Webhook, WebhookDelivery
from claims.models.outside.webhooks import WebhookDeliveryQuerySet

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
"""How long a receiver that did not answer is left alone: twice as long each time, up to a limit."""

_MAY_ADD, _MAY = "claims.add_webhook", "claims.change_webhook"
_WHAT = gettext_noop("manage webhooks")


@action(_MAY_ADD, what=_WHAT)
def create_webhook(
    *,
    actor: User,
    name: str,
    address: str,
    events: Collection[str],
    includes_texts: bool = False,
) -> tuple[Webhook, str]:
    """Set up a webhook.

    Args:
        actor: who does it.
        name: what it is for.
        address: where messages are sent: an http or https address without a password.
        events: of what it is told: `WebhookEvent` values.
        includes_texts: whether messages have words, published or not, beside numbers and addresses.

    Returns:
        The webhook, and the secret that its messages are signed with, which is not shown again.

    Raises:
        InvalidValueError: if it has no name, no valid address or no event.
    """
    webhook, secret = Webhook(), new_secret()
    _set(webhook, name, address, events, includes_texts=includes_texts)
    webhook.replace_secret(secret)
    webhook.save()
    LogEntry.objects.log_actions(actor.pk, [webhook], ADDITION, single_object=True)
    return webhook, secret


@action(_MAY, what=_WHAT)
def change_webhook(
    *,
    actor: User,
    webhook_id: int,
    name: str,
    address: str,
    events: Collection[str],
    includes_texts: bool,
    active: bool,
) -> Webhook:
    """Change a webhook, and switch it on or off. Switched off, it is told nothing, and what waits is given up.

    Arguments and errors are as in `create_webhook`.
    """
    webhook = Webhook.objects.select_for_update(no_key=True).get(pk=webhook_id)
    _set(webhook, name, address, events, includes_texts=includes_texts)
    if webhook.active and not active:
        switch_off(webhook, Phrase("the webhook was switched off"))
    elif active:
        webhook.active, webhook.failures = True, 0
        webhook.paused_until, webhook.problem = None, None
        webhook.save()
    else:
        webhook.save()
    _log(actor, webhook, "changed")
    return webhook


@action(_MAY, what=_WHAT)
def replace_webhook_secret(*, actor: User, webhook_id: int) -> str:
    """Give a webhook a new secret. For a day, its messages are also signed with the one before.

    Returns:
        The new secret, which is not shown again.
    """
    webhook, secret = (
        Webhook.objects.select_for_update(no_key=True).get(pk=webhook_id),
        new_secret(),
    )
    webhook.replace_secret(secret)
    webhook.save()
    _log(actor, webhook, "secret replaced")
    return secret


@action(_MAY, what=_WHAT)
def send_again(*, actor: User, delivery_ids: Iterable[int]) -> int:
    """Put messages into the queue again, also those that were delivered; what waits is tried at once.

    A message keeps its id, so that a receiver that has it knows it. Those of webhooks that are switched off stay as they are.

    Returns:
        How many they are.
    """
    now = timezone.now()
    found = WebhookDelivery.objects.filter(pk__in=list(delivery_ids), webhook__active=True)
    webhooks = set(found.values_list("webhook", flat=True))
    # Locked first, as whoever notes what became of an attempt does.
    locked = list(
        Webhook.objects.select_for_update(no_key=True).filter(pk__in=webhooks).order_by("pk")
    )
    sent = list(found)
    found.update(
        state=DeliveryState.WAITING, queued_at=now, next_try_at=now, attempts=0, finished_at=None
    )
    Webhook.objects.filter(pk__in=[one.pk for one in locked]).update(
        failures=0, paused_until=None, problem=None
    )
    if sent:
        LogEntry.objects.log_actions(actor.pk, sent, CHANGE, change_message="sent again")
    return len(sent)


def note_silence(
    webhook: Webhook,
    problem: WorkbenchError | None,
    *,
    before: datetime,
    wait: timedelta | None = None,
) -> None:
    """Leave a locked webhook alone for a while because its receiver did not answer, or could not serve.

    Args:
        webhook: the webhook.
        problem: what went wrong.
        before: waiting messages from before this moment are given up.
        wait: how long the receiver asks to be left alone; by default, twice as long each time.
    """
    webhook.failures = min(webhook.failures + 1, 1_000)
    pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(webhook.failures - 1, 10))
    webhook.paused_until = timezone.now() + (wait or pause)
    webhook.problem = as_data(problem) if problem else None
    webhook.save()
    old = WebhookDelivery.objects.waiting().filter(webhook=webhook, queued_at__lt=before)
    _give_up(old, problem)


def switch_off(webhook: Webhook, why: Phrase) -> None:
    """Switch a locked webhook off, and give up what waits."""
    webhook.active, webhook.problem = False, as_data(why)
    webhook.save()
    _give_up(WebhookDelivery.objects.waiting().filter(webhook=webhook), why)


def _give_up(deliveries: WebhookDeliveryQuerySet, why: WorkbenchError | Phrase | None) -> None:
    deliveries.update(
        state=DeliveryState.GIVEN_UP,
        finished_at=timezone.now(),
        problem=as_data(why) if why else None,
    )


def _set(
    webhook: Webhook, name: str, address: str, events: Collection[str], *, includes_texts: bool
) -> None:
    try:
        parse(address)
    except WorkbenchError as error:
        raise InvalidValueError(why=message_of(error)) from error
    if not events or not set(events) <= set(WebhookEvent.values):
        raise InvalidValueError(why=_("choose at least one event."))
    webhook.name, webhook.address = " ".join(name.split()), address.strip()
    webhook.events = [event.value for event in WebhookEvent if event in events]
    webhook.includes_texts = includes_texts
    try:
        webhook.full_clean(exclude=["secret"])
    except ValidationError as error:
        raise InvalidValueError(why=" ".join(error.messages)) from error


def _log(actor: User, webhook: Webhook, what: str) -> None:
    LogEntry.objects.log_actions(
        actor.pk, [webhook], CHANGE, change_message=what, single_object=True
    )
