"""Outlets: who publishes articles."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.models.named import Named


# Named in migrations as Django's own: what a migration makes does not hang on who may stand in an address.
@deconstructible(path="django.core.validators.URLValidator")
class _WebAddress(URLValidator):
    def __call__(self, value: object) -> None:
        super().__call__(value)
        if "@" in urlsplit(str(value)).netloc:
            raise ValidationError(
                _(
                    "This address holds a user name or a password, which whoever reads it could use. "
                    "Leave out what stands before the @."
                ),
                code="credentials",
            )


WEB_ADDRESS = _WebAddress(schemes=["http", "https"])
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
