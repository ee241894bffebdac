"""The page on which people have their notifications sent by e-mail or to a chat."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import add_notice_channel, remove_notice_channel
from claims.choices import NoticePace, NoticeWay
from claims.errors import InvalidValueError, from_data
from claims.messages import message_of
from claims.models import NoticeChannel


class NoticeForm(forms.Form):
    """A new channel."""

    way = forms.ChoiceField(label=gettext_lazy("By"), choices=NoticeWay.choices)
    address = forms.CharField(
        label=gettext_lazy("Address of the chat"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The address of an incoming webhook in Slack or Teams as they show it, or mmosts://host/token for Mattermost and matrixs://token@host/!room for Matrix. It is kept encrypted and not shown again."
        ),
    )
    pace = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=NoticePace.choices,
        initial=NoticePace.AT_ONCE,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        if not settings.SENDS_MAIL:
            way = cast("forms.ChoiceField", self.fields["way"])
            way.choices = [(NoticeWay.CHAT.value, NoticeWay.CHAT.label)]


@dataclass(frozen=True)
class ChannelRow:
    """A channel, and what went wrong when something was last sent to it."""

    channel: NoticeChannel

    @property
    def problem(self) -> str:
        """The error; "" if there is none."""
        problem = self.channel.problem
        return message_of(from_data(problem)) if problem else ""


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """List where one's own notifications are sent, and add a channel."""
    owner = signed_in(request.user)
    form = NoticeForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            try:
                add_notice_channel(actor=owner, **form.cleaned_data)
            except InvalidValueError as error:
                form.add_error(None, message_of(error))
            else:
                messages.success(request, _("Your notifications are sent there from now on."))
                return redirect("notices")
    found = NoticeChannel.objects.filter(owner=owner)
    rows = [ChannelRow(one) for one in found]
    return render(
        request, "notifications/notices.html", {"form": form, "rows": rows}, status=status
    )


@require_POST
def remove_notices(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing any more to one of one's own channels."""
    owner = signed_in(request.user)
    found = get_object_or_404(NoticeChannel, pk=pk, owner=owner)
    remove_notice_channel(actor=owner, channel=found)
    messages.success(request, _("Nothing is sent there any more."))
    return redirect("notices")
