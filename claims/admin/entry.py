"""Admins whose saving and deleting are the actions of the workbench."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from claims.access import signed_in
from claims.actions import delete_record, enter_record


class EntryAdmin(admin.ModelAdmin[Any]):
    """An admin whose saving and deleting are the actions of the workbench."""

    list_per_page = 50
    show_full_result_count = False

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Save through the action, writing only what was changed."""
        enter_record(actor=signed_in(request.user), record=obj, fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete through the action."""
        delete_record(actor=signed_in(request.user), record=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete one by one through the action, so that each leaves its entry."""
        for record in queryset:
            delete_record(actor=signed_in(request.user), record=record)

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm[Any],
        formset: BaseInlineFormSet[Any, Any, Any],
        change: bool,
    ) -> None:
        """Save the rows of an inline through the actions."""
        formset.save(commit=False)
        for record in formset.deleted_objects:
            delete_record(actor=signed_in(request.user), record=record)
        for record in formset.new_objects:
            enter_record(actor=signed_in(request.user), record=record)
        for record, fields in formset.changed_objects:
            enter_record(actor=signed_in(request.user), record=record, fields=fields)
        formset.save_m2m()


class RecordAdmin(EntryAdmin, SimpleHistoryAdmin):  # type: ignore[misc]  # its package has no types
    """Data entry of a model with a history of its own."""
