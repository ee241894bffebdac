"""Fetching pages: certificates, and what is never used, logged or looked up."""

import logging

import pytest

from claims.errors import AnswerTooLargeError, BadAddressError, TooSlowError, UnreachableError
from claims.fetching import fetch
from tests.fetching.client import OK, SHORT, SMALL, got
from tests.fetching.sites import page, raw


class TestSecurity:
    def test_a_certificate_has_to_be_trusted(self, secure_site, names):
        names.answers["news.example"] = [["127.0.0.1"]]
        with pytest.raises(UnreachableError, match="certificate is not valid"):
            fetch(secure_site.at("/", "news.example"), allow=secure_site.allow("news.example"))
        assert secure_site.asked == []

    def test_a_trusted_one_counts_for_its_name(self, secure_site, names, certificate, monkeypatch):
        """The connection goes to a number, the name is what the server has to prove."""
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))
        names.answers["news.example"] = names.answers["fake.example"] = [["127.0.0.1"]]
        secure_site.pages["/"] = page(b"words" * 50_000)
        found = fetch(secure_site.at("/", "news.example"), allow=secure_site.allow("news.example"))
        assert found.body == b"words" * 50_000
        for host in ("fake.example", "127.0.0.1"):
            with pytest.raises(UnreachableError, match="certificate is not valid"):
                fetch(secure_site.at("/", host), allow=secure_site.allow(host))
        assert len(secure_site.asked) == 1

    def test_limits_hold_under_tls(self, secure_site, names, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "certificate.pem"))
        names.answers["news.example"] = [["127.0.0.1"]]
        allow = secure_site.allow("news.example")
        secure_site.pages["/slow"] = raw(OK, b"\r\n", again=b"x", pause=0.02)
        with pytest.raises(TooSlowError):
            fetch(secure_site.at("/slow", "news.example"), allow=allow, limits=SHORT)
        secure_site.pages["/long"] = raw(OK, b"\r\n", again=b"x" * 1_000)
        with pytest.raises(AnswerTooLargeError):
            fetch(secure_site.at("/long", "news.example"), allow=allow, limits=SMALL)

    def test_a_server_without_tls_is_told(self, site):
        with pytest.raises(UnreachableError, match="no working secure connection"):
            fetch(f"https://127.0.0.1:{site.port}/", allow=site.allow())

    def test_proxies_and_passwords_of_the_environment_are_not_used(
        self, site, other, monkeypatch, tmp_path
    ):
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, other.at(""))
            monkeypatch.setenv(name.upper(), other.at(""))
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login edda password secret\n")
        site.pages["/"] = page(b"words")
        assert got(site).body == b"words"
        assert "Authorization" not in site.headers[0]
        assert other.asked == []

    def test_nothing_is_logged(self, site, caplog):
        caplog.set_level(logging.DEBUG)
        site.pages["/?key=secret"] = raw(OK, b"no header at all\r\n\r\n")
        got(site, "/?key=secret")
        assert caplog.text == ""

    @pytest.mark.parametrize(
        "address", ["http://edda:secret@news.example/", "http://news.example:22/"]
    )
    def test_what_is_refused_is_not_even_looked_up(self, names, address):
        with pytest.raises(BadAddressError):
            fetch(address)
        assert names.looked_up == []
