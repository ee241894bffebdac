"""Tags: a newsroom's own words for claims."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.models.named import Named


class Tag(Named):
    """A word of the newsroom's own for claims, such as “election” or “for Friday”."""

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="tag_has_name"),
            models.UniqueConstraint(fields=["folded"], name="tag_once"),
        ]
