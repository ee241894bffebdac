"""Looking at a page again."""

import pytest

from claims.capturing import look_at
from claims.errors import RobotsRefuseError
from claims.fetching import Robots
from tests.capturing import pages
from tests.fetching.sites import page


def look(site, path):
    return look_at(site.at(path), robots=Robots(), allow=site.allow())


def test_the_words_where_they_are_now_and_the_pause_that_is_asked_for(site):
    site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 2.5\nDisallow: /private\n")
    site.pages["/redirected"] = pages.READ["redirected"]
    site.pages["/target"] = pages.target()
    found = look(site, "/redirected")
    assert (found.address, found.crawl_delay) == (site.at("/target"), 2.5)
    assert pages.WORDS in found.text
    with pytest.raises(RobotsRefuseError):
        look(site, "/private")


def test_a_page_without_words_of_a_site_that_asks_for_no_pause(site):
    site.pages["/"], _code = pages.KEPT["picture"]
    found = look(site, "/")
    assert (found.text, found.crawl_delay) == ("", 0.0)
