import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from claims.renderers.documents.page import RECOMPUTE
from claims.renderers.documents.pdf import write
from claims.renderers.types import Edition
from tests.renderers import reports
from tests.renderers.matches import matching


def read(edition: Edition) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(write(edition))))


def text_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), matching()],
    ids=["sample", "several", "matching"],
)
def test_every_text_of_the_report_can_be_read(edition):
    found = reports.closed_up(text_of(read(edition)))
    # Extraction gives right-to-left text in the order it is drawn: it is left to the eye.
    wanted = [text for text in reports.texts(edition) if text.isascii()]
    assert len(wanted) > 50
    assert [text for text in wanted if reports.closed_up(text) not in found] == []
    assert edition.digest in found
    assert reports.closed_up(RECOMPUTE) in found


def test_a_verdict_is_an_icon_and_a_word():
    found = reports.closed_up(text_of(read(reports.sample())))
    assert all(mark in found for mark in ("✓Verified", "!Disputed", "○Pending"))


def test_it_says_what_is_not_checked_yet():
    found = text_of(read(reports.sample()))
    listed = found.split("whether")[1].split("Summary")[0]
    assert "Berth 11 of" in listed
    assert "eighty-two" not in listed


def test_it_has_title_language_tags_outline_and_a_date_of_its_own():
    plain = reports.report(reports.claim(1), reports.claim(2))
    pdf = read(plain)
    catalogue = pdf.trailer["/Root"]
    assert pdf.metadata.title == plain.report.title
    assert pdf.metadata.creation_date == plain.report.created_at.replace(microsecond=0)
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data()
    titles = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert titles[0] == "Claims by verdict"
    claims = pdf.outline[titles.index("The claims in full") + 1]
    assert [reports.closed_up(each.title) for each in claims] == [
        "Claim1○Pending",
        "Claim2○Pending",
    ]


def test_a_draft_is_marked_on_every_page():
    assert all(
        "Draft: not published" in page.extract_text() for page in read(reports.sample()).pages
    )
    published = text_of(read(reports.several()))
    assert "Draft" not in published
    assert "Published report no. 3" in published


def test_corrections_are_told_on_the_cover_at_the_claim_and_in_a_list():
    found = reports.closed_up(text_of(read(reports.several())))
    assert "Correctedsincepublication:1claimClaim1" in found
    assert "Decidedagainsincepublication:1claimClaim2" in found
    assert found.count("Correctedsincepublication:✓Verified→!Disputed") == 2
    assert found.count("Decidedagainsincepublication:!Disputed→○Pending") == 2


def test_the_logo_is_a_picture_that_screen_readers_name():
    pdf = read(reports.several())
    assert sum(len(page.images) for page in pdf.pages) == 1
    assert not any(page.images for page in read(reports.sample()).pages)
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("الميناء مغلق", "NotoNaskhArabic"),
        ("הנמל סגור", "LibertinusSerif"),
        ("बंदरगाह बंद है", "NotoSerifDevanagari"),
        ("বন্দর বন্ধ", "NotoSerifBengali"),
        ("துறைமுகம் மூடப்பட்டது", "NotoSerifTamil"),
        ("ท่าเรือปิด", "NotoSerifThai"),
        ("The harbour is shut 🔥👍😂", "NotoEmoji"),
    ],
)
def test_the_scripts_of_many_newsrooms_are_drawn_with_fonts_that_come_along(
    words: str, family: str
):
    pdf = read(reports.report(reports.claim(1, quote=words, statement=words, source=words)))
    fonts = {
        font.get_object()["/BaseFont"]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert any(family in font for font in fonts)
    assert "has no font" not in text_of(pdf)


def test_hostile_text_is_set_as_it_is():
    pdf = read(reports.hostile())
    found = reports.closed_up(text_of(pdf))
    assert found.count(reports.closed_up(reports.HOSTILE)) > 10
    assert "javascript:alert(2)" in found
    links = [
        annotation.get_object()["/A"].get("/URI")
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    assert [link for link in links if link and not link.startswith("https://")] == []


def test_a_character_without_a_font_costs_no_report_and_is_told():
    unassigned = chr(0x3FFFD)
    found = reports.closed_up(
        text_of(read(reports.report(reports.claim(1, quote=f"ship {unassigned} bell"))))
    )
    assert "hasnofontforsomeofitscharacters" in found
    assert "shipAbell" not in found
    assert "hasnofont" not in reports.closed_up(text_of(read(reports.report(reports.claim(1)))))


@pytest.mark.parametrize(
    "long",
    [
        "https://ledger.example/" + "k" * 280,
        "https://ledger.example/" + "deep/" * 60,
        "w" * 300,
        "=" * 300,
        "The tide turned before the bell rang. " * 53,
    ],
    ids=["address of one word", "address of many", "one word", "one line", "2,000 characters"],
)
def test_long_texts_stay_on_the_page_and_whole(long: str):
    claim = reports.claim(
        1,
        quote=long,
        statement=long,
        source=long,
        reason=long,
        evidence=(reports.evidence(1, reports.FOR, url=long, title=long),),
    )
    pdf = read(reports.report(claim, articles=(reports.article(url=long),)))
    # At this size some 100 characters fill a line: one that ran over the edge would hold them all.
    assert max(map(len, text_of(pdf).splitlines())) < 150
    assert reports.closed_up(text_of(pdf)).count(reports.closed_up(long)) >= 3


def test_a_long_report_numbers_its_pages_and_holds_every_claim():
    pdf = read(reports.report(*(reports.claim(number) for number in range(1, 61))))
    found = reports.closed_up(text_of(pdf))
    assert f"Page{len(pdf.pages)}of{len(pdf.pages)}" in found
    assert all(f"berth{number}hadstood" in found for number in range(1, 61))


@pytest.mark.parametrize("language", ["en-GB", "zh-Hans-CN", "ckb", "x-klingon", "", "12"])
def test_any_language_tag_gives_a_report(language: str):
    assert len(read(reports.report(reports.claim(1), language=language)).pages) >= 1


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from('#$*_`@<>[]{}\\"\n'), max_size=40))
def test_any_text_gives_a_report(text: str):
    claim = reports.claim(1, quote=text, source=text, reason=text, prefix=text, suffix=text)
    made = reports.report(claim, title=text, headline=text)
    assert b"".join(write(made)).startswith(b"%PDF-1.7")
