"""Captures: what stood in a document of the evidence at a time, as it was fetched or uploaded."""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.choices import CaptureReason
from claims.models.claims.evidence import Evidence


def keys_of(piece: Evidence) -> list[str]:
    """Return the keys of what can be captured of a piece of evidence: of its page, and of its file."""
    return [key for key in (piece.address_key, piece.sha256) if key]


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Queries for captures."""

    def of(self, pieces: Collection[Evidence]) -> Self:
        """Captures of the pages and files of some evidence, for whichever claim they were made."""
        return self.filter(key__in={key for piece in pieces for key in keys_of(piece)})

    def kept(self) -> Self:
        """Captures of which something was kept."""
        return self.exclude(sha256="", text="")

    def newest(self) -> Self:
        """Of each document, the newest capture, and the newest one of which something was kept."""
        same = Capture.objects.filter(key=OuterRef("key")).order_by()
        newest, kept = (
            Subquery(some.values("key").annotate(newest=Max("pk")).values("newest"))
            for some in (same, same.kept())
        )
        return self.filter(Q(pk=newest) | Q(pk=kept))


class Capture(models.Model):
    """An attempt to keep a document of the evidence. It is never changed or deleted.

    A page is kept as a WARC file, stored under its SHA-256 beside the files of the evidence, with the words in it. Of an
    uploaded file, which is stored already, only the words are kept here. If something failed, `error` says why.
    """

    key = models.CharField(
        _("key"),
        max_length=64,
        editable=False,
        help_text=_("Of the page: the SHA-256 of its normalised address. Of a file: its SHA-256."),
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="captures", verbose_name=_("evidence")
    )
    reason = models.CharField(_("captured"), max_length=9, choices=CaptureReason)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    fetched_at = models.DateTimeField(_("captured at"), default=timezone.now)
    url = models.CharField(
        _("address"), max_length=2000, blank=True, help_text=_("Empty for an uploaded file.")
    )
    final_url = models.CharField(
        _("final address"), max_length=2000, blank=True, help_text=_("After all redirects.")
    )
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    headers = models.JSONField(_("headers"), default=list)
    content_type = models.CharField(_("file type"), max_length=500, blank=True)
    file = models.FileField(_("WARC file"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("In bytes."))
    picture = models.CharField(
        _("picture"),
        max_length=64,
        blank=True,
        help_text=_("The SHA-256 of a picture of the page (PNG), stored under it."),
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    beside = models.TextField(
        _("beside the text"),
        blank=True,
        help_text=_("What else the page shows, such as its headline, menus and captions."),
    )
    changed = models.BooleanField(
        _("changed"),
        null=True,
        blank=True,
        help_text=_("Whether its text differs from the one captured before; empty without one."),
    )
    error = models.JSONField(_("error"), null=True, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="capture_has_key"),
            models.CheckConstraint(
                condition=Q(reason__in=CaptureReason.values), name="capture_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size=0) | (~Q(file="") & ~Q(sha256="")),
                name="capture_file_has_digest",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(error__isnull=False), name="capture_has_text_or_error"
            ),
        ]
        indexes = [models.Index(fields=["key", "id"], name="capture_of_document")]

    def __str__(self) -> str:
        """The title, or else the address."""
        return self.title or self.url or self.key[:12]

    @property
    def is_page(self) -> bool:
        """Whether it is of a web page, and not of an uploaded file."""
        return bool(self.url)

    @property
    def is_kept(self) -> bool:
        """Whether something was kept."""
        return bool(self.sha256 or self.text)

    def whole_text(self) -> str:
        """Return all words that the document shows, the main text first."""
        return "\n\n".join(part for part in (self.text, self.beside) if part)

    @property
    def error_code(self) -> str:
        """The code of what failed, as `claims.errors` has it; "" if nothing did."""
        kept: dict[str, Any] = self.error or {}
        return str(kept.get("code", ""))


class DueCaptureQuerySet(models.QuerySet["DueCapture"]):
    """Queries for captures that are to be made."""

    def of(self, pieces: Collection[Evidence]) -> Self:
        """Those of the pages and files of some evidence."""
        return self.filter(key__in={key for piece in pieces for key in keys_of(piece)})

    def ready(self) -> Self:
        """Those whose time has come, the oldest first."""
        return self.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class DueCapture(models.Model):
    """A document that a worker is to capture, and who asked for that. The row goes when it is done."""

    key = models.CharField(max_length=64, unique=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=9, choices=CaptureReason)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DueCaptureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=CaptureReason.values), name="due_capture_reason_known"
            )
        ]

    def __str__(self) -> str:
        """The start of its key."""
        return self.key[:12]
