"""A webhook of the tests, what its receiver got, and time that passes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from standardwebhooks import Webhook as Verifier

from claims.actions import create_webhook, decide_claim
from claims.choices import Verdict, WebhookEvent
from claims.errors import from_data
from claims.messages import message_of
from claims.models import Webhook, WebhookDelivery
from tests.conftest import version_of
from tests.fetching.sites import Site, page


@dataclass
class Hook:
    """A webhook, the secret that its messages are signed with, and the server that receives them."""

    webhook: Webhook
    secret: str
    site: Site
    path: str = "/hook"

    def answers(self, answer) -> None:
        """What the receiver answers from now on."""
        self.site.pages[self.path] = answer

    def got(self, secret: str = "") -> list[tuple[str, dict[str, Any]]]:
        """The ids and contents of all messages that arrived, in order; each with a valid signature."""
        verifier = Verifier(secret or self.secret)
        return [
            (one.headers["webhook-id"], verifier.verify(one.body, one.headers))
            for one in self.site.posted
            if one.path == self.path
        ]

    def told(self) -> list[dict[str, Any]]:
        """The contents alone."""
        return [content for _id, content in self.got()]

    def now(self) -> Webhook:
        """The webhook as it is now."""
        return Webhook.objects.get(pk=self.webhook.pk)


def hook(site: Site, path: str = "/hook", **options: Any) -> Hook:
    """A webhook that is told of everything, unless the options say otherwise, by a new administrator."""
    actor, _new = User.objects.get_or_create(username="root", is_superuser=True)
    values: dict[str, Any] = {"name": path, "events": WebhookEvent.values} | options
    webhook, secret = create_webhook(actor=actor, address=site.at(path), **values)
    site.pages[path] = page(b"thanks")
    return Hook(webhook, secret, site, path)


def time_passes(by: timedelta) -> None:
    """As if it were later."""
    for one in WebhookDelivery.objects.waiting():
        WebhookDelivery.objects.filter(pk=one.pk).update(
            queued_at=one.queued_at - by, next_try_at=one.next_try_at - by
        )
    for each in Webhook.objects.all():
        Webhook.objects.filter(pk=each.pk).update(
            paused_until=each.paused_until and each.paused_until - by,
            former_until=each.former_until and each.former_until - by,
        )


def states() -> list[tuple[str, str]]:
    """The event and the state of each message, oldest first."""
    return list(WebhookDelivery.objects.order_by("pk").values_list("event", "state"))


def decide(actor, claim, verdict=Verdict.VERIFIED) -> None:
    """Decide a claim as it is now."""
    decide_claim(actor=actor, **version_of(claim), verdict=verdict, reason="The register.")


def last() -> WebhookDelivery:
    """The newest message."""
    return WebhookDelivery.objects.latest("pk")


def problem() -> str:
    """Why the newest message did not arrive, in words."""
    return message_of(from_data(last().problem))
