"""Notices in the feeds: each one is an entry of its own, which keeps its id."""

import json

import pytest
from django.urls import reverse
from lxml import etree

from claims.actions import correct_fact, correct_notice, draft_report, set_public
from claims.models import Correction
from tests.actions.reports.conftest import published
from tests.web.public.pages import read
from tests.web.public.test_serving import told

VERDICT = "We looked again."
FIRST, SECOND = "We had the wrong day.", "We had the wrong street."


def ids(browser) -> dict[str, str]:
    """The ids of the notices in the Atom feed by their words, the same as in the JSON feed."""
    atom = etree.fromstring(browser.get(reverse("public-feed")).content)
    items = json.loads(read(browser, reverse("public-json-feed")))["items"]
    of_atom = "{http://www.w3.org/2005/Atom}"
    keys = [entry.findtext(f"{of_atom}id") for entry in atom.iter(f"{of_atom}entry")]
    assert sorted(map(str, keys)) == sorted(item["id"] for item in items)
    assert len(set(keys)) == len(keys)
    return {item["content_text"]: item["id"] for item in items if "#notice-" in item["id"]}


@pytest.fixture(autouse=True)
def _verdict_corrected(chief, report) -> None:
    told(chief, VERDICT)


@pytest.fixture
def corrected(chief, report, claim) -> list[Correction]:
    """Two facts of one claim of a public report, corrected one after the other when its verdict had been."""
    return [
        correct_fact(actor=chief, report_id=report.pk, claim_id=claim.pk, notice=notice)
        for notice in (FIRST, SECOND)
    ]


def test_two_corrections_of_facts_are_two_entries(everybody, corrected):
    assert set(ids(everybody)) == {VERDICT, FIRST, SECOND}


def test_a_notice_that_is_corrected_itself_keeps_its_id(everybody, chief, corrected):
    before = ids(everybody)[FIRST]
    correct_notice(actor=chief, correction_id=corrected[0].pk, notice="We had the wrong week.")
    assert ids(everybody)["We had the wrong week."] == before


def test_what_is_corrected_later_keeps_the_day_of_its_publication(everybody, chief, corrected):
    correct_notice(actor=chief, correction_id=corrected[0].pk, notice="We had the wrong week.")
    items = json.loads(read(everybody, reverse("public-json-feed")))["items"]
    later = {
        item["content_text"]: item["date_modified"] > item["date_published"]
        for item in items
        if "#notice-" in item["id"]
    }
    assert later == {VERDICT: False, "We had the wrong week.": True, SECOND: False}


def test_a_withdrawal_is_of_the_day_on_which_it_was_withdrawn(everybody, chief, report):
    gone = set_public(actor=chief, report_id=report.pk, public=False, notice="It was wrong.")
    items = json.loads(read(everybody, reverse("public-json-feed")))["items"]
    (item,) = [one for one in items if one["id"].endswith("#withdrawn")]
    assert item["date_published"] == item["date_modified"] == gone.withdrawn_at.isoformat()


def test_the_log_begins_with_what_readers_were_told_last(everybody, corrected):
    page = read(everybody, reverse("public-corrections"))
    assert page.index(SECOND) < page.index(FIRST) < page.index(VERDICT)


def test_a_notice_in_two_reports_is_one_entry_and_keeps_its_id_when_one_is_withdrawn(
    everybody, chief, article, report, claim
):
    other = draft_report(actor=chief, title="Bridges again", article=article)
    other = set_public(actor=chief, report_id=published(chief, other).pk, public=True)
    correct_fact(actor=chief, report_id=report.pk, claim_id=claim.pk, notice=FIRST)
    before = ids(everybody)
    assert set(before) == {VERDICT, FIRST}
    set_public(actor=chief, report_id=other.pk, public=False, notice="It was wrong.")
    assert ids(everybody) == before
