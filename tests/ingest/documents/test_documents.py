"""What documents say, and pages that a browser can show."""

from io import BytesIO

import pytest

from claims.errors import EmptyArticleError, UnknownFormatError, UnreadableFileError
from claims.ingest import documents, sandbox
from tests.capturing.pages import ARTICLE, WORDS
from tests.ingest.documents import files


@pytest.mark.parametrize("extension", files.FILES)
def test_the_words_of_each_kind(extension):
    found = documents.read(BytesIO(files.FILES[extension]), name=f"Notice.{extension.upper()}")
    assert files.WORDS in found.text
    assert files.REMOVED not in found.text + found.beside


def test_slides_come_in_their_order():
    found = documents.read(BytesIO(files.FILES["pptx"]), name="a.pptx")
    assert found.text == f"{files.WORDS}\n\nThe last slide."


@pytest.mark.parametrize(
    ("name", "body", "error"),
    [
        ("photo.jpg", b"x", UnknownFormatError),
        ("empty.odt", b"", EmptyArticleError),
        ("broken.pptx", b"PK\x03\x04", UnreadableFileError),
        ("dots.txt", b". . .", EmptyArticleError),
    ],
)
def test_what_cannot_be_read_says_why(name, body, error):
    with pytest.raises(error):
        sandbox.document(BytesIO(body), name=name)


def test_a_page_that_is_no_article_is_read_as_it_is_shown():
    body = b"<title>Trips</title><table><tr><td>2031<td>214</table><p hidden>no</p><p>By ferry</p>"
    found = documents.read(BytesIO(body), name="a.html")
    assert (found.title, found.text) == ("Trips", "2031 | 214\n\nBy ferry")


class TestInertPages:
    def test_it_has_the_words_and_styles_and_nothing_that_runs_or_asks(self):
        page = sandbox.inert_page(BytesIO(ARTICLE.encode())).decode()
        assert WORDS in page
        assert "color: teal" in page
        for gone in ("<script", "onload", "<link", "<iframe", "<form", "src=", "refresh", "href"):
            assert gone not in page

    @pytest.mark.parametrize(
        "hostile",
        [
            "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
            "<math><mtext><script>alert(1)</script></mtext></math>",
            "<base href='https://tracker.invalid/'><p>x",
            "<object data='https://tracker.invalid/'></object><p>x",
            "<p style=\"background:url('javascript:alert(1)')\">x",
            "<input autofocus onfocus=alert(1)><p>x",
            "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript><p>x",
            "<video poster='https://tracker.invalid/'></video><p>x",
            "<meta http-equiv=refresh content='0;url=https://tracker.invalid/'><p>x",
        ],
    )
    def test_hostile_pages(self, hostile):
        page = sandbox.inert_page(BytesIO(hostile.encode())).decode().lower()
        for gone in ("alert(1)<", "<script", "tracker.invalid", "<img", "onfocus", "javascript:"):
            assert gone not in page

    def test_its_encoding_is_the_declared_one(self):
        page = sandbox.inert_page(BytesIO("<p>Ünal".encode("iso-8859-9")), charset="iso-8859-9")
        assert "Ünal" in page.decode()

    def test_an_empty_page(self):
        assert b"<title>" in sandbox.inert_page(BytesIO(b""))
