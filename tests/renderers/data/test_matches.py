"""Earlier checks, and claims that do not agree, in the files for programs."""

import csv
import io
import json
from datetime import datetime

from openpyxl import load_workbook

from claims.renderers import FORMATS
from tests.renderers import reports
from tests.renderers.matches import matching


def written(key: str, edition=None) -> bytes:
    """The file of a report in a format."""
    return b"".join(FORMATS[key].write(edition or matching()))


def test_a_row_of_the_table_tells_each_other_claim_on_a_line():
    first, second, third = csv.DictReader(io.StringIO(written("csv").decode(), newline=""))
    assert first["earlier_checks"] == ""
    assert first["contradictions"].splitlines() == [
        "contradicts | later | #52 | The storm of 52 took 52 boats. | Oswin Tarrabel",
        "supersedes | later | #53 | The storm of 53 took 53 boats.",
    ]
    assert third["contradictions"] == (
        "supersedes | earlier | #51 | The storm of 51 took 51 boats. | Oswin Tarrabel"
    )
    assert [one["taken_over_from"] for one in (first, second, third)] == ["", "41", ""]
    taken, other = second["earlier_checks"].splitlines()
    assert taken == (
        "#41 | disputed | 2031-03-04T09:15:00+00:00 | taken over |"
        " Half of the berths of Quillport are empty. | Edda Lorrimer | the harbour master |"
        " The Fennick Post | 2031-03-02T08:00:00+00:00 | reason: The plan shows a third. |"
        " checked by: Brona Kestle | public report: 2 Berths in March"
    )
    assert "taken over" not in other
    assert second["evidence_against"].startswith("#401 | found for another claim | Plan of March |")


def test_a_workbook_has_the_pairs_on_a_sheet_of_their_own():
    book = load_workbook(io.BytesIO(written("xlsx")))
    assert book.sheetnames == ["Claims", "Report", "Contradictions"]
    names, first, second = book["Contradictions"].values
    assert names[:3] == ("relation", "earlier_claim", "earlier_statement")
    row = dict(zip(names, first, strict=True))
    assert (row["relation"], row["earlier_claim"], row["later_claim"]) == ("contradicts", 51, 52)
    assert (row["earlier_verdict"], row["later_verdict"]) == ("verified", "disputed")
    assert row["later_published"] == datetime(2031, 5, 6, 4, 30)  # noqa: DTZ001 - a workbook has no zones
    assert second[0] == "supersedes"
    without = load_workbook(io.BytesIO(written("xlsx", reports.sample())))
    assert "Contradictions" not in without.sheetnames


def test_json_has_them_in_the_report_and_their_labels_beside_it():
    exported = json.loads(written("json"))
    pairs = exported["report"]["contradictions"]
    assert [(one["earlier"]["claim"], one["later"]["claim"]) for one in pairs] == [
        (51, 52),
        (51, 53),
    ]
    assert set(exported["labels"]["relation"]) == {"contradicts", "supersedes"}
    line = exported["report"]["lines"][1]
    assert [one["claim"] for one in line["earlier"]] == [41, 42]
    assert [one["id"] for one in line["referred"]] == [401, 402]
    assert "earlier" not in exported["report"]["lines"][0]


def test_a_json_line_has_those_of_its_claim():
    first, second, third = map(json.loads, written("jsonl").splitlines())
    assert [one["later"]["claim"] for one in first["contradictions"]] == [52, 53]
    assert [one["relation"] for one in second["contradictions"]] == ["contradicts"]
    assert [one["claim"] for one in second["earlier"]] == [41, 42]
    assert [one["relation"] for one in third["contradictions"]] == ["supersedes"]


def test_search_engines_are_told_nothing_of_them():
    plain = written("claimreview", matching(contradictions=()))
    assert written("claimreview") == plain
    assert b"isBasedOn" not in plain
