"""The notifications. They can be read, and nothing else."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.logs import ReadOnly
from claims.models import Notification


@admin.register(Notification)
class NotificationAdmin(ReadOnly, admin.ModelAdmin[Notification]):
    """Who was told of what, and when they read it."""

    list_display = ["created_at", "recipient", "kind", "actor_name", "number", "claim", "read_at"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["recipient", "claim"]
    search_fields = ["recipient__username", "actor_name", "claim__statement"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = [
        "created_at",
        "recipient",
        "kind",
        "actor_name",
        "number",
        "claim",
        "article",
        "report",
        "read_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those that tell nobody of a verdict which they must not know yet."""
        return Notification.objects.known()
