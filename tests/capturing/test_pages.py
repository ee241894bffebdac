"""Capturing pages of every sort: what is kept, what is read, and why not."""

from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from claims.capturing import capture, payload_of
from claims.capturing.warc import places_in
from claims.errors import AnswerTooLargeError, UnreadableFileError, WorkbenchError
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


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content_type", "path", "body", "code"),
    [
        ("", "/a.pdf", b"broken", "unreadable-file"),
        ("", "/A.PDF", b"broken", "unreadable-file"),
        ("", "/a", b"%PDF-1.7", "unreadable-file"),
        ("application/octet-stream", "/a", b"%PDF-1.7", "unreadable-file"),
        ("application/octet-stream", "/a.pdf", b"%PDF-1.7", "unreadable-file"),
        ("application/octet-stream", "/a.docx", b"broken", "unknown-format"),
        ("application/pdf", "/a.docx", b"broken", "unreadable-file"),
        (DOCX, "/a", b"broken", "unreadable-file"),
        (DOCX, "/a.gif", b"broken", "unreadable-file"),
        ("application/x-odd", "/a", b"broken", "unknown-format"),
    ],
)
def test_a_document_is_known_by_its_type_its_address_or_its_beginning(
    site, content_type, path, body, code
):
    site.pages[path] = page(body, headers={"Content-Type": content_type} if content_type else {})
    assert captured(site, path).problem.code == code


@pytest.mark.parametrize(
    ("content_type", "path", "named"),
    [
        ("image/png", "/a", "png"),
        ("image/png", "/a.odd", "png"),
        ("application/x-odd", "/a.odd", "odd"),
        ("application/x-odd", "/a", "application-x-odd"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_type_or_else_by_its_address(
    site, content_type, path, named
):
    site.pages[path] = page(b"x", headers={"Content-Type": content_type})
    assert captured(site, path).problem.params["name"] == named


@pytest.mark.parametrize("path", ["/notice", "/notice.odd"])
def test_what_has_no_type_and_no_tags_is_plain_text(site, path):
    site.pages[path] = page(b"A <b> is a tag.\n\nSo is <i>.")
    assert captured(site, path).words.text == "A <b> is a tag.\n\nSo is <i>."


@pytest.mark.parametrize("beginning", ["", " \n"])
def test_what_has_no_type_and_begins_with_a_tag_is_a_page(site, beginning):
    site.pages["/a.odd"] = page((beginning + pages.ARTICLE).encode())
    assert captured(site, "/a.odd").words.title == "Ferry returns"


def test_a_text_is_read_in_the_encoding_that_its_sender_names(site):
    site.pages["/"] = page(
        "Паром пойдёт снова.".encode("koi8-r"),
        headers={"Content-Type": "text/plain; charset=KOI8-R"},
    )
    found = captured(site, "/")
    assert found.words.text == "Паром пойдёт снова."
    assert payload_of(BytesIO(found.warc)).charset == "koi8-r"


@pytest.mark.parametrize("content_type", ["", "text/html"])
def test_a_page_that_names_no_encoding_has_none(site, content_type):
    headers = {"Content-Type": content_type} if content_type else {}
    site.pages["/"] = page(pages.ARTICLE.encode(), headers=headers)
    warc = captured(site, "/").warc
    assert payload_of(BytesIO(warc)).charset == ""
    assert [place.content_type for place in places_in(BytesIO(warc))] == [content_type]


def test_a_page_in_the_file_is_read_up_to_a_limit(site, monkeypatch):
    site.pages["/"] = page(b"x" * 100)
    warc = captured(site, "/").warc
    monkeypatch.setattr("claims.capturing.warc.LARGEST", 100)
    assert len(payload_of(BytesIO(warc)).body) == 100
    monkeypatch.setattr("claims.capturing.warc.LARGEST", 99)
    with pytest.raises(UnreadableFileError, match="too large"):
        payload_of(BytesIO(warc))


def test_an_answer_says_which_address_gave_it_and_a_request_does_not(site):
    site.pages["/"] = pages.READ["plain"]
    records = ArchiveIterator(BytesIO(captured(site, "/").warc))
    heads = [(record.rec_type, record.rec_headers) for record in records]
    assert [(kind, head.get_header("WARC-IP-Address")) for kind, head in heads[1:]] == [
        ("response", "127.0.0.1"),
        ("request", None),
    ]
