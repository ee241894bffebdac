"""Webhooks: other systems that are told of events, and each message to them."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import DeliveryState, WebhookEvent
from claims.models.base.encryption import decrypted, encrypted

BOTH_FOR = timedelta(days=1)
"""How long messages are also signed with the secret that was replaced."""

_PURPOSE = "claims.webhooks"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Queries for webhooks."""

    def active(self) -> Self:
        """Those that are switched on."""
        return self.filter(active=True)

    def open(self, now: datetime) -> Self:
        """Those that are switched on, and not left alone because their receiver did not answer."""
        return self.active().filter(Q(paused_until=None) | Q(paused_until__lte=now))


class Webhook(models.Model):
    """Another system, and of which events it is told. It is switched off and not deleted: its deliveries name it.

    Two secrets are in force for a while after one was replaced.
    """

    name = models.CharField(
        _("name"), max_length=100, help_text=_("What it is for, such as “website”.")
    )
    address = models.CharField(
        _("address"), max_length=2000, help_text=_("Where messages are sent, by HTTP POST.")
    )
    events = models.JSONField(_("events"), default=list)
    includes_texts = models.BooleanField(
        _("send texts"),
        default=False,
        help_text=_(
            "Messages also have the claim’s statement, the article’s headline and the report’s title, published or not. Without this, they have only numbers and addresses."
        ),
    )
    active = models.BooleanField(_("active"), default=True)
    secret = models.TextField(_("secret"), editable=False)
    former_secret = models.TextField(_("replaced secret"), blank=True, editable=False)
    former_until = models.DateTimeField(
        _("replaced secret valid until"), null=True, blank=True, editable=False
    )
    failures = models.PositiveSmallIntegerField(_("failures"), default=0, editable=False)
    paused_until = models.DateTimeField(
        _("left alone until"), null=True, blank=True, editable=False
    )
    problem = models.JSONField(_("error"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="webhook_has_name"),
            models.CheckConstraint(condition=~Q(address=""), name="webhook_has_address"),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def replace_secret(self, secret: str) -> None:
        """Sign with a new secret, and for a while with the one before. This does not save."""
        if self.secret:
            self.former_secret, self.former_until = self.secret, timezone.now() + BOTH_FOR
        self.secret = encrypted(secret, _PURPOSE)

    def secrets(self, now: datetime) -> list[str]:
        """Return the secrets that are in force, the current one first; none if `SECRET_KEY` is another one now."""
        kept = [self.secret]
        if self.former_until and self.former_until > now:
            kept.append(self.former_secret)
        return [secret for each in kept if (secret := decrypted(each, _PURPOSE))]


def addresses_of(noun: str, pk: int) -> dict[str, str]:
    """Return where an article, claim or report is in the API and on the desk: whole addresses if `DESK_URL` is set."""
    return {
        "api_url": settings.DESK_URL + reverse(f"api:get_{noun}", args=[pk]),
        "url": settings.DESK_URL + reverse(noun, args=[pk]),
    }


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Queries for deliveries."""

    def waiting(self) -> Self:
        """Those that have neither arrived nor been given up."""
        return self.filter(state=DeliveryState.WAITING)

    def due(self, now: datetime) -> Self:
        """Those that are to be sent now: of each subject only the oldest, whatever it waits for."""
        before = WebhookDelivery.objects.waiting().filter(
            webhook=OuterRef("webhook"), subject=OuterRef("subject"), pk__lt=OuterRef("pk")
        )
        due = self.waiting().filter(next_try_at__lte=now, webhook__in=Webhook.objects.open(now))
        return due.filter(~Exists(before))

    def expired(self, before: datetime) -> Self:
        """Those created before a moment that wait for nothing any more."""
        return self.filter(created_at__lt=before).exclude(state=DeliveryState.WAITING)


class WebhookDelivery(models.Model):
    """One message to one system: written in the transaction of what it tells, and sent by a worker until it is accepted.

    `data` has numbers alone. What is told beside them is read when the message is sent, so that nothing leaves that is
    secret by then. Messages with the same `subject` are sent one after the other.
    """

    webhook = models.ForeignKey(
        Webhook,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="deliveries",
        verbose_name=_("webhook"),
    )
    message = models.UUIDField(_("message"), unique=True, default=uuid.uuid4)
    event = models.CharField(_("event"), max_length=20, choices=WebhookEvent)
    subject = models.CharField(_("subject"), max_length=30)
    data = models.JSONField(_("data"), default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=9, choices=DeliveryState, default=DeliveryState.WAITING
    )
    queued_at = models.DateTimeField(
        _("queued"), default=timezone.now, help_text=_("When it was last put into the queue.")
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("Its first 1,000 bytes."))
    problem = models.JSONField(_("error"), null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)

    objects = WebhookDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__in=WebhookEvent.values), name="webhook_event_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="webhook_delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "subject", "id"],
                condition=Q(state=DeliveryState.WAITING),
                name="webhook_delivery_in_order",
            ),
            models.Index(
                fields=["next_try_at"],
                condition=Q(state=DeliveryState.WAITING),
                name="webhook_delivery_due",
            ),
            models.Index(F("webhook"), F("id").desc(), name="webhook_delivery_of_one"),
            models.Index(fields=["created_at"], name="webhook_delivery_by_age"),
        ]

    def __str__(self) -> str:
        """The event."""
        return str(self.get_event_display())

    @property
    def message_id(self) -> str:
        """What tells the message from every other, and is the same when it is sent again."""
        return f"msg_{self.message.hex}"
