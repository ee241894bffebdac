"""Desks: the parts of a newsroom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.models.named import Named


class Desk(Named):
    """A part of the newsroom that articles belong to, such as “economy”."""

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="desk_has_name"),
            models.UniqueConstraint(fields=["folded"], name="desk_once"),
        ]
