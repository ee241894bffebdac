"""The records that people enter, change and delete."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db import models
from django.http import HttpRequest

from claims.admin.entry import RecordAdmin
from claims.admin.import_export.resources import (
    ArticleResource,
    DeskResource,
    OutletResource,
    SourceResource,
    TagResource,
)
from claims.admin.import_export.views import TransferMixin
from claims.admin.logs import (
    RevisionInline,
)
from claims.models import Alias, Article, Desk, Outlet, PublicLanguage, ReasonTemplate, Source, Tag


@admin.register(Article)
class ArticleAdmin(TransferMixin, RecordAdmin):
    """The metadata of articles; new articles are added on their own page and by the commands."""

    resource = ArticleResource
    list_display = ["headline", "outlet", "published_at", "imported_by", "changed_at"]
    list_filter = ["desk", "language", "published_at", "imported_at"]
    list_select_related = ["imported_by", "outlet"]
    search_fields = ["headline", "outlet__name", "byline", "url"]
    autocomplete_fields = ["outlet", "desk"]
    date_hierarchy = "published_at"
    fields = [
        "headline",
        "outlet",
        "desk",
        "byline",
        "url",
        "published_at",
        "embargoed_until",
        "language",
        "imported_at",
        "imported_by",
        "changed_at",
    ]
    readonly_fields = ["imported_at", "imported_by", "changed_at"]
    inlines = [RevisionInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """New articles are added under “New article”, where they are split."""
        return False


@admin.register(Outlet)
class OutletAdmin(TransferMixin, RecordAdmin):
    """Outlets."""

    resource = OutletResource
    list_display = ["name", "country", "url"]
    search_fields = ["name"]


@admin.register(Desk)
class DeskAdmin(TransferMixin, RecordAdmin):
    """Desks."""

    resource = DeskResource
    list_display = ["name", "public"]
    list_filter = ["public"]
    search_fields = ["name"]


@admin.register(Tag)
class TagAdmin(TransferMixin, RecordAdmin):
    """Tags."""

    resource = TagResource
    list_display = ["name", "public"]
    list_filter = ["public"]
    search_fields = ["name"]


class AliasInline(admin.TabularInline[Alias, Source]):
    """Other names of a source."""

    model = Alias
    fk_name = "source"
    extra = 1


@admin.register(Source)
class SourceAdmin(TransferMixin, RecordAdmin):
    """The registry of sources."""

    resource = SourceResource
    list_display = ["name", "kind", "organisation", "country", "article", "merged_into"]
    list_filter = ["kind", ("article", admin.EmptyFieldListFilter)]
    list_select_related = ["article", "merged_into"]
    search_fields = ["name", "aliases__name"]
    autocomplete_fields = ["article"]
    inlines = [AliasInline]


@admin.register(Alias)
class AliasAdmin(RecordAdmin):
    """Aliases of all sources."""

    list_display = ["name", "source"]
    list_filter = ["source__kind"]
    list_select_related = ["source"]
    search_fields = ["name", "source__name"]
    autocomplete_fields = ["source"]


@admin.register(ReasonTemplate)
class ReasonTemplateAdmin(RecordAdmin):
    """Templates for the reasons of verdicts."""

    list_display = ["name", "verdict", "language", "text", "order", "active"]
    list_filter = ["verdict", "language", "active"]
    search_fields = ["name", "text"]


@admin.register(PublicLanguage)
class PublicLanguageAdmin(RecordAdmin):
    """The languages in which the newsroom publishes, and its own words in them."""

    list_display = ["language", "verified", "disputed", "pending"]
    # What is typed runs as its script does, whatever the language of the workbench.
    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget({"dir": "auto"})},
        models.TextField: {"widget": AdminTextareaWidget({"dir": "auto", "rows": 3})},
    }
