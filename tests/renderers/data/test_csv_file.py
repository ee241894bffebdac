import csv
import io
from datetime import date, datetime, timedelta, timezone
from itertools import count, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers import get
from claims.renderers.data.csv_file import FORMAT, table
from claims.renderers.data.guard import guarded, unguarded
from claims.renderers.types import Edition, Table
from tests.renderers import reports

write = FORMAT.write


def rows(edition: Edition) -> list[dict[str, str]]:
    return read(b"".join(write(edition)))


def read(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline=""), strict=True))


def test_the_file_is_plain_text_that_begins_with_the_claims_id():
    assert b"".join(write(reports.sample())).startswith(b"id,article,quote,statement,source,")


def test_the_file_for_excel_is_the_same_behind_a_mark():
    for_excel = get("csv-excel")
    assert for_excel.suffix == "csv"
    plain = b"".join(write(reports.several()))
    assert b"".join(for_excel.write(reports.several())) == "\ufeff".encode() + plain
    some = Table(("name",), [("Ilse Marrowby",)])
    assert b"".join(for_excel.table(some)) == '\ufeffname\r\n"Ilse Marrowby"\r\n'.encode()


def test_a_claim_is_a_line():
    assert [row["id"] for row in rows(reports.sample())] == ["11", "12", "13", "14", "15"]
    assert len(b"".join(write(reports.report())).splitlines()) == 1


def test_a_table_begins_before_its_rows_are_there_and_never_holds_them_all():
    taken = []
    endless = ((number, "Quillport") for number in count() if not taken.append(number))
    stream = table(Table(("id", "place"), endless))
    assert next(stream) == b"id,place\r\n"
    assert taken == []
    some = b"".join(islice(stream, 3)).decode().splitlines()
    assert some[0] == "0,Quillport"
    assert len(some) == len(taken) < 1_000


def test_every_kind_of_cell():
    east = timezone(timedelta(hours=5))
    cells = (
        "a, b",
        0,
        -7,
        0.25,
        True,
        None,
        "",
        datetime(2031, 5, 6, 9, tzinfo=east),
        date(2031, 5, 6),
    )
    file = b"".join(table(Table(tuple("abcdefghi"), [cells]))).decode()
    assert file.splitlines()[1] == '"a, b",0,-7,0.25,True,,,2031-05-06T04:00:00+00:00,2031-05-06'


def test_a_line_without_anything_is_a_line():
    file = b"".join(table(Table(("quote",), [(None,), ("",), ("x",)])))
    assert [row["quote"] for row in read(file)] == ["", "", "x"]


def test_every_column_of_a_claim():
    disputed = rows(reports.sample())[1]
    evidence = {key: disputed.pop(key) for key in list(disputed) if key.startswith("evidence_")}
    assert disputed == {
        "id": "12",
        "article": "7",
        "verdict": "disputed",
        "published_verdict": "disputed",
        "withheld_documents": "0",
        "second_check_under_way": "False",
        "edition": "internal",
        "approved_by": "",
        "published_by": "",
        "published_at": "",
        "verdict_label": "Disputed",
        "statement": "No barge was turned away from Quillport.",
        "quote": "“Not one barge was turned away,” the minister said",
        "quotation": "direct",
        "quotation_label": "Direct quotation",
        "source": "Oswin Tarrabel",
        "source_kind": "minister",
        "source_kind_label": "Minister",
        "role": "the harbour minister of Veldmark",
        "told_to": "the Quillport Lantern",
        "checkworthiness": "0.75",
        "reason": "The ledger lists three barges sent on to Fennick on 2 May.",
        "checked_by": "Ansel Whitcombe",
        "checked_at": "2031-05-07T11:05:00+00:00",
        "headline": "Minister says half of Quillport's berths lie empty",
        "outlet": "The Quillport Lantern",
        "byline": "Ilse Marrowby",
        "url": "https://lantern.example/berths",
        "published": "2031-05-06T04:30:00+00:00",
        "language": "en",
        "revision": "2",
        "body_digest": "ab" * 32,
        "second_checked_by": "",
        "second_checked_at": "",
        "taken_over_from": "",
        "source_links": "https://www.wikidata.org/wiki/Q4115189",
        "why_chosen": "figure, accusation",
        "prefix": "On Tuesday the minister told a full hall that ",
        "suffix": ", and that nobody had asked why.",
        "corrected_since": "",
        "earlier_checks": "",
        "contradictions": "",
        "section": "",
        "report": "",
        "report_title": "Minister says half of Quillport's berths lie empty",
        "report_language": "en",
        "scope": "",
        "newsroom": "The Veldmark Proof Desk",
        "made_by": "Petra Onslow",
        "created_at": "2031-05-08T16:45:12.345678+00:00",
        "software": "Claim Workbench 0.1.0",
        "report_digest": reports.sample().digest,
    }
    assert evidence == {
        "evidence_for": (
            "#102 | Ministry note on berths | https://ledger.example/sheets/102 | not primary | "
            "excerpt: Row 102: forty-one barges moored overnight. | looked up: 2031-05-07"
        ),
        "evidence_against": (
            "#101 | Harbour ledger, sheet 101 | https://ledger.example/sheets/101 | "
            "archived: https://keep.example/ledger/101 | primary | "
            "excerpt: Row 101: forty-one barges moored overnight. | "
            "interest: The port authority keeps this ledger itself. | looked up: 2031-05-07"
        ),
        "evidence_context": (
            "#103 | Tide tables of the Veld | https://ledger.example/sheets/103 | "
            "archived: https://keep.example/ledger/103 | primary | "
            "interest: The port authority keeps this ledger itself. | looked up: 2031-05-07"
        ),
    }


def test_a_published_report_over_several_articles():
    first, second, third = rows(reports.several())
    assert first["report"] == third["report"] == "3"
    assert first["scope"].startswith("Outlet: The Quillport Lantern")
    assert first["corrected_since"] == "verified → disputed (2031-05-16) correction"
    assert second["corrected_since"] == "disputed → pending (2031-05-27)"
    # The second check was of the verdict before its correction.
    assert first["second_checked_by"] == first["second_checked_at"] == ""
    assert first["evidence_against"].split(" | ")[2:4] == [f"SHA-256: {'cd' * 32}", "primary"]
    assert first["evidence_against"].endswith("confidential")
    assert (third["article"], third["headline"], third["published"]) == ("8", "الميناء بلا سفن", "")


def test_two_documents_are_two_lines_even_if_an_excerpt_breaks_its_own():
    both = (
        reports.evidence(1, reports.FOR, excerpt="first row\nsecond row"),
        reports.evidence(2, reports.FOR),
    )
    cell = rows(reports.report(reports.claim(1, evidence=both)))[0]["evidence_for"]
    first, second = cell.split("\n")
    assert "first row second row" in first
    assert second.startswith("#2 | ")


def test_what_is_absent_is_an_empty_cell():
    narration = rows(reports.sample())[2]
    assert narration["source"] == narration["source_kind"] == narration["source_kind_label"] == ""
    assert rows(reports.sample())[0]["checked_at"] == ""


@pytest.mark.parametrize(
    "text", ["=cmd()", "+1", "-1", "@x", "\tx", "\rx", "\nx", " =1+1", "\N{FULLWIDTH EQUALS SIGN}1"]
)
def test_a_formula_gets_an_apostrophe(text: str):
    assert rows(reports.report(reports.claim(1, quote=text)))[0]["quote"] == f"'{text}"


def test_a_number_below_zero_is_a_number_and_not_a_formula():
    assert rows(reports.report(reports.claim(-7)))[0]["id"] == "-7"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n\"', "), max_size=30))
def test_any_text_is_guarded_and_comes_back(text: str):
    file = b"".join(table(Table(("first", "second"), [(text, text)])))
    row = read(file)[0]
    assert row["first"] == row["second"] == guarded(text)
    assert unguarded(row["first"]) == text


def test_hostile_text_stays_in_its_cells():
    row = rows(reports.hostile())[0]
    assert row["quote"] == row["headline"] == reports.HOSTILE
    assert row["url"] == "JavaScript:alert(4)"
