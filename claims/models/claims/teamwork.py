"""Working together on claims: comments, and who has an article open."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.claims.claim import Claim


class Comment(models.Model):
    """An internal comment on a claim, not shown in reports. It is never changed or deleted."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="comments", verbose_name=_("claim")
    )
    text = models.TextField(_("comment"), max_length=10_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    author_name = models.CharField(_("name"), max_length=301)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_words"),
        ]

    def __str__(self) -> str:
        """Its first words."""
        return self.text[:80]


HERE = timedelta(seconds=60)
"""Whoever was seen within this time is there; an open page says so at least three times as often."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Queries for presence."""

    def at(self, article: Article) -> Self:
        """The people who have the article open now, by name."""
        seen = timezone.now() - HERE
        return (
            self.filter(article=article, last_seen_at__gte=seen)
            .select_related("user")
            .order_by("user__first_name", "user__username")
        )


class Presence(models.Model):
    """When a person's page of an article last reported that it is open, and with which claim."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(
        Claim, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    last_seen_at = models.DateTimeField(_("last seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_an_article")
        ]

    def __str__(self) -> str:
        """The person and the article."""
        return f"{self.user} · {self.article}"
