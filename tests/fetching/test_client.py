"""Fetching pages: the results, and every way in which a site can misbehave."""

import gzip
import logging
import tracemalloc
import zlib

import pytest

from claims.errors import (
    AnswerTooLargeError,
    BadAddressError,
    BadAnswerError,
    TooManyRedirectsError,
    TooSlowError,
    UnreachableError,
    WrongTypeError,
)
from claims.fetching import Limits, fetch
from claims.fetching.client import AGENT
from claims.fetching.compression import unpacked
from tests.fetching.sites import PATIENCE, Site, page, raw, redirect, serving

SHORT = Limits(seconds=0.3)
SMALL = Limits(wire=100_000, size=200_000)
OK = b"HTTP/1.1 200 OK\r\n"


def got(site: Site, path: str = "/", **kwargs):
    return fetch(site.at(path), allow=site.allow(), **kwargs)


class TestWhatComes:
    def test_the_page_and_what_its_header_says(self, site):
        site.pages["/a?b=%C3%A9"] = page(
            b"<p>caf\xe9",
            headers={
                "Content-Type": 'Text/HTML; Charset="ISO-8859-1"',
                "ETag": '"7"',
                "Last-Modified": "Wed, 15 Apr 2026 18:40:00 GMT",
            },
        )
        found = got(site, "/a?b=é#top")
        assert found.address == site.at("/a?b=%C3%A9")
        assert (found.content_type, found.charset) == ("text/html", "iso-8859-1")
        assert found.body == b"<p>caf\xe9"
        assert (found.etag, found.modified) == ('"7"', "Wed, 15 Apr 2026 18:40:00 GMT")
        assert found.redirects == ()
        assert found.crawl_delay is None

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Content-Type": ""},
            {"Content-Type": ";charset="},
            {"Content-Type": "x" * 5_000 + "; charset=" + "y" * 5_000, "ETag": "z" * 5_000},
            {"Content-Type": "te\x00xt/html; charset=\x01", "ETag": "\x00"},
        ],
    )
    def test_a_header_that_says_nothing_usable_is_none(self, site, headers):
        site.pages["/"] = page(b"words", headers=headers)
        found = got(site)
        assert (found.content_type, found.charset, found.etag) == ("", "", "")
        assert found.body == b"words"

    def test_what_the_site_hears(self, site):
        site.pages["/"] = page()
        got(site, types=["text/html", "application/xhtml+xml"])
        assert site.headers == [
            {
                "Host": f"127.0.0.1:{site.port}",
                "User-Agent": AGENT,
                "Accept": "text/html, application/xhtml+xml, */*;q=0.1",
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
            }
        ]

    def test_it_comes_over_ipv6(self):
        with serving(Site("::1")) as site:
            site.pages["/"] = page(b"words")
            found = fetch(site.at("/", "[::1]"), allow=site.allow("[::1]"))
            assert found.body == b"words"
            assert site.headers[0]["Host"] == f"[::1]:{site.port}"

    def test_the_host_of_the_header_is_the_name(self, site, names):
        names.answers["news.example"] = [["127.0.0.1"]]
        site.pages["/"] = page(b"words")
        assert fetch(site.at("/", "News.Example."), allow=site.allow("news.example")).body
        assert site.headers[0]["Host"] == f"news.example:{site.port}"

    @pytest.mark.parametrize(
        "ending",
        [
            raw(OK, b"\r\n", b"words"),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", b"3\r\nwor\r\n2;x=y\r\nds\r\n0\r\n\r\n"),
            raw(
                b"HTTP/1.1 100 Continue\r\n\r\n", OK, b"Content-Length: 5\r\n\r\nwords, and others"
            ),
        ],
        ids=["closing", "chunked", "length"],
    )
    def test_a_body_ends_in_each_way_that_there_is(self, site, ending):
        site.pages["/"] = ending
        assert got(site).body == b"words"

    def test_a_type_that_was_not_asked_for_is_refused_before_it_is_read(self, site):
        site.pages["/"] = raw(OK, b"Content-Type: video/mp4\r\n\r\n", again=b"x" * 1_000)
        with pytest.raises(WrongTypeError, match="video/mp4"):
            got(site, types=["text/html"])

    def test_a_type_that_was_asked_for_is_not(self, site):
        site.pages["/"] = page(b"words", headers={"Content-Type": "TEXT/HTML;charset=utf-8"})
        assert got(site, types=["text/html"]).body == b"words"


class TestAnswers:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (204, None),
            (300, "did not send a page"),
            (304, "did not send a page"),
            (401, "password"),
            (402, "subscribers"),
            (403, "programs"),
            (404, "nothing at this address"),
            (410, "taken down"),
            (418, "did not send a page"),
            (429, "too often"),
            (451, "legal"),
            (500, "reported a server error"),
            (503, "try again later"),
        ],
    )
    def test_a_status_is_told_in_words(self, site, status, words):
        site.pages["/"] = page(status=status)
        if words is None:
            assert got(site).body == b""
            return
        with pytest.raises(BadAnswerError, match=rf"127\.0\.0\.1 .*{words}.*\({status}\)"):
            got(site)

    def test_a_redirect_to_nowhere_is_no_page(self, site):
        site.pages["/"] = page(status=302)
        with pytest.raises(BadAnswerError, match="302"):
            got(site)

    @pytest.mark.parametrize(
        "answer",
        [
            raw(b"SSH-2.0-OpenSSH_9.2p1\r\n", again=b"x"),
            raw(b"\x15\x03\x01\x00\x02\x02\x28"),
            raw(b"HTTP/1.1 999999 No\r\n\r\n"),
            raw(b"HTTP/9.9 200 OK\r\n\r\n"),
            raw(OK, b"X: " + b"y" * 70_000),
            raw(OK, b"X: y\r\n" * 101, b"\r\n"),
            raw(OK, again=b"X: " + b"y" * 5_000 + b"\r\n"),
            raw(again=b"HTTP/1.1 100 Continue\r\n\r\n"),
        ],
        ids=["ssh", "tls", "status", "version", "line", "lines", "head", "continue"],
    )
    def test_what_is_no_web_server_is_told_from_one(self, site, answer):
        site.pages["/"] = answer
        with pytest.raises(UnreachableError, match="not valid HTTP"):
            got(site)

    @pytest.mark.parametrize(
        "answer",
        [
            raw(),
            raw(b"HTTP/1.1 20"),
            raw(OK, b"Content-Length: 50\r\n\r\n", b"words"),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", b"50\r\nwords"),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", b"what?\r\n"),
        ],
        ids=["nothing", "head", "length", "chunk", "no chunk"],
    )
    def test_an_answer_that_breaks_off_is_none(self, site, answer):
        site.pages["/"] = answer
        with pytest.raises(UnreachableError):
            got(site)

    def test_a_host_that_is_not_there(self, names):
        with pytest.raises(UnreachableError, match=r"news\.example: there is no such host"):
            fetch("https://news.example/")

    def test_a_host_that_does_not_listen(self):
        with serving(Site()) as site:
            pass
        with pytest.raises(UnreachableError, match="does not accept connections"):
            got(site)

    def test_the_next_address_is_tried_where_one_does_not_answer(self, site, names, connects):
        names.answers["news.example"] = [["127.9.9.9", "::1", "127.0.0.1"]]
        site.pages["/"] = page(b"words")
        assert fetch(site.at("/", "news.example"), allow=site.allow("news.example")).body
        assert connects == [("127.9.9.9", site.port), ("::1", site.port), ("127.0.0.1", site.port)]


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    @pytest.mark.parametrize(
        "to", ["/b?c=d", "b?c=d", "../a/../b?c=d", "//{}/b?c=d", "http://{}/b?c=d#e"]
    )
    def test_they_are_followed_and_told(self, site, status, to):
        site.pages["/a"] = redirect(to.format(f"127.0.0.1:{site.port}"), status=status)
        site.pages["/b?c=d"] = page(b"words")
        site.pages["/a/../b?c=d"] = page(b"words")
        found = got(site, "/a")
        assert found.body == b"words"
        assert found.address == site.at("/b?c=d")
        assert found.redirects == (site.at("/a"),)

    def test_an_address_in_other_letters_is_understood(self, site):
        site.pages["/"] = redirect("/Übung mit Leerzeichen".encode().decode("latin-1"))
        site.pages["/%C3%9Cbung%20mit%20Leerzeichen"] = page(b"words")
        assert got(site).body == b"words"

    def test_five_are_followed_and_no_sixth(self, site):
        for number in range(6):
            site.pages[f"/{number}"] = redirect(f"/{number + 1}")
        site.pages["/6"] = page(b"words")
        assert len(got(site, "/1").redirects) == 5
        with pytest.raises(TooManyRedirectsError, match="keeps redirecting"):
            got(site, "/0")

    @pytest.mark.parametrize("to", ["/", "/back", "#top"])
    def test_a_circle_is_left_at_once(self, site, to):
        site.pages["/"] = redirect(to)
        site.pages["/back"] = redirect("/")
        with pytest.raises(TooManyRedirectsError):
            got(site)
        assert len(site.asked) <= 2

    @pytest.mark.parametrize(
        "to",
        [
            "ftp://news.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,words",
            "http://edda:secret@news.example/",
            "http://news.example:22/",
            "http://[::1",
            "http://0x7f.1/",
            "http://\x00/",
        ],
    )
    def test_one_to_what_is_not_fetched_is_refused(self, site, connects, to):
        site.pages["/"] = redirect(to)
        with pytest.raises(
            UnreachableError, match="redirects to an address that cannot be fetched"
        ) as caught:
            got(site)
        assert "secret" not in str(caught.value)
        assert connects == [("127.0.0.1", site.port)]

    def test_its_body_is_not_read(self, site):
        site.pages["/"] = raw(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", again=b"x" * 1_000)
        site.pages["/b"] = page(b"words")
        assert got(site, limits=SMALL).body == b"words"

    def test_cookies_are_not_kept(self, site):
        site.pages["/"] = redirect("/b", headers={"Set-Cookie": "session=1"})
        site.pages["/b"] = page(b"words")
        got(site)
        assert [name for headers in site.headers for name in headers if name == "Cookie"] == []


class TestTime:
    @pytest.mark.parametrize(
        "answer",
        [
            lambda handler: handler.server.closing.wait(PATIENCE),
            raw(again=b"H", pause=0.02),
            raw(OK, again=b"X: y\r\n", pause=0.02),
            raw(OK, b"X: ", again=b"y", pause=0.02),
            raw(OK, b"\r\n", again=b"x", pause=0.02),
            raw(OK, b"Content-Length: 500\r\n\r\n", again=b"x", pause=0.02),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"1\r\nx\r\n", pause=0.02),
            raw(OK, b"Content-Encoding: gzip\r\n\r\n", again=gzip.compress(b""), pause=0.02),
        ],
        ids=["silence", "status", "headers", "header", "body", "length", "chunks", "gzip"],
    )
    def test_a_trickle_does_not_outlive_the_limit(self, site, answer):
        ended = []

        def trickle(handler):
            answer(handler)
            ended.append(handler)

        site.pages["/"] = trickle
        with pytest.raises(TooSlowError, match=r"127\.0\.0\.1 took longer than 0\.3 seconds"):
            got(site, limits=SHORT)
        assert not ended

    def test_the_limit_is_one_for_all_redirects(self, site):
        def slow(handler):
            handler.server.closing.wait(0.15)
            redirect(f"{handler.path}a")(handler)

        site.pages = {"/" + "a" * number: slow for number in range(6)}
        with pytest.raises(TooSlowError):
            got(site, limits=SHORT)
        assert len(site.asked) < 5

    def test_without_any_time_nothing_is_asked(self, site, connects):
        with pytest.raises(TooSlowError):
            got(site, limits=Limits(seconds=0))
        assert connects == []

    def test_a_handshake_that_never_comes_is_not_waited_for(self, site):
        site.finish_request = lambda request, address: site.closing.wait(PATIENCE)
        with pytest.raises(TooSlowError):
            fetch(f"https://127.0.0.1:{site.port}/", allow=site.allow(), limits=SHORT)

    def test_a_name_server_that_does_not_answer_is_not_waited_for(self, site, monkeypatch):
        def getaddrinfo(*args, **kwargs):
            site.closing.wait(PATIENCE)
            return []

        monkeypatch.setattr("socket.getaddrinfo", getaddrinfo)
        with pytest.raises(TooSlowError, match=r"news\.example"):
            fetch("https://news.example/", limits=SHORT)


def _bomb() -> bytes:
    """One megabyte that unpacks to a thousand."""
    return gzip.compress(bytes(10_000_000)) * 100


class TestSize:
    def test_what_is_as_large_as_it_may_be_comes(self, site):
        site.pages["/"] = page(b"x" * SMALL.wire)
        assert len(got(site, limits=SMALL).body) == SMALL.wire
        site.pages["/"] = page(
            gzip.compress(bytes(SMALL.size)), headers={"Content-Encoding": "gzip"}
        )
        assert len(got(site, limits=SMALL).body) == SMALL.size

    @pytest.mark.parametrize(
        "answer",
        [
            page(b"x" * (SMALL.wire + 1)),
            raw(OK, b"Content-Length: 99999999999999999999\r\n\r\n"),
            raw(OK, b"\r\n", again=b"x" * 1_000),
            raw(
                OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"3e8\r\n" + b"x" * 1_000 + b"\r\n"
            ),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n", again=b"-1\r\n" + b"x" * 1_000),
            raw(OK, b"Transfer-Encoding: chunked\r\n\r\n0\r\n", again=b"X: y\r\n"),
            raw(OK, b"Content-Encoding: gzip\r\n\r\n", again=gzip.compress(b"") * 50),
        ],
        ids=["length", "lie", "endless", "chunked", "negative", "trailer", "members"],
    )
    def test_what_is_longer_on_the_wire_is_left(self, site, answer):
        site.pages["/"] = answer
        with pytest.raises(
            AnswerTooLargeError, match=r"127\.0\.0\.1 is larger than the limit of 100000 bytes"
        ):
            got(site, limits=SMALL)

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", gzip.compress(bytes(SMALL.size + 1))),
            ("deflate", zlib.compress(bytes(SMALL.size + 1))),
        ],
    )
    def test_what_is_longer_once_unpacked_is_left(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        with pytest.raises(AnswerTooLargeError, match="200000 bytes"):
            got(site, limits=SMALL)

    def test_a_bomb_takes_no_more_than_its_limit(self, site):
        bomb = _bomb()
        site.pages["/"] = page(bomb, headers={"Content-Encoding": "gzip"})
        tracemalloc.start()
        try:
            with pytest.raises(AnswerTooLargeError):
                got(site, limits=Limits(size=1_000_000))
            assert tracemalloc.get_traced_memory()[1] < 5_000_000
        finally:
            tracemalloc.stop()


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


class TestPacking:
    WORDS = b"".join(b"%d words, " % number for number in range(20_000))

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", gzip.compress(WORDS)),
            ("GZIP", gzip.compress(WORDS)),
            ("x-gzip", gzip.compress(WORDS)),
            ("gzip", gzip.compress(WORDS[:99_999]) + gzip.compress(WORDS[99_999:])),
            ("gzip", gzip.compress(WORDS) + bytes(100)),
            ("deflate", zlib.compress(WORDS)),
            ("deflate", _raw_deflate(WORDS)),
            ("deflate", zlib.compress(WORDS) + b"rest"),
            ("identity", WORDS),
        ],
    )
    def test_a_packed_page_is_the_page(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        assert got(site).body == self.WORDS

    @pytest.mark.parametrize("size", [1, 2, 7])
    @pytest.mark.parametrize(
        ("coding", "pack"),
        [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", _raw_deflate)],
    )
    def test_it_is_so_in_pieces_of_any_size(self, coding, pack, size):
        packed = pack(self.WORDS[:2_000])
        pieces = (packed[start : start + size] for start in range(0, len(packed), size))
        assert b"".join(unpacked(pieces, coding)) == self.WORDS[:2_000]

    @pytest.mark.parametrize("coding", ["gzip", "deflate"])
    def test_nothing_packed_is_nothing(self, site, coding):
        site.pages["/"] = page(headers={"Content-Encoding": coding})
        assert got(site).body == b""

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("br", b"\x0b\x02\x80words\x03"),
            ("gzip, gzip", gzip.compress(gzip.compress(WORDS))),
            ("gzip", WORDS),
            ("gzip", gzip.compress(WORDS)[:-9]),
            ("deflate", zlib.compress(WORDS)[:-5]),
            ("deflate", b"\xff" * 50),
        ],
    )
    def test_what_cannot_be_unpacked_is_told(self, site, coding, packed):
        site.pages["/"] = page(packed, headers={"Content-Encoding": coding})
        with pytest.raises(UnreachableError, match="could not be decompressed"):
            got(site)


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
