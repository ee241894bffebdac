"""Errors of writing a report."""

from claims.errors.base import WorkbenchError, gettext_noop


class NoPublicAddressError(WorkbenchError):
    """A ClaimReview was requested, but the claims have no public pages."""

    code = "no-public-address"
    status = 409
    template = gettext_noop(
        "ClaimReview needs a public page for each claim: set PUBLIC_URL and make the report public."
    )


class SigningError(WorkbenchError):
    """A PDF that was not signed. `why` says what is wrong."""

    code = "not-signed"
    status = 409
    template = gettext_noop("The PDF is not signed: %(why)s.")
