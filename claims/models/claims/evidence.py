"""Evidence: documents for or against a claim, or context."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from claims.choices import Stance
from claims.models.base.addresses import AddressKeyField
from claims.models.claims.claim import Claim
from claims.models.newsroom import WEB_ADDRESS
from claims.models.search import Searchable

LOGGED = "evidence/"
"""What begins the name of a piece of evidence among the fields of its claim, in the log of changes; its id ends it."""

BYTES = "application/octet-stream"
"""The type of a file whose kind is not known."""

NO_DOCUMENT = _("evidence needs a link or a file.")


class EvidenceQuerySet(Searchable["Evidence"]):
    """Queries for evidence."""

    def not_removed(self) -> Self:
        """Evidence that has not been removed; all lists of evidence use this."""
        return self.filter(removed_at=None)

    def identical_to(self, piece: "Evidence") -> Self:
        """Evidence that has the same link and the same file."""
        return self.filter(url=piece.url, sha256=piece.sha256)

    def of_same_documents(self, pieces: Collection["Evidence"]) -> Self:
        """Evidence that `is_same_document` as one of these pieces."""
        pages = {piece.address_key for piece in pieces} - {""}
        files = {piece.sha256 for piece in pieces} - {""}
        return self.filter(Q(address_key__in=pages) | Q(sha256__in=files))

    def with_secrecy(self) -> Self:
        """With `is_withheld`: whether the same document is confidential, for this claim or for any other.

        That lasts when the evidence is removed: whoever is to be protected still is.
        """
        secret = Evidence.objects.filter(confidential=True).order_by()
        page = secret.filter(address_key=OuterRef("address_key")).exclude(address_key="")
        file = secret.filter(sha256=OuterRef("sha256")).exclude(sha256="")
        return self.annotate(is_withheld=Exists(page) | Exists(file))

    def in_order(self) -> Self:
        """In the order that the editors gave it; what they did not order, in the order in which it was added."""
        return self.order_by("position", "pk")


class Evidence(models.Model):
    """A document that supports or contradicts a claim, or gives context: a link, a file, or both.

    A file is stored under the SHA-256 of its bytes, once for all evidence that uses it. It is never deleted,
    because decisions refer to it by that digest. The row stays too when someone removes the evidence, so that
    this can be undone.
    """

    is_withheld = False
    """Whether it is confidential for any claim: set by `with_secrecy`."""

    broken_link: int | None = None
    """The check that found its link broken, if nobody has captured the page since: set by `with_broken_links`."""

    link_state = ""
    """What that check found."""

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("claim")
    )
    stance = models.CharField(_("stance"), max_length=7, choices=Stance, default=Stance.FOR)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("link"), max_length=2000, blank=True, validators=[WEB_ADDRESS])
    address_key = AddressKeyField(
        _("address key"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("SHA-256 of the normalised address."),
    )
    file = models.FileField(_("file"), blank=True, editable=False)
    file_name = models.CharField(
        _("file name"),
        max_length=255,
        blank=True,
        editable=False,
        help_text=_("As uploaded. The file is downloaded under this name."),
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    content_type = models.CharField(
        _("file type"), max_length=200, blank=True, editable=False, help_text=_("A MIME type.")
    )
    size = models.PositiveBigIntegerField(
        _("size"), default=0, editable=False, help_text=_("In bytes.")
    )
    archive_url = models.CharField(
        _("archived copy"), max_length=2000, blank=True, validators=[WEB_ADDRESS]
    )
    excerpt = models.TextField(_("excerpt"), blank=True, help_text=_("The words that matter."))
    primary = models.BooleanField(
        _("primary source"),
        default=False,
        help_text=_("First-hand material, not a report about it."),
    )
    interest = models.CharField(
        _("known interest"),
        max_length=300,
        blank=True,
        help_text=_("What stake the document's author or publisher has in the matter, if any."),
    )
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Left out of everything public, to protect someone. Everyone with an account here sees it."
        ),
    )
    looked_up = models.DateField(_("looked up"), default=timezone.localdate)
    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        editable=False,
        help_text=_(
            "Its place among the claim's evidence. Of those with the same place, the one added first comes first."
        ),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(
        _("removed"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty unless the evidence has been removed."),
    )

    objects = EvidenceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["address_key"])
    SEARCHED = ("title", "file_name", "url", "excerpt")
    SEARCHED_THROUGH = ()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = pgettext_lazy("plural", "evidence")
        ordering = ["claim", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(file=""),
                name="evidence_has_document",
                violation_error_message=NO_DOCUMENT,
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="", size=0) | (~Q(file="") & ~Q(sha256="")),
                name="evidence_file_has_digest",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="evidence_stance_known"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256", "url"], name="evidence_by_document"),
            models.Index(
                fields=["address_key"], condition=~Q(address_key=""), name="evidence_by_address"
            ),
            # Few are confidential, and whatever is published is compared with them, however many cite one page.
            models.Index(
                fields=["address_key"], condition=Q(confidential=True), name="evidence_secret_page"
            ),
            models.Index(
                fields=["sha256"], condition=Q(confidential=True), name="evidence_secret_file"
            ),
        ]

    def __str__(self) -> str:
        """The title."""
        return self.title

    def is_same_document(self, other: "Evidence") -> bool:
        """Whether it is the same document as another piece: the same page, however its address is written, or the same file."""
        page, file = other.address_key, other.sha256
        return bool((page and page == self.address_key) or (file and file == self.sha256))

    def as_kept(self) -> dict[str, Any]:
        """Return a copy for a decision, which later edits do not change."""
        return {
            "id": self.pk,
            "stance": self.stance,
            "title": self.title,
            "url": self.url,
            "sha256": self.sha256,
            "archive_url": self.archive_url,
            "excerpt": self.excerpt,
            "primary": self.primary,
            "interest": self.interest,
            "confidential": self.confidential,
            "looked_up": self.looked_up.isoformat(),
        }

    def in_log(self) -> dict[str, Any] | None:
        """Return all of it for the log of changes, or None if it has been removed."""
        if self.removed_at is not None:
            return None
        of_file = {"file_name": self.file_name, "size": self.size}
        # Entries from before evidence had a position lack it: an undo compares them with this.
        place = {"position": self.position} if self.position else {}
        return self.as_kept() | of_file | {"content_type": self.content_type} | place

    def take_from_log(self, kept: Mapping[str, Any] | None) -> None:
        """Restore the values that `in_log` returned. This does not save."""
        if kept is None:
            self.removed_at = timezone.now()
            return
        self.removed_at = None
        for name in kept.keys() - {"id", "looked_up"}:
            setattr(self, name, kept[name])
        self.file = kept["sha256"]
        self.position = kept.get("position", 0)
        self.looked_up = date.fromisoformat(kept["looked_up"])


class Thumbnail(models.Model):
    """What is known of the thumbnail of a stored file, a small picture of it or of its first page.

    A worker draws it. A file of which none can be drawn has a width of 0, and no thumbnail.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    is_due = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], condition=Q(is_due=True), name="thumbnail_is_due")
        ]

    def __str__(self) -> str:
        """The start of the file's digest."""
        return self.sha256[:12]

    @property
    def name(self) -> str:
        """The name under which it is stored, beside the file."""
        return f"{self.sha256}.png"
