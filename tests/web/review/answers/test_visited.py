"""Opening a claim that someone else has changed: its panel, row and mark and the counts agree."""

import re

import pytest
from django.urls import reverse

from claims.actions import decide_claim, undo_change
from claims.choices import Verdict
from tests.conftest import newest, version_of


@pytest.fixture
def visit(desk, claim):
    """Open the claim with K. Returns the response that the browser gets."""

    def visit() -> str:
        address = reverse("claim", args=[claim.pk])
        return desk.get(address, headers={"HX-Request": "true"}).content.decode()

    return visit


@pytest.fixture
def overruled(editor, chief, claim):
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
    decide_claim(actor=chief, **version_of(claim), verdict=Verdict.DISPUTED, reason="It is open.")


@pytest.mark.usefixtures("overruled")
def test_row_mark_and_counts_come_with_the_panel(visit, claim):
    page = visit()
    row = re.search(
        rf'<li id="row{claim.pk}" class="row row--(\w+)" hx-swap-oob="true"[^>]*>', page
    )
    assert row
    assert row[1] == "disputed"
    assert re.search(r'<p id="p0"[^>]*hx-swap-oob="true"><a class="mark mark--disputed', page)
    counts = page.partition('<p id="verdict-counts" class="counts" hx-swap-oob="true">')[
        2
    ].partition("</p>")
    assert re.search(r"1\s*</?[^>]*>?\s*disputed|1 disputed", counts[0])


@pytest.mark.usefixtures("overruled")
def test_the_notice_of_the_last_change_stays(visit):
    assert 'id="notice"' not in visit()


@pytest.mark.usefixtures("overruled")
def test_someone_who_was_overruled_is_told_by_whom(visit, chief, claim, client):
    assert f"You set Verified; {chief.get_full_name()} has since set Disputed." in visit()
    client.force_login(chief)
    assert "You set" not in visit()


def test_nobody_was_overruled_by_the_same_verdict_or_an_undo_of_their_own(visit, editor, claim):
    decide_claim(actor=editor, **version_of(claim), verdict=Verdict.VERIFIED)
    undo_change(actor=editor, change_id=newest(claim).pk)
    assert "You set" not in visit()


def test_behind_the_last_claim_the_counts_come_too(desk, article, claim, chief):
    decide_claim(actor=chief, **version_of(claim), verdict=Verdict.VERIFIED)
    address = f"{article.get_absolute_url()}?claim=end"
    page = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert '<p id="verdict-counts" class="counts" hx-swap-oob="true">' in page
    assert 'id="text"' not in page
