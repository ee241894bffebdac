"""Data entry. What the log must protect is shown and never edited; what is saved goes through the actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from claims.actions import delete_record, enter_record, signed_in
from claims.models import Alias, Article, Claim, Decision, Evidence, Revision, Source

admin.site.site_header = _("Claim Workbench")
admin.site.site_title = _("Claim Workbench")
admin.site.index_title = _("Data entry")
# The desk is always in the frame's own menu.
admin.site.site_url = None


class ReadOnly:
    """Shown, never added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes one."""
        return False


class EntryAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
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


class RevisionInline(ReadOnly, admin.StackedInline):  # type: ignore[type-arg]
    """The versions of the article's text."""

    model = Revision
    fields = ["number", "created_at", "digest", "body"]
    readonly_fields = ["number", "created_at", "digest", "body"]
    extra = 0


@admin.register(Article)
class ArticleAdmin(EntryAdmin):
    """Articles come in through the desk and the command line; their metadata is mended here."""

    list_display = ["headline", "outlet", "published_at", "imported_by", "changed_at"]
    list_filter = ["language", "published_at", "imported_at"]
    list_select_related = ["imported_by"]
    search_fields = ["headline", "outlet", "byline", "url"]
    date_hierarchy = "published_at"
    fields = [
        "headline",
        "outlet",
        "byline",
        "url",
        "published_at",
        "language",
        "imported_at",
        "imported_by",
        "changed_at",
    ]
    readonly_fields = ["imported_at", "imported_by", "changed_at"]
    inlines = [RevisionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A new article is pasted on the desk, where it is split."""
        return False


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The versions of the texts."""

    list_display = ["article", "number", "created_at", "digest"]
    list_select_related = ["article"]
    list_filter = ["created_at"]
    search_fields = ["article__headline", "digest"]
    show_full_result_count = False


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]
    """Other names of a source."""

    model = Alias
    extra = 1


@admin.register(Source)
class SourceAdmin(EntryAdmin):
    """The registry of those who make claims."""

    list_display = ["name", "kind", "article"]
    list_filter = ["kind", ("article", admin.EmptyFieldListFilter)]
    list_select_related = ["article"]
    search_fields = ["name", "aliases__name"]
    autocomplete_fields = ["article"]
    inlines = [AliasInline]


@admin.register(Alias)
class AliasAdmin(EntryAdmin):
    """Other names, over all sources."""

    list_display = ["name", "source"]
    list_filter = ["source__kind"]
    list_select_related = ["source"]
    search_fields = ["name", "source__name"]
    autocomplete_fields = ["source"]


class EvidenceInline(admin.StackedInline):  # type: ignore[type-arg]
    """What speaks for or against the claim."""

    model = Evidence
    extra = 0


class DecisionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    """The claim's verdicts, newest first."""

    model = Decision
    fields = ["decided_at", "actor_name", "previous", "verdict", "reason"]
    readonly_fields = ["decided_at", "actor_name", "previous", "verdict", "reason"]
    extra = 0


@admin.register(Claim)
class ClaimAdmin(EntryAdmin):
    """Claims: wording, source and role are mended here; words, place and verdict are not."""

    list_display = [
        "statement_short",
        "verdict",
        "source",
        "quotation",
        "checkworthiness",
        "touched_at",
    ]
    list_filter = [
        "verdict",
        "quotation",
        "source__kind",
        ("touched_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["source"]
    search_fields = ["statement", "quote", "source__name"]
    autocomplete_fields = ["source"]
    fields = [
        "quote",
        "statement",
        "quotation",
        "source",
        "role",
        "told_to",
        "checkworthiness",
        "verdict",
        "version",
        "touched_at",
        "revision",
        "spans",
    ]
    readonly_fields = [
        "quote",
        "quotation",
        "checkworthiness",
        "verdict",
        "version",
        "touched_at",
        "revision",
        "spans",
    ]
    inlines = [EvidenceInline, DecisionInline]

    @admin.display(description=_("claim"))
    def statement_short(self, claim: Claim) -> str:
        """The statement, shortened."""
        return str(claim)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Claims belong to the words of an article: they are made on the desk."""
        return False


@admin.register(Evidence)
class EvidenceAdmin(EntryAdmin):
    """Evidence, over all claims."""

    list_display = ["title", "stance", "claim", "primary", "looked_up", "added_by"]
    list_filter = ["stance", "primary", "looked_up"]
    list_select_related = ["claim", "added_by"]
    search_fields = ["title", "url", "excerpt"]
    autocomplete_fields = ["claim"]
    readonly_fields = ["added_by", "added_at"]


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The log of verdicts. It can be read and searched, and nothing else."""

    list_display = ["decided_at", "actor_name", "previous", "verdict", "claim", "reason"]
    list_filter = ["verdict", "decided_at"]
    list_select_related = ["claim"]
    search_fields = ["reason", "claim__statement", "actor_name"]
    date_hierarchy = "decided_at"
    show_full_result_count = False
