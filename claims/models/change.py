"""What people did to claims: the append-only log behind history, undo and redo."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import Deed
from claims.models.article import Article
from claims.models.claim import Claim

REMEMBERED = 500
"""How many of a person's newest changes of an article can be undone and redone."""


class ChangeQuerySet(models.QuerySet["Change"]):
    """Questions asked of the log of changes."""

    def newest_first(self) -> Self:
        """The newest change first."""
        return self.order_by("-pk")

    def of(self, actor_id: int, article: Article) -> Self:
        """What one person changed in one article."""
        return self.filter(actor=actor_id, article=article)

    def steps(self, actor_id: int, article: Article) -> tuple["Change | None", "Change | None"]:
        """What the person's next undo takes back, and what the next redo does again.

        A change that was undone and done again is one chain; the chain's last change is what an undo or redo
        of it acts on. Something new after an undo leaves nothing to redo.
        """
        last_of: dict[int, Change] = {}
        length: dict[int, int] = {}
        for change in reversed(self.of(actor_id, article).newest_first()[:REMEMBERED]):
            root = change.root_id or change.pk
            last_of[root] = change
            length[root] = length.get(root, 0) + 1 if change.root_id else 1
        done = [root for root in last_of if length[root] % 2]
        undone = [last_of[root] for root in last_of if not length[root] % 2]
        newest = max(last_of, default=0)
        redoable = [change for change in undone if change.pk > newest]
        return (
            last_of[max(done)] if done else None,
            max(redoable, key=lambda change: change.pk, default=None),
        )


class Change(models.Model):
    """One step of one person: it is shown, undone and redone as one, however many claims it touched.

    Never changed, never deleted. An undo is a change that names the one it takes back.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="changes", verbose_name=_("article")
    )
    deed = models.CharField(_("deed"), max_length=10, choices=Deed)
    note = models.TextField(_("note"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    made_at = models.DateTimeField(_("changed"), default=timezone.now)
    undoes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first of its chain"),
        help_text=_("What was done before it was undone, redone, undone and so on."),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(deed__in=Deed.values), name="change_deed_known"),
            models.CheckConstraint(
                condition=Q(undoes=None, root=None) | Q(undoes__isnull=False, root__isnull=False),
                name="change_undo_has_root",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "actor", "-id"], name="change_by_person"),
            models.Index(fields=["article", "-id"], name="change_by_article"),
        ]

    def __str__(self) -> str:
        """What was done."""
        return str(self.get_deed_display())


class ChangedClaim(models.Model):
    """What a change did to one claim: its fields before and after, by name."""

    change = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="claims", verbose_name=_("change")
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="changed", verbose_name=_("claim")
    )
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    version = models.PositiveIntegerField(
        _("version"), help_text=_("The claim's version that this change made.")
    )

    class Meta:
        verbose_name = _("changed claim")
        verbose_name_plural = _("changed claims")
        ordering = ["change", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "claim"], name="changed_claim_once_a_change"),
            models.UniqueConstraint(
                fields=["claim", "version"], name="changed_claim_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        """Which fields changed."""
        return ", ".join(self.after)
