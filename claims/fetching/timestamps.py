"""Timestamps (RFC 3161): what an authority signs of a report's data and when, asked for over HTTP and checked.

An authority is sent the SHA-256 of the data and never the data. Its response is kept as it came, which anyone can check
without this software::

    openssl ts -verify -digest DIGEST -in response.tsr -CAfile certificates.pem
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from claims.errors import (
    BadAddressError,
    Phrase,
    TimestampError,
    TooSlowError,
    UnreachableError,
    gettext_noop,
)
from claims.fetching.addresses import parse
from claims.fetching.posting import post
from claims.fetching.types import Limits

SECONDS = 20.0
"""How long an authority may take for the whole of its answer."""
_MOST = 100_000
"""Bytes of a response; one with all its certificates has about five thousand."""
_GRANTED = {0, 1}
"""RFC 3161, 2.4.2: granted, and granted with modifications."""
_REQUEST, _RESPONSE = "application/timestamp-query", "application/timestamp-reply"


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What an authority confirms.

    Attributes:
        response: its response, in DER.
        at: the time that it names.
    """

    response: bytes
    at: datetime


def request_timestamp(
    data: bytes, *, authority: str, certificates: bytes, seconds: float = SECONDS
) -> Timestamp:
    """Ask an authority to confirm that some data exists now, and check its response.

    Proxies named in the environment are not used, and redirects are not followed.

    Args:
        data: the data; only its SHA-256 is sent.
        authority: the authority's http or https address.
        certificates: those that it is trusted by, in PEM.
        seconds: how long it may take to answer.

    Raises:
        TimestampError: if it does not answer, refuses, or its response is not valid.
    """
    asked = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    host = urlsplit(authority).hostname or authority
    answer = _answer(authority, asked.as_bytes(), host, seconds)
    response = _decoded(answer, host)
    builder = VerifierBuilder.from_request(asked)
    _verify(response, builder, asked.message_imprint.message, certificates, host)
    return Timestamp(answer, response.tst_info.gen_time)


def verify_timestamp(answer: bytes, *, digest: bytes, certificates: bytes, host: str) -> datetime:
    """Check a kept response without asking anybody.

    Args:
        answer: the response, in DER.
        digest: the SHA-256 that it is to confirm.
        certificates: those that the authority is trusted by, in PEM.
        host: what the authority is called in errors.

    Returns:
        The time that it names.

    Raises:
        TimestampError: if it is not valid, or confirms something else.
    """
    response = _decoded(answer, host)
    _verify(response, VerifierBuilder(), digest, certificates, host)
    return response.tst_info.gen_time


def _answer(authority: str, asked: bytes, host: str, seconds: float) -> bytes:
    """Post the request in the time and for the bytes that are allowed, however slowly the answer comes."""
    try:
        answer = post(
            authority,
            asked,
            headers={"Content-Type": _REQUEST, "Accept": _RESPONSE},
            limits=Limits(seconds=seconds, size=_MOST),
            # Whoever installs the workbench chooses the authority.
            allow=[parse(authority).netloc],
        )
    except (BadAddressError, UnreachableError, TooSlowError) as error:
        raise TimestampError(host=host, why=gettext_noop("it cannot be reached")) from error
    if answer.status != HTTPStatus.OK:
        raise TimestampError(
            host=host,
            why=Phrase(
                gettext_noop("it answered with HTTP status %(number)s"), number=answer.status
            ),
        )
    if not answer.whole:
        lost = len(answer.body) < _MOST
        why = (
            gettext_noop("it cannot be reached")
            if lost
            else gettext_noop("its answer is too large")
        )
        raise TimestampError(host=host, why=why)
    return answer.body


def _decoded(answer: bytes, host: str) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(answer)
    except ValueError as error:
        raise TimestampError(
            host=host, why=gettext_noop("its answer is not a timestamp")
        ) from error
    if response.status not in _GRANTED:
        raise TimestampError(host=host, why=gettext_noop("it refused the request"))
    return response


def _verify(
    response: TimeStampResponse,
    builder: VerifierBuilder,
    digest: bytes,
    certificates: bytes,
    host: str,
) -> None:
    try:
        for certificate in x509.load_pem_x509_certificates(certificates):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify(response, digest)
    except (VerificationError, ValueError) as error:
        raise TimestampError(
            host=host,
            why=Phrase(gettext_noop("its signature is not valid (%(error)s)"), error=str(error)),
        ) from error
