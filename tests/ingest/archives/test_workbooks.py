"""Archives that are workbooks: cells keep their kind, and a bad file has an error of its own."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from claims.errors import LockedFileError, NotTextError, UnreadableFileError, UnreadableTableError
from claims.ingest.archives import MAX_SHARED
from tests.ingest.archives.records import BODY, entries, sheet


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
