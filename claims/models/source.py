"""The registry of those who make claims."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import SourceKind
from claims.models.article import Article


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions asked of the sources."""

    def known(self) -> Self:
        """Sources who are the same in every article: those with a name of their own."""
        return self.filter(article=None)

    def called(self, name: str) -> Self:
        """Sources with this name or alias, whatever its case."""
        folded = name.casefold()
        return self.filter(Q(folded=folded) | Q(aliases__folded=folded)).distinct()

    def beginning(self, words: str) -> Self:
        """Sources with a name or alias, or a word in one, that begins so, whatever the case; by name."""
        folded = words.casefold()
        starts = [
            Q(**{f"{field}__startswith": folded}) | Q(**{f"{field}__contains": f" {folded}"})
            for field in ("folded", "aliases__folded")
        ]
        return self.filter(starts[0] | starts[1]).distinct().order_by("name", "pk")


class Named(models.Model):
    """Something with a name that is found, and is there once, whatever the name's case.

    `folded` is the name without its case: the databases do not agree on the case of letters with accents.
    """

    name = models.CharField(_("name"), max_length=300)
    # Folding may make three characters of one.
    folded = models.CharField(_("name without case"), max_length=900, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded name in step with the name."""
        self.folded = self.name.casefold()
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Fold the name before the constraints are looked at."""
        self.folded = self.name.casefold()

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Look at the constraints on the folded name although no form shows it."""
        super().validate_constraints(exclude=set(exclude or ()) - {"folded"})


class Source(Named):
    """Who makes a claim: a person, a body, or an unnamed group."""

    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_sources",
        verbose_name=_("only in this article"),
        help_text=_(
            "Set for sources without a name of their own, such as “officials”: those of another article "
            "are other people."
        ),
    )

    history = HistoricalRecords(excluded_fields=["folded"])
    objects = SourceQuerySet.as_manager()

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
                fields=["folded", "kind"], condition=Q(article=None), name="source_known_once"
            ),
            models.UniqueConstraint(
                fields=["article", "folded", "kind"],
                condition=~Q(article=None),
                name="source_once_in_article",
            ),
        ]


class Alias(Named):
    """Another name of a source."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("source")
    )

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_name"),
            models.UniqueConstraint(fields=["source", "folded"], name="alias_once_a_source"),
        ]
