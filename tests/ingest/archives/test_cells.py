"""The cells of an Excel workbook, as a person would type them, and how much of one is read."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from claims.errors import UnreadableTableError
from claims.ingest import workbooks
from claims.ingest.workbooks import Cell, cells_of, rows

DAY = date(2031, 5, 7)


def book(*made: list[object]) -> BytesIO:
    workbook, file = Workbook(), BytesIO()
    for row in made:
        workbook.active.append(row)
    workbook.save(file)
    file.seek(0)
    return file


def read(file: BytesIO, most: int = 10) -> list[list[Cell]]:
    return list(rows(file, most=most, width=5))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Ada", Cell("Ada")),
        (True, Cell("yes")),
        (False, Cell("no")),
        (3.0, Cell("3")),
        (2.5, Cell("2.5")),
        (datetime.combine(DAY, time()), Cell("2031-05-07")),
        (datetime.combine(DAY, time(9, 30)), Cell("2031-05-07T09:30:00")),
        (DAY, Cell("2031-05-07")),
        (time(9, 30), Cell("09:30:00")),
        ("=A1+1", Cell("=A1+1", "f")),
        ("#REF!", Cell("#REF!", "e")),
        ("x" * 32_767, Cell("x" * 32_767)),
    ],
)
def test_a_cell_is_what_was_typed(value, cell):
    assert read(book([value])) == [[cell]]


def test_empty_cells_at_the_end_of_a_row_are_left_out_and_others_are_not():
    assert read(book(["a", None, "b", None, None], [None, "c"])) == [
        [Cell("a"), Cell(""), Cell("b")],
        [Cell(""), Cell("c")],
    ]


def test_a_workbook_of_just_so_many_rows_is_read():
    assert len(read(book(["a"], ["b"]), most=2)) == 2
    with pytest.raises(UnreadableTableError, match="beyond row 1"):
        read(book(["a"], ["b"]), most=1)


def _size(file: BytesIO) -> int:
    with workbooks.zipfile.ZipFile(file) as parts:
        return sum(part.file_size for part in parts.infolist())


def _tags(file: BytesIO) -> int:
    with workbooks.zipfile.ZipFile(file) as parts:
        return sum(workbooks._tags(parts, name) for name in parts.namelist())


@pytest.mark.parametrize(
    ("name", "size_of"),
    [("MAX_UNPACKED", _size), ("MAX_TAGS", _tags), ("MAX_CHARACTERS", lambda _file: 5)],
)
def test_a_workbook_of_just_its_size_is_read(monkeypatch, name, size_of: Callable[[BytesIO], int]):
    file = book(["abc", "de"])
    size = size_of(file)
    monkeypatch.setattr(workbooks, name, size)
    assert read(BytesIO(file.getvalue())) == [[Cell("abc"), Cell("de")]]
    monkeypatch.setattr(workbooks, name, size - 1)
    with pytest.raises(UnreadableTableError):
        read(BytesIO(file.getvalue()))


@pytest.mark.parametrize(
    "row", [None, {}, ["ab"], [["a"]], [["a", 1]], [["a", "", ""]], [["a", ""], ["b", ""]]]
)
def test_what_is_not_a_row_of_few_enough_cells_is_refused(row):
    assert cells_of([["a", "f"]], width=1) == [Cell("a", "f")]
    with pytest.raises(LookupError):
        cells_of(row, width=1)
