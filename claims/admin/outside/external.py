"""Other newsrooms' fact-checks: where they are read, which there are, and which claims they are about."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.entry import RecordAdmin
from claims.admin.logs import ReadOnly, failure
from claims.models import ExternalCheck, ExternalMatch, ExternalSource


@admin.register(ExternalSource)
class ExternalSourceAdmin(RecordAdmin):
    """Addresses whose fact-checks are read automatically."""

    list_display = ["__str__", "kind", "language", "active", "checked_at", "what_went_wrong"]
    list_filter = ["kind", "active"]
    search_fields = ["name", "address"]
    fields = [
        "address",
        "name",
        "kind",
        "language",
        "interval_minutes",
        "active",
        "checked_at",
        "next_check_at",
        "what_went_wrong",
    ]
    readonly_fields = ["checked_at", "next_check_at", "what_went_wrong"]

    @admin.display(description=_("error"))
    def what_went_wrong(self, source: ExternalSource) -> str:
        """The error of the last check, and how many checks in a row have failed."""
        return failure(source.error, source.failures)


@admin.register(ExternalCheck)
class ExternalCheckAdmin(ReadOnly, admin.ModelAdmin[ExternalCheck]):
    """What other newsrooms found. It is read from them, and changed nowhere else."""

    list_display = [
        "statement",
        "publisher",
        "rating",
        "reviewed_on",
        "language",
        "source",
        "withdrawn_at",
    ]
    list_filter = ["language", "source", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    show_full_result_count = False
    fields = [
        "publisher",
        "statement",
        "claimant",
        "claimed_on",
        "appearance",
        "rating",
        "rating_value",
        "url",
        "reviewed_on",
        "language",
        "source",
        "fetched_at",
        "withdrawn_at",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalCheck]:
        """The fact-checks without their vectors."""
        return super().get_queryset(request).defer("vector")


@admin.register(ExternalMatch)
class ExternalMatchAdmin(ReadOnly, admin.ModelAdmin[ExternalMatch]):
    """Which claims they are about. It is settled on the desk."""

    list_display = ["claim", "external", "state", "score", "settled_by", "settled_at"]
    list_filter = ["state"]
    list_select_related = ["claim", "external", "settled_by"]
    show_full_result_count = False
    fields = ["claim", "external", "score", "state", "settled_by", "settled_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExternalMatch]:
        """The matches without the vectors of their fact-checks."""
        return super().get_queryset(request).defer("external__vector")
