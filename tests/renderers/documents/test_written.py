"""A report that a chief has written, in each format: its lede, its sections in their order, and its conclusion."""

import html
import io
import json
import re
from dataclasses import replace

import docx
import openpyxl
import pytest
from pypdf import PdfReader

from claims.renderers import get
from claims.renderers.digest import canonical, digest, thaw
from claims.renderers.documents.page import page
from claims.renderers.labels import words_in
from claims.renderers.public import for_public, of_claim
from claims.renderers.types import Section
from tests.renderers import reports
from tests.renderers.test_digest import labels
from tests.renderers.written import written

WORDS = words_in("en")

ORDER = (
    "What is left of Quillport's harbour",
    "Half of the berths lie empty",
    "Empty berths",
    "Berth 43 of Quillport harbour has been empty since the thaw.",
    "Berth 41 of Quillport harbour has been empty since the thaw.",
    "The channel",
    "Berth 44 of Quillport harbour has been empty since the thaw.",
    "Not checked yet",
    "Berth 42 of Quillport harbour has been empty since the thaw.",
    "The minister was right about the thaw.",
    "Nobody counted:",
    "barges",
    "berths",
)
"""What a reader meets, from top to bottom."""


def _html(data: bytes) -> str:
    text = data.decode().partition("<main>")
    lede = text[0].partition("<h1")[2]
    return html.unescape(re.sub(r"<[^>]+>", "", lede + text[2].partition('id="claims"')[2]))


def _pdf(data: bytes) -> str:
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(data)).pages)
    head, _, rest = text.partition(WORDS["figures"])
    return head + rest.partition(WORDS["claims_in_full"])[2]


def _docx(data: bytes) -> str:
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    head, _, rest = text.partition(WORDS["figures"])
    return head + rest.partition(WORDS["claims_in_full"])[2]


def _markdown(data: bytes) -> str:
    head, _, rest = data.decode().replace("*", "").partition(f"## {WORDS['figures']}")
    return head + rest.partition(f"## {WORDS['claims_in_full']}")[2]


READ = {"html": _html, "pdf": _pdf, "docx": _docx, "md": _markdown}


@pytest.mark.parametrize("key", READ)
def test_lede_sections_and_conclusion_come_in_their_order(key):
    text = " ".join(READ[key](b"".join(get(key).write(written()))).split())
    places, start = [], 0
    for words in ORDER:
        start = text.find(words, start)
        places.append(start)
    assert -1 not in places, dict(zip(ORDER, places, strict=True))


def test_emphasis_and_links_are_those_of_the_format():
    data = {key: b"".join(get(key).write(written())) for key in READ}
    assert '<strong>lie empty</strong>, and <a href="https://ledger.example/all"' in (
        data["html"].decode()
    )
    assert "**lie empty**, and [the ledger](<https://ledger.example/all>)" in data["md"].decode()
    file = docx.Document(io.BytesIO(data["docx"]))
    assert [run.text for line in file.paragraphs for run in line.runs if run.italic] == [
        "was right"
    ]
    links = [
        mark.get_object()["/A"]["/URI"]
        for sheet in PdfReader(io.BytesIO(data["pdf"])).pages
        for mark in sheet.get("/Annots", ())
        if "/URI" in mark.get_object().get("/A", {})
    ]
    assert "https://ledger.example/all" in links


def test_tables_say_in_which_section_a_claim_is():
    book = openpyxl.load_workbook(io.BytesIO(b"".join(get("xlsx").write(written()))))
    names, *rows = book["Claims"].iter_rows(values_only=True)
    place = names.index("section")
    assert [(row[0], row[place]) for row in rows] == [
        (43, "Empty berths"),
        (41, "Empty berths"),
        (44, "The channel"),
        (42, "Empty berths"),
    ]
    about = dict(book["Report"].iter_rows(values_only=True, max_col=2))
    assert about["lede"] == "Half of the berths lie empty, and the ledger says so."
    assert about["conclusion"].startswith("Two things follow:")


def test_json_lines_say_it_too():
    first = json.loads(next(iter(b"".join(get("jsonl").write(written())).splitlines())))
    assert first["section"] == "Empty berths"
    assert first["report"]["lede"] == written().report.lede


def test_a_pending_claim_that_was_checked_since_has_its_place_and_keeps_its_number():
    at = written().report.created_at
    told = reports.Correction(
        claim=42,
        before=reports.PENDING,
        after=reports.VERIFIED,
        reason="",
        at=at,
        notice="We have seen the berth.",
        published_at=at,
        kind="update",
    )
    shown = page(written(corrections=(told,)))
    assert [
        (section.heading, [claim.number for claim in section.claims]) for section in shown.sections
    ] == [("Empty berths", [1, 4, 2]), ("The channel", [3])]


def test_claims_in_no_section_are_the_other_ones():
    sections = (Section("Empty berths", (43, 41)), Section("", (44, 42)))
    headings = [one.heading for one in page(written(sections=sections)).sections]
    assert headings == ["Empty berths", "Other claims", "Not checked yet"]
    sections = (Section("", (43, 41, 44, 42)),)
    assert [one.heading for one in page(written(sections=sections)).sections] == [
        "",
        "Not checked yet",
    ]


def test_the_digest_covers_words_and_order_and_both_are_read_back():
    made = written().report
    terms = labels(made)
    assert thaw(canonical(made), lambda _list, code: terms[code]) == made
    for changed in (
        replace(made, lede=""),
        replace(made, conclusion="Nothing follows."),
        replace(made, sections=(*reversed(made.sections),)),
        replace(made, lines=(*reversed(made.lines),)),
    ):
        assert digest(canonical(changed)) != written().digest
        assert for_public(replace(written(), report=changed)).digest != for_public(written()).digest


def test_everyone_may_read_them():
    public = for_public(written()).report
    assert (public.lede, public.conclusion) == (written().report.lede, written().report.conclusion)
    assert public.sections == written().report.sections


def test_a_claims_own_page_has_none_of_it():
    narrowed = of_claim(for_public(written()), 43).report
    assert (narrowed.lede, narrowed.conclusion, narrowed.sections) == ("", "", ())


def test_a_report_in_the_order_of_the_text_has_the_data_of_older_versions():
    for name in (b'"lede"', b'"conclusion"', b'"sections"'):
        assert name not in reports.sample().canonical
