"""Who has an article open just now."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article

HERE = timedelta(seconds=60)
"""Whoever was seen within this time is there; an open page says so three times as often."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Questions asked of who is where."""

    def at(self, article: Article) -> Self:
        """Who has the article open now, by name."""
        seen = timezone.now() - HERE
        return (
            self.filter(article=article, seen_at__gte=seen)
            .select_related("user")
            .order_by("user__first_name", "user__username")
        )


class Presence(models.Model):
    """When a person's page of an article last said that it is open."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("seen"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_an_article")
        ]

    def __str__(self) -> str:
        """Who and where."""
        return f"{self.user} · {self.article}"
