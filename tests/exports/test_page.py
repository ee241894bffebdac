from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import choices
from claims.exports.page import ICONS, Fact, href, page
from claims.exports.times import for_people, iso
from claims.exports.types import STANCES
from tests.exports import reports


def facts(all_facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.label: fact.text for fact in all_facts}


def test_every_verdict_and_stance_of_the_desk_has_its_place():
    assert set(ICONS) == set(choices.Verdict.values)
    assert set(STANCES) == set(choices.Stance.values)


def test_figures_count_the_claims_of_each_verdict():
    figures = page(reports.sample()).figures
    assert [(each.mark.word, each.count, each.share) for each in figures] == [
        ("Pending", 3, 0.6),
        ("Verified", 1, 0.2),
        ("Disputed", 1, 0.2),
    ]
    assert [each.share for each in page(reports.report()).figures] == [0, 0, 0]


def test_a_claim_that_nobody_decided_is_said_to_be_unchecked():
    claim = page(reports.sample()).claims[0]
    assert not claim.checked
    told = facts(claim.facts)
    assert told["Checked"] == "Not checked yet"
    assert "Checked by" not in told


def test_a_claim_set_back_to_pending_is_unchecked_and_says_by_whom():
    claim = page(reports.sample()).claims[3]
    assert not claim.checked
    told = facts(claim.facts)
    assert told["Checked"] == "Not checked yet"
    assert told["Set to pending by"] == "Brona Kestle"
    assert told["Set to pending at"] == "2031-05-07 11:05 UTC"


def test_a_decided_claim_says_who_checked_it_and_when():
    told = facts(page(reports.sample()).claims[1].facts)
    assert told["Checked by"] == "Ansel Whitcombe"
    assert told["Checked at"] == "2031-05-07 11:05 UTC"
    assert "Checked" not in told


def test_a_claim_in_the_articles_own_voice_names_no_source():
    claim = page(reports.sample()).claims[2]
    assert claim.source == "The article's own voice"
    assert "Source" not in facts(claim.facts)


def test_evidence_stands_by_stance_for_before_against_before_context():
    groups = page(reports.sample()).claims[1].evidence
    assert [(group.label, len(group.documents)) for group in groups] == [
        ("For", 1),
        ("Against", 1),
        ("Context", 1),
    ]
    assert facts(groups[0].documents[0].facts)["Kind of document"].startswith("Second-hand")
    assert facts(groups[1].documents[0].facts)["Kind of document"] == "First-hand document"


def test_what_is_not_known_of_the_article_is_said():
    bare = replace(reports.report(), outlet="", byline="", url="", published=None, language="")
    assert set(facts(page(bare).article).values()) == {"Not given", "2"}


@pytest.mark.parametrize(
    "address",
    ["https://ledger.example/a?b=c&d=é", "http://ledger.example", "HTTPS://LEDGER.EXAMPLE/"],
)
def test_an_address_of_the_web_is_linked(address: str):
    assert href(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://ledger.example",
        "https://ledger.example/a b",
        "data:text/html,x",
        "//ledger.example",
        "file:///etc/hosts",
        "https://",
    ],
)
def test_any_other_address_is_only_text(address: str):
    assert href(address) == ""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_a_moment_is_the_same_whatever_zone_it_is_told_in(moment, zone):
    known = moment.replace(tzinfo=UTC)
    assert iso(known.astimezone(zone)) == iso(known)
    assert datetime.fromisoformat(iso(known)) == known
    assert for_people(known.astimezone(zone)) == for_people(known)
    assert for_people(known).endswith(" UTC")
