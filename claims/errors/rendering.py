"""Errors of writing a report."""

from claims.errors.base import WorkbenchError, gettext_noop
from claims.errors.ingest import UnknownFormatError


class NoPublicAddressError(WorkbenchError):
    """A ClaimReview was requested, but the claims have no public pages."""

    code = "no-public-address"
    status = 409
    template = gettext_noop(
        "ClaimReview needs a public page for each claim: set PUBLIC_URL and make the report public."
    )


class UnknownReportFormatError(UnknownFormatError):
    """A format in which nothing is written, although an address names it."""

    status = 404


class SigningError(WorkbenchError):
    """A PDF that was not signed. `why` says what is wrong."""

    code = "not-signed"
    status = 409
    template = gettext_noop("The PDF is not signed: %(why)s.")
