"""The parent limits what a reader process may answer, even if the reader was taken over."""

import io
import json
import resource
import subprocess
import sys
from collections import deque
from contextlib import closing
from pathlib import Path

import pytest

from claims.errors import ReadingFailedError, TooComplexError, UnreadableTableError
from claims.ingest.archive_records import field
from claims.ingest.sandbox import Limits, Sandbox, process
from claims.ingest.sandbox.channel import BadMessageError
from claims.ingest.sandbox.limits import MEGABYTE
from claims.ingest.sandbox.messages import error_from
from claims.ingest.workbooks import LONGEST_CELL, MAX_CHARACTERS
from tests.ingest.hostile import workbook
from tests.ingest.samples import ARTICLE

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = {"address": "https://a.example/"}
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BEYOND = "the cells contain more than 30,000,000 characters in total"


@pytest.fixture
def liar(monkeypatch):
    """Gives sandboxes whose reader was taken over."""
    monkeypatch.setattr(process, "_MODULE", "tests.ingest.liar")
    made = []

    def make(limits=None):
        made.append(Sandbox(limits or Limits()))
        return made[-1]

    yield make
    for each in made:
        each.close()


def saying(answer, times):
    return io.BytesIO(json.dumps([answer, times]).encode())


def drain(found):
    deque(found, maxlen=0)


def test_a_text_that_all_cells_of_a_workbook_share_counts_with_each():
    row = b"<row>%s</row>" % (b'<c t="s"><v>0</v></c>' * 64)
    shared = b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, b"x" * LONGEST_CELL)
    data = workbook(row * (MAX_CHARACTERS // (64 * LONGEST_CELL) + 1), sharedStrings=shared)
    assert len(data) < 5_000
    with closing(Sandbox()) as box:
        found = box.rows(io.BytesIO(data), most=100, width=64)
        with pytest.raises(UnreadableTableError, match=BEYOND):
            drain(found)
        # The reader stopped by itself, and can read the next file.
        assert len(box._warm) == 1


def test_of_a_column_with_an_endless_name_only_the_beginning_is_looked_at():
    # It is looked at for each row, and may be as long as a cell.
    assert field("-" * 10 + "body" + "-" * LONGEST_CELL) == "body"
    assert field("-" * LONGEST_CELL + "body") == ""


def test_characters_of_rows_are_counted_also_where_they_arrive(liar):
    row = {"row": [["x" * 1_000_000, ""]]}
    with pytest.raises(UnreadableTableError, match=BEYOND):
        drain(liar().rows(saying(row, 31), most=100, width=1))


@pytest.mark.parametrize(
    ("row", "times"), [([["", ""]], 4), ([["", ""]] * 2, 1)], ids=["more rows", "a wider row"]
)
def test_no_more_rows_and_cells_than_asked_for(row, times, liar):
    with pytest.raises(ReadingFailedError):
        drain(liar().rows(saying({"row": row}, times), most=3, width=1))


def test_an_article_is_told_once(liar):
    with pytest.raises(ReadingFailedError):
        liar().read(saying({"article": ARTICLE}, 2), name="a.txt")


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        (ADDRESS, 50_001),
        (ADDRESS | {"more": "x" * 30 * MEGABYTE}, 3),
        ({"address": "x" * 2_001}, 1),
        ({"address": [1]}, 1),
    ],
    ids=["too many", "too much", "too long", "no text"],
)
def test_addresses_are_no_more_than_a_sitemap_can_hold(answer, times, liar):
    with pytest.raises(ReadingFailedError):
        liar().addresses(saying(answer, times), address="https://a.example/")


def test_the_clock_goes_on_from_answer_to_answer_of_one_file(liar):
    found = liar(Limits(wall=0.2)).rows(
        saying({"row": [["", ""]]}, 1_000_000), most=1_000_000, width=1
    )
    with pytest.raises(TooComplexError, match=r"more than 0\.2 seconds"):
        drain(found)


def nested(depth, places, text):
    """An error with phrases within phrases."""
    inner = text
    for _ in range(depth):
        inner = {"template": "%(a)s" * places, "params": {"a": inner}}
    return {"code": "not-text", "params": {"why": inner}}


@pytest.mark.parametrize(
    ("depth", "places", "text"),
    [(4, 1, "x"), (1, 9, "x"), (3, 8, "x" * 50), (1, 8, "x" * 5_000)],
    ids=["too deep", "too many places", "too long when nested", "too long"],
)
def test_phrases_within_phrases_are_not_filled_in_without_end(depth, places, text):
    assert len(str(error_from(nested(3, 2, "x")))) < 200
    with pytest.raises(BadMessageError):
        error_from(nested(depth, places, text))


def test_an_error_has_few_values():
    params = {"why": "x"} | {f"a{number}": "x" for number in range(8)}
    with pytest.raises(BadMessageError):
        error_from({"code": "not-text", "params": params})


LIMITED = """
import resource
from pathlib import Path
from claims.ingest.sandbox import __main__ as reader
reader._STATM = Path("/no/such/file")
reader._allow_memory(1024 * 1024)
print(resource.getrlimit(resource.RLIMIT_AS)[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no limit of memory")
def test_memory_is_limited_also_where_the_system_does_not_say_how_much_is_used():
    command = [sys.executable, "-c", LIMITED]
    told = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True).stdout
    assert int(told) != resource.RLIM_INFINITY
    assert int(told) <= 2 * 1024 * MEGABYTE
