"""Archives of JSON lines and of comma-separated values: dates, names, delimiters, and errors with their lines."""

import codecs
import csv
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import (
    InvalidValueError,
    NotTextError,
    TooLargeError,
    UnreadableRecordError,
    UnreadableTableError,
)
from claims.ingest.archives import MAX_LINE
from claims.ingest.types import ArticleDraft
from tests.ingest.archives.records import BODY, bounded, entries, jsonl, sheet, table


@pytest.mark.parametrize(
    ("line", "error", "why"),
    [
        ("{", UnreadableRecordError, "the error is at character 2 (Expecting property name"),
        ("[]", UnreadableRecordError, "must be a JSON object"),
        ("null", UnreadableRecordError, "must be a JSON object"),
        ("[" * 100_000, UnreadableRecordError, "must be a JSON object"),
        ('{"n": ' + "9" * 5000 + "}", UnreadableRecordError, "must be a JSON object"),
        ('{"body": ["a"]}', InvalidValueError, "body is not a text"),
        ('{"body": true}', InvalidValueError, "body is not a text"),
        ('{"body": "a", "author": [[1, {}]]}', InvalidValueError, "byline is not a text"),
        ('{"body": "a", "date": 1e300}', InvalidValueError, "is not a valid date"),
        ('{"body": "a", "date": NaN}', InvalidValueError, "is not a valid date"),
        (
            jsonl({"body": "a", "date": "x" * 101}),
            InvalidValueError,
            f"“{'x' * 100}” is not a valid",
        ),
        (r'{"body": "\ud83d\ud83d\ud83d\ud83d"}', NotTextError, "control characters"),
        ("x" * (MAX_LINE + 1), TooLargeError, "MB"),
        (jsonl({"body": "word " * 50_000}), TooLargeError, "characters"),
    ],
    ids=range(14),
)
def test_a_bad_line_has_its_own_error_and_number(line, error, why):
    good = jsonl({"text": BODY})
    first, bad, last = entries(f"{good}\r\n\n{line}\n{good}", "archive.jsonl")
    assert (first.number, bad.number, last.number) == (1, 3, 4)
    assert first.found.body == last.found.body == BODY
    assert isinstance(bad.found, error)
    assert why in str(bad.found)


def test_a_line_that_is_no_text_is_told():
    good = jsonl({"text": BODY}).encode()
    _, bad, _ = entries(good + b'\n{"text": "\x90\x81"}\n' + good, "archive.jsonl")
    assert isinstance(bad.found, NotTextError)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1769598000, datetime(2026, 1, 28, 11, tzinfo=UTC)),
        (1769598000000, datetime(2026, 1, 28, 11, tzinfo=UTC)),
        ("Wed, 28 Jan 2026 12:00:00 +0100", datetime(2026, 1, 28, 11, tzinfo=UTC)),
        ("2026-01-28T11:00:00.000Z", datetime(2026, 1, 28, 11, tzinfo=UTC)),
    ],
)
def test_dates_of_several_kinds_are_read(value, published):
    (entry,) = entries(jsonl({"text": BODY, "date": value}), "archive.jsonl")
    assert entry.found.published == published


def test_names_in_lists_and_objects_are_read():
    record = {
        "text": BODY,
        "author": [{"name": "Marit Solvane"}, "Pell Aldous"],
        "source": {"name": "Courier"},
    }
    (entry,) = entries(jsonl(record), "archive.jsonl")
    assert (entry.found.byline, entry.found.outlet) == ("Marit Solvane, Pell Aldous", "Courier")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_the_delimiter_is_found(delimiter):
    data = table(("title", "text"), (f"Bridge{delimiter}closed", BODY), delimiter=delimiter)
    (entry,) = entries(data, "archive.csv")
    assert entry.found.headline == f"Bridge{delimiter}closed".replace("\t", " ")
    assert entry.found.body == BODY


def test_excels_note_of_the_delimiter_is_followed():
    (entry,) = entries("sep=;\r\ntext;title\r\nThe bridge is closed.;Bridge\r\n", "archive.csv")
    assert (entry.number, entry.found.headline) == (3, "Bridge")


def test_utf_16_is_read_in_the_other_byte_order_too():
    (entry,) = entries(codecs.BOM_UTF16_BE + table(("text",), (BODY,)).encode("utf-16-be"), "a.csv")
    assert "café" in entry.found.headline


def test_a_body_may_be_longer_than_csv_fields_usually_are():
    usual = csv.field_size_limit()
    (entry,) = entries(table(("text",), ("word " * 39_000,)), "archive.csv")
    assert len(entry.found.body) == 39_000 * 5 - 1
    assert csv.field_size_limit() == usual


def test_numbers_are_the_lines_where_records_begin():
    data = table(("title", "text"), ("a", BODY), ("b", ""), ("c", BODY))
    found = entries(data.replace("\r\n", "\r\n\r\n"), "archive.csv")
    assert [
        data.replace("\r\n", "\r\n\r\n").split("\n")[entry.number - 1][0] for entry in found
    ] == ["a", "b", "c"]


def test_more_cells_than_columns_are_an_error_and_no_shorter_text():
    bad, good = entries(
        'title,text\nBridge,It is closed, said the mayor\nBridge,"It is closed, she said"\n',
        "a.csv",
    )
    assert "the row has 3 cells, but the first row has 2 column names" in str(bad.found)
    assert good.found.body == "It is closed, she said"


def test_a_quotation_mark_that_never_ends_spoils_no_more_than_its_record():
    lines = "".join(f"Bridge {n},It is closed{' and closed' * 20}.\n" for n in range(15_000))
    found = entries(f'title,text\nBridge,"It is closed.\n{lines}', "archive.csv")
    assert isinstance(found[0].found, UnreadableRecordError)
    assert isinstance(found[-1].found, ArticleDraft)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_without_a_column_of_text_is_told(name):
    rows = (("title", "date"), ("Bridge", "2026-01-01"))
    data = table(*rows).encode() if name == "a.csv" else sheet(*rows)
    with pytest.raises(UnreadableTableError, match="no column contains the articles' text"):
        entries(data, name)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), min_size=1, max_size=6))
@bounded
def test_what_is_written_as_csv_comes_back_record_by_record(rows):
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    try:
        found = entries(table(("title", "text"), *rows), "a.csv")
    except UnreadableTableError:
        assert not expected
        return
    assert len(found) == len(expected)


@pytest.mark.parametrize("value", [True, {"a": 1}, [1], 7, None, ""])
def test_what_has_another_name_is_left_alone_whatever_it_is(value):
    line = json.dumps({"headline": "Bridge", "body": "It is closed.", "flag": value})
    (entry,) = entries(line, "a.jsonl")
    assert entry.found.body == "It is closed."


@pytest.mark.parametrize("value", [True, [1], {"a": 1}])
def test_what_cannot_be_a_date_is_told(value):
    line = json.dumps({"headline": "Bridge", "body": "It is closed.", "published": value})
    (entry,) = entries(line, "a.jsonl")
    assert "is not a valid date" in str(entry.found)
