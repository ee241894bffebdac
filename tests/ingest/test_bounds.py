"""What used to make reading slow is limited by counts: of characters, parts, attributes, tags and steps."""

import io
import tracemalloc

import pytest

from claims.errors import TooLargeError, UnreadableFileError, WorkbenchError
from claims.ingest import read, safe_xml
from claims.ingest.formats import eml, html_page, pdf
from claims.ingest.formats.pdf_layout import Line, article_of, without_heads_and_feet
from tests.ingest import hostile_documents

TEXT = b"\n\nThe bridge is closed."


def message(data: bytes):
    return read(io.BytesIO(data), name="a.eml")


def long_header(name: bytes, piece: bytes) -> bytes:
    return (
        b"Subject: Bridge\nX: "
        + name
        + b"\n"
        + name
        + b": "
        + piece * (eml.MAX_HEADER // len(piece) + 1)
    )


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        (b"From", b"=?utf-8?q?bridge?=\n "),
        (b"From", b"A B <a@b.example>,\n "),
        (b"Date", b"Wed, 28 "),
    ],
)
def test_a_header_that_is_too_long_counts_as_empty(name, piece):
    found = message(long_header(name, piece) + TEXT)
    assert (found.headline, found.byline, found.published) == ("Bridge", "", None)


def test_comments_within_comments_count_as_empty():
    assert message(b"Subject: Bridge\nFrom: " + b"(a" * (eml.MAX_COMMENTS + 1) + TEXT).byline == ""
    assert message(b"Subject: Bridge\nFrom: Ada (press) <a@b.example>" + TEXT).byline == "Ada"


def test_a_long_subject_takes_no_memory():
    data = b"From: Ada <a@b.example>\nSubject: " + b"=?utf-8?q?bridge?=\n " * 3_000 + TEXT
    tracemalloc.start()
    found = message(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.headline, found.byline) == ("The bridge is closed.", "Ada")
    assert peak < 20_000_000


def test_a_long_list_of_those_who_got_it_does_no_harm():
    data = (
        b"From: Ada <a@b.example>\nSubject: Bridge\nTo: "
        + b"A B <a@b.example>,\n " * 5_000
        + b"c@d.example"
    )
    assert message(data + TEXT).byline == "Ada"


def test_a_message_has_so_many_parts_and_no_more():
    head = b"Subject: Bridge\nContent-Type: multipart/mixed; boundary=b\n\n"
    part = b"--b\n\nThe bridge is closed.\n"
    assert message(head + part * 40).body.count("closed") == 40
    with pytest.raises(TooLargeError, match="parts"):
        message(head + part * (eml.MAX_PARTS + 1))


@pytest.mark.parametrize("mark", [b"a%d", b"a%d=x", b'a%d="x y"', b"a%d = 'x > y'"])
def test_an_element_has_so_many_attributes_and_no_more(mark):
    def page(number: int) -> bytes:
        attributes = b" ".join(mark % place for place in range(number))
        words = b"The bridge over the Olm is closed, the mayor told reporters on Wednesday. " * 3
        return b"<html><body><article><h1>Bridge</h1><p %s>%s</p></article></body></html>" % (
            attributes,
            words,
        )

    assert read(io.BytesIO(page(html_page.MAX_ATTRIBUTES)), name="a.html").headline == "Bridge"
    with pytest.raises(TooLargeError, match="attributes of one element"):
        read(io.BytesIO(page(html_page.MAX_ATTRIBUTES + 1)), name="a.html")


def test_a_word_file_has_so_many_tags_and_no_more():
    with pytest.raises(TooLargeError, match="elements"):
        safe_xml.parsed(b"<a>" + b"<b/>" * safe_xml.MAX_TAGS + b"</a>")


def test_the_text_of_word_is_found_however_deep_it_stands():
    def deep(depth: int) -> bytes:
        return hostile_documents.runs(depth, 20)

    assert read(io.BytesIO(deep(200)), name="a.docx") == read(io.BytesIO(deep(1)), name="a.docx")


def test_a_pdf_is_drawn_in_so_many_steps_and_no_more(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_OPERATIONS", 1_000)
    assert read(io.BytesIO(hostile_documents.shown(400)), name="a.pdf").body
    with pytest.raises(UnreadableFileError, match="far too many drawing steps"):
        read(io.BytesIO(hostile_documents.shown(600)), name="a.pdf")


def test_all_pages_together_unpack_to_so_much_and_no_more():
    with pytest.raises(UnreadableFileError, match="far too large"):
        read(io.BytesIO(hostile_documents.operators(pdf.MAX_CONTENT // 18)), name="a.pdf")


class Counted(list):
    """A page that counts how often someone goes through it."""

    gone_through = 0

    def __iter__(self):
        self.gone_through += 1
        return super().__iter__()


def test_the_edges_of_a_page_are_looked_for_once():
    page = Counted(Line(f"line {place}", 0, 10_000 - place, 10) for place in range(500))
    assert len(without_heads_and_feet([page])[0]) == 500
    assert page.gone_through < 5


def test_a_line_of_marks_is_no_page_number():
    page = [Line("Text.", 0, 20, 10), Line("." * 100_000, 0, 10, 10)]
    assert without_heads_and_feet([page]) == [page]


def test_a_word_that_never_ends_and_a_paragraph_of_cut_lines_are_joined():
    page = [
        Line("a" * 100_000 + ",", 0, 700, 10),
        *(Line("dis-", 0, 700 - n / 100, 10) for n in range(2_000)),
    ]
    _, body = article_of([page])
    assert body.endswith("dis" * 10 + "dis-")


def test_a_long_title_is_left_as_it_is():
    found = html_page.html_metadata._without_outlet("Bridge" + " " * 200_000 + "x", "Courier")
    assert len(found) == 200_007


def test_a_refused_message_is_told_in_words():
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900)
    )
    with pytest.raises(WorkbenchError, match="nested too deeply"):
        message(b"Subject: Bridge\n" + parts + b"x\n" * 20_000)
