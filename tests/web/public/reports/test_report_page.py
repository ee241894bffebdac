"""The public page of a report, in a reader's order."""

import re
from itertools import pairwise

import pytest
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    change_newsroom,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.choices import Verdict
from claims.models import Claim, Correction, Report
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.web.public.pages import read


@pytest.fixture
def claims(article, editor, chief) -> list[Claim]:
    """The claims of an article: the first one verified, the second one disputed, the rest pending."""
    first, second, *rest = Claim.objects.of_article(article).in_reading_order()
    change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)"})
    for claim in (first, second):
        document = EvidenceDraft(title="Register of bridges", url="https://register.example.org/")
        add_evidence(actor=editor, evidence=document, **version_of(claim))
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, reason="So it is.", **version_of(first))
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="It is not.", **version_of(second))
    return [first, second, *rest]


@pytest.fixture
def report(chief, article, claims) -> Report:
    made = draft_report(actor=chief, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=made).digest
    publish_report(actor=chief, report_id=made.pk, seen=seen)
    return set_public(actor=chief, report_id=made.pk, public=True)


@pytest.fixture
def page(everybody, report) -> str:
    return read(everybody, reverse("public-report", args=[report.pk]))


def entries(page: str) -> list[int]:
    """The ids of the claims, in the order of the page."""
    return [int(pk) for pk in re.findall(r'<li class="entry[^"]*" id="claim-(\d+)"', page)]


def test_disputed_claims_come_first_and_pending_ones_are_folded(page, claims):
    first, second, *pending = (claim.pk for claim in claims)
    assert entries(page) == [second, first, *pending]
    hidden = re.search(
        r"<details><summary>Show the (\d+) undecided claims(.*?)</details>", page, re.DOTALL
    )
    assert hidden[1] == str(len(pending))
    assert entries(hidden[2]) == pending


def test_only_a_disputed_claim_is_explained_on_the_spot_and_each_leads_to_its_check(page, claims):
    assert "It is not." in page
    assert "So it is." not in page
    for claim in claims:
        assert f'href="https://desk.example.org/published/claims/{claim.pk}/"' in page


def test_the_picture_has_each_verdict_with_its_number_and_the_parts_fill_it(page, claims):
    number = len(claims)
    assert f'aria-label="1 disputed, 1 verified, {number - 2} pending"' in page
    parts = re.findall(r'<rect class="\w+" x="([\d.]+)%" width="([\d.]+)%"', page)
    assert len(parts) == 3
    for (start, width), (following, _width) in pairwise(parts):
        assert float(start) + float(width) == pytest.approx(float(following), abs=0.02)
    assert sum(float(width) for _start, width in parts) == pytest.approx(100, abs=0.02)


def test_a_document_of_two_claims_is_one_source_that_names_both(page, claims):
    sources = page.partition('id="documents"')[2].partition("</section>")[0]
    assert sources.count("Register of bridges") == 1
    for claim in claims[:2]:
        assert f'href="#claim-{claim.pk}"' in sources


def test_who_made_the_claims_leads_to_what_else_they_said(page, claims):
    speakers = page.partition('id="speakers"')[2].partition("</section>")[0]
    source = claims[1].source
    address = reverse("public-source", args=[source.pk])
    assert f'<a href="{address}" dir="auto">{source.name}</a>' in speakers


def test_after_a_correction_the_claim_stands_under_its_new_verdict(
    everybody, chief, editor, report, claims
):
    first = claims[0]
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="Desk.", **version_of(first))
    waiting = Correction.objects.get()
    publish_correction(
        actor=chief, correction_id=waiting.pk, decision_id=waiting.decision_id, notice="We erred."
    )
    page = read(everybody, reverse("public-report", args=[report.pk]))
    disputed = page.partition('aria-labelledby="disputed"')[2].partition("</section>")[0]
    assert set(entries(disputed)) == {claim.pk for claim in claims[:2]}
    assert "We erred." in disputed
    assert "Corrected; before: Verified" in disputed
    notice = page.partition('id="corrections"')[2].partition("</section>")[0]
    assert f'href="#claim-{first.pk}"' in notice
    assert "Verified became Disputed" in notice


def test_it_says_which_edition_it_is_and_how_to_check_its_digest(page):
    data = page.partition("Data, digests and versions")[2]
    assert "PUBLIC" in data
    assert re.search(r"[0-9a-f]{64}", data)
    assert "hashlib.sha256" in data
