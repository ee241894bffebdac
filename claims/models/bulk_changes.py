"""Changes to the claims of many articles at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import ChangeAction, JobStatus


class BulkChange(models.Model):
    """A bulk change to any number of articles: its changes, at least one per article, are undone as one.

    The changes themselves are in the log. A bulk change records what is done to which claims, and its
    progress.
    """

    action = models.CharField(_("action"), max_length=20, choices=ChangeAction)
    fields = models.JSONField(_("fields"), default=dict, help_text=_("The new values, by field."))
    note = models.TextField(_("note"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus, default=JobStatus.PREVIEW
    )
    total = models.PositiveIntegerField(_("claims to change"), default=0)
    skipped = models.JSONField(
        _("skipped"), default=dict, help_text=_("Number of claims by reason.")
    )
    done = models.PositiveIntegerField(_("claims processed"), default=0)
    changed = models.PositiveIntegerField(_("claims changed"), default=0)
    undo_cursor = models.BigIntegerField(
        _("undo position"), default=0, help_text=_("The id of the last change that was undone.")
    )
    error = models.TextField(_("error"), blank=True)
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
            models.CheckConstraint(
                condition=Q(action__in=ChangeAction.values), name="bulk_change_action_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="bulk_change_status_known"
            ),
        ]

    def __str__(self) -> str:
        """The action."""
        return str(self.get_action_display())

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen unless someone continues it."""
        return self.status in {JobStatus.DONE, JobStatus.STOPPED, JobStatus.FAILED}

    @property
    def taken_back_by(self) -> "BulkChange | None":
        """The bulk change that undoes this one, if any."""
        return getattr(self, "undone_by", None)

    @property
    def percent(self) -> int:
        """The progress in whole percent, rounded down."""
        return 100 * self.done // self.total if self.total else 100


class BulkChangeItem(models.Model):
    """A claim that a bulk change has yet to change, with its version at the time of the preview."""

    bulk_change = models.ForeignKey(
        BulkChange, on_delete=models.CASCADE, db_index=False, related_name="listed"
    )
    claim = models.ForeignKey(
        "claims.Claim", on_delete=models.CASCADE, db_index=False, related_name="+"
    )
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("bulk change item")
        verbose_name_plural = _("bulk change items")
        ordering = ["bulk_change", "pk"]
        indexes = [models.Index(fields=["bulk_change", "id"], name="bulk_change_item_in_order")]

    def __str__(self) -> str:
        """The claim's id and its version."""
        return f"{self.claim_id}:{self.version}"
