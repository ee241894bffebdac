"""Webhooks, and what was sent to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims.access import signed_in
from claims.actions import change_webhook, create_webhook, replace_webhook_secret, send_again
from claims.admin.logs import ReadOnly, moment
from claims.choices import DeliveryState, WebhookEvent
from claims.errors import WorkbenchError, from_data
from claims.fetching.addresses import parse
from claims.messages import message_of
from claims.models import Claim, Webhook, WebhookDelivery
from claims.models.claims.blind import closed_to


class WebhookForm(forms.ModelForm[Webhook]):
    """A webhook, with its events as boxes."""

    events = forms.MultipleChoiceField(
        label=_("Events"), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )
    new_secret = forms.BooleanField(
        label=_("Replace the secret"),
        required=False,
        help_text=_(
            "A new secret is generated and shown once after saving. For a day, messages are also signed with the old one."
        ),
    )

    class Meta:
        model = Webhook
        fields = ["name", "address", "events", "includes_texts", "active"]

    def clean_address(self) -> str:
        """An address to which something can be sent."""
        address: str = self.cleaned_data["address"]
        try:
            parse(address)
        except WorkbenchError as error:
            raise forms.ValidationError(message_of(error)) from error
        return address


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin[Webhook]):
    """Webhooks are set up, changed and switched off here. None is deleted: its deliveries name it."""

    form = WebhookForm
    list_display = ["name", "address", "told_of", "active", "paused_until", "what_went_wrong"]
    list_filter = ["active"]
    search_fields = ["name", "address"]
    readonly_fields = ["what_went_wrong", "paused_until"]

    @admin.display(description=_("events"))
    def told_of(self, webhook: Webhook) -> str:
        """Of what it is told."""
        return ", ".join(webhook.events)

    @admin.display(description=_("error"))
    def what_went_wrong(self, webhook: Webhook) -> str:
        """Why it is left alone or switched off."""
        return message_of(from_data(webhook.problem)) if webhook.problem else ""

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> list[Any]:
        """The fields to fill in, and those that show how it is."""
        own = ["name", "address", "events", "includes_texts"]
        return own if obj is None else [*own, "active", "new_secret", *self.readonly_fields]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the actions."""
        actor, given = signed_in(request.user), form.cleaned_data
        values = {name: given[name] for name in ("name", "address", "events", "includes_texts")}
        if not change:
            made, secret = create_webhook(actor=actor, **values)
            obj.__dict__.update(made.__dict__)
            self._show(request, secret)
            return
        if set(form.changed_data) - {"new_secret"}:
            change_webhook(actor=actor, webhook_id=obj.pk, active=given["active"], **values)
        if given["new_secret"]:
            self._show(request, replace_webhook_secret(actor=actor, webhook_id=obj.pk))

    def _show(self, request: HttpRequest, secret: str) -> None:
        told = gettext("The secret is %(secret)s – it is shown only once. Copy it now.")
        self.message_user(request, told % {"secret": secret}, messages.WARNING)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Webhooks are never deleted, only switched off."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Do nothing: the action writes the log entry."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Do nothing: the action writes the log entry."""


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnly, admin.ModelAdmin[WebhookDelivery]):
    """Messages to other systems: what became of each, and what was answered. They can be sent again."""

    list_display = [
        "created_at",
        "webhook",
        "type",
        "subject",
        "state",
        "attempts",
        "what_went_wrong",
    ]
    list_filter = ["state", "event", "webhook"]
    list_select_related = ["webhook"]
    search_fields = ["=subject", "=message"]
    show_full_result_count = False
    list_per_page = 50
    actions = ["again"]
    fields = [
        "message_id",
        "webhook",
        "event",
        "subject",
        "created_at",
        "state",
        "attempts",
        "next_attempt",
        "finished_at",
        "status",
        "answer",
        "what_went_wrong",
    ]
    readonly_fields = ["message_id", "next_attempt", "what_went_wrong"]

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> WebhookDelivery | None:
        """One message. An answer may repeat it, and so tell a verdict that the viewer must not know yet."""
        found = super().get_object(request, object_id, from_field)
        claim = found.data.get("claim") if found else None
        if found and claim and closed_to(request.user, Claim.objects.filter(pk=claim)):
            found.answer = ""
        return found

    @admin.display(description=_("event"), ordering="event")
    def type(self, delivery: WebhookDelivery) -> str:
        """The event as the message calls it."""
        return delivery.event

    @admin.display(description=_("next attempt"))
    def next_attempt(self, delivery: WebhookDelivery) -> str:
        """When it is sent, if it waits."""
        waits = delivery.state == DeliveryState.WAITING
        return moment(delivery.next_try_at) if waits else ""

    @admin.display(description=_("message"))
    def message_id(self, delivery: WebhookDelivery) -> str:
        """What the receiver knows it by."""
        return delivery.message_id

    @admin.display(description=_("error"))
    def what_went_wrong(self, delivery: WebhookDelivery) -> str:
        """Why the last attempt failed."""
        return message_of(from_data(delivery.problem)) if delivery.problem else ""

    @admin.action(description=_("Send again"), permissions=["send"])
    def again(self, request: HttpRequest, deliveries: QuerySet[WebhookDelivery]) -> None:
        """Put the selected messages into the queue again."""
        ids = list(deliveries.values_list("pk", flat=True))
        number = send_again(actor=signed_in(request.user), delivery_ids=ids)
        told = ngettext("%d message will be sent again.", "%d messages will be sent again.", number)
        self.message_user(request, told % number, messages.SUCCESS if number else messages.WARNING)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Return whether the viewer may send messages again."""
        return request.user.has_perm("claims.change_webhook")
