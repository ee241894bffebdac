"""Matches between claims and groups of repeats, to be read: they are settled on the desk."""

from __future__ import annotations

from typing import TypedDict

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from claims.admin.logs import ReadOnly
from claims.models import ClaimGroup, ClaimMatch

_SHOWN = 500
"""How many claims of a group its record lists, the first ones."""


class Counted(TypedDict):
    """What is added to a group: how many claims it has."""

    claims_in_it: int


@admin.register(ClaimMatch)
class ClaimMatchAdmin(ReadOnly, admin.ModelAdmin[ClaimMatch]):
    """What claims have to do with earlier ones. It says nothing of their verdicts, and is settled on the desk."""

    list_display = ["later", "relation", "earlier", "state", "score", "settled_by", "settled_at"]
    list_filter = ["relation", "state"]
    list_select_related = ["earlier", "later", "settled_by"]
    search_fields = ["earlier__statement", "later__statement"]
    show_full_result_count = False
    fields = [
        "later",
        "relation",
        "earlier",
        "score",
        "reasons",
        "proposed_at",
        "state",
        "settled_by",
        "settled_at",
    ]
    readonly_fields = ["reasons"]

    @admin.display(description=_("why"))
    def reasons(self, match: ClaimMatch) -> str:
        """The codes of the reasons with their values, one per line."""
        return format_html_join(
            SafeString("<br>"),
            "{} <bdi>{}</bdi>",
            ((code, ", ".join(values.values())) for code, values in match.why),
        )


@admin.register(ClaimGroup)
class ClaimGroupAdmin(ReadOnly, admin.ModelAdmin[ClaimGroup]):
    """The groups of confirmed repeats. They are changed on the desk."""

    list_display = ["canonical", "created_at", "number"]
    list_select_related = ["canonical"]
    search_fields = ["canonical__statement"]
    show_full_result_count = False
    fields = ["canonical", "created_at", "members"]
    readonly_fields = ["members"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimGroup]:
        """The groups, each with how many claims it has."""
        return super().get_queryset(request).annotate(claims_in_it=Count("claims"))

    @admin.display(description=_("claims"))
    def number(self, group: WithAnnotations[ClaimGroup, Counted]) -> int:
        """How many claims it has."""
        return group.claims_in_it

    @admin.display(description=_("claims"))
    def members(self, group: ClaimGroup) -> str:
        """Its claims, one per line, in the order of publication."""
        shown = group.claims.order_by("listed_at", "pk").only("statement")[:_SHOWN]
        return format_html_join(
            SafeString("<br>"),
            '<a href="{}" dir="auto">{}</a>',
            ((reverse("admin:claims_claim_change", args=[one.pk]), one) for one in shown),
        )
