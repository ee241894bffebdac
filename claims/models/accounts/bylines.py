"""People who agree to be named on public pages."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BylineQuerySet(models.QuerySet["Byline"]):
    """Queries for bylines."""

    def shown(self) -> Self:
        """Those of open accounts, by name: whoever has left cannot withdraw it any more."""
        return self.filter(person__is_active=True).order_by("name", "pk")


class Byline(models.Model):
    """That a person agrees to be named on public pages, and as what. It is deleted when they withdraw that."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="byline",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("As readers are to see it."))
    about = models.CharField(
        _("about you"),
        max_length=200,
        blank=True,
        help_text=_("A line for readers, such as “Reads court files. Twelve years at the desk.”"),
    )
    changed_at = models.DateTimeField(_("agreed"), default=timezone.now, editable=False)

    objects = BylineQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="byline_has_name"),
        ]

    def __str__(self) -> str:
        """The account: the log of data entry keeps this, and a name that was withdrawn must not stay there."""
        return str(self.person)
