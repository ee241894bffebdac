"""The newsroom's details: one record, which can be changed but not added or deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from claims.access import signed_in
from claims.actions import change_newsroom
from claims.actions.newsroom import require_picture
from claims.errors import InvalidValueError
from claims.messages import message_of
from claims.models import Newsroom
from claims.models.newsroom import ONLY

_NAMED_AS_PICTURE = FileExtensionValidator(["png", "jpg", "jpeg"])


class NewsroomForm(forms.ModelForm[Newsroom]):
    """What reports say of it."""

    class Meta:
        model = Newsroom
        fields = [
            "name",
            "logo",
            "language",
            "method",
            "funding",
            "contact",
            "corrections",
            "publish_updates",
            "notices_have_texts",
        ]

    def clean_logo(self) -> Any:
        """An image suitable for reports. One that is kept has its digest for a name, and is not looked at again."""
        logo = self.cleaned_data["logo"]
        if "logo" in self.changed_data and logo:
            _NAMED_AS_PICTURE(logo)
            try:
                require_picture(logo)
            except InvalidValueError as error:
                raise forms.ValidationError(message_of(error)) from error
        return logo


@admin.register(Newsroom)
class NewsroomAdmin(SimpleHistoryAdmin):  # type: ignore[misc]  # its package has no types
    """Its name, logo and words."""

    form = NewsroomForm

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect to the only record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(reverse("admin:claims_newsroom_change", args=[ONLY]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save through the action."""
        logo = form.cleaned_data["logo"] if "logo" in form.changed_data else None
        words = {name: form.cleaned_data[name] for name in form.changed_data if name != "logo"}
        change_newsroom(actor=signed_in(request.user), words=words, logo=logo)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It already exists."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It cannot be deleted."""
        return False
