"""Archives of every format: every good record becomes an article, every bad one an error with its line."""

import io
import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import (
    EmptyArticleError,
    InvalidValueError,
    UnknownFormatError,
    UnreadableTableError,
    WorkbenchError,
)
from claims.ingest.archive_records import SYNONYMS
from claims.ingest.archives import articles
from claims.ingest.types import ArticleDraft
from tests.ingest.archives.records import (
    BODY,
    HEADLINE,
    MADE,
    RECORD,
    bounded,
    entries,
    every_archive,
    jsonl,
    sheet,
    table,
)


@every_archive
def test_all_fields_are_read(key):
    (entry,) = entries(MADE[key](RECORD), f"archive.{key.upper()}")
    assert entry.found == ArticleDraft(
        **RECORD
        | {
            "published": datetime(2026, 1, 28, 11, tzinfo=UTC),
            "embargoed_until": datetime(2026, 1, 28, 17, tzinfo=UTC),
        }
    )


@every_archive
@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in SYNONYMS.items() for name in names]
)
def test_a_field_may_have_any_of_its_names(key, field, name):
    record = {name.upper() if each == field else each: value for each, value in RECORD.items()}
    (entry,) = entries(MADE[key](record), f"archive.{key}")
    assert getattr(entry.found, field) == getattr(
        entries(MADE[key](RECORD), f"archive.{key}")[0].found, field
    )


@every_archive
def test_the_fields_own_name_counts_first_and_others_are_left_alone(key):
    record = {
        "Text": "Other.",
        "id": "7",
        "Date Published": "2026-01-02",
        "BODY": BODY,
        "date": "2026-01-03",
    }
    (entry,) = entries(MADE[key](record), f"archive.{key}")
    assert entry.found.body == BODY
    assert entry.found.published == datetime(2026, 1, 2, tzinfo=UTC)


@every_archive
@pytest.mark.parametrize(
    ("change", "error", "why"),
    [
        ({"body": "…"}, EmptyArticleError, "no text"),
        ({"body": ""}, InvalidValueError, "the record has no text"),
        ({"url": "ftp://x"}, InvalidValueError, "web address"),
        ({"published": "04/05/2026"}, InvalidValueError, "is not a valid date"),
        ({"language": "English, mostly"}, InvalidValueError, "not a valid language tag"),
        ({"headline": "x" * 301}, InvalidValueError, "301 characters"),
    ],
)
def test_a_bad_record_is_told_and_the_rest_goes_on(key, change, error, why):
    good, bad = RECORD, RECORD | change
    rows = (tuple(RECORD), tuple(good.values()), tuple(bad.values()), tuple(good.values()))
    data = {"csv": table(*rows).encode(), "xlsx": sheet(*rows)}.get(key) or jsonl(
        good, bad, good
    ).encode()
    found = [entry.found for entry in entries(data, f"archive.{key}")]
    assert [isinstance(each, ArticleDraft) for each in found] == [True, False, True]
    assert isinstance(found[1], error)
    assert why in str(found[1])


@every_archive
def test_a_file_without_a_record_is_told(key):
    for data in (b"", b"\n \n" if key != "xlsx" else sheet()):
        with pytest.raises((UnreadableTableError, EmptyArticleError)):
            entries(data, f"archive.{key}")


@pytest.mark.parametrize("name", ["archive.txtx", "archive.xls", "archive", "archive.csv.gz"])
def test_an_unknown_extension_is_refused_at_once(name):
    with pytest.raises(UnknownFormatError, match="jsonl, ndjson, csv, xlsx"):
        articles(io.BytesIO(), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("key", ["csv", "jsonl"])
def test_the_encoding_is_found(encoding, key):
    text = {
        "csv": table(("text",), (BODY,)),
        "jsonl": json.dumps({"title": HEADLINE, "text": BODY}, ensure_ascii=False),
    }[key]
    (entry,) = entries(text.encode(encoding), f"archive.{key}")
    assert entry.found.body.endswith("“not even the mayor”, they said.")


class Endless(io.RawIOBase):
    """A stream of records without an end."""

    def __init__(self, record: bytes) -> None:
        self.block = record * 100

    def read(self, size: int = -1) -> bytes:
        return self.block


@pytest.mark.parametrize(
    ("name", "record"),
    [("a.jsonl", b'{"text": "The bridge is closed."}\n'), ("a.csv", b"text,text\n")],
)
def test_memory_stays_flat_however_long_the_file(name, record):
    found = articles(Endless(record), name)
    for _ in range(100):
        next(found)
    tracemalloc.start()
    for _ in range(5_000):
        next(found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


_CELLS = st.one_of(
    st.sampled_from(['"', "\n", ",", ";", "\r", "\0", "é", BODY, '""']), st.text(max_size=6)
)


@given(st.lists(_CELLS, max_size=20), st.sampled_from(["a.csv", "a.jsonl"]))
@bounded
def test_any_text_gives_entries_or_an_error(pieces, name):
    head = "title,text\n" if name == "a.csv" else ""
    try:
        found = entries((head + "".join(pieces)).encode(errors="replace"), name)
    except WorkbenchError:
        return
    assert [entry.number for entry in found] == sorted({entry.number for entry in found})
