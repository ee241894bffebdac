"""Data entry as a site of its own: Django's admin with the workbench's menu in place of a list of tables."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.template.response import TemplateResponse


class DataEntrySite(AdminSite):
    """Django's admin, with its records in groups."""

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The groups of the menu, each as a Django app."""
        # Imported late: the models are not loaded yet when Django creates this site.
        from claims.admin.menu import grouped

        return list(grouped(super().get_app_list(request)))

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The first page again: apps mean nothing to people who enter data."""
        return self.index(request, extra_context)


class DataEntryConfig(AdminConfig):
    """Django's admin on this site."""

    default_site = "workbench.data_entry.DataEntrySite"
