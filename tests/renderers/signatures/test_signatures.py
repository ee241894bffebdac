"""Signatures of PDFs: of all of the file, with or without a timestamp in them."""

import asyncio
import io
from functools import partial

import pytest
from pypdf import PdfReader

from claims.errors import SigningError
from claims.fetching.timestamps import answer_request
from claims.renderers.documents import pdf
from claims.renderers.signatures.certificates import read_certificate
from claims.renderers.signatures.checking import signatures_of
from claims.renderers.signatures.signing import sign_pdf
from tests.fetching.authorities import served
from tests.renderers import reports
from tests.renderers.signatures.certificates import BEGAN, ENDS, NAME, PASSWORD, pkcs12_file


@pytest.fixture(scope="module")
def certificate():
    return read_certificate(pkcs12_file(), PASSWORD)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return b"".join(pdf.write(reports.report(reports.claim(1))))


@pytest.fixture(scope="module")
def signed(certificate, plain) -> bytes:
    return sign_pdf(plain, certificate, name=NAME, reason="Because.")


def test_the_file_stays_as_it_is_and_the_signature_follows(signed, plain):
    assert signed.startswith(plain)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(signed)).pages]
    assert pages == [page.extract_text() for page in PdfReader(io.BytesIO(plain)).pages]


def test_it_says_who_signed_and_is_of_the_whole_file(signed, certificate):
    (found,) = signatures_of(signed)
    assert (found.name, found.issuer) == (NAME, "CN=Ostrey Names (fiction)")
    assert found.fingerprint == certificate.fingerprint
    assert found.is_valid
    assert found.covers_all
    assert found.in_time
    assert found.stamped_at is None
    assert b"/ETSI.CAdES.detached" in signed


def test_where_an_event_loop_runs_it_signs_and_checks_as_well(certificate, plain):
    async def run():
        return signatures_of(sign_pdf(plain, certificate, name=NAME, reason="Because."))

    (found,) = asyncio.run(run())
    assert found.is_valid


def test_a_changed_byte_is_found(signed):
    changed = bytearray(signed)
    changed[len(signed) // 3] ^= 1
    (found,) = signatures_of(bytes(changed))
    assert not found.is_valid


def test_what_was_added_is_found(signed):
    (found,) = signatures_of(signed + b"\n% more\n")
    assert found.is_valid
    assert not found.covers_all


def test_a_timestamp_stands_in_the_signature(plain, certificate, authority):
    with served(authority) as tsa:
        stamp = partial(answer_request, authority=tsa.address, certificates=authority.certificates)
        file = sign_pdf(plain, certificate, name=NAME, reason="Because.", stamp=stamp)
    assert len(tsa.asked) == 1
    (found,) = signatures_of(file, authority.certificates)
    assert found.stamped_at is not None
    assert found.stamp_is_valid
    (unknown,) = signatures_of(file)
    assert unknown.is_valid
    assert not unknown.stamp_is_valid


def test_a_pdf_without_a_signature_has_none(plain):
    assert signatures_of(plain) == []


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n9\n%%EOF"])
def test_what_is_not_a_pdf_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        signatures_of(data)


def test_a_signature_from_after_the_certificate_expired_is_found(plain):
    expired = read_certificate(pkcs12_file(ends=BEGAN.replace(year=2021)), PASSWORD)
    (found,) = signatures_of(sign_pdf(plain, expired, name=NAME, reason="Because."))
    assert found.is_valid
    assert not found.in_time


def test_certificates_that_cannot_be_read_are_told(signed):
    with pytest.raises(ValueError, match="timestamp authority are not valid PEM"):
        signatures_of(signed, b"-----BEGIN CERTIFICATE-----\n")


def test_a_certificate_is_used_only_while_it_is_valid(certificate):
    certificate.require_valid(BEGAN)
    certificate.require_valid(ENDS)
    with pytest.raises(SigningError, match="expired at 2120-01-01"):
        certificate.require_valid(ENDS.replace(year=2121))
    with pytest.raises(SigningError, match="not valid before 2020-01-01"):
        certificate.require_valid(BEGAN.replace(year=2019))


@pytest.mark.parametrize("password", ["", "a pond of geese"])
def test_another_password_opens_nothing(password):
    with pytest.raises(ValueError, match=r"."):
        read_certificate(pkcs12_file(), password)
