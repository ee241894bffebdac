import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.exports.as_csv import write
from claims.exports.digest import digest
from claims.exports.types import Report
from tests.exports import reports


def rows(report: Report) -> list[dict[str, str]]:
    text = b"".join(write(report)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_file_begins_with_a_mark_for_excel_and_the_claims_id():
    file = b"".join(write(reports.sample()))
    assert file.startswith("\ufeffclaim_id,verdict,".encode())


def test_a_claim_is_a_line_and_the_lines_come_one_by_one():
    pieces = list(write(reports.sample()))
    assert len(pieces) == len(["the mark", "the names"]) + len(reports.sample().lines)
    assert [row["claim_id"] for row in rows(reports.sample())] == ["11", "12", "13", "14", "15"]


def test_every_column_of_a_claim():
    disputed = rows(reports.sample())[1]
    evidence = {key: disputed.pop(key) for key in list(disputed) if key.startswith("evidence_")}
    assert disputed == {
        "claim_id": "12",
        "verdict": "disputed",
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
        "newsroom": "The Veldmark Proof Desk",
        "method": reports.sample().method,
        "corrections": reports.sample().corrections,
        "made_by": "Petra Onslow",
        "made_at": "2031-05-08T16:45:12.345678+00:00",
        "software": "Claim Workbench 0.1.0",
        "report_digest": digest(reports.sample()),
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
    assert rows(reports.report(reports.claim(-7)))[0]["claim_id"] == "-7"


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n\"',"), max_size=30))
def test_any_text_comes_back_and_never_as_a_formula(text: str):
    row = rows(reports.report(reports.claim(1, quote=text, reason=text)))[0]
    assert row["quote"] in {text, f"'{text}"}
    assert row["reason"] == row["quote"]
    assert not row["quote"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_hostile_text_stays_in_its_cells():
    row = rows(reports.hostile())[0]
    assert row["quote"] == row["headline"] == reports.HOSTILE
    assert row["url"] == "JavaScript:alert(4)"
