"""The registry of those who make claims."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
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
        return self.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name)).distinct()


class Source(models.Model):
    """Who makes a claim: a person, a body, or an unnamed group."""

    name = models.CharField(_("name"), max_length=300)
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

    history = HistoricalRecords()
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
                Lower("name"), "kind", condition=Q(article=None), name="source_known_once"
            ),
            models.UniqueConstraint(
                "article",
                Lower("name"),
                "kind",
                condition=~Q(article=None),
                name="source_once_in_article",
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class Alias(models.Model):
    """Another name of a source."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("source")
    )
    name = models.CharField(_("name"), max_length=300)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="alias_has_name"),
            models.UniqueConstraint("source", Lower("name"), name="alias_once_a_source"),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name
