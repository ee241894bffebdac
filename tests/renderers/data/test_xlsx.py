import io
import zipfile
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.admin.import_export import formats
from claims.renderers.data import csv_file, xlsx
from claims.renderers.data.guard import guarded
from claims.renderers.data.xlsx import LONGEST, table, write
from claims.renderers.types import Byline, Edition, Table
from tests.renderers import reports


def book(edition: Edition) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(b"".join(write(edition))))


def sheets(rows: Table) -> dict[str, list[tuple]]:
    read = openpyxl.load_workbook(io.BytesIO(b"".join(table(rows))))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in read}


def taken_in(file: bytes) -> list[str]:
    """The texts of the cells under the names, as the admin's import reads them."""
    return formats.read_xlsx(file).rows[0]


def test_claims_report_and_corrections_have_a_sheet_each():
    assert book(reports.several()).sheetnames == ["Claims", "Report", "Corrections"]
    assert book(reports.sample()).sheetnames == ["Claims", "Report"]


def test_the_claims_are_those_of_the_csv():
    made = book(reports.several())["Claims"]
    names = next(csv_file.FORMAT.write(reports.several())).decode().replace('"', "").strip()
    assert ",".join(cell.value for cell in made[1]) == names
    by_name = dict(zip((cell.value for cell in made[1]), made[2], strict=True))
    assert by_name["id"].value == 21
    assert by_name["checked_at"].value == datetime(2031, 5, 16, 11, 5)  # noqa: DTZ001
    assert by_name["verdict"].value == "disputed"
    assert by_name["published_verdict"].value == "verified"
    assert by_name["report"].value == 3
    assert made.cell(4, 5).value == "ميرا الصالحية"


def test_the_names_stay_in_sight_and_filter():
    made = book(reports.several())["Claims"]
    assert made.freeze_panes == "A2"
    assert made["A1"].font.bold
    assert made.auto_filter.ref == made.dimensions
    widths = [column.width for column in made.column_dimensions.values()]
    assert min(widths) >= 8
    assert max(widths) < 50


@pytest.mark.parametrize(("letters", "wide"), [(5, 8), (20, 22), (46, 48), (60, 48)])
def test_a_column_is_as_wide_as_its_longest_line_and_the_arrow_of_its_filter(letters, wide):
    made = openpyxl.load_workbook(io.BytesIO(b"".join(table(Table(["x" * letters], [["x\nx"]])))))
    assert made.active.column_dimensions["A"].width == pytest.approx(wide, abs=1)


def test_the_report_says_who_when_and_how_many():
    facts = dict(book(reports.several())["Report"].iter_rows(min_row=2, values_only=True))
    assert facts["digest"] == reports.several().digest
    assert facts["number"] == 3
    assert facts["made_by"] == "Petra Onslow"
    assert facts["created_at"] == datetime(2031, 5, 8, 16, 45, 12, 346_000)  # noqa: DTZ001
    assert facts["edition"] == "internal"
    assert facts["newsroom"] == "The Veldmark Proof Desk"
    assert facts["method"].startswith("Two editors")
    assert facts["funding"].startswith("Its readers")
    assert [facts[name] for name in ("claims", "pending", "verified", "disputed")] == [3, 1, 0, 2]


def test_the_report_names_those_who_agreed_to_it():
    edition = reports.report(
        bylines=(
            Byline("checked", "Tamsin"),
            Byline("written", "Quillon"),
            Byline("checked", "Edda"),
        )
    )
    facts = dict(book(edition)["Report"].iter_rows(min_row=2, values_only=True))
    named = {name: facts[name] for name in facts if name.startswith("byline_")}
    assert named == {
        "byline_written": "Quillon",
        "byline_checked": "Tamsin, Edda",
        "byline_approved": None,
    }


def test_a_correction_is_a_row():
    names, first, second = book(reports.several())["Corrections"].iter_rows(values_only=True)
    assert dict(zip(names, first, strict=True)) == {
        "claim": 21,
        "kind": "correction",
        "before": "verified",
        "after": "disputed",
        "reason": "A second ledger was found.",
        "at": datetime(2031, 5, 16, 11, 5),  # noqa: DTZ001
        "notice": "We first called this claim verified. A second ledger, found since, contradicts it.",
        "published_at": datetime(2031, 5, 17, 11, 5),  # noqa: DTZ001
    }
    assert second[-1] is None


def test_every_kind_of_cell():
    east = timezone(timedelta(hours=5))
    moment = datetime(2031, 5, 6, 9, tzinfo=east)
    cells = ("12", 7, -7, 0.25, True, None, moment, date(2031, 5, 6), 12345678901234567890)
    assert sheets(Table(tuple("abcdefghi"), [cells]))["Table"][1] == (
        "12",
        7,
        -7,
        0.25,
        True,
        None,
        datetime(2031, 5, 6, 4),  # noqa: DTZ001
        datetime(2031, 5, 6),  # noqa: DTZ001
        "12345678901234567890",
    )


@pytest.mark.parametrize(("year", "is_text"), [(1899, True), (1900, True), (1901, False)])
def test_a_day_that_spreadsheets_count_otherwise_is_a_text(year, is_text):
    day, moment = date(year, 3, 1), datetime(year, 3, 1, 12, tzinfo=timezone.utc)  # noqa: UP017
    found = sheets(Table(("day", "moment"), [(day, moment)]))["Table"][1]
    assert [isinstance(cell, str) for cell in found] == [is_text, is_text]
    assert str(found[0]).startswith(f"{year}-03-01")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1+1}",
        "https://ledger.example",
        "mailto:ilse@lantern.example",
        "internal:Report!A1",
        "007",
        "<r><t>bold</t></r>",
        "<r>\n& </r>",
        "=<r></r>",
        "_x000D_ and _x0041_",
        "bell \x07, return \n, end \uffff",
        " blank around ",
    ],
)
def test_a_text_stays_a_text_and_comes_back(text: str):
    file = b"".join(table(Table(("quote", "end"), [(text, "here")])))
    cell = openpyxl.load_workbook(io.BytesIO(file)).active["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.hyperlink is None
    assert taken_in(file) == [text, "here"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_characters="\0")
            | st.sampled_from("=+-@'<>r/&_x00 \t\r\n"),
            max_size=30,
        ),
        min_size=1,
        max_size=20,
    )
)
def test_any_text_comes_back_through_the_admins_import(texts):
    # The last cell keeps empty ones in front of it in the file.
    file = b"".join(table(Table(tuple(map(str, range(len(texts) + 1))), [(*texts, "end")])))
    assert taken_in(file) == [*texts, "end"]


@pytest.mark.parametrize("character", ["w", "🐟", "="])
def test_a_text_as_long_as_a_cell_is_whole_and_a_longer_one_tells_what_is_missing(character: str):
    size = len(character.encode("utf-16-le")) // 2
    fits = character * ((LONGEST - 1) // size)
    whole, cut = sheets(Table(("a",), [(fits,), (fits + character * 100,)]))["Table"][1:]
    assert whole[0] == guarded(fits)
    kept, told = cut[0].split("… [cut: ")
    assert len(cut[0].encode("utf-16-le")) // 2 <= LONGEST
    assert set(kept.removeprefix("'")) == {character}
    missing = int(told.removesuffix(" characters]"))
    assert len(kept) + missing == len(guarded(fits)) + 100


def test_further_rows_go_on_in_a_next_sheet(monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 4)
    read = sheets(Table(("id", "place"), ((number, "Quillport") for number in range(1, 8))))
    assert list(read) == ["Table", "Table 2", "Table 3"]
    assert [row[0] for row in read["Table"]] == ["id", 1, 2, 3]
    assert [row[0] for row in read["Table 2"]] == ["id", 4, 5, 6]
    assert read["Table 3"] == [("id", "place"), (7, "Quillport")]


def test_rows_that_just_fill_a_sheet_need_no_next(monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 4)
    assert list(sheets(Table(("id",), [(1,), (2,), (3,)]))) == ["Table"]


def test_a_file_bears_the_reports_date_and_no_other():
    file = b"".join(write(reports.several()))
    properties = openpyxl.load_workbook(io.BytesIO(file)).properties
    made = datetime(2031, 5, 8, 16, 45, 12)  # noqa: DTZ001
    assert properties.title == "What was said of Quillport's harbour in May"
    assert properties.creator == "The Veldmark Proof Desk"
    assert properties.created == properties.modified == made
    parts = zipfile.ZipFile(io.BytesIO(file)).infolist()
    assert {part.date_time[0] for part in parts} == {1980}


def test_hostile_text_stays_in_its_cells():
    made = book(reports.hostile())
    texts = [cell for row in made["Claims"].iter_rows(values_only=True) for cell in row]
    assert texts.count(reports.HOSTILE) > 8
    assert all(cell.data_type != "f" for sheet in made for row in sheet for cell in row)


def test_rows_that_fail_leave_no_files_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield (1,)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        list(table(Table(("id",), rows())))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "cell"),
    [(10**15 - 1, 10**15 - 1), (10**15, str(10**15)), (-(10**15), str(-(10**15)))],
)
def test_a_number_that_spreadsheets_would_round_is_a_text(number, cell):
    assert sheets(Table(("a",), [(number,)]))["Table"][1] == (cell,)
