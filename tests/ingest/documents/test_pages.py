"""Pages as they are shown, where they are no articles."""

from io import BytesIO

import pytest

from claims.errors import EmptyArticleError, NotAnArticleError, TooLargeError
from claims.ingest import documents
from claims.ingest.documents import pages, reading
from tests.capturing.pages import ARTICLE, WORDS

FRAMES = "<html><head><title>Trips</title></head><frameset><frame src='x'></frameset></html>"


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        (
            "<table><tr><td>2031<td>214<tr><td>2032<td>88</table><p>By ferry</p>",
            ["2031 | 214", "2032 | 88", "By ferry"],
        ),
        ("<p>The <b>bridge</b> is <a href=x>closed</a>.</p>", ["The bridge is closed."]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("<p>One<script>alert(1)</script> two</p>", ["One two"]),
        ("<p>One</p><title>Trips</title> two", ["One", "two"]),
        ("", []),
    ],
)
def test_words_stand_in_the_lines_in_which_a_page_shows_them(page, paragraphs):
    assert pages.shown(page.encode()).paragraphs == paragraphs


@pytest.mark.parametrize(
    ("page", "has_frames"), [(FRAMES, True), ("<p>A<iframe src=x></iframe>", True), ("<p>A", False)]
)
def test_a_page_says_whether_it_shows_others(page, has_frames):
    assert pages.shown(page.encode()).has_frames == has_frames


def test_a_title_is_on_one_line():
    assert pages.shown(b"<title>Trips\n to the  isle</title><p>A").title == "Trips to the isle"
    assert pages.shown(b"<p>A").title == ""


def test_a_page_without_words_of_its_own_says_where_they_are():
    with pytest.raises(NotAnArticleError, match="in frames"):
        documents.read(BytesIO(FRAMES.encode()), name="a.html")
    with pytest.raises(EmptyArticleError):
        documents.read(BytesIO(b"<p>.</p>"), name="a.html")
    shown = documents.read(BytesIO(b"<p>By ferry<iframe src=x></iframe></p>"), name="a.html")
    assert shown.text == "By ferry"


def test_what_stands_beside_an_article_is_told_apart_from_it():
    page = ARTICLE.replace("</body>", "<footer><p>Write to the harbour.</p></footer></body>")
    found = documents.read(BytesIO(page.encode()), name="a.html")
    assert WORDS in found.text
    assert WORDS not in found.beside
    assert "Write to the harbour." in found.beside


def test_a_declared_encoding_is_believed():
    data = "Der Ünal ist offen.".encode("iso-8859-9")
    assert "Ünal" in documents.read(BytesIO(data), name="a.txt", charset="iso-8859-9").text


def test_a_document_of_just_so_many_characters_is_read(monkeypatch):
    monkeypatch.setattr(reading, "MAX_TEXT", 20)
    assert documents.read(BytesIO(b"x" * 20), name="a.txt").text == "x" * 20
    with pytest.raises(TooLargeError):
        documents.read(BytesIO(b"x" * 21), name="a.txt")
