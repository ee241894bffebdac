"""Saved filters of the list of claims."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    """Queries for saved filters."""

    def seen_by(self, viewer: User) -> Self:
        """A person's own filters and those shared by others, by name."""
        return self.filter(Q(owner=viewer) | Q(shared=True)).order_by("name", "pk")


class SavedFilter(models.Model):
    """A filter of the list of claims, saved under a name.

    `query` is the filter as in the list's address, without the question mark.
    """

    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(_("filter"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_filters",
        verbose_name=_("owner"),
    )
    shared = models.BooleanField(_("shared with the newsroom"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_name"),
            models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_once"),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name

    def get_absolute_url(self) -> str:
        """The list of claims with this filter."""
        return f"{reverse('claims')}?{self.query}"
