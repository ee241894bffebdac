"""Articles that feeds and sitemaps name."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims.actions import import_article
from claims.fetching.articles import article_at
from claims.ingest.types import ArticleDraft
from claims.models import Article
from claims.queries.articles.duplicates import known_at_address

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><title>{name}</title></head><body><nav>Home News</nav>
<article><h1>{name} on the Olm</h1><p>The {name} will sail on Monday, officials said, and every hour from then on.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday evening.</p></article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Ferry</title><link>/ferry</link></item><item><title>Barge</title><link>/barge</link></item>
<item><title>Secret</title><link>/secret/plan</link></item></channel></rss>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{home}/ferry</loc></url></urlset>"""


class _Site(BaseHTTPRequestHandler):
    """A site with two articles, a feed, a sitemap, and a part that programs are to leave alone."""

    name = "ferry"

    def do_GET(self) -> None:
        home = f"http://127.0.0.1:{self.server.server_port}"
        pages = {
            "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /secret/\n"),
            "/feed.xml": ("application/rss+xml", FEED),
            "/sitemap.xml": ("application/xml", SITEMAP.format(home=home)),
            "/ferry": ("text/html", PAGE.format(name=type(self).name)),
            "/barge": ("text/html", PAGE.format(name="barge")),
            "/secret/plan": ("text/html", PAGE.format(name="plan")),
        }
        kind, text = pages.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_args) -> None:
        """Nothing to say."""


@pytest.fixture
def site(settings, monkeypatch):
    monkeypatch.setattr(_Site, "name", "ferry")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.FETCH_ALLOW = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def run(*addresses: str, **options) -> tuple[int, str, str]:
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("import_feeds", *addresses, pause=0, stdout=out, stderr=err, **options)
    except CommandError as error:
        status = error.returncode
    return status, out.getvalue(), err.getvalue()


def _headlines() -> list[str]:
    return sorted(Article.objects.values_list("headline", flat=True))


def test_what_a_feed_names_comes_in_but_for_what_robots_are_to_leave_alone(site):
    status, out, err = run(f"{site}/feed.xml")
    assert _headlines() == ["barge on the Olm", "ferry on the Olm"]
    assert out.count("imported") == 2
    assert (status, f"{site}/secret/plan: " in err, "robots.txt" in err) == (1, True, True)


def test_what_is_here_is_not_asked_for_again(site):
    run(f"{site}/feed.xml")
    _status, out, _err = run(f"{site}/feed.xml")
    assert out == ""


def test_a_page_is_known_however_its_address_was_written(site, editor):
    address = f"{site}/ferry/?utm_source=letter#top"
    draft = ArticleDraft(headline="Ferry", body="The ferry sails.", url=address)
    import_article(actor=editor, draft=draft)
    assert run(f"{site}/sitemap.xml") == (0, "", "")
    assert _headlines() == ["Ferry"]


def test_a_sitemap_does_as_well(site):
    assert run(f"{site}/sitemap.xml")[0] == 0
    assert _headlines() == ["ferry on the Olm"]


def test_no_more_than_was_asked_for_comes_at_once(site):
    run(f"{site}/feed.xml", most=1)
    assert _headlines() == ["ferry on the Olm"]


def test_what_is_no_feed_is_said_and_the_next_one_is_read(site):
    status, _out, err = run(f"{site}/nothing", f"{site}/sitemap.xml")
    assert (status, f"{site}/nothing: " in err) == (1, True)
    assert _headlines() == ["ferry on the Olm"]


def test_another_text_of_an_article_is_no_second_article(site, monkeypatch):
    run(f"{site}/sitemap.xml")
    monkeypatch.setattr(_Site, "name", "new ferry")
    run(f"{site}/sitemap.xml")
    assert "new ferry on the Olm" not in _headlines()
    # Its page says its own address, and the feed names it by another one.
    article = Article.objects.get(headline="ferry on the Olm")
    draft = article_at(f"{site}/ferry", allow=settings.FETCH_ALLOW)
    assert known_at_address(draft) == article


def test_private_addresses_are_not_fetched_unless_they_are_allowed(site, settings):
    settings.FETCH_ALLOW = []
    status, _out, err = run(f"{site}/feed.xml")
    assert status == 1
    assert "127.0.0.1" in err
    assert not Article.objects.exists()
