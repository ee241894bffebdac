"""Signing a PDF: PAdES level B-B or, with a timestamp in the signature, B-T."""

import io
from collections.abc import Callable
from functools import partial

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.api import TimeStamper

from claims.renderers.signatures.certificates import SigningCertificate
from claims.renderers.signatures.threads import in_own_thread

Stamp = Callable[[bytes, bytes], bytes]
"""Has a timestamp given: takes a request in DER and the SHA-256 that it names, returns the checked response in DER."""

_FIELD = "Newsroom"
_RESERVED = 32_768
"""Hex digits for the signature: a chain of certificates, and a timestamp with its own, have about twenty thousand."""


class _Stamper(TimeStamper):
    """Asks for timestamps by a function."""

    def __init__(self, stamp: Stamp) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # its types leave this one out
        self._stamp = stamp

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        digest: bytes = req["message_imprint"]["hashed_message"].native
        return TimeStampResp.load(self._stamp(req.dump(), digest))


def sign_pdf(
    pdf: bytes,
    certificate: SigningCertificate,
    *,
    name: str,
    reason: str,
    stamp: Stamp | None = None,
) -> bytes:
    """Return a PDF with an invisible signature of all of it. Its own bytes stay as they are, and the signature follows.

    Args:
        pdf: the PDF.
        certificate: what it is signed with.
        name: who signs, as readers are told in the list of signatures.
        reason: why, as they are told there.
        stamp: what has the timestamp given; None for a signature without one.
    """
    signer = SimpleSigner.load_pkcs12_data(
        certificate.data, [], certificate.password.encode() or None
    )
    about = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name or None,
        reason=reason,
    )
    made = PdfSigner(about, signer, timestamper=_Stamper(stamp) if stamp else None)
    # With the room set, nobody is asked for a timestamp only to see how large it is.
    file = IncrementalPdfFileWriter(io.BytesIO(pdf))
    signed = in_own_thread(partial(made.sign_pdf, file, bytes_reserved=_RESERVED))
    return bytes(signed.getvalue())
