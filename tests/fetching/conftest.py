"""A site for each test, and name servers that tests script."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fetching.sites import Connects, Names, Site, serving, watched


@pytest.fixture
def other() -> Iterator[Site]:
    with serving(Site()) as site:
        yield site


@pytest.fixture
def names(monkeypatch) -> Names:
    names = Names()
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    return names


@pytest.fixture
def connects() -> Iterator[Connects]:
    with watched() as connects:
        yield connects


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A certificate of news.example with its key, in one file, which is its own authority."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the program openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def secure_site(certificate) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    with serving(Site(tls=context)) as site:
        yield site
