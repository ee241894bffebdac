"""The certificate that a newsroom signs with: who it names, and how long it is valid."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from claims.errors import Phrase, SigningError, gettext_noop
from claims.renderers.times import iso


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """A certificate with its private key.

    Attributes:
        data: the PKCS#12 file with both, and with the certificates of whoever issued it.
        password: what opens that.
        name: whom it names.
        fingerprint: SHA-256 of the certificate, in hex.
        valid_from, valid_until: when it may be used.
    """

    data: bytes
    password: str
    name: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime

    def require_valid(self, now: datetime) -> None:
        """Raise `SigningError` unless it may be used now."""
        if now > self.valid_until:
            why = Phrase(
                gettext_noop("the certificate expired at %(time)s"), time=iso(self.valid_until)
            )
            raise SigningError(why=why)
        if now < self.valid_from:
            why = Phrase(
                gettext_noop("the certificate is not valid before %(time)s"),
                time=iso(self.valid_from),
            )
            raise SigningError(why=why)


def read_certificate(data: bytes, password: str) -> SigningCertificate:
    """Read a PKCS#12 file. Whether the certificate is still valid is not asked here.

    Raises:
        ValueError: if it is not such a file, the password does not open it, or it has no key with its certificate.
    """
    key, certificate, _others = pkcs12.load_key_and_certificates(data, password.encode() or None)
    if key is None or certificate is None:
        raise ValueError
    return SigningCertificate(
        data=data,
        password=password,
        name=name_of(certificate),
        fingerprint=fingerprint_of(certificate),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )


def name_of(certificate: x509.Certificate) -> str:
    """Return whom a certificate names: its common name or, without one, its whole name."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def fingerprint_of(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, in hex."""
    return sha256(certificate.public_bytes(Encoding.DER)).hexdigest()
