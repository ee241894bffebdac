"""Errors of writing a report."""

from claims.errors.base import WorkbenchError, gettext_noop


class NoPublicAddressError(WorkbenchError):
    """A ClaimReview was asked for where the claims have no public page."""

    code = "no-public-address"
    status = 409
    template = gettext_noop(
        "ClaimReview needs a public page for each claim: set PUBLIC_URL and make the report public."
    )
