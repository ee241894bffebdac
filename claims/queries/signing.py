"""The certificate with which the newsroom signs its reports."""

from functools import cache

from django.conf import settings
from django.utils import timezone

from claims.errors import SigningError
from claims.messages import message_of
from claims.renderers.signatures.certificates import SigningCertificate, read_certificate


def signing_certificate() -> SigningCertificate | None:
    """Return the certificate that is set, valid or not; None without one."""
    if not settings.SIGNING_CERTIFICATE:
        return None
    return _read(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)


def signing_problem() -> str:
    """Say why nothing is signed today although a certificate is set; "" if nothing stands in the way."""
    certificate = signing_certificate()
    try:
        if certificate is not None:
            certificate.require_valid(timezone.now())
    except SigningError as error:
        return message_of(error)
    return ""


_read = cache(read_certificate)
