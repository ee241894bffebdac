"""Articles at addresses: what a site declares that a page is, and what it really is."""

import pytest
from django.conf import settings

from claims.errors import WorkbenchError
from claims.fetching.articles import article_at
from tests.fetching.sites import Page, page, redirect
from tests.ingest.samples import BODY, HEADLINE, SAMPLES

TEXT = "Мост через Ольм закрыт до мая, сказала министр транспорта Ада Венн радио Острей в среду вечером."
PAGE = "<html><head>{head}</head><body><article><h1>Мост закрыт</h1><p>{text}</p><p>{text}</p></article></body></html>"


def sent(body: bytes, kind: str | None) -> Page:
    return page(body, headers={} if kind is None else {"Content-Type": kind})


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("html", "text/html; charset=utf-8"),
        ("html", "application/xhtml+xml"),
        ("html", None),
        ("txt", "text/plain"),
        ("txt", None),
        ("pdf", "application/pdf"),
        ("pdf", None),
    ],
)
def test_an_article_is_read_as_what_it_is(site, key, kind):
    site.pages["/bridge"] = sent(SAMPLES[key](), kind)
    found = article_at(site.at("/bridge"), allow=settings.FETCH_ALLOW)
    assert (found.headline, found.body) == (HEADLINE, BODY)
    assert found.url == site.at("/bridge")


def test_its_address_is_where_the_site_sends_on_to(site):
    site.pages["/old"] = redirect("/bridge")
    site.pages["/bridge"] = sent(SAMPLES["html"](), "text/html")
    assert article_at(site.at("/old"), allow=settings.FETCH_ALLOW).url == site.at("/bridge")


@pytest.mark.parametrize(
    ("charset", "head"),
    [
        ("; charset=windows-1251", ""),
        ("", '<meta charset="windows-1251">'),
        ("; charset=utf-8", '<meta charset="windows-1251">'),
        ("; charset=iso-8859-1", '<meta charset="windows-1251">'),
        ("; charset=windows-1251", '<meta charset="utf-8">'),
        ("; charset=of-its-own", '<meta charset="windows-1251">'),
    ],
)
def test_the_encoding_is_the_one_that_the_header_or_the_page_names(site, charset, head):
    body = PAGE.format(head=head, text=TEXT).encode("windows-1251")
    site.pages["/bridge"] = sent(body, f"text/html{charset}")
    found = article_at(site.at("/bridge"), allow=settings.FETCH_ALLOW)
    assert found.headline == "Мост закрыт"
    assert TEXT in found.body


def test_a_text_in_the_encoding_of_its_header_is_read(site):
    site.pages["/bridge"] = sent(TEXT.encode("koi8-r"), "text/plain; charset=koi8-r")
    assert article_at(site.at("/bridge"), allow=settings.FETCH_ALLOW).body == TEXT


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (sent(b"", "text/html"), "There is no text to split"),
        (sent(b"", None), "There is no text to split"),
        (sent(b"\x89PNG\r\n\x1a\n\0\0", "text/html"), "it is a PNG image"),
        (sent(b"\x89PNG\r\n\x1a\n\0\0", None), "it is a PNG image"),
        (sent(b"\x89PNG\r\n\x1a\n\0\0", "image/png"), "content of the type “image/png”"),
        (sent(bytes(range(256)) * 9, "text/plain"), "does not look like text"),
        (sent(TEXT.encode("koi8-r"), "text/plain"), "the encoding is unknown"),
        (sent(SAMPLES["html"](), "text/plain"), "it is a web page"),
        (sent(b"%PDF-1.7\n", "application/pdf"), "it is not a valid PDF, or it is damaged"),
        (sent(b"word " * 50_000, "text/plain"), "This is too large"),
        (
            sent(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "text/html"),
            "only menus",
        ),
        (page(status=404), "there is nothing at this address"),
        (redirect("/bridge"), "keeps redirecting from one address to the next"),
    ],
    ids=range(13),
)
def test_what_is_no_article_is_said_in_its_own_words(site, answer, said):
    site.pages["/bridge"] = answer
    with pytest.raises(WorkbenchError, match=said):
        article_at(site.at("/bridge"), allow=settings.FETCH_ALLOW)
