"""Actions on webhooks and their deliveries."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from claims.access import Role
from claims.errors import InvalidValueError
from claims.models import Webhook, WebhookDelivery
from tests.actions.driven.driving import Driven, Keywords
from tests.models import rows

_VALUES: dict[str, Any] = {
    "name": "website",
    "address": "https://site.example.org/hook",
    "events": ["claim.decided"],
}
_CHANGED = _VALUES | {"includes_texts": True, "active": False}


def _webhook() -> Webhook:
    return Webhook.objects.first() or rows.webhook()


def _delivery() -> WebhookDelivery:
    return WebhookDelivery.objects.first() or rows.delivery(_webhook())


def _on_webhooks(
    keywords: Keywords, breaks: Keywords, failure: type[Exception] = InvalidValueError
) -> Driven:
    return Driven(
        # No role but an administrator's is enough.
        role=Role.CHIEF,
        keywords=keywords,
        breaks=breaks,
        failure=failure,
        log="LogEntry",
        actor_field="user_id",
        without=Role.CHIEF,
    )


WEBHOOKS = {
    "create_webhook": _on_webhooks(
        lambda _: _VALUES, lambda _: _VALUES | {"address": "ftp://site.example.org/"}
    ),
    "change_webhook": _on_webhooks(
        lambda _: _CHANGED | {"webhook_id": _webhook().pk},
        lambda _: _CHANGED | {"webhook_id": _webhook().pk, "events": ["claim.sung"]},
    ),
    "replace_webhook_secret": _on_webhooks(
        lambda _: {"webhook_id": _webhook().pk},
        lambda _: {"webhook_id": 0},
        failure=ObjectDoesNotExist,
    ),
    "send_again": _on_webhooks(
        lambda _: {"delivery_ids": [_delivery().pk]},
        lambda _: {"delivery_ids": None},
        failure=TypeError,
    ),
}
