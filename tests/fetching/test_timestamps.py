"""Timestamps: an authority made with `openssl ts` confirms, and whatever is not right about its answer is told."""

import hashlib
from datetime import UTC, datetime

import pytest

from claims.errors import TimestampError
from claims.fetching.timestamps import request_timestamp, verify_timestamp
from tests.fetching.authorities import Authority, Served, served, speaking

DATA = b'{"title":"Bridges of May"}'
DIGEST = hashlib.sha256(DATA)


def ask(tsa: Served, certificates: bytes):
    return request_timestamp(DATA, authority=tsa.address, certificates=certificates)


def test_it_confirms_the_digest(tsa, authority):
    # Authorities tell whole seconds.
    before = datetime.now(UTC).replace(microsecond=0)
    given = ask(tsa, authority.certificates)
    assert before <= given.at <= datetime.now(UTC)
    assert authority.confirms(given.response, DIGEST.hexdigest())
    assert not authority.confirms(given.response, "0" * 64)
    again = verify_timestamp(
        given.response, digest=DIGEST.digest(), certificates=authority.certificates, host="here"
    )
    assert again == given.at


def test_only_the_digest_is_sent(tsa, authority):
    ask(tsa, authority.certificates)
    (sent,) = tsa.asked
    assert DIGEST.digest() in sent
    assert b"Bridges" not in sent
    assert len(sent) < 100


def replayed(authority: Authority, _tsa: Served):
    """What was the answer to an earlier request, with another nonce."""
    with served(authority) as other:
        kept = ask(other, authority.certificates).response
    return lambda _query: (200, kept)


def about_other_data(authority: Authority, _tsa: Served):
    """What confirms other data, to a request of the same length."""

    def reply(query: bytes) -> tuple[int, bytes]:
        other = query.replace(DIGEST.digest(), hashlib.sha256(b"Something else").digest())
        return 200, authority.answer(other)

    return reply


def tampered(authority: Authority, _tsa: Served):
    """What has been changed since it was signed."""

    def reply(query: bytes) -> tuple[int, bytes]:
        whole = bytearray(authority.answer(query))
        whole[-3] ^= 1
        return 200, bytes(whole)

    return reply


def refused(authority: Authority, _tsa: Served):
    """What refuses the request: it names a digest that the authority does not take."""

    def reply(query: bytes) -> tuple[int, bytes]:
        # SHA-384 in the place of SHA-256: 2.16.840.1.101.3.4.2.2 and not …2.1.
        sha256, sha384 = bytes.fromhex("608648016503040201"), bytes.fromhex("608648016503040202")
        return 200, authority.answer(query.replace(sha256, sha384))

    return reply


def answering(status: int, body: bytes):
    """Always the same."""
    return lambda _authority, _tsa: lambda _query: (status, body)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (replayed, "its signature is not valid (Nonce mismatch)"),
        (about_other_data, "its signature is not valid (Mismatch between messages)"),
        (tampered, "its signature is not valid"),
        (refused, "it refused the request"),
        (answering(200, b"<html>Welcome</html>"), "its answer is not a timestamp"),
        (answering(200, b""), "its answer is not a timestamp"),
        (answering(200, bytes(200_000)), "its answer is too large"),
        (answering(503, b""), "it answered with HTTP status 503"),
        (answering(302, b""), "it answered with HTTP status 302"),
    ],
    ids=["replayed", "other", "tampered", "refused", "page", "empty", "large", "503", "redirect"],
)
def test_what_is_wrong_with_an_answer_is_told(tsa, authority, make, why):
    tsa.reply = make(authority, tsa)
    with pytest.raises(TimestampError) as refusal:
        ask(tsa, authority.certificates)
    assert str(refusal.value).startswith(f"127.0.0.1 has not confirmed the digest: {why}")


@pytest.mark.parametrize(
    "sent",
    [
        b"220 mail ready\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nxy",
        b"",
    ],
    ids=["another protocol", "chunks", "headers", "cut off", "nothing"],
)
def test_what_is_not_http_is_told(sent):
    with speaking(sent) as address, pytest.raises(TimestampError, match="it cannot be reached"):
        request_timestamp(DATA, authority=address, certificates=b"")


def test_an_answer_that_never_ends_is_left():
    with (
        speaking(b"HTTP/1.1 200 OK\r\n\r\n", forever=b"y") as address,
        pytest.raises(TimestampError, match="its answer is too large"),
    ):
        request_timestamp(DATA, authority=address, certificates=b"")


def test_nobody_answers(authority):
    with served(authority) as gone:
        pass
    with pytest.raises(TimestampError, match="it cannot be reached"):
        ask(gone, authority.certificates)


def test_an_authority_that_is_not_trusted(tsa, tmp_path):
    other = Authority(tmp_path / "other")
    with pytest.raises(TimestampError, match="its signature is not valid"):
        ask(tsa, other.certificates)


def test_certificates_that_are_none(tsa):
    with pytest.raises(TimestampError, match="its signature is not valid"):
        ask(tsa, b"-----BEGIN CERTIFICATE-----\n")
