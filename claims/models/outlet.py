"""Outlets: who publishes articles."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.models.named import Named

WEB_ADDRESS = URLValidator(schemes=["http", "https"])
"""What may become a link: addresses of the web, and nothing that a browser would run."""


class Outlet(Named):
    """Who publishes articles: a newspaper, an agency, a station."""

    url = models.CharField(_("address"), max_length=2000, blank=True, validators=[WEB_ADDRESS])
    country = models.CharField(_("country"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For the desk alone."))

    history = HistoricalRecords(excluded_fields=["folded"])

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_name"),
            models.UniqueConstraint(fields=["folded"], name="outlet_once"),
        ]
