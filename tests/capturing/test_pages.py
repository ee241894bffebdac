"""Capturing pages of every sort: what is kept, what is read, and why not."""

from io import BytesIO

import pytest

from claims.capturing import capture, payload_of
from claims.capturing.warc import places_in
from claims.errors import AnswerTooLargeError, WorkbenchError
from claims.fetching.types import Limits
from tests.capturing import pages
from tests.fetching.sites import Site, page, redirect


@pytest.fixture
def site(site) -> Site:
    site.pages["/target"] = pages.target()
    return site


def captured(site: Site, path: str):
    return capture(site.at(path), software="Test 1.0", allow=site.allow())


@pytest.mark.parametrize("name", pages.READ)
def test_the_words_are_read_and_those_in_the_warc_file_are_the_same(site, name):
    site.pages[f"/{name}"] = pages.READ[name]
    found = captured(site, f"/{name}")
    assert found.problem is None
    assert pages.WORDS in found.words.text
    payload = payload_of(BytesIO(found.warc))
    assert pages.WORDS.encode() in payload.body
    assert payload.address == found.address


def test_title_author_and_what_stands_beside(site):
    site.pages["/"] = pages.READ["plain"]
    words = captured(site, "/").words
    assert (words.title, words.author) == ("Ferry returns", "Noa Brill")
    assert words.beside.split("\n\n")[0] == "More news"
    assert "fetch" not in words.text + words.beside


@pytest.mark.parametrize("name", pages.KEPT)
def test_what_cannot_be_read_is_kept_and_says_why(site, name):
    site.pages["/"], code = pages.KEPT[name]
    found = captured(site, "/")
    assert found.words is None
    assert found.problem.code == code
    assert payload_of(BytesIO(found.warc)).body


@pytest.mark.parametrize("name", pages.REFUSED)
def test_what_cannot_be_kept_says_why(site, name):
    site.pages[f"/{name}"], code = pages.REFUSED[name]
    with pytest.raises(WorkbenchError) as refused:
        captured(site, f"/{name}")
    assert refused.value.code == code


def test_a_page_that_is_too_large_is_refused(site, monkeypatch):
    monkeypatch.setattr("claims.capturing.pages.LIMITS", Limits(wire=1_000))
    site.pages["/"] = page(b"x" * 2_000)
    with pytest.raises(AnswerTooLargeError):
        captured(site, "/")


def test_redirects_are_in_the_file_with_their_bodies(site):
    site.pages["/"] = redirect("/target")
    site.pages["/target"] = pages.target()
    found = captured(site, "/")
    places = list(places_in(BytesIO(found.warc)))
    assert [(place.address, place.status) for place in places] == [
        (site.at("/"), "302"),
        (site.at("/target"), "200"),
    ]
    assert (found.address, found.status) == (site.at("/target"), 200)
    assert ("Content-Type", "text/html; charset=utf-8") in found.headers


def test_nothing_but_the_page_is_asked_for(site):
    site.pages["/"] = pages.READ["plain"]
    captured(site, "/")
    assert site.asked == ["/"]
