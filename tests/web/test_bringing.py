"""Articles brought in as files."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Article, Claim

STORY = """---
headline: Ferry to Marrow Quay
url: https://courier.example.org/ferry
published: 2026-03-04 05:06+00:00
---
The ferry will sail on Monday, officials said.
"""


def send(browser, *files: tuple[str, str], **headers):
    sent = [SimpleUploadedFile(name, content.encode()) for name, content in files]
    return browser.post(reverse("bring-files"), {"files": sent}, **headers)


def test_several_files_become_articles_and_each_says_so(desk):
    page = send(desk, ("ferry.md", STORY), ("rain.txt", "Rain fell.\n\nIt fell on Ostrey."))
    assert page.status_code == 200
    assert set(Article.objects.values_list("headline", flat=True)) == {
        "Ferry to Marrow Quay",
        "Rain fell.",
    }
    assert Claim.objects.count() > 1
    for article in Article.objects.all():
        assert article.get_absolute_url() in page.content.decode()


def test_one_that_cannot_be_read_says_why_and_the_others_come_in(desk):
    page = send(desk, ("empty.txt", " "), ("picture.gif", "GIF89a"), ("ferry.md", STORY))
    said = page.content.decode()
    assert "There is no text to split" in said
    assert "There is no format “gif”" in said
    assert Article.objects.get().headline == "Ferry to Marrow Quay"


def test_the_same_file_again_is_the_same_article(desk):
    send(desk, ("ferry.md", STORY))
    page = send(desk, ("ferry again.md", STORY))
    assert "already here:" in page.content.decode()
    assert Article.objects.count() == 1


def test_another_text_of_the_same_address_is_no_second_article_but_can_be_compared(desk):
    send(desk, ("ferry.md", STORY))
    changed = STORY.replace("Monday", "Tuesday")
    page = send(desk, ("ferry.md", changed)).content.decode()
    assert Article.objects.count() == 1
    assert "This address is here already, with another text" in page
    article = Article.objects.get()
    assert reverse("update-article", args=[article.pk]) in page
    sent = {"text": "The ferry will sail on Tuesday, officials said.", "step": "look"}
    look = desk.post(reverse("update-article", args=[article.pk]), sent)
    assert "What becomes of the claims" in look.content.decode()


def test_htmx_gets_the_lines_alone(desk):
    part = send(desk, ("ferry.md", STORY), HTTP_HX_REQUEST="true").content.decode()
    assert part.strip().startswith("<li")
    assert "<html" not in part


def test_no_file_is_said(desk):
    assert "Nothing was chosen" in desk.post(reverse("bring-files")).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_brings_nothing_in(client, reader, method):
    client.force_login(reader)
    answer = getattr(client, method)(reverse("bring-files"))
    assert answer.status_code in {403, 405}
    assert not Article.objects.exists()


def test_a_hostile_name_stays_text(desk):
    page = send(desk, ("<img src=x onerror=alert(1)>.txt", " ")).content.decode()
    assert "<img src=x" not in page


PAGE = """<!doctype html><html lang="en"><head><title>Ferry to Marrow Quay</title>
<meta property="og:site_name" content="The Ostrey Courier (fiction)"></head><body><nav>Home News Sport</nav>
<article><h1>Ferry to Marrow Quay</h1>
<p>The ferry will sail on Monday, officials said, and every hour from then on.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday evening.</p></article></body></html>"""


class _Site(BaseHTTPRequestHandler):
    """A page, and one that leads to it."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/ferry")
            self.end_headers()
            return
        self.send_response(200 if self.path == "/ferry" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_args) -> None:
        """Nothing to say."""


@pytest.fixture
def site():
    """The address of a site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(browser, address: str) -> str:
    return browser.post(reverse("bring-address"), {"address": address}).content.decode()


class TestAddress:
    def test_its_article_comes_in_with_its_address(self, desk, site, settings):
        settings.FETCH_ALLOW = [site]
        fetch(desk, f"http://{site}/moved")
        article = Article.objects.get()
        assert (article.headline, str(article.outlet)) == (
            "Ferry to Marrow Quay",
            "The Ostrey Courier (fiction)",
        )
        assert article.url == f"http://{site}/ferry"
        body = article.current_revision().body
        assert "harbour master" in body
        assert "Sport" not in body
        assert "already here:" in fetch(desk, f"http://{site}/ferry")

    def test_a_private_address_is_refused_unless_it_is_allowed(self, desk, site):
        said = fetch(desk, f"http://{site}/ferry")
        assert "127.0.0.1" in said
        assert 'class="problem"' in said
        assert not Article.objects.exists()

    def test_what_is_not_there_is_said(self, desk, site, settings):
        settings.FETCH_ALLOW = [site]
        assert "there is nothing at this address" in fetch(desk, f"http://{site}/gone")

    @pytest.mark.parametrize(
        "address", ["", "ferry", "file:///etc/passwd", "http://a:b@example.org/"]
    )
    def test_what_is_no_address_is_said(self, desk, address):
        assert "This address cannot be fetched" in fetch(desk, address)
        assert not Article.objects.exists()

    def test_a_reader_fetches_nothing(self, client, reader, site):
        client.force_login(reader)
        assert client.post(reverse("bring-address"), {"address": site}).status_code == 403
