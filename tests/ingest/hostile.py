"""Files made to be slow, to fill the memory or to break their reader: each small to send, but costly to read."""

import io
import zlib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from claims.errors import WorkbenchError
from claims.ingest.archives import ARCHIVES
from claims.ingest.sandbox import Sandbox
from tests.ingest.hostile_documents import (
    NAMES,
    character_map,
    forms,
    operators,
    packed_twice,
    pdf,
    run,
    runs,
    shown,
    tables,
    word,
    workbook,
)

HEAD = b"From: a@example.org\nSubject: Bridge closed\n"
_TEXT = "The bridge is closed, the mayor told reporters. "


@dataclass(frozen=True)
class Hostile:
    """A file.

    Attributes:
        name: its name, whose ending says as what it is read; `.feed` for a feed or a sitemap, `.rows` for a table.
        make: gives its bytes.
        outcome: "read", or the code of the error that refuses it.
    """

    name: str
    make: Callable[[], bytes]
    outcome: str = "read"


def _words(number: int) -> bytes:
    return b"\n ".join([b"=?utf-8?q?bridge?="] * number)


def _nested_parts(depth: int) -> bytes:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)
    )
    return HEAD + b"".join(parts) + b"x\n" * 100_000


def _many_parts(number: int) -> bytes:
    part = b"--b\nContent-Type: text/plain; charset=utf-8\n\nword\n"
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + part * number + b"--b--\n"


def _parameters(number: int) -> bytes:
    found = b"".join(b";\n a*%d=x" % place for place in range(number))
    return HEAD + b"Content-Type: text/plain" + found + b"\n\nThe bridge is closed."


def _laughs(root: bytes) -> bytes:
    entities = b"".join(
        b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 50) for name in b"bcdefgh"
    )
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">%s]>%s' % (entities, root)


def _article_page(inner: bytes, head: bytes = b"") -> bytes:
    text = _TEXT.encode() * 5
    return (
        b"<html><head>%s</head><body><article><h1>Bridge</h1><p>%s</p>%s</article></body></html>"
        % (head, text, inner)
    )


def _attributes(number: int) -> bytes:
    return _article_page(
        b"<p %s>said so.</p>" % b" ".join(b"a%d=x" % place for place in range(number))
    )


def _gzip(data: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packing.compress(data) + packing.flush()


_FEED = b'<rss version="2.0"><channel><title>x</title>%s</channel></rss>'
_SITEMAP = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>'

FILES: Mapping[str, Hostile] = {
    "e-mail: 20,000 encoded words in its subject": Hostile(
        "a.eml",
        lambda: b"From: a@example.org\nSubject: " + _words(20_000) + b"\n\nThe bridge is closed.",
    ),
    "e-mail: 20,000 encoded words in its sender": Hostile(
        "a.eml", lambda: b"Subject: Bridge\nFrom: " + _words(20_000) + b"\n\nThe bridge is closed."
    ),
    "e-mail: comments within comments in its sender": Hostile(
        "a.eml", lambda: b"Subject: Bridge\nFrom: " + b"(a" * 5_000 + b"\n\nThe bridge is closed."
    ),
    "e-mail: 20,000 senders": Hostile(
        "a.eml",
        lambda: (
            b"Subject: Bridge\nFrom: " + b"A B <a@b>,\n " * 20_000 + b"\n\nThe bridge is closed."
        ),
    ),
    "e-mail: 20,000 parameters of its type": Hostile("a.eml", lambda: _parameters(20_000)),
    "e-mail: parts within parts": Hostile("a.eml", lambda: _nested_parts(900), "unreadable-file"),
    "e-mail: 100,000 parts": Hostile("a.eml", lambda: _many_parts(100_000), "too-large"),
    "e-mail: a date of 300,000 characters": Hostile(
        "a.eml", lambda: HEAD + b"Date: " + b"Wed, 28 " * 40_000 + b"\n\nThe bridge is closed."
    ),
    "page: 50,000 attributes": Hostile("a.html", lambda: _attributes(50_000), "too-large"),
    "page: 100,000 classes": Hostile(
        "a.html", lambda: _article_page(b"<p class='" + b"comment " * 100_000 + b"'>x")
    ),
    "page: links within links": Hostile(
        "a.html", lambda: _article_page(b"<a href=x>" * 20_000 + b"x")
    ),
    "page: 14,000 paragraphs": Hostile(
        "a.html", lambda: _article_page(b"<p>The mayor said so.</p>" * 14_000), "too-large"
    ),
    "page: tables within tables": Hostile(
        "a.html",
        lambda: _article_page((b"<table><tr><td>" * 60 + b"x<br><br>") * 4),
        "unreadable-file",
    ),
    "page: JSON-LD within JSON-LD": Hostile(
        "a.html",
        lambda: _article_page(
            b"", b'<script type="application/ld+json">' + b"[" * 400_000 + b"</script>"
        ),
    ),
    "page: five million entities": Hostile(
        "a.html", lambda: _article_page(b"<p>" + b"&amp;" * 3_500_000), "too-large"
    ),
    "page: a title of a megabyte": Hostile(
        "a.html", lambda: _article_page(b"", b"<title>" + b"Bridge - " * 120_000), "not-an-article"
    ),
    "PDF: 700,000 pieces of text": Hostile("a.pdf", lambda: shown(700_000), "unreadable-file"),
    "PDF: 500,000 operators": Hostile("a.pdf", lambda: operators(500_000), "unreadable-file"),
    "PDF: forms within forms": Hostile("a.pdf", lambda: forms(12, 20), "no-text-layer"),
    "PDF: packed twice, 200 MB": Hostile("a.pdf", packed_twice, "unreadable-file"),
    "PDF: a map of 65,536 characters, 400 times": Hostile(
        "a.pdf", lambda: character_map(400), "unreadable-file"
    ),
    "PDF: lists within lists": Hostile(
        "a.pdf", lambda: pdf(b"[" * 500_000, b"x"), "unreadable-file"
    ),
    "Word: 2,000,000 empty elements": Hostile(
        "a.docx", lambda: word(b"<w:p/>" * 2_000_000), "too-large"
    ),
    "Word: tables within tables": Hostile("a.docx", lambda: tables(80, 40_000)),
    "Word: changes within changes": Hostile("a.docx", lambda: runs(240, 100_000)),
    "Word: 100,000 styles": Hostile(
        "a.docx",
        lambda: word(
            b"<w:p>%s</w:p>" % run(b"a"),
            styles=b'<w:styles xmlns:w="x">'
            + b'<w:style w:styleId="a"><w:name w:val="b"/></w:style>' * 100_000
            + b"</w:styles>",
        ),
    ),
    "Word: entities within entities": Hostile(
        "a.docx", lambda: word(b"", styles=_laughs(b"<w:styles>&h;</w:styles>")), "unreadable-file"
    ),
    "Word: a part that unpacks to 100 MB": Hostile(
        "a.docx", lambda: word(b" " * 100_000_000), "unreadable-file"
    ),
    "front matter: aliases within aliases": Hostile(
        "a.md",
        lambda: (
            b"---\na: &a [x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (n, n, b"*%c," % (n - 1) * 9) for n in b"bcdefghij")
            + b"---\nText."
        ),
    ),
    "text: a million lines": Hostile("a.txt", lambda: b"a\n" * 490_000, "too-large"),
    "workbook: a million cells": Hostile(
        "a.xlsx",
        lambda: workbook(NAMES + (b"<row>" + b"<c><v>1</v></c>" * 90 + b"</row>") * 12_000),
    ),
    "workbook: entities within entities": Hostile(
        "a.xlsx",
        lambda: workbook(NAMES, sharedStrings=_laughs(b"<sst><si><t>&h;</t></si></sst>")),
        "unreadable-file",
    ),
    "workbook: one cell of 100 MB": Hostile(
        "a.xlsx",
        lambda: workbook(
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
            + b"a" * 100_000_000
            + b"</t></is></c></row>"
        ),
        "unreadable-table",
    ),
    "workbook of a table: a million rows": Hostile(
        "a.rows", lambda: workbook(b"<row/>" * 100_000), "unreadable-table"
    ),
    "workbook of a table: a part that unpacks to 100 MB": Hostile(
        "a.rows", lambda: workbook(b" " * 100_000_000), "unreadable-table"
    ),
    "JSON Lines: lists within lists": Hostile(
        "a.jsonl", lambda: b"[" * 1_900_000 + b"\n" + b'{"body": "Closed."}\n'
    ),
    "JSON Lines: a line of 100 MB": Hostile(
        "a.jsonl", lambda: b'{"body": "' + b"a" * 100_000_000 + b'"}\n'
    ),
    "CSV: a mark that is never closed": Hostile("a.csv", lambda: b'body\n"' + b"a\n" * 1_010_000),
    "ninjs: lists within lists": Hostile("a.json", lambda: b"[" * 5_000_000, "unreadable-file"),
    "ninjs: 200,000 items": Hostile(
        "a.json",
        lambda: b'[%s{"body_text": "x"}]' % (b'{"body_html": "<p>x"},' * 200_000),
        "too-large",
    ),
    "NewsML-G2: entities within entities": Hostile(
        "a.xml", lambda: _laughs(b"<newsItem>&h;</newsItem>"), "unreadable-file"
    ),
    "NewsML-G2: 160,000 items": Hostile(
        "a.xml",
        lambda: b"<newsMessage>%s</newsMessage>" % (b"<newsItem><itemMeta/></newsItem>" * 160_000),
        "too-large",
    ),
    "feed: 79,000 elements within elements": Hostile(
        "a.feed", lambda: _FEED % (b"<item>" * 39_000)
    ),
    "feed: entities within entities": Hostile(
        "a.feed", lambda: _laughs(_FEED % b"<item><link>&h;</link></item>")
    ),
    "feed: markup in 20,000 titles": Hostile(
        "a.feed",
        lambda: (
            _FEED
            % (
                b"<item><link>https://a.example/%s</link><title>&lt;b&gt;x</title></item>"
                % (b"a" * 100)
                * 13_000
            )
        ),
    ),
    "sitemap: 200 MB, packed": Hostile(
        "a.feed", lambda: _gzip(_SITEMAP % (b" " * 200_000_000)), "too-large"
    ),
    "sitemap: 49,000 deep": Hostile(
        "a.feed", lambda: _SITEMAP % (b"<url>" * 1_000_000), "too-large"
    ),
}
"""Each by what is in it."""


def read(sandbox: Sandbox, file: Hostile) -> str:
    """Read a file as what its name says. What became of it: "read", or the code of the error."""
    stream, kind = io.BytesIO(file.make()), file.name.rpartition(".")[2]
    try:
        if kind == "feed":
            sandbox.addresses(stream, address="https://a.example/")
        elif kind == "rows":
            deque(sandbox.rows(stream, most=20_000, width=64), maxlen=0)
        elif kind in ARCHIVES:
            deque(sandbox.articles(stream, file.name), maxlen=0)
        else:
            sandbox.read(stream, name=file.name)
    except WorkbenchError as error:
        return error.code
    return "read"
