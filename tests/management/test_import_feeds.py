"""Importing the articles of feeds and sitemaps."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.actions import import_article
from claims.fetching.articles import article_at
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.queries.articles.duplicates import known_at_address
from tests.conftest import headlines
from tests.fetching.sites import Page, page

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>{name}</title></head><body><nav>Home News</nav>
<article><h1>{name} on the Olm</h1><p>The {name} will sail on Monday, officials said, and every hour from then on.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday evening.</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Ferry</title><link>/ferry</link></item><item><title>Barge</title><link>/barge</link></item>
<item><title>Secret</title><link>/secret/plan</link></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{home}/ferry</loc></url></urlset>"""


def _html(name: str) -> Page:
    return page(
        PAGE.format(name=name).encode(), headers={"Content-Type": "text/html; charset=utf-8"}
    )


@pytest.fixture
def home(site) -> str:
    """A site with two articles, a feed, a sitemap, and a part that programs are to leave alone."""
    at = site.at("")
    site.pages |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /secret/\n"),
        "/feed.xml": page(FEED.encode()),
        "/sitemap.xml": page(SITEMAP.format(home=at).encode()),
        "/ferry": _html("ferry"),
        "/barge": _html("barge"),
        "/secret/plan": _html("plan"),
    }
    return at


def run(*addresses: str, **options) -> tuple[int, str, str]:
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_feeds", *addresses, pause=0, stdout=out, stderr=err, **options)
    except CommandError as error:
        status = error.returncode
    return status, out.getvalue(), err.getvalue()


def test_what_a_feed_names_comes_in_but_for_what_robots_are_to_leave_alone(home):
    status, out, err = run(f"{home}/feed.xml")
    assert headlines() == ["barge on the Olm", "ferry on the Olm"]
    assert out.count("imported") == 2
    assert (status, f"{home}/secret/plan: " in err, "robots.txt" in err) == (1, True, True)


def test_what_is_here_is_not_asked_for_again(home):
    run(f"{home}/feed.xml")
    _status, out, _err = run(f"{home}/feed.xml")
    assert out == ""


def test_a_page_is_known_however_its_address_was_written(home, editor):
    address = f"{home}/ferry/?utm_source=letter#top"
    draft = ArticleDraft(headline="Ferry", body="The ferry sails.", url=address)
    import_article(actor=editor, draft=draft)
    assert run(f"{home}/sitemap.xml") == (0, "", "")
    assert headlines() == ["Ferry"]


def test_a_sitemap_does_as_well(home):
    assert run(f"{home}/sitemap.xml")[0] == 0
    assert headlines() == ["ferry on the Olm"]


def test_no_more_than_was_asked_for_comes_at_once(home):
    run(f"{home}/feed.xml", most=1)
    assert headlines() == ["ferry on the Olm"]


def test_what_is_no_feed_is_said_and_the_next_one_is_read(home):
    status, _out, err = run(f"{home}/nothing", f"{home}/sitemap.xml")
    assert (status, f"{home}/nothing: " in err) == (1, True)
    assert headlines() == ["ferry on the Olm"]


def test_another_text_of_an_article_is_no_second_article(site, home):
    run(f"{home}/sitemap.xml")
    site.pages["/ferry"] = _html("new ferry")
    run(f"{home}/sitemap.xml")
    assert "new ferry on the Olm" not in headlines()
    # Its page says its own address, and the feed names it by another one.
    article = Article.objects.get(headline="ferry on the Olm")
    draft = article_at(f"{home}/ferry", allow=settings.FETCH_ALLOW)
    assert known_at_address(draft) == article


def test_private_addresses_are_not_fetched_unless_they_are_allowed(home, settings):
    settings.FETCH_ALLOW = []
    status, _out, err = run(f"{home}/feed.xml")
    assert status == 1
    assert "127.0.0.1" in err
    assert not Article.objects.exists()
