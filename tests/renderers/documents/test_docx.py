import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers.documents.docx import write
from claims.renderers.documents.docx_parts import STEP, add_prose
from claims.renderers.documents.prose import prose
from claims.renderers.labels import words_in
from claims.renderers.types import Edition
from tests.bounds import at_most
from tests.renderers import reports
from tests.renderers.matches import matching

WORDS = words_in("en")


def read(edition: Edition) -> docx.document.Document:
    return docx.Document(io.BytesIO(b"".join(write(edition))))


def lines(file: docx.document.Document) -> list[str]:
    return [part.text for part in paragraphs(file)]


def paragraphs(file: docx.document.Document) -> Iterator[Paragraph]:
    for part in file.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def outline(file: docx.document.Document) -> list[tuple[int, str]]:
    return [
        (int(part.style.name[-1]), part.text)
        for part in file.paragraphs
        if part.style.name.startswith("Heading")
    ]


def links(file: docx.document.Document) -> set[str]:
    return {
        file.part.rels[link.get(qn("r:id"))].target_ref
        for link in file.element.iter(qn("w:hyperlink"))
    }


@pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), matching()],
    ids=["sample", "several", "matching"],
)
def test_every_text_of_the_report_can_be_read(edition):
    found = "\n".join(lines(read(edition)))
    # What a logo is called is no text for readers.
    wanted = {*reports.texts(edition.report), *reports.texts(edition.corrections)}
    codes = {"en", "ar"}
    assert [text for text in sorted(wanted - codes) if text.strip() not in found] == []
    assert edition.digest in found


def test_headings_make_the_outline():
    headings = outline(read(reports.several()))
    assert [text for level, text in headings if level == 1] == [
        WORDS[word]
        for word in (
            "figures",
            "articles",
            "unchecked",
            "summary",
            "claims_in_full",
            "corrections",
            "about",
        )
    ]
    assert [text for level, text in headings if level == 3][:3] == [
        "Claim 1 ! Disputed",
        "Claim 2 ! Disputed",
        "Claim 3 ○ Pending",
    ]
    steps = [after[0] - before[0] for before, after in pairwise(headings)]
    assert max(steps) == 1


def test_figures_and_summary_are_tables_whose_head_is_repeated():
    figures, summary = read(reports.sample()).tables
    cells = [[cell.text for cell in row.cells] for row in figures.rows]
    assert cells == [
        ["Verdict", "Claims", "Share"],
        ["○ Pending", "3", "60%"],
        ["✓ Verified", "1", "20%"],
        ["! Disputed", "1", "20%"],
        ["All claims", "5", ""],
    ]
    assert [row.cells[0].text for row in summary.rows] == ["No.", "1", "2", "3", "4", "5"]
    for table in (figures, summary):
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows]
        assert [head is not None for head in heads] == [True] + [False] * (len(heads) - 1)


def test_the_claims_words_are_marked_among_those_around_them():
    marked = [
        (line.text, run.text)
        for line in read(reports.several()).paragraphs
        for run in line.runs
        if run.font.highlight_color
    ]
    assert marked[0][1] == "berth 21 had stood empty since the thaw"
    assert "told a full hall that berth 21" in marked[0][0]
    assert marked[2] == ("الميناء مغلق", "الميناء مغلق")


def test_corrections_stand_with_their_claim_and_together():
    found = lines(read(reports.several()))
    assert found.count("Corrected since publication: ✓ Verified → ! Disputed") == 2
    assert found.count("Decided again since publication: ! Disputed → ○ Pending") == 2
    at = found.index("Corrected since publication: 1 claim (Claim 1)")
    assert found[at + 1].startswith("Claim 1\tWe first called this claim verified.")


def test_only_a_confidential_document_says_that_it_is_one():
    file = read(reports.several())
    said = [each for each in paragraphs(file) if each.text == WORDS["confidential"]]
    assert [each.runs[0].bold for each in said] == [True]


def test_text_from_the_right_runs_from_the_right():
    from_the_right = [
        line.text
        for line in paragraphs(read(reports.several()))
        if line._p.pPr is not None
        and (bidi := line._p.pPr.find(qn("w:bidi"))) is not None
        and bidi.get(qn("w:val")) != "0"
    ]
    assert "الميناء بلا سفن" in from_the_right
    assert from_the_right.count("الميناء مغلق منذ أيار") == 2
    assert [text for text in from_the_right if text[0].isascii()] == []
    runs = [run for line in paragraphs(read(reports.several())) for run in line.runs]
    assert {run.font.rtl for run in runs if "صالحية" in run.text} == {True}
    assert {run.font.rtl for run in runs if "Berth 21" in run.text} == {None}


def test_each_list_in_a_list_begins_a_step_further_in():
    file = docx.Document()
    add_prose(file, prose("one\n\n- two\n  - three\n    - four\n\n      five"))
    found = [(line.text, line.paragraph_format) for line in file.paragraphs]
    steps = {text: round((form.left_indent or 0) / STEP) for text, form in found}
    assert steps == {"one": 0, "•\ttwo": 1, "•\tthree": 2, "•\tfour": 3, "five": 3}
    stops = [round(stop.position / STEP) for _text, form in found for stop in form.tab_stops]
    assert stops == [1, 2, 3]


@pytest.mark.parametrize(
    ("title", "shown"), [("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…")], ids=["80", "81"]
)
def test_the_footer_cuts_a_title_of_more_than_80_characters(title, shown):
    footer = read(reports.report(title=title)).sections[0].footer.paragraphs[0]
    assert footer.text.startswith(f"INTERNAL · {shown}\t")


def test_the_footer_has_the_title_and_numbers_the_pages():
    footer = read(reports.report(title="Berths " * 40)).sections[0].footer.paragraphs[0]
    assert footer.text.startswith("INTERNAL · Berths Berths")
    assert "…\tPage " in footer.text
    fields = [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_file_says_what_it_is_and_when_it_was_made():
    file = b"".join(write(reports.several()))
    properties = docx.Document(io.BytesIO(file)).core_properties
    assert properties.title == "What was said of Quillport's harbour in May"
    assert properties.author == "The Veldmark Proof Desk"
    assert properties.language == "en"
    assert properties.created == datetime(2031, 5, 8, 16, 45, 12, tzinfo=UTC)
    parts = zipfile.ZipFile(io.BytesIO(file)).infolist()
    assert {part.date_time for part in parts} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("logo", "pictures"), [(reports.LOGO, 1), (b"", 0), (b"\x89PNG\r\n\x1a\n", 0)]
)
def test_the_newsrooms_picture_is_shown_if_it_can_be(logo: bytes, pictures: int):
    assert len(read(reports.report(reports.claim(1), logo=logo)).inline_shapes) == pictures


def test_only_addresses_of_the_web_are_linked():
    assert "https://ledger.example/sheets/101" in links(read(reports.sample()))
    hostile = read(reports.hostile())
    assert links(hostile) == set()
    found = "\n".join(lines(hostile))
    assert found.count(reports.HOSTILE) > 10
    assert "javascript:alert(2)" in found


def test_a_report_without_claims_says_so():
    assert WORDS["no_claims"] in lines(read(reports.report()))


def test_a_link_does_not_look_through_all_that_are_there():
    """python-docx's own way took three times as many steps for 300 claims: a report of 1,000 claims took a minute."""
    claims = [
        reports.claim(
            number,
            evidence=(reports.evidence(number, reports.FOR, url=f"https://a.example/{number}"),),
        )
        for number in range(1, 301)
    ]
    made = reports.report(*claims)
    with at_most(5_000_000):
        file = b"".join(write(made))
    assert {f"https://a.example/{number}" for number in range(1, 301)} <= links(
        docx.Document(io.BytesIO(file))
    )


def test_a_character_that_xml_cannot_hold_costs_no_report():
    bell = "ship \x07 bell \x00\x1b \ufffe"
    line = reports.claim(1, quote=bell, statement=bell, reason=bell)
    found = lines(read(reports.report(line, title=bell, method=bell, name=bell)))
    assert "ship \N{REPLACEMENT CHARACTER} bell" in found[0]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\x0b\t\r\n<&"), max_size=40))
def test_any_text_gives_a_file(text: str):
    line = reports.claim(1, quote=text, source=text, reason=text, source_links=(f"https://{text}",))
    made = reports.report(line, headline=text, title=text)
    assert read(made).tables
