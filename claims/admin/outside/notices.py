"""Where the notifications about the articles of a desk are sent. People choose their own channels themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.access import signed_in
from claims.actions import add_notice_channel, remove_notice_channel
from claims.actions.notices.channels import new_channel
from claims.choices import NoticePace, NoticeWay
from claims.errors import InvalidValueError, from_data
from claims.messages import message_of
from claims.models import NoticeChannel


class NoticeChannelForm(forms.ModelForm[NoticeChannel]):
    """A channel of a desk."""

    sent_to = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=_(
            "An e-mail address, or the address of a chat: of an incoming webhook in Slack or Teams as they show it, or mmosts://host/token for Mattermost and matrixs://token@host/!room for Matrix. It is kept encrypted and not shown again."
        ),
    )

    class Meta:
        model = NoticeChannel
        fields = ["desk", "way", "pace"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "desk" in self.fields:
            self.fields["desk"].required = True

    def clean(self) -> dict[str, Any]:
        """What is sent there would arrive, as far as its address tells."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            way, pace = NoticeWay(given["way"]), NoticePace(given["pace"])
            try:
                new_channel(None, given["desk"], way, pace, given["sent_to"])
            except InvalidValueError as error:
                self.add_error("sent_to", message_of(error))
        return given


@admin.register(NoticeChannel)
class NoticeChannelAdmin(admin.ModelAdmin[NoticeChannel]):
    """Channels of desks are added and removed here, not changed: their addresses are not shown again."""

    form = NoticeChannelForm
    list_display = ["desk", "way", "shown", "pace", "last_sent_at", "what_went_wrong"]
    list_filter = ["desk", "way"]
    list_select_related = ["desk"]
    fields = ["desk", "way", "sent_to", "pace"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoticeChannel]:
        """Those of desks."""
        return super().get_queryset(request).exclude(desk=None)

    def get_fields(self, request: HttpRequest, obj: NoticeChannel | None = None) -> list[Any]:
        """The fields to fill in, or those of a channel that is there."""
        if obj is None:
            return ["desk", "way", "sent_to", "pace"]
        return ["desk", "way", "shown", "pace", "since", "last_sent_at", "what_went_wrong"]

    @admin.display(description=_("error"))
    def what_went_wrong(self, channel: NoticeChannel) -> str:
        """Why the last message was not accepted."""
        return message_of(from_data(channel.problem)) if channel.problem else ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action."""
        given = form.cleaned_data
        made = add_notice_channel(
            actor=signed_in(request.user),
            desk=given["desk"],
            way=given["way"],
            pace=given["pace"],
            address=given["sent_to"],
        )
        obj.__dict__.update(made.__dict__)

    def delete_model(self, request: HttpRequest, obj: NoticeChannel) -> None:
        """Remove it through the action."""
        remove_notice_channel(actor=signed_in(request.user), channel=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[NoticeChannel]) -> None:
        """Remove them one by one through the action, so that each leaves its entry."""
        for channel in queryset:
            remove_notice_channel(actor=signed_in(request.user), channel=channel)

    def has_change_permission(self, request: HttpRequest, obj: NoticeChannel | None = None) -> bool:
        """Nobody changes one."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Do nothing: the action writes the log entry."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Do nothing: the action writes the log entry."""
