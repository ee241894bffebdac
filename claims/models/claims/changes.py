"""Changes to claims: the append-only log behind history, undo and redo."""

from collections.abc import Mapping
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import ChangeAction
from claims.models.articles import Article
from claims.models.base.prepared import Prepared
from claims.models.bulk_changes import BulkChange
from claims.models.claims.claim import Claim

REMEMBERED = 500
"""Among how many of an article's newest changes a person's steps are looked for."""


class ChangeQuerySet(models.QuerySet["Change"]):
    """Queries for the log of changes."""

    def newest_first(self) -> Self:
        """Sorted with the newest change first."""
        return self.order_by("-pk")

    def of(self, actor_id: int, article: Article) -> Self:
        """The changes that one person made in one article."""
        return self.filter(actor=actor_id, article=article)

    def made_from(self, actor_id: int, versions: Mapping[int, int]) -> "Change | None":
        """The changes that a person made to exactly these claims at exactly these versions, by claim id.

        These are what a second click repeats.
        """
        found = self.filter(actor=actor_id, claims__claim__in=list(versions)).newest_first().first()
        if found is None:
            return None
        from_versions = {row.claim_id: row.version - 1 for row in found.claims.all()}
        return found if from_versions == dict(versions) else None

    def steps(self, actor_id: int, article: Article) -> tuple[list["Change"], list["Change"]]:
        """What the person's undos and redos would reverse, one after the other.

        A change, its undo, the undo of that and so on are one chain. It belongs to the person as long as they
        made the last change in it: what someone else has undone or redone is no longer theirs. After a new
        change, there is nothing to redo.
        """
        chains: dict[int, list[Change]] = {}
        for change in reversed(_STEPS.all(article.pk)):
            chains.setdefault(change.root_id or change.pk, []).append(change)
        begun = 0
        done: dict[int, Change] = {}
        undone: dict[int, Change] = {}
        for root, chain in chains.items():
            own = [place for place, link in enumerate(chain) if link.actor_id == actor_id]
            if not own or chain[0].pk != root:
                continue
            first, last = chain[own[0]], chain[-1]
            begun = max(begun, first.pk)
            if last.actor_id == actor_id:
                is_done = (len(chain) - 1 - own[0]) % 2 == 0
                (done if is_done else undone)[first.pk if is_done else last.pk] = last
        again = [undone[place] for place in sorted(undone, reverse=True) if place > begun]
        return [done[place] for place in sorted(done, reverse=True)], again


def _steps(article: int) -> ChangeQuerySet:
    # Merges are undone as a whole, on the pages of the sources or the group; a new version stays.
    elsewhere = [
        ChangeAction.MERGE_SOURCES,
        ChangeAction.MERGE_GROUPS,
        ChangeAction.NEW_REVISION,
    ]
    changes = Change.objects.filter(article=article).exclude(action__in=elsewhere)
    return changes.newest_first()[:REMEMBERED]


_STEPS = Prepared(_steps)


class Change(models.Model):
    """A change by one person: shown, undone and redone as one, however many claims it touched.

    It is never changed or deleted. An undo is a change that refers to the one it undoes.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="changes", verbose_name=_("article")
    )
    action = models.CharField(_("action"), max_length=20, choices=ChangeAction)
    note = models.TextField(_("note"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("changed by"),
    )
    actor_name = models.CharField(_("name"), max_length=301)
    created_at = models.DateTimeField(_("changed"), default=timezone.now)
    bulk_change = models.ForeignKey(
        BulkChange,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("bulk change"),
        help_text=_(
            "Groups changes in several articles that were made together and are undone together."
        ),
    )
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
        verbose_name=_("original change"),
        help_text=_(
            "The change that this one undoes or redoes, directly or through other changes."
        ),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=ChangeAction.values), name="change_action_known"
            ),
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
        """The action."""
        return str(self.get_action_display())

    @property
    def group_merge(self) -> BulkChange | None:
        """The merge of groups of repeats that it is part of, which is undone as a whole."""
        whole = self.bulk_change
        return whole if whole and whole.action == ChangeAction.MERGE_GROUPS else None


class ChangedClaim(models.Model):
    """What a change did to one claim: its fields before and after, by name.

    The oldest entries do not record when the claim had last been edited.
    """

    change = models.ForeignKey(
        Change, on_delete=models.PROTECT, related_name="claims", verbose_name=_("change")
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="changed", verbose_name=_("claim")
    )
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    touched_before = models.DateTimeField(
        _("last edited, before"),
        null=True,
        blank=True,
        help_text=_("Empty if nobody had edited the proposed claim."),
    )
    touched_after = models.DateTimeField(
        _("last edited, after"),
        null=True,
        blank=True,
        help_text=_("Empty if nobody has edited the proposed claim since."),
    )
    version = models.PositiveIntegerField(
        _("version"), help_text=_("The claim's version number after this change.")
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
        """The names of the changed fields."""
        return ", ".join(self.after)
