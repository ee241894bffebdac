"""Of each limit: what just fits is read, and what is one larger is not."""

import gzip
import io
import json
import zipfile
from typing import Any

import pytest

from claims.errors import TooLargeError, WorkbenchError
from claims.ingest import (
    archives,
    cleaning,
    decoding,
    drafts,
    fact_checks,
    feeds,
    read,
    safe_xml,
    safe_zip,
    thumbnails,
)
from claims.ingest.documents import reading
from claims.ingest.fact_checks import types as checks
from claims.ingest.formats import agency, eml, front_matter, html_metadata, html_page

WORDS = "The bridge over the Olm is closed, the mayor told reporters on Wednesday. " * 3
KETTLE = {
    "publisher": "The Kettle",
    "statement": "Nine bridges",
    "rating": "False",
    "url": "https://kettle.example/9",
}


def _read(name: str, text: str) -> Any:
    return read(io.BytesIO(text.encode()), name=name)


def _archive(*sizes: int) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, size in enumerate(sizes):
            archive.writestr(str(number), b"x" * size)
    packed.seek(0)
    return packed


def _items(number: int) -> object:
    text = json.dumps([{"headline": "Bridge", "body_text": WORDS}] * number)
    return list(archives.articles(io.BytesIO(text.encode()), "a.json"))


def _line(size: int) -> None:
    line = json.dumps({"body": "Words."}).ljust(size)
    (entry,) = archives.articles(io.BytesIO(line.encode()), "a.jsonl")
    if isinstance(entry.found, WorkbenchError):
        raise entry.found


def _feed(tags: int) -> bytes:
    """A feed of so many "<": six of the feed itself."""
    inner = "<b/>" * (tags - 6)
    return f"<rss version='2.0'><channel><title>T</title>{inner}</channel></rss>".encode()


def _sitemap(size: int) -> bytes:
    """A packed sitemap that unpacks to so many bytes."""
    return gzip.compress(b"<urlset></urlset>".ljust(size))


def _front_matter(size: int) -> str:
    return f"---\n{'headline: '.ljust(size - 1, 'x')}\n---\nWords."


def _nested(lines: int) -> str:
    """A message of so many lines, one of which is that of a part with others in it."""
    head = "Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nWords.\n--b--"
    return head + "\n" * (lines - head.count("\n"))


@pytest.mark.parametrize(
    ("module", "name", "limit", "made"),
    [
        (drafts, "MAX_BODY", 20, lambda n: drafts.draft(body="x" * n, headline="Bridge")),
        (cleaning, "_FEW", 3, lambda n: cleaning.clean("\ufffd" * n + "words")),
        (safe_xml, "MAX_TAGS", 4, lambda n: safe_xml.parsed(b"<a>" + b"<b/>" * (n - 2) + b"</a>")),
        (safe_zip, "MAX_ENTRIES", 3, lambda n: safe_zip.opened(_archive(*[1] * n), what="x")),
        (safe_zip, "MAX_UNPACKED", 9, lambda n: safe_zip.opened(_archive(4, n - 4), what="x")),
        (feeds, "MAX_TAGS", 9, lambda n: feeds.entries(io.BytesIO(_feed(n)))),
        (feeds, "MAX_SITEMAP", 300, lambda n: feeds.sitemap(io.BytesIO(_sitemap(n)))),
        (agency, "MAX_ITEMS", 3, _items),
        (eml, "MAX_PARTS", 3, lambda n: _read("a.eml", "Subject: A\n\nWords." + "\n--b" * n)),
        (eml, "MAX_LOOKS", 9, lambda n: _read("a.eml", _nested(n))),
        (front_matter, "MAX_LENGTH", 30, lambda n: _read("a.md", _front_matter(n))),
        (archives, "MAX_LINE", 60, _line),
        (reading, "MAX_TEXT", 20, lambda n: reading.read(io.BytesIO(b"x" * n), name="a.txt")),
    ],
)
def test_what_just_fits_is_read(monkeypatch, module, name, limit, made):
    monkeypatch.setattr(module, name, limit)
    made(limit)
    with pytest.raises(WorkbenchError):
        made(limit + 1)


def test_a_file_and_a_part_of_an_archive_of_just_their_size_are_read():
    assert decoding.bytes_of(io.BytesIO(b"12345"), limit=5) == b"12345"
    archive = safe_zip.opened(_archive(5), what="x")
    assert safe_zip.part(archive, "0", limit=5) == b"xxxxx"
    for refused in (
        lambda: decoding.bytes_of(io.BytesIO(b"12345"), limit=4),
        lambda: safe_zip.part(archive, "0", limit=4),
    ):
        with pytest.raises(WorkbenchError):
            refused()


def test_a_thumbnail_of_just_the_largest_size_is_one(monkeypatch):
    drawn = thumbnails.PNG + b"\0\0\0\rIHDR" + (7).to_bytes(4) + (8).to_bytes(4)
    monkeypatch.setattr(thumbnails, "LARGEST", len(drawn))
    assert thumbnails.size_of(drawn) == (7, 8)
    assert thumbnails.size_of(drawn + b"x") is None


def test_of_a_line_that_goes_over_several_blocks_it_is_told_that_it_is_too_long(monkeypatch):
    monkeypatch.setattr(archives, "_BLOCK", 64)
    monkeypatch.setattr(archives, "MAX_LINE", 60)
    with pytest.raises(TooLargeError):
        _line(2 + 64)


@pytest.mark.parametrize("name", ["MAX_ELEMENTS", "MAX_DEPTHS"])
def test_a_page_of_just_so_many_elements_is_read(monkeypatch, name):
    text = f"<html><body><article><p>{WORDS}</p></article></body></html>"
    all_of_it = list(html_page.parsed(text).iter())
    depths = [1 + len(list(each.iterancestors())) for each in all_of_it]
    size = len(depths) if name == "MAX_ELEMENTS" else sum(depths)
    monkeypatch.setattr(html_page, name, size)
    assert html_page.article(text.encode()).body
    monkeypatch.setattr(html_page, name, size - 1)
    with pytest.raises(WorkbenchError):
        html_page.article(text.encode())


@pytest.mark.parametrize(
    ("name", "size", "sender"),
    [("MAX_HEADER", 11, "Ada <a@b.c>"), ("MAX_COMMENTS", 1, "Ada (x) <a@b.c>")],
)
def test_a_header_of_just_its_size_counts(monkeypatch, name, size, sender):
    for limit, byline in ((size, "Ada"), (size - 1, "")):
        monkeypatch.setattr(eml, name, limit)
        assert _read("a.eml", f"From: {sender}\n\nWords.").byline == byline


@pytest.mark.parametrize(
    ("size", "headline", "body"),
    [(10, "x" * 10, "Words."), (11, "x" * 9 + "…", "x" * 11 + "\n\nWords.")],
)
def test_a_first_line_of_just_the_length_of_a_headline_is_one(monkeypatch, size, headline, body):
    monkeypatch.setattr(drafts, "TITLE_LENGTH", 10)
    found = drafts.draft(body="x" * size + "\n\nWords.")
    assert (found.headline, found.body) == (headline, body)
    whole = drafts.draft(body="x" * size)
    assert whole.headline == headline
    assert whole.body == "x" * size


def test_what_is_told_of_a_fact_check_has_just_so_many_characters():
    def check(**fields: object) -> checks.CheckDraft:
        return checks.check_draft(KETTLE | fields)

    most = checks.MAX_LENGTHS
    url = "https://kettle.example/".ljust(most["url"], "x")
    assert check(statement="x" * most["statement"], url=url).url == url
    for wrong in ({"statement": "x" * (most["statement"] + 1)}, {"url": url + "x"}):
        with pytest.raises(WorkbenchError):
            check(**wrong)
    for language, kept in (
        ("en", "en"),
        ("aa-bbbbbbb", "aa-bbbbbbb"),
        ("aa-bbbbbbbb", ""),
        ("?", ""),
    ):
        assert check(language=language).language == kept
    for size, day in ((99, 7), (100, None)):
        found = check(reviewed_on="2031-05-07".rjust(size))
        assert (found.reviewed_on and found.reviewed_on.day) == day


@pytest.mark.parametrize(
    "address",
    ["ftp://kettle.example/9", "http:///9", "kettle.example", "http://[", "https://a b.c"],
)
def test_what_is_not_a_web_address_is_none_of_a_fact_check(address):
    assert not checks.is_web_address(address)


def test_a_script_of_just_its_size_is_read_and_nothing_else_of_a_page(monkeypatch):
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "author": {"name": "The Kettle"},
        "claimReviewed": "Nine bridges",
        "reviewRating": {"alternateName": "False"},
        "url": "https://kettle.example/9",
    }
    text = json.dumps(review)
    kind = 'type="application/ld+json"'

    def found(page: str) -> int:
        stream = io.BytesIO(page.encode())
        return len(list(fact_checks.fact_checks(stream, "a.html", "https://kettle.example/9")))

    page = f"<body><script {kind}>{text}</script> Words.<p>More.</p></body>"
    assert found(page) == 1
    assert found(page.replace(kind, "")) == 0
    assert found(page.replace("script", "div")) == 0
    for limit, number in ((len(text), 1), (len(text) - 1, 0)):
        monkeypatch.setattr(fact_checks, "MAX_SCRIPT", limit)
        assert found(page) == number


def test_linked_data_of_just_its_size_is_read(monkeypatch):
    text = json.dumps({"@type": "NewsArticle", "headline": "Bridge"})
    page = html_page.parsed(f'<p>A</p><script type="application/ld+json">{text}</script>')
    for limit, headline in ((len(text), "Bridge"), (len(text) - 1, None)):
        monkeypatch.setattr(html_metadata, "MAX_JSON", limit)
        assert html_metadata.fields(page).get("headline") == headline


def test_the_outlet_is_taken_from_a_headline_of_just_the_longest(monkeypatch):
    headline = "Bridge | Courier"
    for limit, kept in ((len(headline), "Bridge"), (len(headline) - 1, headline)):
        monkeypatch.setattr(html_metadata, "_LONGEST_HEADLINE", limit)
        assert html_metadata._without_outlet(headline, "Courier") == kept
