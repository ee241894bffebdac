"""What `verify_report` says of a signed PDF, and without a database."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.db import DatabaseError

from claims.models import SignedPdf
from claims.queries.health import signing_certificate
from claims.renderers.signatures.checking import Signature, signatures_of

HOLDS, WRONG, UNCHECKED = "holds", "WRONG", "not checked"
"""What may be said of each thing that is checked."""

Said = tuple[str, str]
"""What was found, and of what."""


def as_known_here(look_up: Callable[[], Said]) -> Said:
    """Return what this installation's database says; that it has none, where `migrate` was never run or nobody answers.

    A file can be checked on any machine, and most of it needs no database.
    """
    try:
        return look_up()
    except DatabaseError:
        return UNCHECKED, "this installation has no database that knows of reports"


def of_pdf(pdf: bytes, authorities: bytes) -> Iterator[Said]:
    """Yield what could be checked of a PDF.

    Args:
        pdf: the file.
        authorities: the certificates by which timestamp authorities are trusted, in PEM.
    """
    try:
        found = signatures_of(pdf, authorities)
    except ValueError as error:
        yield WRONG, f"the PDF cannot be checked: {error}"
        return
    if not found:
        yield UNCHECKED, "the PDF has no signature. Its digest can be compared by eye."
        return
    for signature in found:
        yield _whole(signature, is_last=signature is found[-1])
        yield _time(signature, authorities)
        yield as_known_here(partial(_certificate, signature))
    yield as_known_here(partial(_issued, sha256(pdf).hexdigest()))


def _whole(signature: Signature, *, is_last: bool) -> Said:
    by = f"signed by {signature.name}, by a certificate of {signature.issuer}"
    if not signature.is_valid:
        return WRONG, f"{by}, and changed since"
    if not signature.covers_all:
        # What was added after one signature may be another one that covers it.
        return (WRONG if is_last else UNCHECKED), f"{by}, but something was added to the file since"
    return HOLDS, f"{by}: the signature is of the whole file"


def _time(signature: Signature, authorities: bytes) -> Said:
    if signature.stamped_at is None:
        if signature.said_at is None:
            return UNCHECKED, "when it was signed: the signature does not say"
        said = f"when it was signed: {_told(signature.said_at)}, as the signer says"
        return (UNCHECKED if signature.in_time else WRONG), said + _out_of_time(signature)
    at = f"the timestamp in the signature: {_told(signature.stamped_at)}"
    if not authorities:
        return UNCHECKED, f"{at}; name a file of certificates with --certificates"
    if not signature.stamp_is_valid:
        return (
            WRONG,
            f"{at}, but it is not by an authority that is trusted, or not of this signature",
        )
    return (HOLDS if signature.in_time else WRONG), at + _out_of_time(signature)


def _out_of_time(signature: Signature) -> str:
    return "" if signature.in_time else ", when the certificate was not valid"


def _certificate(signature: Signature) -> Said:
    current = signing_certificate()
    known = current is not None and current.fingerprint == signature.fingerprint
    if known or SignedPdf.objects.filter(certificate=signature.fingerprint).exists():
        return HOLDS, f"the certificate is this newsroom's: SHA-256 {signature.fingerprint}"
    said = "this installation has not signed with this certificate"
    return UNCHECKED, f"{said}: SHA-256 {signature.fingerprint}"


def _issued(name: str) -> Said:
    row = SignedPdf.objects.filter(file=name).first()
    if row is None:
        return (
            UNCHECKED,
            "this installation does not give out this file today; it may be an earlier one",
        )
    return HOLDS, f"it is the {row.edition} edition of report {row.report_id}, as given out today"


def _told(moment: datetime) -> str:
    return moment.isoformat()
