"""The registry of sources."""

import re
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import SourceKind
from claims.models.articles import Article
from claims.models.base.named import NamedModel
from claims.models.bulk_changes import BulkChange
from claims.models.search import Searchable

_WORDS = re.compile(r"\w+(?:[-'’.]\w+)*")

WIKIDATA = RegexValidator(
    r"^Q[1-9]\d*\Z", _("A Wikidata ID is a Q followed by digits, such as “Q42”.")
)


def last_name_key(name: str) -> str:
    """Return the last word of a name, folded and without punctuation: a person's surname. "" if there is none."""
    words: list[str] = _WORDS.findall(name.casefold())
    return words[-1] if words else ""


class SourceQuerySet(Searchable["Source"]):
    """Queries for sources."""

    def known(self) -> Self:
        """Sources that are the same in every article: those with a name of their own."""
        return self.filter(article=None, merged_into=None)

    def called(self, name: str) -> Self:
        """Sources with this name or alias, in any case."""
        name_key = name.casefold()
        return self.filter(Q(name_key=name_key) | Q(aliases__name_key=name_key)).distinct()

    def beginning(self, words: str) -> Self:
        """Sources with a name or alias, or a word in one, that begins like this, in any case; by name."""
        name_key = words.casefold()
        starts = [
            Q(**{f"{field}__startswith": name_key}) | Q(**{f"{field}__contains": f" {name_key}"})
            for field in ("name_key", "aliases__name_key")
        ]
        return (
            self.filter(starts[0] | starts[1], merged_into=None).distinct().order_by("name", "pk")
        )


class Source(NamedModel):
    """A source of claims: a person, a body, or an unnamed group.

    A merged source is kept so that the merge can be undone; until then it has no claims.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_sources",
        verbose_name=_("only in this article"),
        help_text=_(
            "For sources without a name of their own, such as “officials”, who are different people in every article."
        ),
    )
    organisation = models.CharField(
        _("organisation"), max_length=300, blank=True, help_text=_("Who they work or speak for.")
    )
    country = models.CharField(_("country"), max_length=100, blank=True)
    wikidata = models.CharField(
        _("Wikidata"),
        max_length=20,
        blank=True,
        validators=[WIKIDATA],
        help_text=_("The Wikidata ID, such as “Q42”."),
    )
    links = models.TextField(_("links"), blank=True, help_text=_("One address per line."))
    note = models.TextField(_("note"), blank=True, help_text=_("For internal use only."))
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    merge_job = models.ForeignKey(
        BulkChange,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("merge job"),
        help_text=_(
            "The bulk change that moves the source's claims in a merge, or back when the merge is undone."
        ),
    )

    last_name_key = models.CharField(
        _("last word of the name"),
        max_length=900,
        editable=False,
        help_text=_("Normalised. Sources that share it may be the same."),
    )

    of_name: ClassVar = ("name_key", "last_name_key")
    history = HistoricalRecords(excluded_fields=["name_key", "last_name_key", "merge_job"])
    objects = SourceQuerySet.as_manager()
    SEARCHED = ("name", "organisation")
    SEARCHED_THROUGH = ("aliases",)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="source_has_name"),
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values), name="source_kind_known"
            ),
            models.UniqueConstraint(
                fields=["name_key", "kind"],
                condition=Q(article=None),
                name="source_known_once",
                violation_error_message=_("A source with this name and kind already exists."),
            ),
            models.UniqueConstraint(
                fields=["article", "name_key", "kind"],
                condition=~Q(article=None),
                name="source_once_in_article",
                violation_error_message=_(
                    "This article already has a source with this name and kind."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="source_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="source_by_name"),
            models.Index(fields=["kind", "name", "id"], name="source_by_kind"),
            # Whom a source looks like.
            models.Index(fields=["last_name_key", "kind", "id"], name="source_by_last_word"),
        ]

    def fold(self) -> None:
        """Fold the name, and save its last word."""
        super().fold()
        self.last_name_key = last_name_key(self.name)

    def current(self) -> "Source":
        """This source, or the one it was merged into."""
        found = self
        while found.merged_into is not None:
            found = found.merged_into
        return found

    def get_absolute_url(self) -> str:
        """The source's page."""
        return reverse("source", args=[self.pk])


class Alias(NamedModel):
    """Another name of a source."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("source")
    )
    merged_from = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("from"),
        help_text=_(
            "The merged source that this name came from. If the merge is undone, the name goes back with it."
        ),
    )

    history = HistoricalRecords(excluded_fields=["name_key"])
    SEARCHED = ("name",)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_name"),
            models.UniqueConstraint(fields=["source", "name_key"], name="alias_once_a_source"),
        ]
        indexes = [models.Index(fields=["name_key", "source"], name="alias_by_name")]


class DistinctSources(models.Model):
    """Two similar sources that an editor has marked as different, so that they are not suggested again."""

    first = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("distinct sources")
        verbose_name_plural = _("distinct sources")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="sources_apart_in_order"
            ),
            models.UniqueConstraint(fields=["first", "second"], name="sources_apart_once"),
        ]

    def __str__(self) -> str:
        """The two sources."""
        return f"{self.first} ≠ {self.second}"
