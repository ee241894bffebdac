"""Claims and their evidence in data entry."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from claims.access import signed_in
from claims.admin.entry import EntryAdmin, RecordAdmin
from claims.admin.import_export.resources import ClaimResource
from claims.admin.import_export.views import TransferMixin
from claims.admin.logs import ChangedClaimInline, CommentInline, DecisionInline, Discreet
from claims.choices import Verdict
from claims.models import Claim, Evidence
from claims.models.claims.blind import open_to_all, seen_by
from claims.models.claims.evidence import NO_DOCUMENT, EvidenceQuerySet
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.accounts import display_name
from claims.queries.claims.rows import ShownVerdict, with_shown_verdict


class EvidenceEntry(ModelForm[Evidence]):
    """Evidence as data entry describes it: by its link, or beside the file that it has from the desk."""

    def clean(self) -> dict[str, Any]:
        """Refuse what has neither link nor file."""
        cleaned = super().clean() or self.cleaned_data
        if not (self.instance.file or "url" in self.errors or cleaned.get("url")):
            raise ValidationError(NO_DOCUMENT)
        return cleaned


class StandingEvidence(BaseModelAdmin[Evidence]):
    """Data entry of the evidence that nobody removed. Deleting it here is removing it: a step that can be undone."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        """Without what was removed."""
        return cast("EvidenceQuerySet", super().get_queryset(request)).not_removed()


class EvidenceInline(Discreet, StandingEvidence, admin.StackedInline[Evidence, Claim]):
    """What speaks for or against the claim."""

    model = Evidence
    form = EvidenceEntry
    extra = 0


class VerdictFilter(admin.SimpleListFilter):
    """By verdict, where everybody may know it."""

    title = _("verdict")
    parameter_name = "verdict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The verdicts."""
        return list(Verdict.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The claims that have the chosen one."""
        claims = cast("ClaimQuerySet", queryset)
        return open_to_all(claims).filter(verdict=self.value()) if self.value() else claims


@admin.register(Claim)
class ClaimAdmin(TransferMixin, EntryAdmin):
    """Claims: wording, source and role are mended here; words, place and verdict are not.

    What is entered is a step in the log of changes, and can be undone on the desk.
    """

    resource = ClaimResource
    import_needs = ("change",)
    list_display = [
        "statement_short",
        "known_verdict",
        "source",
        "quotation",
        "checkworthiness",
        "touched_at",
    ]
    list_filter = [
        VerdictFilter,
        "quotation",
        "review_status",
        "checkable",
        "dismissed",
        "source__kind",
        ("touched_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["source"]
    search_fields = ["statement", "quote", "source__name"]
    search_help_text = _("All claims, including those that were dismissed or cannot be checked.")
    autocomplete_fields = ["source"]
    fields = [
        "quote",
        "statement",
        "quotation",
        "source",
        "role",
        "told_to",
        "checkworthiness",
        "known_verdict",
        "touched_at",
        "article",
    ]
    readonly_fields = [
        "quote",
        "quotation",
        "checkworthiness",
        "known_verdict",
        "touched_at",
        "article",
    ]
    inlines = [EvidenceInline, DecisionInline, ChangedClaimInline, CommentInline]

    @admin.display(description=_("claim"))
    def statement_short(self, claim: Claim) -> str:
        """The statement, shortened."""
        return str(claim)

    @admin.display(description=_("verdict"))
    def known_verdict(self, claim: WithAnnotations[Claim, ShownVerdict]) -> str:
        """The verdict, or that it is to be checked blind first. Nothing sorts by it: the order would tell it."""
        shown = claim.shown_verdict
        return str(Verdict(shown).label) if shown else __("Shown after your check.")

    @admin.display(description=_("article"))
    def article(self, claim: Claim) -> str:
        """The article, with a link to its record."""
        article = claim.revision.article
        address = reverse("admin:claims_article_change", args=[article.pk])
        return format_html('<a href="{}" dir="auto">{}</a>', address, article)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """The claims, each with the verdict that the viewer is allowed to know."""
        return with_shown_verdict(signed_in(request.user), super().get_queryset(request))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No address finds claims by their verdict but by `VerdictFilter`."""
        by_verdict = lookup != "verdict" and lookup.partition("__")[0] == "verdict"
        return not by_verdict and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Claims belong to the words of an article: they are made on the desk."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes one: it is dismissed on the desk, and can be restored."""
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A claim's history is the log of changes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        log = reverse("admin:claims_changedclaim_changelist")
        return redirect(f"{log}?{urlencode({'claim__id__exact': object_id})}")


@admin.register(Evidence)
class EvidenceAdmin(Discreet, StandingEvidence, RecordAdmin):
    """Evidence, over all claims. That of a claim under a blind check shows on the desk alone, without its stance."""

    form = EvidenceEntry
    list_display = ["title", "stance", "claim", "primary", "looked_up", "added_by_name"]
    list_filter = ["stance", "primary", "looked_up"]
    list_select_related = ["claim", "added_by"]
    search_fields = ["title", "url", "excerpt"]
    autocomplete_fields = ["claim"]
    readonly_fields = ["file_name", "sha256", "added_by_name", "added_at"]

    @admin.display(description=_("added by"), ordering="added_by")
    def added_by_name(self, evidence: Evidence) -> str:
        """The name of the person who added it."""
        return display_name(evidence.added_by)

    def get_readonly_fields(self, request: HttpRequest, obj: Evidence | None = None) -> list[str]:
        """It stays with its claim: for another one, remove it here and add it there."""
        return [*self.readonly_fields, *(["claim"] if obj else [])]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Its history, where the viewer may know of it."""
        self._require_known(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One entry of it."""
        self._require_known(request, object_id)
        response: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return response

    @staticmethod
    def _require_known(request: HttpRequest, object_id: str) -> None:
        kept = Evidence.history.filter(id=unquote(object_id))
        if kept.count() != seen_by(signed_in(request.user), kept).count():
            raise Http404
