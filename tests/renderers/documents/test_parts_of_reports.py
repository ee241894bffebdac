"""Which parts a report has in Word and in Markdown: each where there is something to say, and not elsewhere."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest

from claims.renderers import get
from claims.renderers.documents import picture
from claims.renderers.documents.html_page import labelled
from claims.renderers.documents.page import page
from claims.renderers.documents.prose import in_html, prose
from claims.renderers.in_force import in_force
from claims.renderers.labels import words_in
from claims.renderers.public import for_public, of_claim
from claims.renderers.types import (
    APPROVED,
    CHECKED,
    INTERNAL_EDITION,
    PUBLIC_EDITION,
    WRITTEN,
    Byline,
    Correction,
    Edition,
    Section,
    Stamp,
    TextCorrection,
)
from tests.renderers import matches, reports

WORDS = words_in("en")
AT = datetime(2031, 5, 9, tzinfo=UTC)
LINES = (
    reports.claim(1, verdict=reports.VERIFIED, evidence=(reports.evidence(9, reports.FOR),)),
    reports.claim(2),
)
ONE = reports.report(*LINES)
SEVERAL = reports.report(
    *LINES, articles=(reports.article(), reports.article(8, headline="No ships"))
)
BY_HAND = reports.report(*LINES, sections=(Section("Berths", (1, 2)),))
CHECKED_BEFORE = reports.report(replace(LINES[0], earlier=(matches.check(taken_over=False),)))
TOLD_TEXT = TextCorrection(
    part="lede", before="Eight.", after="Nine.", notice="We miscounted.", published_at=AT
)


def lines(edition: Edition, key: str) -> list[str]:
    """The lines of a document, without marks of Markdown at their beginning."""
    data = b"".join(get(key).write(edition))
    if key == "md":
        return [line.lstrip("#* ").rstrip("*") for line in data.decode().splitlines()]
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("key", ["md", "docx"])
@pytest.mark.parametrize(
    ("words", "with_it", "without"),
    [
        (WORDS["internal_warning"], ONE, replace(ONE, kind=PUBLIC_EDITION)),
        (WORDS["article"], ONE, SEVERAL),
        (WORDS["articles"], SEVERAL, ONE),
        (WORDS["no_evidence"], ONE, reports.report(LINES[0])),
        (WORDS["earlier_checks"], CHECKED_BEFORE, ONE),
        ("Berths", BY_HAND, ONE),
    ],
    ids=range(6),
)
def test_a_part_stands_where_there_is_something_to_say(key, words, with_it, without):
    assert words in lines(with_it, key)
    assert words not in lines(without, key)


@pytest.mark.parametrize("key", ["md", "docx"])
def test_a_verdict_that_was_taken_over_says_so(key):
    for taken_over in (True, False):
        check = matches.check(taken_over=taken_over)
        made = reports.report(replace(LINES[0], earlier=(check,)))
        assert (WORDS["taken_over"] in "\n".join(lines(made, key))) == taken_over


@pytest.mark.parametrize("key", ["md", "docx"])
def test_of_two_claims_that_do_not_agree_only_those_of_the_report_have_a_number(key):
    made = matches.matching()
    first, *_others = made.report.contradictions
    apart = replace(first, later=replace(first.later, claim=999))
    made = replace(made, report=replace(made.report, contradictions=(apart,)))
    (pair,) = page(made).pairs
    assert [bool(side.number) for side in (pair.earlier, pair.later)] == [True, False]
    data = b"".join(get(key).write(made))
    if key == "md":
        (row,) = [one for one in data.decode().splitlines() if f"| {pair.earlier.label}" in one]
        cells = [cell.strip() for cell in row.split("|")]
    else:
        tables = docx.Document(io.BytesIO(data)).tables
        cells = [cell.text for table in tables for cell in table.rows[0].cells]
    assert f"{pair.earlier.label}: {WORDS.numbered(pair.earlier.number)}" in cells
    assert pair.later.label in cells


def test_the_summary_says_whose_order_it_has():
    for edition, caption in ((ONE, "summary_caption"), (BY_HAND, "summary_caption_by_hand")):
        assert WORDS[caption] in lines(edition, "docx")


def test_a_heading_over_claims_is_that_of_a_chief():
    headline = ONE.report.articles[0].headline
    assert lines(ONE, "md").count(headline) == lines(BY_HAND, "md").count(headline)


def test_a_text_that_was_corrected_is_told_before_the_claims():
    made = replace(ONE, text_corrections=(TOLD_TEXT,))
    text = "\n".join(lines(made, "md"))
    assert "We miscounted." in text
    assert text.index("We miscounted.") < text.index(WORDS["figures"])
    assert in_force(made).lede == "Nine."


def test_lists_and_marks_stay_what_they_are():
    text = "1. One\n2. *Two* **three**\n\n- Four\n- Five"
    blocks = prose(text)
    assert str(in_html(blocks)) == (
        '<ol start="1"><li><p dir="auto">One</p></li><li><p dir="auto"><em>Two</em> <strong>three</strong></p></li></ol>\n'
        '<ul><li><p dir="auto">Four</p></li><li><p dir="auto">Five</p></li></ul>'
    )
    written = b"".join(get("md").write(reports.report(*LINES, lede=text))).decode()
    assert "1. One\n\n2. *Two* **three**\n\n- Four\n\n- Five" in written


def test_a_document_says_who_did_what_in_its_own_edition():
    bylines = (Byline(WRITTEN, "Ada Venn"), Byline(CHECKED, "Bo Tarn"), Byline(APPROVED, "Cy Holm"))
    made = reports.report(*LINES, bylines=bylines)
    told = {
        kind: "\n".join(lines(replace(made, kind=kind), "md"))
        for kind in (PUBLIC_EDITION, INTERNAL_EDITION)
    }
    for name in ("Ada Venn", "Bo Tarn", "Cy Holm"):
        assert told[PUBLIC_EDITION].count(name) == 1
        assert name not in told[INTERNAL_EDITION]


def test_the_digest_of_a_text_names_its_article_among_several():
    for edition, named in ((ONE, False), (SEVERAL, True)):
        facts = [one.text for one in page(edition).about if one.text.startswith("ab" * 32)]
        assert [("(" in text) for text in facts] == [named] * len(edition.report.articles)


@pytest.mark.parametrize("published", [True, False])
def test_beside_a_claim_stands_what_was_published_or_what_is_not_told_yet(published):
    told = Correction(
        claim=1,
        before=reports.VERIFIED,
        after=reports.DISPUTED,
        reason="",
        at=AT,
        notice="We erred." if published else "",
        published_at=AT if published else None,
    )
    (change,) = page(replace(ONE, corrections=(told,))).claims[0].changes
    assert change.aside_mark.word == ("Verified" if published else "Disputed")


def test_a_claim_of_its_own_counts_its_verdict_alone():
    for number, verdict in ((1, reports.VERIFIED), (2, reports.PENDING)):
        counts = of_claim(for_public(ONE), number).report.verdicts
        assert [term for term, count in counts if count] == [verdict]
        assert sum(count for _term, count in counts) == 1


def test_what_became_confidential_later_is_withheld_and_the_first_digest_is_told():
    first = for_public(ONE)
    later = for_public(replace(ONE, confidential_since=frozenset({9})))
    assert [first.report.lines[0].withheld, later.report.lines[0].withheld] == [0, 1]
    assert (first.published_digest, later.published_digest) == ("", first.digest)
    other = for_public(replace(ONE, confidential_since=frozenset({77})))
    assert (other.digest, other.published_digest) == (first.digest, "")


def test_the_words_of_the_software_are_marked_only_in_reports_of_other_languages():
    assert labelled(WORDS, "Claim") == "Claim"
    assert labelled(words_in("so"), "") == ""
    assert labelled(words_in("so"), "Claim") == '<bdi lang="en" dir="ltr">Claim</bdi>'


@pytest.mark.parametrize(
    ("text", "from_right"),
    [("Berths", False), ("الميناء 7", True), ("7 – الميناء", True), ("שלום", True), ("7", False)],
)
def test_the_first_letter_says_in_which_direction_a_picture_is_read(text, from_right):
    assert picture._is_from_right(text) == from_right


@pytest.mark.parametrize(("most", "text"), [(7, "One two"), (6, "One tw…")])
def test_a_text_of_just_its_length_is_whole_in_a_picture(most, text):
    assert picture._short(" One\n two ", most) == text


def test_a_space_around_the_words_of_a_claim_stays():
    made = reports.report(reports.claim(1, prefix="Ada said ", quote="nine", suffix=" of ten"))
    assert "Ada said <mark>nine</mark> of ten" in b"".join(get("md").write(made)).decode()


def test_a_stamp_is_of_the_edition_that_it_names():
    first = for_public(ONE)
    stamps = tuple(Stamp(one, "The Clock", AT, b"x") for one in (ONE.digest, first.digest))
    stamped = replace(ONE, stamps=stamps)
    assert stamped.stamp == stamps[0]
    assert for_public(stamped).stamp == stamps[1]
    assert for_public(replace(stamped, stamps=stamps[:1])).stamps == ()
    assert replace(ONE, stamps=stamps[1:]).stamp is None
