"""Reading files in a separate process: what comes back is the same, and errors and limits become messages."""

import gzip
import io
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from claims.errors import NotTextError, ReadersBusyError, TooComplexError, UnknownFormatError
from claims.ingest import read
from claims.ingest.archives import articles
from claims.ingest.sandbox import Limits
from claims.ingest.sandbox.limits import MEGABYTE
from tests.ingest.hostile import workbook
from tests.ingest.samples import SAMPLES
from tests.ingest.sandbox.conftest import PLAIN, RECORD, plain, process_of


@pytest.mark.parametrize("key", SAMPLES)
def test_an_article_is_the_same_as_if_it_were_read_here(key, make):
    data = SAMPLES[key]()
    assert make().read(io.BytesIO(data), name=f"a.{key}") == read(io.BytesIO(data), name=f"a.{key}")


def test_records_are_the_same_with_their_errors_and_numbers(make):
    data = RECORD + b"{\n" + RECORD + b'{"text": ""}\n'
    here = list(articles(io.BytesIO(data), "a.jsonl"))
    there = list(make().articles(io.BytesIO(data), "a.jsonl"))
    assert [(each.number, str(each.found)) for each in there] == [
        (each.number, str(each.found)) for each in here
    ]
    assert there[-1].reached == len(data)


def test_an_open_file_is_read_from_its_beginning_and_stays_open(tmp_path, make):
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN)
    with path.open("rb") as stream:
        stream.read(9)
        assert make().read(stream, name="a.txt").headline == "Bridge closed"
        assert not stream.closed


def test_what_the_sender_named_as_encoding_counts(make):
    data = "Café closed\n\nNobody in Ostrey knew why, said Zoë.".encode("cp850")
    assert make().read(io.BytesIO(data), name="a.txt", charset="cp850").headline == "Café closed"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_is_read_also_where_it_is_packed_or_larger_than_a_feed(pack, make):
    entries = b"".join(
        b"<url><loc>https://a.example/%d</loc></url>" % number for number in range(30_000)
    )
    data = pack(
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">%s</urlset>' % entries
    )
    found = make().addresses(io.BytesIO(data), address="https://a.example/")
    assert (len(found), found[-1]) == (30_000, "https://a.example/29999")


def test_an_error_of_the_file_is_told_and_the_process_is_kept(make):
    box = make()
    process = process_of(box)
    with pytest.raises(NotTextError, match="it is a PDF"):
        box.read(io.BytesIO(b"%PDF-1.7"), name="a.txt")
    with pytest.raises(UnknownFormatError):
        box.read(io.BytesIO(PLAIN), name="a.tool")
    assert process_of(box) == process


def test_more_memory_than_allowed_is_told_and_the_next_file_is_read(tmp_path, make):
    path = tmp_path / "a.docx"
    with path.open("wb") as large:
        large.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        large.truncate(400 * MEGABYTE)
    box = make(Limits(memory=100 * MEGABYTE))
    with (
        path.open("rb") as stream,
        pytest.raises(TooComplexError, match="more than 100 MB of memory"),
    ):
        box.read(stream, name="a.docx")
    assert plain(box).headline == "Bridge closed"


def test_more_time_of_the_processor_than_allowed_is_told_and_the_next_file_is_read(make):
    # A million rows of empty cells, which take many seconds on any machine; the next file takes far less than one.
    data = workbook((b"<row>" + b"<c/>" * 3 + b"</row>") * 1_000_000)
    box = make(Limits(processor=1))
    with pytest.raises(TooComplexError, match="more than 1 seconds of processor time"):
        next(box.articles(io.BytesIO(data), "a.xlsx"))
    assert plain(box).headline == "Bridge closed"


def test_a_file_that_is_waited_for_in_vain_is_given_up_and_the_next_one_is_read(endless, make):
    box = make(Limits(wall=0.2))
    plain(make())
    with pytest.raises(TooComplexError, match=r"more than 0\.2 seconds"):
        next(box.articles(endless, "a.jsonl"))


def test_records_are_read_as_they_are_asked_for(archive, make):
    found = make().articles(archive, "b.jsonl")
    assert [next(found).number for _ in range(3)] == [1, 2, 3]
    # The position is the file's, which both processes have open.
    assert os.lseek(archive.fileno(), 0, os.SEEK_CUR) < 50_000 * len(RECORD) / 2
    found.close()


def test_threads_read_at_the_same_time(make):
    box = make(most=2)
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: plain(box).headline, range(30)))
    assert found == ["Bridge closed"] * 30
    assert len(box._warm) == 1


def test_who_would_wait_too_long_for_others_files_is_told(archive, make):
    box = make(most=1, patience=0)
    held = box.articles(archive, "b.jsonl")
    next(held)
    with pytest.raises(ReadersBusyError):
        plain(box)
    held.close()
    assert plain(box).headline == "Bridge closed"
