"""Feeds are fetched only if the site allows it, and only what is new."""

import pytest

from claims.errors import BadAnswerError, RobotsRefuseError, TooSlowError, UnreachableError
from claims.fetching import Fetched, Limits, NotModified, Robots, fetch_politely
from tests.fetching.sites import Site, page, raw, redirect

AGENT = "DeskBot/1.0 (+https://desk.example)"


def got(site: Site, path: str = "/feed", *, robots: Robots | None = None, **kwargs):
    return fetch_politely(
        site.at(path), robots=robots or Robots(), allow=site.allow(), agent=AGENT, **kwargs
    )


def test_a_feed_and_what_the_next_request_needs(site):
    site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 2.5\nDisallow: /private\n")
    site.pages["/feed"] = page(
        b"<rss/>",
        headers={
            "Content-Type": "application/rss+xml",
            "ETag": 'W/"é7"',
            "Last-Modified": "Wed, 15 Apr 2026 18:40:00 GMT",
        },
    )
    found = got(site)
    assert isinstance(found, Fetched)
    assert (found.body, found.content_type) == (b"<rss/>", "application/rss+xml")
    assert found.crawl_delay == 2.5
    assert {headers["User-Agent"] for headers in site.headers} == {AGENT}

    site.pages["/feed"] = page(status=304)
    again = got(site, etag=found.etag, modified=found.modified)
    assert again == NotModified(site.at("/feed"), crawl_delay=2.5)
    asked = site.headers[-1]
    assert asked["If-None-Match"] == found.etag
    assert asked["If-Modified-Since"] == found.modified
    assert "If-None-Match" not in site.headers[1]


def test_a_feed_that_did_change_comes_all_the_same(site):
    site.pages["/feed"] = page(b"<rss/>")
    assert got(site, etag='"7"').body == b"<rss/>"


def test_not_modified_tells_where_the_feed_went(site):
    site.pages["/feed"] = redirect("/new", status=301)
    site.pages["/new"] = page(status=304)
    assert got(site, etag='"7"') == NotModified(site.at("/new"), redirects=(site.at("/feed"),))


def test_not_modified_without_a_question_is_no_answer(site):
    site.pages["/feed"] = page(status=304)
    with pytest.raises(BadAnswerError, match="304"):
        got(site)


class TestRobots:
    def test_what_the_site_forbids_is_not_asked_for(self, site):
        site.pages["/robots.txt"] = page(b"User-agent: deskbot\nDisallow: /*?full=\n")
        site.pages["/feed"] = page(b"<rss/>")
        assert got(site).body == b"<rss/>"
        with pytest.raises(
            RobotsRefuseError, match=r"127\.0\.0\.1 .* robots\.txt forbids it.*Ask the site"
        ):
            got(site, "/feed?full=1")
        assert "/feed?full=1" not in site.asked

    def test_a_redirect_does_not_get_around_it(self, site):
        site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /private\n")
        site.pages["/feed"] = redirect("/private")
        with pytest.raises(RobotsRefuseError):
            got(site)
        assert "/private" not in site.asked

    def test_each_site_has_its_own(self, site, other):
        other.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n")
        site.pages["/feed"] = redirect(other.at("/feed"))
        with pytest.raises(RobotsRefuseError):
            fetch_politely(site.at("/feed"), robots=Robots(), allow=[*site.allow(), *other.allow()])
        assert other.asked == ["/robots.txt"]

    @pytest.mark.parametrize(
        "answer",
        [
            page(status=400),
            page(status=404),
            page(status=499),
            page(status=403),
            page(b""),
            page(b"\xff\xfe\x00 no words \x00" * 100),
            redirect("/robots.txt"),
            redirect("/feed"),
        ],
        ids=["400", "missing", "499", "forbidden", "empty", "rubbish", "circle", "elsewhere"],
    )
    def test_a_site_without_one_forbids_nothing(self, site, answer):
        site.pages["/robots.txt"] = answer
        site.pages["/feed"] = page(b"<rss/>")
        assert got(site).body == b"<rss/>"

    @pytest.mark.parametrize(
        "answer",
        [page(status=500), page(status=503), page(status=429), page(b"#" * 600_000)],
        ids=["500", "fault", "too often", "too large"],
    )
    def test_one_that_cannot_be_read_forbids_all(self, site, answer):
        site.pages["/robots.txt"] = answer
        site.pages["/feed"] = page(b"<rss/>")
        with pytest.raises(RobotsRefuseError, match="could not be read"):
            got(site)
        assert "/feed" not in site.asked

    def test_it_is_fetched_within_the_same_limit(self, site):
        site.pages["/robots.txt"] = raw(b"HTTP/1.1 200 OK\r\n\r\n", again=b"#", pause=0.02)
        with pytest.raises(TooSlowError):
            got(site, limits=Limits(seconds=0.4))

    def test_one_that_breaks_off_is_told(self, site):
        site.pages["/robots.txt"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        with pytest.raises(UnreachableError, match="was lost"):
            got(site)

    def test_it_is_kept_for_a_while(self, site):
        site.pages["/feed"] = page(b"<rss/>")
        robots = Robots()
        got(site, robots=robots)
        got(site, robots=robots)
        assert site.asked == ["/robots.txt", "/feed", "/feed"]

    def test_it_is_not_kept_for_longer(self, site):
        site.pages["/feed"] = page(b"<rss/>")
        robots = Robots(keep=0.0)
        got(site, robots=robots)
        got(site, robots=robots)
        assert site.asked.count("/robots.txt") == 2

    def test_as_many_are_kept_as_there_is_room_for(self, site, other):
        robots = Robots(room=2)
        for each in (site, other, site, other):
            each.pages["/feed"] = page(b"<rss/>")
            got(each, robots=robots)
        assert [each.asked.count("/robots.txt") for each in (site, other)] == [1, 1]

    def test_only_so_many_are_kept(self, site, other):
        robots = Robots(room=1)
        for each in (site, other, site, site):
            each.pages["/feed"] = page(b"<rss/>")
            got(each, robots=robots)
        assert site.asked.count("/robots.txt") == 2
