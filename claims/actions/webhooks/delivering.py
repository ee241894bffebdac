"""Messages to other systems are sent by the worker, until each is accepted or given up.

A message is sent at least once: whoever dies between the answer and the row leaves the message to the next worker, who
sends it with the same id.
"""

import time
from datetime import datetime, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from claims.actions.webhooks.receivers import note_silence, switch_off
from claims.choices import DeliveryState
from claims.errors import NotDeliveredError, Phrase, WorkbenchError, as_data, gettext_noop
from claims.fetching.sending.posting import Answer, not_delivered
from claims.fetching.sending.webhooks import GONE, LIMITS, send_webhook
from claims.models import Task, Webhook, WebhookDelivery
from claims.queries.outside.webhooks import body_of

LEASE = timedelta(seconds=60)
"""For how long a message is its worker's, who is taken for dead afterwards: much longer than a receiver may take."""

WAITS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 60, 300, 1_800, 7_200, 4 * 3_600, 8 * 3_600)
)
"""How long a message waits after each attempt; after more attempts than these, as long as at the last."""

GIVE_UP_AFTER = timedelta(hours=28)
"""How old a message is given up at, when it fails again."""

SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
"""Within these, a receiver itself says how long it is left alone: by `Retry-After`, with one of `_BUSY`."""

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

_SECONDS = 30.0
"""How long one task sends before others have their turn."""


def enqueue_deliveries() -> None:
    """Have the messages sent that are due, by a task for each receiver, unless one is at it already."""
    due = set(
        WebhookDelivery.objects.due(timezone.now())
        .order_by()
        .values_list("webhook", flat=True)
        .distinct()
    )
    if not due:
        return
    served = {row.args_kwargs["args"][0] for row in Task.under_way(deliver_waiting)}
    for webhook in sorted(due - served):
        deliver_waiting.enqueue(webhook)


@task(priority=-1)
def deliver_waiting(webhook_id: int) -> None:
    """Send a receiver the messages that are due, for half a minute at the most. The next look at what is due does the rest."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and deliver_next(webhook_id):
        pass


def deliver_next(webhook_id: int) -> bool:
    """Send a receiver the next message. Returns whether one was due."""
    delivery = _taken(webhook_id)
    if delivery is None:
        return False
    try:
        answer = _sent(delivery)
    except NotDeliveredError as error:
        _note(delivery, None, error)
    else:
        accepted = 200 <= answer.status < 300
        refusal = None if accepted else not_delivered(delivery.webhook.address, answer.status)
        _note(delivery, answer, refusal)
    return True


def _taken(webhook_id: int) -> WebhookDelivery | None:
    """Return the oldest message that is due, which is this worker's for a while; None if there is none."""
    while True:
        now = timezone.now()
        due = WebhookDelivery.objects.due(now).filter(webhook=webhook_id)
        found = due.select_related("webhook").order_by("pk").first()
        if found is None:
            return None
        mine = WebhookDelivery.objects.waiting().filter(pk=found.pk, attempts=found.attempts)
        if mine.update(attempts=found.attempts + 1, next_try_at=now + LEASE):
            found.attempts += 1
            return found


def _sent(delivery: WebhookDelivery) -> Answer:
    webhook, now = delivery.webhook, timezone.now()
    secrets = webhook.secrets(now)
    if not secrets:
        why = gettext_noop("its secret cannot be read any more; replace it")
        raise NotDeliveredError(host=webhook.name, why=why)
    try:
        return send_webhook(
            webhook.address,
            body_of(delivery),
            message_id=delivery.message_id,
            at=now,
            secrets=secrets,
            allow=settings.FETCH_ALLOW,
            limits=LIMITS,
        )
    except WorkbenchError as error:
        raise not_delivered(webhook.address, error) from error


def _note(
    delivery: WebhookDelivery, answer: Answer | None, problem: NotDeliveredError | None
) -> None:
    """Write down what became of an attempt, unless the message has become another worker's since."""
    now = timezone.now()
    status = answer.status if answer else None
    wait = _asked_for(answer) if answer else None
    outcome = {
        "status": status,
        "answer": _readable(answer.body) if answer else "",
        "problem": as_data(problem) if problem else None,
        **_next(delivery, problem, now, wait),
    }
    with transaction.atomic():
        # Whoever changes a receiver and its messages locks the receiver first, so that new messages need not wait.
        webhook = Webhook.objects.select_for_update(no_key=True).get(pk=delivery.webhook_id)
        mine = WebhookDelivery.objects.waiting().filter(pk=delivery.pk, attempts=delivery.attempts)
        if not mine.update(**outcome):
            return
        if status == GONE:
            switch_off(webhook, Phrase("its receiver answered that it wants no more messages"))
        elif status is None or status >= 500 or status == 429:
            note_silence(webhook, problem, before=now - GIVE_UP_AFTER, wait=wait)
        elif webhook.failures or webhook.problem:
            webhook.failures, webhook.paused_until, webhook.problem = 0, None, None
            webhook.save()


def _next(
    delivery: WebhookDelivery,
    problem: NotDeliveredError | None,
    now: datetime,
    wait: timedelta | None,
) -> dict[str, object]:
    """Return the fields of a message after an attempt: what it is now, or when it is tried again."""
    if problem is None:
        return {"state": DeliveryState.DELIVERED, "finished_at": now}
    if delivery.queued_at < now - GIVE_UP_AFTER:
        return {"state": DeliveryState.GIVEN_UP, "finished_at": now}
    return {"next_try_at": now + (wait or WAITS[min(delivery.attempts, len(WAITS)) - 1])}


def _asked_for(answer: Answer) -> timedelta | None:
    """Return how long a busy receiver asks to be left alone, within bounds; None if it does not say."""
    if answer.status not in _BUSY or answer.retry_after is None:
        return None
    return min(max(timedelta(seconds=answer.retry_after), SHORTEST_WAIT), LONGEST_WAIT)


def _readable(body: bytes) -> str:
    """Return the beginning of an answer as a text that any database keeps."""
    return body.decode("utf-8", "replace").replace("\x00", "\ufffd")
