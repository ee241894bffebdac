"""What people read but never edit: the logs, and the versions of texts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.access import signed_in
from claims.choices import Stance
from claims.errors import from_data
from claims.messages import message_of
from claims.models import (
    Article,
    BulkChange,
    Change,
    ChangedClaim,
    Claim,
    Comment,
    Decision,
    ReportedClaim,
    Revision,
    Snapshot,
)
from claims.models.claims.blind import log_seen_by

_DIGEST_LETTERS = 12
"""How many characters of a digest a list shows."""


def moment(at: datetime | None) -> str:
    """Return a moment in the reader's time zone and language, as Django formats only model fields; "" for None."""
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""


def failure(error: dict[str, Any] | None, times: int = 0) -> str:
    """Return an error that is stored as data, and how often it came, if it may come again; "" if there is none."""
    if error is None:
        return ""
    return f"{message_of(from_data(error))} ({times})" if times else message_of(from_data(error))


class ReadOnly:
    """Records that are shown, but never added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes one."""
        return False


class Discreet(BaseModelAdmin[Any]):
    """Without what tells of a verdict that the viewer must not know yet.

    Attributes:
        to_claim: the lookup from a row to its claim, or to its claims.
    """

    to_claim = "claim"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that the viewer may know of."""
        return log_seen_by(signed_in(request.user), super().get_queryset(request), self.to_claim)


class RevisionInline(ReadOnly, admin.StackedInline[Revision, Article]):
    """The versions of the article's text."""

    model = Revision
    fields = ["number", "created_at", "digest", "body"]
    readonly_fields = ["number", "created_at", "digest", "body"]
    extra = 0


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin[Revision]):
    """The versions of the texts."""

    list_display = ["article", "number", "created_at", "digest_begins"]
    list_select_related = ["article"]
    list_filter = ["created_at"]
    search_fields = ["article__headline", "digest"]
    show_full_result_count = False

    @admin.display(description=_("SHA-256"))
    def digest_begins(self, row: Revision | Snapshot) -> str:
        """The start of the digest; the record's own page shows all of it."""
        return f"{row.digest[:_DIGEST_LETTERS]}…"


class DecisionInline(Discreet, ReadOnly, admin.TabularInline[Decision, Claim]):
    """The claim's verdicts, newest first."""

    model = Decision
    template = "admin/log_inline.html"
    fields = ["decided_at", "actor_name", "previous_verdict", "verdict", "reason"]
    readonly_fields = ["decided_at", "actor_name", "previous_verdict", "verdict", "reason"]
    extra = 0


class ChangedClaimInline(Discreet, ReadOnly, admin.TabularInline[ChangedClaim, Claim]):
    """What was changed on the claim, oldest first."""

    model = ChangedClaim
    template = "admin/log_inline.html"
    verbose_name_plural = _("changes")
    fields = ["change", "created_at", "actor_name", "before", "after"]
    readonly_fields = ["change", "created_at", "actor_name", "before", "after"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangedClaim]:
        """The rows with their changes, so that they need no further queries."""
        return super().get_queryset(request).select_related("change")

    @admin.display(description=_("changed"))
    def created_at(self, changed: ChangedClaim) -> str:
        """When."""
        return moment(changed.change.created_at)

    @admin.display(description=_("name"))
    def actor_name(self, changed: ChangedClaim) -> str:
        """Who."""
        return changed.change.actor_name


class CommentInline(Discreet, ReadOnly, admin.TabularInline[Comment, Claim]):
    """What people said to each other about the claim."""

    model = Comment
    template = "admin/log_inline.html"
    fields = ["written_at", "author_name", "text"]
    readonly_fields = ["written_at", "author_name", "text"]
    extra = 0


@admin.register(Decision)
class DecisionAdmin(Discreet, ReadOnly, admin.ModelAdmin[Decision]):
    """The log of verdicts. It can be read and searched, and nothing else."""

    list_display = ["decided_at", "actor_name", "previous_verdict", "verdict", "claim", "reason"]
    list_filter = ["verdict", "decided_at"]
    list_select_related = ["claim"]
    search_fields = ["reason", "claim__statement", "actor_name"]
    date_hierarchy = "decided_at"
    show_full_result_count = False
    fields = [
        "decided_at",
        "actor_name",
        "claim",
        "previous_verdict",
        "verdict",
        "reason",
        "documents",
        "taken_over_from",
    ]
    readonly_fields = ["documents", "taken_over_from"]

    @admin.display(description=_("evidence"))
    def documents(self, decision: Decision) -> str:
        """The evidence that it was based on, one per line. For what that of another claim is, is told with that claim."""
        others = {one["id"] for one in decision.origin.evidence} if decision.origin else set()
        return format_html_join(
            SafeString("<br>"),
            "{}: <bdi>{}</bdi>",
            (
                (
                    _("from the earlier check")
                    if one["id"] in others
                    else Stance(one["stance"]).label,
                    one["title"],
                )
                for one in decision.evidence
            ),
        )

    @admin.display(description=_("taken over from"))
    def taken_over_from(self, decision: Decision) -> str:
        """The claim whose verdict it took over, or nothing."""
        return str(decision.origin.claim) if decision.origin else ""


@admin.register(Change)
class ChangeAdmin(Discreet, ReadOnly, admin.ModelAdmin[Change]):
    """The log of changes, a step a row. It can be read and searched, and nothing else."""

    to_claim = "claims__claim"
    list_display = ["created_at", "actor_name", "action", "is_undo", "article", "note"]
    list_filter = ["action", "created_at"]
    list_select_related = ["article"]
    search_fields = ["note", "article__headline", "actor_name"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = ["created_at", "actor_name", "action", "is_undo", "article", "note", "bulk_change"]
    readonly_fields = ["is_undo"]

    @admin.display(description=_("undo"))
    def is_undo(self, change: Change) -> str:
        """Whether it undoes another change: "Yes", or nothing."""
        return gettext("Yes") if change.undoes_id is not None else ""


@admin.register(BulkChange)
class BatchAdmin(Discreet, ReadOnly, admin.ModelAdmin[BulkChange]):
    """The bulk changes over many articles. They can be read, and nothing else."""

    to_claim = "changes__claims__claim"
    list_display = ["created_at", "actor_name", "action", "status", "total", "changed", "note"]
    list_filter = ["action", "status", "created_at"]
    search_fields = ["note", "actor_name"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = [
        "created_at",
        "actor_name",
        "action",
        "note",
        "status",
        "total",
        "changed",
        "ended_at",
        "undoes",
    ]


@admin.register(ChangedClaim)
class ChangedClaimAdmin(Discreet, ReadOnly, admin.ModelAdmin[ChangedClaim]):
    """The log of changes, a claim a row: each field before and after."""

    list_display = ["created_at", "actor_name", "change", "claim", "before", "after"]
    list_filter = ["change__action", "change__created_at"]
    list_select_related = ["change", "claim"]
    search_fields = ["claim__statement", "change__actor_name"]
    ordering = ["-pk"]
    show_full_result_count = False

    created_at = ChangedClaimInline.created_at
    actor_name = ChangedClaimInline.actor_name


@admin.register(Comment)
class CommentAdmin(Discreet, ReadOnly, admin.ModelAdmin[Comment]):
    """The comments, over all claims. They can be read and searched, and nothing else."""

    list_display = ["written_at", "author_name", "claim", "text"]
    list_select_related = ["claim"]
    search_fields = ["text", "claim__statement", "author_name"]
    date_hierarchy = "written_at"
    show_full_result_count = False


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly, admin.ModelAdmin[Snapshot]):
    """What published reports say, byte for byte. It can be read, and nothing else."""

    list_display = ["report", "digest_begins"]
    list_select_related = ["report"]
    search_fields = ["report__title", "digest"]
    show_full_result_count = False

    digest_begins = RevisionAdmin.digest_begins

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        """Without the data, except when one is shown."""
        found = super().get_queryset(request)
        shown = getattr(request.resolver_match, "kwargs", {}).get("object_id")
        return found if shown else found.defer("data")


@admin.register(ReportedClaim)
class ReportedClaimAdmin(ReadOnly, admin.ModelAdmin[ReportedClaim]):
    """Which claims published reports hold, and what these say of them. It can be read, and nothing else."""

    list_display = ["report", "claim", "verdict", "decision"]
    list_select_related = ["report", "claim", "decision"]
    list_filter = ["verdict"]
    search_fields = ["report__title", "claim__statement"]
    show_full_result_count = False
