"""The signed PDFs of published reports."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.models.base.expressions import Among
from claims.models.reports.published import ReportedClaim
from claims.models.reports.reports import EDITIONS, Report


class SignedPdfQuerySet(models.QuerySet["SignedPdf"]):
    """Queries for signed PDFs."""

    def signed(self) -> Self:
        """Those that are there."""
        return self.filter(signed_at__isnull=False)

    def with_claims(self, claims: Collection[int]) -> Self:
        """Those of reports with any of these claims."""
        reports = ReportedClaim.objects.filter(Among("claim", sorted(claims))).values("report")
        return self.filter(report__in=reports)

    def sign_again(self) -> None:
        """Have the worker look whether these still say what their reports say, and sign new ones if they do not."""
        self.update(changes=F("changes") + 1)


class SignedPdf(models.Model):
    """The PDF of one edition of a published report with the newsroom's signature in it (PAdES).

    It is signed by a worker after the report was published, and again after each change of what it says: `contents` is
    the digest of that (`claims.renderers.digest.digest_of_contents`). A PDF that says something else than the report
    says now is given to nobody.

    `changes` counts what may have changed it, and `seen` is that number when the worker last looked: while they differ, it
    is to be signed, whatever happened to the worker. `tried_at` is when an attempt began that has not succeeded, and
    `problem` says what went wrong.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="signed_pdfs", verbose_name=_("report")
    )
    edition = models.CharField(_("edition"), max_length=8)
    contents = models.CharField(_("SHA-256 of what it says"), max_length=64, blank=True)
    file = models.FileField(_("file"), blank=True, editable=False)
    signer = models.CharField(_("signer"), max_length=300, blank=True)
    certificate = models.CharField(_("SHA-256 of the certificate"), max_length=64, blank=True)
    has_timestamp = models.BooleanField(_("has a timestamp"), default=False)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    changes = models.PositiveIntegerField(_("changes of the report"), default=1)
    seen = models.PositiveIntegerField(_("changes that were looked at"), default=0)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    objects = SignedPdfQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed PDF")
        verbose_name_plural = _("signed PDFs")
        ordering = ["report", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "edition"], name="signed_pdf_once_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(edition__in=EDITIONS), name="signed_pdf_edition_known"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, file="") | (Q(signed_at__isnull=False) & ~Q(file="")),
                name="signed_pdf_is_there",
            ),
        ]

    def __str__(self) -> str:
        """The name of the file, which is its SHA-256."""
        return str(self.file)
