"""The inbox of new articles, and the feeds that fill it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.choices import DuplicateReason, JobStatus
from claims.ingest.types import ArticleDraft
from claims.models.articles import Article, standing
from claims.models.newsroom import WEB_ADDRESS

SHOWN_FOR = timedelta(hours=12)
"""How long what became an article is still shown beside what waits."""

_MOMENTS = ("published", "embargoed_until")


class Feed(models.Model):
    """An RSS, Atom or JSON feed, or a sitemap, whose new articles are added automatically."""

    address = models.CharField(_("address"), max_length=2000, validators=[WEB_ADDRESS])
    name = models.CharField(_("name"), max_length=300, blank=True)
    interval_minutes = models.PositiveIntegerField(
        _("minutes between checks"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(10_080)],
    )
    max_articles = models.PositiveIntegerField(
        _("maximum new articles per check"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    active = models.BooleanField(_("active"), default=True)
    checked_at = models.DateTimeField(_("last check"), null=True, blank=True, editable=False)
    next_check_at = models.DateTimeField(_("next check"), default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(_("consecutive failures"), default=0, editable=False)
    error = models.JSONField(_("error"), null=True, blank=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=["checked_at", "next_check_at", "failures", "error"]
    )

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["name", "address", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(address=""), name="feed_has_address")]

    def __str__(self) -> str:
        """Its name or its address."""
        return self.name or self.address


class IntakeItemQuerySet(models.QuerySet["IntakeItem"]):
    """Queries for inbox items."""

    def expired(self) -> Self:
        """Items that are due for deletion."""
        kept_for = timedelta(days=settings.KEEP_DAYS["inbox"])
        return self.filter(created_at__lt=timezone.now() - kept_for)

    def inbox(self, actor: AbstractBaseUser) -> Self:
        """A person's inbox: their items and recent outcomes, in the order in which they were added."""
        lately = Q(status=JobStatus.DONE, created_at__lt=timezone.now() - SHOWN_FOR)
        return (
            self.filter(actor=actor, feed=None)
            .exclude(lately)
            .select_related("article")
            .order_by("pk")
        )

    def to_look_at(self) -> Self:
        """Items that have been read, and neither accepted nor about to be."""
        return self.filter(status=JobStatus.PREVIEW)


class IntakeItem(models.Model):
    """An inbox item: an article to be fetched, reviewed, and accepted or refused with a reason.

    Until it is accepted, it belongs to the person who added it. Its `status` is "preview" once it has been read and
    is waiting for review, like a bulk change before it starts.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="intakes",
        verbose_name=_("added by"),
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    name = models.CharField(
        _("name"), max_length=300, blank=True, help_text=_("The file name; empty for pasted text.")
    )
    address = models.CharField(_("address to fetch"), max_length=2000, blank=True)
    feed = models.ForeignKey(
        Feed,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="intakes",
        verbose_name=_("feed"),
    )
    draft = models.JSONField(_("extracted content"), null=True, blank=True)
    auto_accept = models.BooleanField(_("accepted automatically"), default=False)
    status = models.CharField(
        _("status"), max_length=10, choices=JobStatus, default=JobStatus.WAITING
    )
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error = models.JSONField(_("error"), null=True, blank=True)
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
        help_text=_(
            "The article that this became. Until then, an existing article that may be the same."
        ),
    )
    duplicate_reason = models.CharField(
        _("reason for the duplicate match"), max_length=20, blank=True, choices=DuplicateReason
    )
    created = models.BooleanField(_("new"), default=False)

    objects = IntakeItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbox item")
        verbose_name_plural = _("inbox items")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="inbox_status_known"
            ),
            models.CheckConstraint(
                condition=Q(draft__isnull=False) | ~Q(status=JobStatus.PREVIEW),
                name="intake_was_read_before_a_look",
            ),
        ]
        indexes = [
            models.Index(fields=["actor", "id"], name="intake_by_person"),
            models.Index(
                fields=["retry_at"],
                condition=Q(retry_at__isnull=False),
                name="intake_by_next_try",
            ),
        ]

    def __str__(self) -> str:
        """The file name or the address; only its owner may see the text."""
        return self.name or self.address or gettext("pasted text")

    @property
    def headline(self) -> str:
        """The headline, once it has been read."""
        return str((self.draft or {}).get("headline", ""))

    @property
    def embargo(self) -> datetime | None:
        """Until when the article is still embargoed, once it has been read; None if it is not."""
        written = (self.draft or {}).get("embargoed_until")
        return standing(datetime.fromisoformat(written)) if written else None

    @property
    def is_under_way(self) -> bool:
        """Whether the worker is processing it or about to."""
        return self.status in {JobStatus.WAITING, JobStatus.RUNNING}

    @property
    def stage(self) -> str:
        """Its stage, as a word that changes whenever there is something new to show."""
        return f"{self.status}-{self.attempts}"

    def read(self) -> ArticleDraft:
        """The article as it was read."""
        fields = dict(self.draft or {})
        for moment in _MOMENTS:
            written = fields.get(moment)
            fields[moment] = datetime.fromisoformat(written) if written else None
        return ArticleDraft(**fields)

    def hold(self, draft: ArticleDraft) -> None:
        """Store an article that was read."""
        self.draft = {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(draft).items()
        }
