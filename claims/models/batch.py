"""What people do to the claims of many articles at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Deed, Progress


class Batch(models.Model):
    """One bulk change over any number of articles: its changes, one an article or more, are undone as one.

    The changes themselves are in the log. A batch says what is to be done and how far it is.
    """

    deed = models.CharField(_("deed"), max_length=10, choices=Deed)
    fields = models.JSONField(
        _("fields"), default=dict, help_text=_("What the claims' fields become, by column.")
    )
    note = models.TextField(_("note"), blank=True)
    query = models.CharField(
        _("filter"),
        max_length=2000,
        blank=True,
        help_text=_("Which claims, as the table's address has it."),
    )
    replace = models.BooleanField(_("also decided claims"), default=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    progress = models.CharField(
        _("progress"), max_length=10, choices=Progress, default=Progress.WAITING
    )
    total = models.PositiveIntegerField(_("claims to go through"), default=0)
    done = models.PositiveIntegerField(_("claims gone through"), default=0)
    changed = models.PositiveIntegerField(_("claims changed"), default=0)
    reached = models.BigIntegerField(
        _("reached"), default=0, help_text=_("The last claim gone through, by id.")
    )
    error = models.TextField(_("what went wrong"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(deed__in=Deed.values), name="batch_deed_known"),
            models.CheckConstraint(
                condition=Q(progress__in=Progress.values), name="batch_progress_known"
            ),
        ]

    def __str__(self) -> str:
        """What is done."""
        return str(self.get_deed_display())
