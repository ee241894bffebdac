"""Certificates of an invented newsroom, made with keys of an invented authority."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "The Ostrey Desk (fiction)", "a pond of teal"
BEGAN, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)


def pkcs12_file(began: datetime = BEGAN, ends: datetime = ENDS, name: str = NAME) -> bytes:
    """A PKCS#12 file with a key, its certificate and that of whoever issued it."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _time in range(2))
    issuer = _name("Ostrey Names (fiction)")
    root = _certificate(issuer, issuer, root_key, root_key, BEGAN, ENDS, is_root=True)
    own = _certificate(_name(name), issuer, key, root_key, began, ends, is_root=False)
    encryption = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"desk", key, own, [root], encryption)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    began: datetime,
    ends: datetime,
    *,
    is_root: bool,
) -> x509.Certificate:
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    may = ("key_cert_sign",) if is_root else ("digital_signature", "content_commitment")
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{**usage, **dict.fromkeys(may, True)}), critical=True)
        .sign(by, hashes.SHA256())
    )
