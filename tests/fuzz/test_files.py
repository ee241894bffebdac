"""Whatever the file: it is read, or refused with a reason, and no reader fails in a way that nobody foresaw."""

import io
import json
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from tempfile import TemporaryFile

import pytest
import typst
from hypothesis import strategies as st
from openpyxl import Workbook

from claims.errors import WorkbenchError
from claims.ingest.sandbox.jobs import JOBS
from tests.fuzz.running import fuzz
from tests.ingest import pictures
from tests.ingest.formats.messages import (
    PACKAGE,
    PLAIN,
    VERSION_1,
    VERSION_2,
    VERSION_3,
    XHTML,
    item,
    message,
)
from tests.ingest.hostile import FILES
from tests.ingest.hostile_documents import pdf
from tests.ingest.samples import SAMPLES

_TABLE = b"headline,body,outlet,published,url\nBridge closed,It is closed.,Post,2026-03-01,https://example.org/\n"
_LINES = (
    b'{"headline": "Bridge closed", "body": "It is closed.", "published": "2026-03-01T10:00:00Z"}\n'
)
_FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>A</title>
<link>https://example.org/a</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
_SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc>
<lastmod>2026-03-01</lastmod></url></urlset>"""
_OFFERED = [b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<![CDATA[", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&#x110000;", b"%s",
    b"---\n", b'"', b"\r\n\r\n", b"=?utf-8?q?=ff?=", b"Content-Type: text/html; charset=x\r\n", b"-1", b"1e999", b"\xf0\x9f\x98\x80",
    b"9999-99-99", b"]]>", b"<script>", b"stream\n", b"endobj", b"/Length -1", b"{" * 50, b"[" * 50, b"\xed\xa0\x80"]  # fmt: skip


@cache
def _workbook() -> bytes:
    book = Workbook()
    book.active.append(["headline", "body", "published"])
    book.active.append(["Bridge closed", "It is closed.", "2026-03-01"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def _pdf() -> bytes:
    # Of the same time each time, and so of the same bytes.
    return typst.compile(
        b"= Bridge closed\n\nThe bridge is closed.", timestamp=0, ignore_system_fonts=True
    )


@cache
def _drawn() -> bytes:
    """A page without compression, whose drawing steps can be changed one by one."""
    drawn = b"BT /F1 12 Tf 20 100 Td (The bridge is closed.) Tj 0 -14 Td (Nobody knows why.) Tj ET"
    content = b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return pdf(content, font, page=b"/Resources<</Font<</F1 5 0 R>>>>")


_COSTLY = frozenset({"docx", "pdf", "xlsx", "rows", "feed"})
"""Kinds whose hostile files take seconds each."""

KINDS = {
    **{ending: ("article", {"name": f"a.{ending}", "charset": ""}) for ending in SAMPLES},
    "jsonl": ("articles", {"name": "a.jsonl", "names": False}),
    "csv": ("articles", {"name": "a.csv", "names": False}),
    "xlsx": ("articles", {"name": "a.xlsx", "names": False}),
    "json": ("articles", {"name": "a.json", "names": True}),
    "xml": ("articles", {"name": "a.xml", "names": True}),
    "mail": ("mail", {}),
    "envelope": ("envelope", {}),
    "rows": ("rows", {"most": 50, "width": 10}),
    "feed": ("addresses", {"address": "https://example.org/feed"}),
    "picture": ("thumbnail", {}),
}
"""What reads each kind of file, with its options."""


@cache
def _seeds(kind: str) -> list[bytes]:
    """Good files of a kind, and the hostile ones that are small."""
    good = {
        **{ending: [make()] for ending, make in SAMPLES.items() if ending != "pdf"},
        "pdf": [_pdf(), pictures.pdf(), _drawn()],
        "jsonl": [_LINES],
        "csv": [_TABLE],
        "xlsx": [_workbook()],
        "json": [json.dumps(one).encode() for one in (VERSION_1, VERSION_2, VERSION_3)],
        "xml": [message(item(), PACKAGE).encode(), item(XHTML).encode(), item(PLAIN).encode()],
        "mail": [SAMPLES["eml"]()],
        "envelope": [SAMPLES["eml"]().partition(b"\n\n")[0]],
        "rows": [_workbook()],
        "feed": [_FEED, _SITEMAP],
        "picture": [pictures.png(4, 4), pictures.jpeg(), pictures.pdf()],
    }
    # What is costly on purpose is tried elsewhere, once, in a process with limits.
    hostile = [file.make() for file in FILES.values() if file.name.endswith(f".{kind}")]
    return good[kind] + [data for data in hostile if len(data) < 20_000 and kind not in _COSTLY]


_Change = tuple[int, int, bytes]
"""Where, as a share of a thousand, how many bytes are left out there, and what stands there instead."""

_changes = st.lists(
    st.tuples(
        st.integers(0, 1_000),
        st.one_of(st.integers(0, 8), st.integers(0, 400)),
        st.one_of(st.binary(max_size=4), st.sampled_from(_OFFERED)),
    ),
    max_size=6,
)


def _changed(data: bytes, changes: Iterable[_Change]) -> bytes:
    for share, number, instead in changes:
        place = len(data) * share // 1_000
        data = data[:place] + instead + data[place + number :]
    return data


def _changed_inside(data: bytes, part: int, changes: Iterable[_Change]) -> bytes:
    """Change one file inside an archive, which is packed again: a changed archive would rarely be opened."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        names = before.namelist()
        for name in names:
            words = before.read(name)
            wanted = name == names[part % len(names)]
            after.writestr(name, _changed(words, changes) if wanted else words)
    return stream.getvalue()


@st.composite
def _files(draw: st.DrawFn, kind: str) -> bytes:
    data = draw(st.sampled_from(_seeds(kind)))
    changes = draw(_changes)
    if zipfile.is_zipfile(io.BytesIO(data)) and draw(st.booleans()):
        return _changed_inside(data, draw(st.integers(0, 30)), changes)
    return _changed(data, changes)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_any_file_is_read_or_refused(kind: str) -> None:
    job, options = KINDS[kind]

    def is_read_or_refused(data: bytes) -> None:
        with TemporaryFile() as file, suppress(WorkbenchError):
            file.write(data)
            file.seek(0)
            for _answer in JOBS[job](file, options):
                pass

    fuzz(_files(kind), is_read_or_refused, few=40)
