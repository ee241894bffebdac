"""The newsroom itself: what its reports say of it."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

ONLY = 1
"""The primary key of the one newsroom that there is."""


class Newsroom(models.Model):
    """Who answers for the reports. There is one, made with the database."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    logo = models.FileField(
        _("logo"),
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=_("A PNG or JPEG of at most 500 KB. Reports show it at their top."),
    )
    logo_sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    method = models.TextField(
        _("method"),
        blank=True,
        help_text=_("How the desk works. Empty: reports tell what the workbench does."),
    )
    funding = models.TextField(_("who pays"), blank=True)
    contact = models.TextField(
        _("contact"), blank=True, help_text=_("How readers reach the desk: address, e-mail, phone.")
    )
    corrections = models.TextField(
        _("corrections"), blank=True, help_text=_("How to ask for a correction, and what follows.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("newsroom")
        verbose_name_plural = _("newsroom")
        constraints = [
            models.CheckConstraint(condition=Q(pk=ONLY), name="newsroom_only_one"),
            models.CheckConstraint(
                condition=Q(logo="", logo_sha256="") | (~Q(logo="") & ~Q(logo_sha256="")),
                name="newsroom_logo_has_digest",
            ),
        ]

    def __str__(self) -> str:
        """Its name, or what it is."""
        return self.name or str(_("The newsroom"))

    @staticmethod
    def current() -> "Newsroom":
        """The newsroom."""
        return Newsroom.objects.get(pk=ONLY)
