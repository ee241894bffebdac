"""Claims: the checkable statements of an article."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.choices import AnchorStatus, Mood, Quotation, Reason, ReviewStatus, SourceKind, Verdict
from claims.models.articles import Revision
from claims.models.claims.indexes import INDEXES
from claims.models.claims.querysets import ClaimQuerySet
from claims.models.newsroom import Outlet, Tag
from claims.models.sources import Source

SURE = 0.75
"""The confidence in a source from which the desk does not ask for a second look."""

CONTEXT = 48
"""How many characters of the text before and after a claim are kept, to find it again in a changed text."""


class Claim(models.Model):
    """One checkable statement, with its exact words and the source who makes it.

    `quote` is the text of `spans`, with " … " where there is text between them. `prefix` and `suffix` are the text
    around it. All offsets are code points of the revision's body.
    """

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="claims", verbose_name=_("revision")
    )
    spans = models.JSONField(_("spans"), editable=False)
    start = models.GeneratedField(
        expression=Cast(KT("spans__0__0"), models.PositiveIntegerField()),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
        verbose_name=_("start"),
    )
    quote = models.TextField(_("exact words"), editable=False)
    prefix = models.CharField(_("words before"), max_length=CONTEXT, blank=True, editable=False)
    suffix = models.CharField(_("words after"), max_length=CONTEXT, blank=True, editable=False)
    statement = models.TextField(
        _("statement"),
        help_text=_("The claim in neutral words that can be understood on their own."),
    )
    quotation = models.CharField(_("quotation"), max_length=10, choices=Quotation)
    mood = models.CharField(_("mood"), max_length=10, choices=Mood, default=Mood.ASSERTED)
    attribution = models.PositiveIntegerField(
        _("attribution"),
        editable=False,
        help_text=_(
            "Claims taken from the same statement share this number within their revision."
        ),
    )
    outer_attribution = models.PositiveIntegerField(
        _("outer attribution"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("For a report within a report: the attribution of the outer one."),
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        db_index=False,
        related_name="claims",
        verbose_name=_("source"),
    )
    mention = models.CharField(
        _("mention"),
        max_length=500,
        blank=True,
        editable=False,
        help_text=_("The words that stand for the source at this point, such as “he”."),
    )
    source_spans = models.JSONField(_("source words"), default=list, editable=False)
    cue_spans = models.JSONField(_("cue words"), default=list, editable=False)
    role = models.CharField(_("role as stated"), max_length=500, blank=True)
    told_to = models.CharField(_("told to"), max_length=500, blank=True)
    source_confidence = models.FloatField(
        _("confidence in the source"),
        default=1.0,
        editable=False,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_(
            "How likely the proposed source is right; 1 once somebody has set or confirmed it."
        ),
    )
    unresolved = models.JSONField(
        _("unresolved words"),
        default=list,
        editable=False,
        help_text=_(
            "Words of the proposed statement, such as “it”, for which it is not clear what they refer to."
        ),
    )
    checkworthiness = models.FloatField(
        _("check-worthiness"),
        default=0.0,
        editable=False,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )
    reasons = models.JSONField(
        _("reasons"),
        default=list,
        editable=False,
        help_text=_("Why the claim should be checked first, or cannot be checked: `Reason` codes."),
    )
    verdict = models.CharField(
        _("verdict"),
        max_length=10,
        choices=Verdict,
        default=Verdict.PENDING,
        editable=False,
        help_text=_("The verdict of the latest decision."),
    )
    checkable = models.BooleanField(
        _("checkable"),
        default=True,
        help_text=_("Off for questions, greetings and pure opinion, which cannot be checked."),
    )
    dismissed = models.BooleanField(
        _("dismissed"),
        default=False,
        editable=False,
        help_text=_("Hidden from queues and reports. The claim is kept and can be restored."),
    )
    # Null and not empty, so that SQLite too uses the partial index of claims that have one.
    anchor_status = models.CharField(  # noqa: DJ001
        _("anchor status"),
        max_length=10,
        choices=AnchorStatus,
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "What happened to the claim when the article's text changed, until an editor has dealt with it."
        ),
    )
    review_status = models.CharField(
        _("review status"),
        max_length=14,
        choices=ReviewStatus,
        default=ReviewStatus.OPEN,
        editable=False,
    )
    blind = models.BooleanField(
        _("blind"),
        default=False,
        editable=False,
        help_text=_("The second checker does not see the first verdict."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="assigned_claims",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(
        _("due"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The day by which the person it is assigned to is to decide it."),
    )
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        editable=False,
        help_text=_("Increases with every change made by a person."),
    )
    touched_at = models.DateTimeField(
        _("last edited"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "When a person last changed the claim. Empty if nobody has edited the proposed claim."
        ),
    )

    tags = models.ManyToManyField(
        Tag, blank=True, editable=False, related_name="claims", verbose_name=_("tags")
    )
    decided_at = models.DateTimeField(
        _("decided"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the verdict was set. Empty while there is none."),
    )

    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The day from which the verdict is to be looked at again."),
    )
    group = models.ForeignKey(
        "claims.ClaimGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="claims",
        verbose_name=_("group of repeats"),
    )

    # Copies of fields of other tables, by which lists of a million claims are filtered and sorted: this is only
    # fast with all of them in one index. The actions keep them up to date; `out_of_step` finds any that are not.
    listed_at = models.DateTimeField(
        _("published"),
        editable=False,
        help_text=_("Taken from the article: when it was published or, if that is unknown, added."),
    )
    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=_("outlet"),
        help_text=_("Taken from the article."),
    )
    source_kind = models.CharField(
        _("source kind"),
        max_length=20,
        choices=SourceKind,
        blank=True,
        editable=False,
        help_text=_("Taken from the source; empty if there is none."),
    )

    objects = ClaimQuerySet.as_manager()
    SEARCHED = ("statement", "quote", "role")
    SEARCHED_THROUGH = ()
    MATCHED = ("statement",)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["revision", "start", "pk"]
        permissions = [("decide_claim", _("Can decide claims"))]
        constraints = [
            models.CheckConstraint(condition=~Q(quote=""), name="claim_has_words"),
            models.CheckConstraint(condition=~Q(statement=""), name="claim_has_statement"),
            models.CheckConstraint(
                condition=Q(start__isnull=False, start__gte=0), name="claim_starts_in_text"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="claim_verdict_known"
            ),
            models.CheckConstraint(condition=Q(mood__in=Mood.values), name="claim_mood_known"),
            models.CheckConstraint(
                condition=Q(review_status__in=ReviewStatus.values), name="claim_review_status_known"
            ),
            models.CheckConstraint(
                condition=Q(anchor_status=None) | Q(anchor_status__in=AnchorStatus.values),
                name="claim_anchor_status_known",
            ),
            # A claim that is not in the text is not in a queue.
            models.CheckConstraint(
                condition=Q(anchor_status=None)
                | Q(anchor_status=AnchorStatus.CHANGED)
                | Q(dismissed=True),
                name="claim_lost_is_dismissed",
            ),
            models.CheckConstraint(
                condition=Q(quotation__in=Quotation.values), name="claim_quotation_known"
            ),
            models.CheckConstraint(
                condition=~Q(quotation=Quotation.NARRATION) | Q(source=None),
                name="claim_narration_has_no_source",
            ),
            models.CheckConstraint(
                condition=Q(checkworthiness__gte=0.0, checkworthiness__lte=1.0),
                name="claim_checkworthiness_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="claim_version_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.PENDING) | Q(touched_at__isnull=False),
                name="claim_decided_by_a_person",
            ),
        ]
        indexes = INDEXES

    def __str__(self) -> str:
        """The statement, shortened for lists."""
        return self.statement if len(self.statement) <= 80 else f"{self.statement[:79]}…"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the claim; a new one with its copied fields."""
        if self._state.adding:
            self.copy()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The claim on its article's review page."""
        return reverse("claim", args=[self.pk])

    def copy(self) -> None:
        """Copy the fields that lists need from its article and its source, as they are in memory."""
        article = self.revision.article
        self.listed_at = article.published_at or article.imported_at
        self.outlet_id = article.outlet_id
        self.source_kind = self.source.kind if self.source else ""

    @property
    def tag_ids(self) -> list[int]:
        """The ids of its tags, sorted, as in the log of changes."""
        return sorted(tag.pk for tag in self.tags.all())

    @property
    def state(self) -> str:
        """Its verdict, or "proposed" if nobody has edited it."""
        return self.verdict if self.touched_at else "proposed"

    @property
    def is_source_sure(self) -> bool:
        """Whether the source needs no second look: somebody has set it, or the splitter is sure of it."""
        return self.source_confidence >= SURE

    @property
    def reason_labels(self) -> list[str]:
        """The reasons for its check-worthiness, in words."""
        known = {reason.value: reason.label for reason in Reason}
        return [str(known[code]) for code in self.reasons if code in known]
