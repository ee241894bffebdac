"""Archives: every good record becomes an article, every bad one an error with its line."""

import codecs
import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import (
    EmptyArticleError,
    InvalidValueError,
    LockedFileError,
    NotTextError,
    TooLargeError,
    UnknownFormatError,
    UnreadableFileError,
    UnreadableRecordError,
    UnreadableTableError,
    WorkbenchError,
)
from claims.ingest.archive_records import SYNONYMS
from claims.ingest.archives import MAX_LINE, MAX_SHARED, articles
from claims.ingest.types import ArticleDraft

bounded = settings(max_examples=150, deadline=None, derandomize=True)

HEADLINE = "Bridge closed"
BODY = "The café at the bridge is closed.\n\nNobody knows why, “not even the mayor”, they said."


def entries(data: str | bytes, name: str):
    return list(articles(io.BytesIO(data.encode() if isinstance(data, str) else data), name))


def jsonl(*records: object) -> str:
    return "\n".join(json.dumps(record) for record in records)


def table(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


RECORD = {
    "headline": HEADLINE,
    "body": BODY,
    "outlet": "The Ostrey Courier",
    "byline": "Marit Solvane",
    "url": "https://courier.example.org/bridge",
    "published": "2026-01-28T12:00:00+01:00",
    "language": "en-GB",
}
MADE = {
    "jsonl": lambda record: jsonl(record).encode(),
    "ndjson": lambda record: jsonl(record).encode(),
    "csv": lambda record: table(tuple(record), tuple(record.values())).encode(),
    "xlsx": lambda record: sheet(tuple(record), tuple(record.values())),
}
every_archive = pytest.mark.parametrize("key", MADE)


@every_archive
def test_all_fields_are_read(key):
    (entry,) = entries(MADE[key](RECORD), f"archive.{key.upper()}")
    assert entry.found == ArticleDraft(
        **RECORD | {"published": datetime(2026, 1, 28, 11, tzinfo=UTC)}
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


@pytest.mark.parametrize("name", ["archive.json", "archive.xls", "archive", "archive.csv.gz"])
def test_an_unknown_extension_is_refused_at_once(name):
    with pytest.raises(UnknownFormatError, match="jsonl, ndjson, csv, xlsx"):
        articles(io.BytesIO(), name)


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
        (r'{"body": "\ud83d\ud83d\ud83d\ud83d"}', NotTextError, "control characters"),
        ("x" * (MAX_LINE + 1), TooLargeError, "bytes"),
        (jsonl({"body": "word " * 50_000}), TooLargeError, "characters"),
    ],
    ids=range(13),
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("key", ["csv", "jsonl"])
def test_the_encoding_is_found(encoding, key):
    text = {
        "csv": table(("text",), (BODY,)),
        "jsonl": json.dumps({"title": HEADLINE, "text": BODY}, ensure_ascii=False),
    }[key]
    (entry,) = entries(text.encode(encoding), f"archive.{key}")
    assert entry.found.body.endswith("“not even the mayor”, they said.")


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


def test_a_workbook_under_another_name_is_told():
    with pytest.raises(NotTextError, match="ZIP"):
        entries(sheet(("text",), ("word",)), "archive.csv")


def test_cells_of_a_sheet_keep_their_kind_and_rows_their_number():
    data = sheet(
        (), ("Title", "Text", "Date"), (), (1984, BODY, date(2026, 1, 28)), (None, None, None)
    )
    (entry,) = entries(data, "archive.xlsx")
    assert (entry.number, entry.found.headline) == (4, "1984")
    assert entry.found.published == datetime(2026, 1, 28, tzinfo=UTC)


def repacked(data: bytes, change, *, shared: int = 0) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        if shared:
            new.writestr("xl/sharedStrings.xml", bytes(shared))
    return stream.getvalue()


def in_sheet(before: bytes, after: bytes) -> bytes:
    data = sheet(("text",), ("The bridge is closed.",))
    return repacked(
        data,
        lambda name, part: part.replace(before, after) if name.endswith("sheet1.xml") else part,
    )


@pytest.mark.parametrize(
    ("data", "error", "why"),
    [
        (b"text\nThe bridge", UnreadableFileError, "not a valid Excel file"),
        (sheet(("text",), ("a",))[:2000], UnreadableFileError, "not a valid Excel file"),
        (
            repacked(sheet(("text",)), lambda name, part: b"<"),
            UnreadableFileError,
            "not a valid Excel file",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            LockedFileError,
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, UnreadableFileError, "old Office"),
        (
            repacked(sheet(("text",), ("a",)), lambda name, part: part, shared=MAX_SHARED + 1),
            UnreadableFileError,
            "far too large",
        ),
        (in_sheet(b"</sheetData>", b"<row"), UnreadableTableError, "damaged"),
    ],
    ids=range(7),
)
def test_a_bad_workbook_has_its_own_error(data, error, why):
    with pytest.raises(error, match=why):
        entries(data, "archive.xlsx")


def test_the_last_row_of_a_sheet_is_read_and_none_beyond():
    (entry,) = entries(in_sheet(b'<row r="2"', b'<row r="1048576"'), "archive.xlsx")
    assert entry.number == 1_048_576
    with pytest.raises(UnreadableTableError, match="no article"):
        entries(in_sheet(b'<row r="2"', b'<row r="999999999999"'), "archive.xlsx")


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
