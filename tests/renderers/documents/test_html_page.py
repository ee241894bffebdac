import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers.documents.html_page import style_hash, write
from claims.renderers.types import Edition
from tests.renderers import reports
from tests.renderers.matches import matching

_VOID = {"meta", "rect", "circle", "br", "img", "link", "input", "hr"}


class Document(HTMLParser):
    """What a browser would find: elements with their attributes, the text, and the style apart."""

    def __init__(self, edition: Edition):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.style = ""
        self.source = b"".join(write(edition)).decode()
        self.feed(self.source)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in _VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def every(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.elements)


@pytest.fixture
def document() -> Document:
    return Document(reports.sample())


each_report = pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), reports.hostile(), matching()],
    ids=["sample", "several", "hostile", "matching"],
)


@pytest.mark.parametrize(
    "edition",
    [reports.sample(), reports.several(), matching()],
    ids=["sample", "several", "matching"],
)
def test_every_text_of_the_report_can_be_read(edition):
    found = Document(edition).text
    wanted = list(reports.texts(edition))
    assert len(wanted) > 80
    assert [text for text in wanted if text not in found] == []


def test_times_name_their_zone(document):
    assert "2031-05-06 04:30 UTC" in document.text
    assert "2031-05-08 16:45 UTC" in document.text


def test_a_verdict_is_an_icon_and_a_word(document):
    text = " ".join(document.text.split())
    assert {"✓ Verified", "! Disputed", "○ Pending"} <= set(re.findall(r"[✓!○] \w+", text))


def test_pending_claims_are_listed_as_not_checked_yet(document):
    text = " ".join(document.text.split())
    listed = text.split("says nothing about whether they are true.")[1].split("Summary")[0]
    assert "Berth 11 of" in listed
    assert "Berth 15 of" in listed
    assert "eighty-two" not in listed


@each_report
def test_nothing_is_run_and_nothing_is_fetched(edition):
    document = Document(edition)
    assert not {"script", "link", "iframe", "object", "form", "base"} & set(document.tags())
    names = {name for _, attrs in document.elements for name in attrs}
    assert not {name for name in names if name.startswith("on") or name in {"style", "srcset"}}
    assert [
        source for source in document.every("src") if not source.startswith("data:image/")
    ] == []
    places = {f"url(#{name})" for name in document.every("id")}
    assert set(re.findall(r"url\([^)]*\)", document.style)) <= places
    assert "@import" not in document.style
    assert policy_of(document).startswith("default-src 'none'; style-src 'sha256-")


@each_report
def test_only_addresses_of_the_web_and_places_of_the_document_are_linked(edition):
    document = Document(edition)
    places = {f"#{name}" for name in document.every("id")}
    assert [
        link
        for link in document.every("href")
        if not link.startswith(("https://", "http://")) and link not in places
    ] == []


def policy_of(document: Document) -> str:
    return next(c for c in document.every("content") if c.startswith("default-src"))


def test_only_a_report_with_a_logo_may_show_a_picture(document):
    assert "img" not in document.tags()
    assert "img-src" not in policy_of(document)
    with_logo = Document(reports.several())
    assert with_logo.every("src") == [
        f"data:image/png;base64,{base64.b64encode(reports.LOGO).decode()}"
    ]
    assert "img-src data:;" in policy_of(with_logo)


def test_a_draft_is_marked_on_its_cover_and_in_its_title(document):
    assert document.text.count("Draft: not published") == 2
    assert "Draft" not in Document(reports.several()).text


def test_corrections_are_told_on_the_cover_at_the_claim_and_in_a_list():
    document = Document(reports.several())
    text = " ".join(document.text.split())
    cover, _, rest = text.partition("Claims by verdict Verdict")
    assert (
        "Corrected since publication: 1 claim Claim 1: We first called this claim verified."
        in cover
    )
    assert "Decided again since publication: 1 claim Claim 2" in cover
    in_full, _, listed = rest.partition("The claims in full")[2].partition(" Corrections ")
    for told in (in_full, listed):
        assert "Corrected since publication: ✓ Verified → became ! Disputed" in told
        assert "A second ledger was found." in told
        assert "Decided again since publication: ! Disputed → became ○ Pending" in told
    assert {"#claim-21", "#claim-22", "#changes"} <= set(document.every("href"))
    assert "#changes" not in Document(reports.sample()).every("href")


def test_exact_words_are_marked_among_those_around_them(document):
    source = Document(reports.report(reports.claim(1))).source
    assert (
        "told a full hall that <mark>berth 1 had stood empty since the thaw</mark>, and that"
        in source
    )


def test_the_chart_tells_verdicts_apart_by_pattern_and_the_table_says_them(document):
    parts = [attrs for tag, attrs in document.elements if tag == "rect" and "x" in attrs]
    assert [(each["class"], each["x"], each["width"]) for each in parts] == [
        ("pending", "0%", "60.0%"),
        ("verified", "60.0%", "20.0%"),
        ("disputed", "80.0%", "20.0%"),
    ]
    fills = re.findall(r"rect\.(\w+) { fill: ([^;]+);", document.style)
    assert len({fill for _, fill in fills}) == 3
    assert "○ Pending 3 60 %" in " ".join(document.text.split())


def test_hostile_text_is_shown_as_it_is():
    document = Document(reports.hostile())
    assert document.text.count(reports.HOSTILE) > 15
    assert "javascript:alert(2)" in document.text
    assert "JavaScript:alert(4)" in document.text


def test_the_one_style_is_what_its_hash_says(document):
    assert document.tags()["style"] == 1
    hashed = base64.b64encode(hashlib.sha256(document.style.encode()).digest()).decode()
    assert style_hash() == f"'sha256-{hashed}'"


def test_the_articles_words_carry_its_language_and_every_script_its_direction():
    title = "بندرگاہ خالی ہے"
    document = Document(
        reports.report(reports.claim(1), language="ur", title=title, headline=title)
    )
    quotes = [attrs for tag, attrs in document.elements if tag in {"h1", "blockquote"}]
    assert [(each["lang"], each["dir"]) for each in quotes] == [("ur", "auto"), ("ur", "auto")]
    assert document.elements[0] == ("html", {"lang": "en", "dir": "ltr"})


@each_report
def test_headings_tables_and_names_are_what_a_screen_reader_needs(edition):
    document = Document(edition)
    levels = [int(tag[1]) for tag, _ in document.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    tags = document.tags()
    assert tags["caption"] == tags["table"] == 2 + len(edition.report.contradictions)
    assert all("scope" in attrs for tag, attrs in document.elements if tag == "th")
    ids = document.every("id")
    assert len(ids) == len(set(ids))
    assert set(document.every("aria-labelledby")) <= set(ids)


def test_a_report_without_claims_says_so():
    assert "This report contains no claims." in Document(reports.report()).text


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize("name", ["ink", "muted", "accent", "verified", "disputed", "pending"])
def test_every_colour_of_words_has_contrast(document, ground: int, name: str):
    """WCAG 2.2, success criterion 1.4.3: 4.5:1, by the formula of its relative luminance."""

    def colour(token: str) -> float:
        return _luminance(re.findall(rf"--{token}: (#[0-9a-f]{{6}});", document.style)[ground])

    dark, light = sorted([colour(name), colour("ground")])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\"'{}%#/"), min_size=1, max_size=40)
)
def test_any_text_is_shown_as_it_is(text: str):
    claim = reports.claim(1, quote=text, source=text, prefix=text, suffix=text)
    document = Document(reports.report(claim, title=text, headline=text))
    assert document.text.count(text) >= 4
    assert document.tags() == Document(reports.report(reports.claim(1))).tags()
