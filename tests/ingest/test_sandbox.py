"""Reading files in a separate process: errors there become messages, and nothing else is affected."""

import gzip
import io
import json
import os
import pickle
import re
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from claims.errors import (
    InvalidValueError,
    NotTextError,
    Phrase,
    ReadersBusyError,
    ReadingFailedError,
    TooComplexError,
    UnknownFormatError,
    WorkbenchError,
)
from claims.ingest import read, sandbox
from claims.ingest.archives import articles
from claims.ingest.sandbox import Limits, Sandbox
from claims.ingest.sandbox.channel import BadMessageError
from claims.ingest.sandbox.limits import MEGABYTE
from claims.ingest.sandbox.messages import article_from, error_as_data, error_from
from tests.ingest.hostile import workbook
from tests.ingest.samples import SAMPLES

PLACES = re.compile(r"%\((\w+)\)s")
ROOT = Path(__file__).resolve().parents[2]
PLAIN = b"Bridge closed\n\nThe bridge is closed."
RECORD = b'{"text": "The bridge is closed."}\n'
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def make():
    """Sandboxes that are closed after the test."""
    made = []

    def make(limits=None, **options):
        made.append(Sandbox(limits or Limits(), **options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def endless(tmp_path):
    """A file that nobody writes and nobody ends."""
    path = tmp_path / "a.jsonl"
    os.mkfifo(path)
    writing = os.open(path, os.O_RDWR)
    with path.open("rb", buffering=0) as stream:
        yield stream
    os.close(writing)


@pytest.fixture
def archive(tmp_path):
    """A file of so many records that whoever reads it ahead has to wait."""
    path = tmp_path / "b.jsonl"
    path.write_bytes(RECORD * 50_000)
    with path.open("rb") as stream:
        yield stream


def plain(box):
    return box.read(io.BytesIO(PLAIN), name="a.txt")


def process_of(box):
    """The number of the process that is kept warm."""
    plain(box)
    (warm,) = box._warm
    return warm.number


def has_ended(process):
    """Wait until a process has ended; for a minute, which no machine needs."""
    waiting = select.poll()
    waiting.register(process, select.POLLIN)
    return bool(waiting.poll(60_000))


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
    # A million rows of nothing, which take many seconds on any machine.
    data = workbook(b"<row/>" * 1_000_000)
    box = make(Limits(processor=0))
    with pytest.raises(TooComplexError, match="more than 0 seconds of processor time"):
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


def test_an_archive_that_is_left_in_its_midst_leaves_no_process_behind(archive, make):
    box = make()
    process = os.pidfd_open(process_of(box))
    found = box.articles(archive, "b.jsonl")
    next(found)
    found.close()
    assert has_ended(process)
    os.close(process)
    assert plain(box).headline == "Bridge closed"


@pytest.mark.parametrize(
    ("number", "error", "why"),
    [
        (signal.SIGSEGV, ReadingFailedError, "exit status -11"),
        (signal.SIGKILL, TooComplexError, "MB of memory"),
    ],
)
def test_a_process_that_ends_in_the_midst_of_a_file_is_told_and_followed_by_another(
    number, error, why, archive, make
):
    box = make()
    process = process_of(box)
    found = box.articles(archive, "b.jsonl")
    next(found)
    os.kill(process, number)
    with pytest.raises(error, match=why):
        list(found)
    assert process_of(box) != process


def test_a_process_that_ends_between_two_files_is_followed_by_another(make):
    box = make()
    number = process_of(box)
    process = os.pidfd_open(number)
    os.kill(number, signal.SIGKILL)
    assert has_ended(process)
    os.close(process)
    assert process_of(box) != number


def test_a_process_reads_so_many_files_and_no_more(make):
    box = make(jobs=3)
    first = [process_of(box), process_of(box)]
    plain(box)
    assert first[0] == first[1] != process_of(box)


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


@on_linux
def test_a_process_has_nothing_of_its_parent(make, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgres://hush@127.0.0.1/desk")
    with (tmp_path / "open").open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        process = Path("/proc") / str(process_of(make()))
        assert b"hush" not in (process / "environ").read_bytes()
        opened = {str(each.readlink()) for each in (process / "fd").iterdir()}
    assert {each.partition(":")[0] for each in opened} == {"pipe", "/dev/null", "socket"}


@on_linux
def test_a_process_can_write_no_file(make):
    limits = (Path("/proc") / str(process_of(make())) / "limits").read_text()
    (size,) = (line.split()[3] for line in limits.splitlines() if line.startswith("Max file size"))
    assert size == "0"


ASKS = """
import io, os, sys, threading
from claims.ingest.sandbox import Sandbox
box = Sandbox()
box.read(io.BytesIO(b"Bridge closed"), name="a.txt")
print(box._warm[0].number, flush=True)
if len(sys.argv) > 1:
    next(box.articles(open(sys.argv[1], "rb", buffering=0), "a.jsonl"))
sys.stdin.read()
"""


@on_linux
@pytest.mark.parametrize("is_reading", [False, True])
def test_a_process_ends_with_its_parent_however_that_ends(is_reading, endless):
    command = [sys.executable, "-c", ASKS, *([endless.name] if is_reading else [])]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as parent:
        assert parent.stdout is not None
        process = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    assert has_ended(process)
    os.close(process)


def test_a_forked_process_begins_its_own():
    sandbox.read(io.BytesIO(PLAIN), name="a.txt")
    before = process_of(sandbox._SANDBOX)
    child = os.fork()
    if not child:
        try:
            os._exit(0 if process_of(sandbox._SANDBOX) != before else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert process_of(sandbox._SANDBOX) == before


def through_json(data):
    return json.loads(json.dumps(data))


@pytest.mark.parametrize(
    "error",
    [
        NotTextError(why=Phrase("byte %(place)s is not valid UTF-8", place=7)),
        InvalidValueError(
            field="url", why=Phrase("%(inner)s", inner=Phrase("100 %% of %(what)s", what="it"))
        ),
        UnknownFormatError(name="tool", known="md, txt"),
        InvalidValueError(field="", why=Phrase("not CSV (%(problem)s)", problem=ValueError("x"))),
    ],
)
def test_an_error_comes_back_as_it_was(error):
    found = error_from(through_json(error_as_data(error)))
    assert type(found) is type(error)
    assert str(found) == str(error)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"code": "no-such-error", "params": {}},
        {"code": "not-text", "params": {}},
        {"code": "not-text", "params": {"why": [1]}},
        {"code": "not-text", "params": {"why": "x" * 100_000}},
        {
            "code": "not-text",
            "params": {"why": {"template": "%(a)999999999s", "params": {"a": "x"}}},
        },
        {"code": "not-text", "params": {"why": {"template": "%(a)s", "params": None}}},
    ],
    ids=range(8),
)
def test_an_error_that_a_reader_made_up_is_not_believed(data):
    with pytest.raises(BadMessageError):
        error_from(data)


ARTICLE = {
    "headline": "x",
    "body": "y",
    "outlet": "",
    "byline": "",
    "url": "",
    "published": None,
    "language": "en",
}


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "x" * 301},
        {"body": 3},
        {"body": ""},
        {"url": "javascript:alert(1)"},
        {"published": "yesterday"},
        {"language": None},
    ],
)
def test_an_article_that_a_reader_made_up_is_not_believed(change):
    assert article_from(ARTICLE).body == "y"
    with pytest.raises(BadMessageError):
        article_from(ARTICLE | change)


@pytest.mark.parametrize("kind", WorkbenchError.__subclasses__(), ids=lambda kind: kind.code)
def test_every_error_goes_from_process_to_process(kind):
    params = {name: name for name in ("field", "why", *PLACES.findall(kind.template))}
    error = kind(**params)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
    assert [kind.code for kind in WorkbenchError.__subclasses__()].count(kind.code) == 1
