"""Fetching pages: the results, and what answers and redirects of a site lead to."""

import pytest

from claims.errors import BadAnswerError, TooManyRedirectsError, UnreachableError, WrongTypeError
from claims.fetching import fetch
from claims.fetching.client import AGENT
from tests.fetching.client import OK, SMALL, got
from tests.fetching.sites import Site, page, raw, redirect, serving


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

    def test_each_request_and_its_answer_are_handed_on_to_who_keeps_them(self, site):
        site.pages["/"] = redirect("/b")
        end = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhere"
        site.pages["/b"] = raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 2 + end)
        kept = []
        assert fetch(site.at("/"), allow=site.allow(), keep=kept.append).body == b"here"
        first, second = kept
        assert [one.address for one in kept] == [site.at("/"), site.at("/b")]
        assert first.request.startswith(b"GET / HTTP/1.1\r\n")
        assert (first.ip, first.answer.partition(b" ")[0]) == ("127.0.0.1", b"HTTP/1.0")
        assert second.answer == end
        assert first.at < second.at

    @pytest.mark.parametrize(("length", "is_kept"), [(500, True), (501, False)])
    def test_a_header_of_so_many_characters_is_kept(self, site, length, is_kept):
        site.pages["/"] = page(headers={"ETag": "7" * length})
        assert got(site).etag == ("7" * length if is_kept else "")

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
