"""The rows of the queue and the text beside them, as a person sees each claim there."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from claims.choices import AnchorStatus, Quotation, ReviewStatus, SourceKind
from claims.models import ReasonTemplate, Revision
from claims.renderers import FORMATS
from tests.models import rows


@pytest.fixture
def text(editor) -> Revision:
    return rows.revision(editor)


def listed(client: Client, text: Revision, **query: object) -> dict[int, str]:
    """The rows of the queue by their claims, in the order of the page."""
    page = client.get(text.article.get_absolute_url(), query).content.decode()
    found = re.findall(r'<li id="row(\d+)"(.*?)</li>', page, re.DOTALL)
    return {int(pk): row for pk, row in found}


def test_each_says_its_state_and_who_says_it(desk, text):
    minister = rows.source("Ada Venn", kind=SourceKind.MINISTER)
    told = {
        rows.claim(text, 0, source=minister).pk: "Proposed Ada Venn Minister",
        rows.claim(
            text, 7, anchor_status=AnchorStatus.CHANGED, quotation=Quotation.NARRATION
        ).pk: "Changed in the article · Proposed The article's own voice",
        rows.claim(
            text, 14, review_status=ReviewStatus.SENT_BACK, touched_at=timezone.now()
        ).pk: "Sent back · Pending Indirect speech",
    }
    gone = rows.claim(text, 21, dismissed=True, review_status=ReviewStatus.SENT_BACK)
    found = listed(desk, text) | listed(desk, text, show="dismissed")
    about = {pk: row.partition('row__about">')[2] for pk, row in found.items()}
    words = {pk: html.unescape(" ".join(strip_tags(row).split())) for pk, row in about.items()}
    assert words == told | {gone.pk: "Dismissed Indirect speech"}


def test_the_one_whose_panel_is_shown_is_marked(desk, text):
    first, second = (rows.claim(text, start) for start in (0, 7))
    found = listed(desk, text, claim=second.pk)
    current = {pk: 'aria-current="true"' in row for pk, row in found.items()}
    assert current == {first.pk: False, second.pk: True}


def test_what_no_claim_covers_is_marked_in_the_text_and_other_words_are_not(desk, text):
    rows.claim(text)
    page = desk.get(text.article.get_absolute_url()).content.decode()
    paragraph = page.partition('<p id="p0"')[2].partition("</p>")[0]
    assert re.findall('<span class="unclaimed" title="(.*?)">(.*?)</span>', paragraph) == [
        ("No claim covers this figure", "nine"),
        ("No claim covers this name", "Ada Venn"),
        ("No claim covers this figure", "Two"),
    ]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", "verified disputed pending"),
        ("?show=pending", "pending"),
        ("?list=verdict%3Ddisputed", "disputed"),
    ],
)
def test_the_panel_tells_with_which_verdicts_its_row_stays(desk, text, query, kept):
    address = reverse("claim", args=[rows.claim(text).pk]) + query
    page = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'data-keeps="{kept}"' in page


def test_a_claim_of_an_earlier_text_is_shown_in_the_words_of_that(desk, editor, text):
    gone = rows.claim(text, 7)
    rows.revision(editor, article=text.article, number=2, body="The harbour is closed.")
    address = reverse("claim", args=[gone.pk])
    page = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Claim outside the filter" in page
    assert 'Ostrey <mark class="words">has n</mark>ine bridges, Ada Venn said.' in page


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_offers_the_templates_of_its_language_and_the_files_of_the_desk(
    desk, text, language
):
    for code in ("", "en", "de"):
        name = f"Template {code or 'all'}"
        ReasonTemplate.objects.create(name=name, language=code, text="Eight.")
    address = text.article.get_absolute_url()
    page = desk.get(address, headers={"Accept-Language": language}).content.decode()
    assert re.findall(r'"option__name">(Template \w*)', page) == [
        "Template all",
        f"Template {language}",
    ]
    at = text.article.pk
    files = {key for key in FORMATS if reverse("article-report-file", args=[at, key]) in page}
    assert files == FORMATS.keys() - {"claimreview"}
