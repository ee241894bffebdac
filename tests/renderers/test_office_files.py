"""What a form or Excel makes of a text: line breaks as browsers send them, dates, separators, and shares."""

import io
from datetime import UTC, datetime, timedelta, timezone

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from claims.renderers import get
from claims.renderers.documents.page import page
from claims.renderers.types import Edition, Table
from tests.renderers import reports

AS_SENT = "The ledger lists three.\r\n\r\nThe clerk confirmed it."
"""A reason of two paragraphs, as a browser sends what was typed."""


def decided() -> Edition:
    at = datetime(2031, 5, 7, 11, 5, tzinfo=UTC)
    line = reports.claim(1, verdict=reports.DISPUTED, reason=AS_SENT, checked_at=at)
    return reports.report(line, number=3)


def book(file: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(file))


def test_a_blank_line_is_two_line_breaks_in_word():
    file = docx.Document(io.BytesIO(b"".join(get("docx").write(decided()))))
    (reason,) = (each for each in file.paragraphs if each.text.startswith("The ledger lists"))
    assert reason.text == "The ledger lists three.\n\nThe clerk confirmed it."


def test_a_line_break_is_no_code_in_excel():
    sheet = book(b"".join(get("xlsx").write(decided())))["Claims"]
    by_name = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert by_name["reason"].value == "The ledger lists three.\n\nThe clerk confirmed it."
    listed = book(b"".join(get("xlsx").table(Table(("reason",), [(AS_SENT,)]))))
    assert "_x000D_" not in listed.active["A2"].value


def test_times_are_excels_own_in_utc_and_say_so():
    east = timezone(timedelta(hours=5))
    rows = [(datetime(2031, 5, 6, 9, tzinfo=east), datetime(1850, 1, 1, tzinfo=UTC))]
    sheet = book(b"".join(get("xlsx").table(Table(("at", "long ago"), rows)))).active
    assert sheet["A2"].value == datetime(2031, 5, 6, 4)  # noqa: DTZ001 - Excel knows no zones
    assert sheet["A2"].number_format.endswith('" UTC"')
    assert sheet["B2"].value == "1850-01-01T00:00:00+00:00"


def test_excel_where_a_comma_is_in_numbers_gets_semicolons():
    file = b"".join(get("csv-excel-semicolons").table(Table(("a", "b"), [("x; y", 0.5)])))
    assert file.decode("utf-8-sig") == 'a;b\r\n"x; y";0,5\r\n'


@pytest.mark.parametrize("counts", [(1, 1, 1), (13, 3, 10), (1, 0, 6), (0, 0, 0)])
def test_shares_are_a_hundred_together(counts):
    kinds = (reports.PENDING, reports.VERIFIED, reports.DISPUTED)
    lines = [
        reports.claim(10 * place + number, verdict=verdict)
        for place, (verdict, count) in enumerate(zip(kinds, counts, strict=True))
        for number in range(count)
    ]
    figures = page(reports.report(*lines)).figures
    assert sum(each.percent for each in figures) == (100 if lines else 0)
    for each in figures:
        assert abs(each.percent - 100 * each.share) < 1


def test_the_cover_says_when_it_was_published():
    at = datetime(2031, 5, 9, 8, 0, tzinfo=UTC)
    made = reports.report(
        reports.claim(1),
        number=3,
        format=2,
        edition="internal",
        approved_by="Ansel Whitcombe",
        published_by="Brona Kestle",
        published_at=at,
    )
    cover = [(fact.label, fact.text) for fact in page(made).cover]
    assert ("Published", "2031-05-09 08:00 UTC by Brona Kestle") in cover
    assert ("Approved by", "Ansel Whitcombe") in cover
    assert ("Drafted", "2031-05-08 16:45 UTC by Petra Onslow") in cover


def test_an_emoji_with_a_skin_tone_is_drawn_without_an_empty_box():
    made = reports.report(reports.claim(1, statement="The minister waved 👋🏽 and left"))
    file = b"".join(get("pdf").write(made))
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(file)).pages)
    assert "no font for some of its characters" not in text
    assert "🏽" not in text
    assert "👋" in text


def pages_of(edition: Edition) -> list[str]:
    file = b"".join(get("pdf").write(edition))
    return [reports.closed_up(each.extract_text()) for each in PdfReader(io.BytesIO(file)).pages]


def test_a_claim_stays_on_one_page_with_its_facts_and_no_heading_is_left_alone():
    """For each number of claims before, so that the last one meets the end of the page somewhere."""
    words = "Row after row of the ledger names barges. "
    for lines in range(0, 24, 3):
        first = reports.claim(1, reason=words * lines)
        others = [reports.claim(number, reason=words) for number in range(2, 6)]
        shown = pages_of(reports.report(first, *others))
        for number in range(2, 6):
            heading = reports.closed_up(f"Claim {number} ○ Pending Exact words")
            (at,) = (text for text in shown if heading in text)
            assert f"ClaimID:{number}" in at
        assert not any(text.split("INTERNAL")[0].endswith("Theclaimsinfull") for text in shown)
