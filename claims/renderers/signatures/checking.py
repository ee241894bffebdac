"""Checking the signatures of a PDF without asking anybody."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from claims.renderers.signatures.certificates import fingerprint_of, name_of
from claims.renderers.signatures.threads import in_own_thread

# It logs that a certificate is not trusted any more; that is said in `Signature`.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)
_UNREADABLE = (PdfError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading a broken or hostile PDF may raise."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What could be checked of a signature.

    Attributes:
        name: whom the certificate names.
        issuer: who issued it.
        fingerprint: its SHA-256, in hex.
        is_valid: whether the signature is of what it covers.
        covers_all: whether that is the whole file: nothing was added since.
        said_at: when the signer says that it was signed, or None.
        stamped_at: when the timestamp in it says that it existed, or None without one.
        stamp_is_valid: whether that timestamp is of this signature, and by an authority that is trusted.
        in_time: whether the certificate was valid then.
    """

    name: str
    issuer: str
    fingerprint: str
    is_valid: bool
    covers_all: bool
    said_at: datetime | None
    stamped_at: datetime | None
    stamp_is_valid: bool
    in_time: bool


def signatures_of(pdf: bytes, authorities: bytes = b"") -> list[Signature]:
    """Return the signatures of a PDF, the first one first.

    Args:
        pdf: the file.
        authorities: the certificates by which timestamp authorities are trusted, in PEM.

    Raises:
        ValueError: if it is not a PDF, one of its signatures cannot be read, or the certificates cannot.
    """
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        return list(_checked(found, authorities))
    except _UNREADABLE as error:
        raise ValueError(str(error)) from error


def _read(authorities: bytes) -> list[Certificate]:
    if not authorities:
        return []
    try:
        found = x509.load_pem_x509_certificates(authorities)
    except ValueError as error:
        raise ValueError("the certificates of the timestamp authority are not valid PEM") from error
    return [Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


def _checked(found: list[EmbeddedPdfSignature], authorities: bytes) -> Iterator[Signature]:
    trusted = _read(authorities) if found else []
    stampers = ValidationContext(trust_roots=trusted, allow_fetching=False)
    for one in found:
        # The newsroom is known by its own certificate, and not by who issued that.
        itself = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
        check = partial(validate_pdf_signature, one, itself, ts_validation_context=stampers)
        status = in_own_thread(check)
        stamp = status.timestamp_validity
        certificate = x509.load_der_x509_certificate(one.signer_cert.dump())
        stamped_at = stamp.timestamp if stamp else None
        said_at = one.self_reported_timestamp
        at = stamped_at or said_at
        yield Signature(
            name=name_of(certificate),
            issuer=certificate.issuer.rfc4514_string(),
            fingerprint=fingerprint_of(certificate),
            is_valid=status.intact and status.valid,
            covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            said_at=said_at,
            stamped_at=stamped_at,
            stamp_is_valid=bool(stamp and stamp.intact and stamp.valid and stamp.trusted),
            in_time=bool(
                at and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
            ),
        )
