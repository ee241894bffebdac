import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import choices
from claims.models.claims import claim as claim_model
from claims.renderers.data import json_file
from claims.renderers.documents.blocks import Fact
from claims.renderers.documents.claim_entries import CONTEXT
from claims.renderers.documents.facts import ICONS, href
from claims.renderers.documents.page import page
from claims.renderers.labels import words_in
from claims.renderers.times import for_people, iso
from claims.renderers.types import STANCES
from tests.renderers import reports

WORDS = words_in("en")


def facts(all_facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.label: fact.text for fact in all_facts}


def test_every_verdict_and_stance_of_the_desk_has_its_place():
    assert set(ICONS) == set(choices.Verdict.values)
    assert set(STANCES) == set(choices.Stance.values)


def test_the_context_of_a_quote_is_as_long_as_the_desk_keeps_it():
    assert claim_model.CONTEXT == CONTEXT


def test_a_draft_says_so_and_a_published_report_its_number():
    assert page(reports.sample()).status == "Draft: not published"
    published = page(reports.several())
    assert not published.draft
    assert published.status == "Published report no. 3"


def test_the_cover_says_what_the_report_holds_and_who_made_it_when():
    assert facts(page(reports.several()).cover) == {
        "Covers": "Outlet: The Quillport Lantern · Published from: 1 May 2031",
        "Articles": "2",
        "Claims": "3",
        "Published": "2031-05-08 16:45 UTC by Petra Onslow",
        "Newsroom": "The Veldmark Proof Desk",
        "Public page": "https://proofdesk.example/published/3/",
    }
    of_one = facts(page(reports.sample()).cover)
    assert of_one["Covers"] == "All claims to check in the article"
    assert "Articles" not in of_one


def test_coverage_says_how_many_of_an_articles_claims_are_held_and_how_many_decided():
    first, second = page(reports.several()).articles
    assert [(each.text, each.share) for each in first.coverage] == [
        ("2 of 8 claims to check", 0.25),
        ("2 of 2 claims in this report", 1),
    ]
    assert [(each.text, each.share) for each in second.coverage] == [
        ("1 of 8 claims to check", 0.125),
        ("0 of 1 claim in this report", 0),
    ]


def test_coverage_is_never_more_than_the_whole():
    covered = (
        page(reports.report(reports.claim(1), reports.claim(2), claims=1)).articles[0].coverage
    )
    assert covered[0].share == 1
    assert [each.share for each in page(reports.report(claims=0)).articles[0].coverage] == [0, 0]


def test_claims_stand_under_their_articles_and_are_numbered_through():
    shown = page(reports.several())
    assert [[claim.number for claim in each.claims] for each in shown.sections] == [[1, 2], [3]]
    assert [claim.anchor for claim in shown.claims] == ["claim-21", "claim-22", "claim-23"]
    assert [each.language for each in shown.sections] == ["en", "ar"]


def test_the_title_is_in_the_language_of_the_article_whose_headline_it_is():
    assert page(reports.report(title="خبر", headline="خبر", language="ar")).language == "ar"
    assert page(reports.several()).language == "en"
    assert page(reports.hostile()).language == ""


def test_the_cover_tells_of_corrections_and_of_claims_decided_anew():
    assert [(each.text, each.claims) for each in page(reports.several()).notices] == [
        ("Corrected since publication: 1 claim", ((1, "claim-21"),)),
        ("Decided again since publication: 1 claim", ((2, "claim-22"),)),
    ]
    assert [
        [(told.number, told.words) for told in each.told]
        for each in page(reports.several()).notices
    ] == [
        [(1, "We first called this claim verified. A second ledger, found since, contradicts it.")],
        [],
    ]
    assert page(reports.sample()).notices == ()


def test_a_claim_corrected_twice_is_one_corrected_claim():
    made = reports.several()
    again = replace(made.corrections[0], before=reports.DISPUTED, after=reports.PENDING)
    shown = page(replace(made, corrections=(*made.corrections, again)))
    assert shown.notices[0].text == "Corrected since publication: 1 claim"
    assert [each.after.word for each in shown.claims[0].changes] == ["Disputed", "Pending"]


def test_a_correction_says_what_became_what_when_and_why():
    corrected, anew, untouched = page(reports.several()).claims
    (change,) = corrected.changes
    assert (change.label, change.before.word, change.after.word) == (
        "Corrected since publication",
        "Verified",
        "Disputed",
    )
    told = facts(change.facts)
    assert told["Decided at"] == "2031-05-16 11:05 UTC"
    assert told["Reason"] == "A second ledger was found."
    assert told["Notice to readers"].startswith("We first called")
    assert told["Notice published"] == "2031-05-17 11:05 UTC"
    assert anew.changes[0].label == "Decided again since publication"
    assert set(facts(anew.changes[0].facts)) == {"Decided at", "Reason"}
    assert untouched.changes == ()


def test_words_in_context_are_whole_and_show_where_they_are_cut():
    long = "ere the bells of Quillport rang, and rang again, "
    claim = page(reports.report(reports.claim(1, prefix=long, suffix=f" {long.strip()}"))).claims[0]
    assert claim.before == "… the bells of Quillport rang, and rang again, "
    assert claim.after == " ere the bells of Quillport rang, and rang …"


def test_words_in_context_that_are_the_texts_first_and_last_stay_whole():
    claim = page(reports.report(reports.claim(1, prefix="Then\n\n", suffix="."))).claims[0]
    assert (claim.before, claim.after) == ("Then ", ".")
    claim = page(reports.report(reports.claim(1, prefix="", suffix=""))).claims[0]
    assert (claim.before, claim.after) == ("", "")


def test_a_text_without_blanks_is_cut_where_the_desk_cut_it():
    claim = page(reports.report(reports.claim(1, prefix="港" * 48, suffix="湾" * 48))).claims[0]
    assert (claim.before, claim.after) == ("…" + "港" * 48, "湾" * 48 + "…")


def test_a_claim_says_where_it_was_said_and_why_it_was_chosen():
    told = facts(page(reports.sample()).claims[0].facts)
    assert told["Said in"] == "2031-05-06 04:30 UTC · The Quillport Lantern"
    assert told["Check-worthiness"] == "0.75 of 1: a figure, an accusation"
    told = facts(page(reports.several()).claims[2].facts)
    assert told["Said in"] == "صحيفة المرفأ · الميناء بلا سفن"
    assert told["Claim page"] == "https://proofdesk.example/published/claims/23/"


def test_a_source_is_linked_to_pages_of_the_web_only():
    linked = [
        fact.href
        for made in (reports.sample(), reports.hostile())
        for fact in page(made).claims[0].facts
        if fact.label == "Source page"
    ]
    assert linked == ["https://www.wikidata.org/wiki/Q4115189", "", ""]


def test_evidence_that_the_public_must_not_see_is_marked():
    groups = page(reports.several()).claims[0].evidence
    assert [each.documents[0].warning for each in groups] == [
        "",
        "Confidential: not for publication",
    ]


def test_a_claim_says_why_it_shows_no_evidence():
    with_some, without = reports.several().report.lines[:2]
    lines = (
        with_some,
        without,
        replace(without, referred=with_some.evidence),
        replace(without, withheld=1),
        replace(without, waiting=True),
    )
    notes = [claim.evidence_note for claim in page(reports.report(lines=lines)).claims]
    assert notes == [
        "",
        WORDS["no_evidence"],
        "",
        WORDS.withheld_in_words(1),
        WORDS["waiting_evidence"],
    ]


def test_a_picture_is_shown_and_any_other_file_is_not():
    assert page(reports.several()).logo.startswith("data:image/png;base64,iVBOR")
    assert page(reports.report(logo=b"\xff\xd8\xff\xe0")).logo.startswith("data:image/jpeg;")
    for logo in (b"", b"<svg onload=alert(1)>", b"GIF89a"):
        assert page(reports.report(logo=logo)).logo == ""


def test_a_reader_learns_how_the_desk_works_who_pays_and_how_to_reach_it():
    assert list(facts(page(reports.sample()).desk)) == [
        "How this newsroom works",
        "Who funds this newsroom",
        "How to reach this newsroom",
        "How to request a correction",
    ]
    silent = reports.newsroom(method="", funding="", contact="", corrections="")
    assert page(reports.report(newsroom=silent)).desk == ()


def test_the_digests_of_several_articles_are_told_apart():
    told = [each.text for each in page(reports.several()).about if "article" in each.label]
    assert told == [
        f"{'ab' * 32} (Minister says half of Quillport's berths lie empty)",
        f"{'ab' * 32} (الميناء بلا سفن)",
    ]


def test_the_line_that_computes_the_digest_does(tmp_path):
    made = reports.several()
    export = b"".join(json_file.FORMAT.write(made))
    assert json.loads(export)["digest"] == made.digest
    (tmp_path / "report.json").write_bytes(export)
    done = subprocess.run(  # noqa: S602  # a line for a shell
        page(made).recompute, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == made.digest
    assert "\n" not in page(made).recompute


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
    assert "Set back to pending" not in told


def test_a_claim_set_back_to_pending_is_unchecked_and_says_by_whom():
    claim = page(reports.sample()).claims[3]
    assert not claim.checked
    told = facts(claim.facts)
    assert [fact.text for fact in claim.facts if fact.label == "Checked"] == ["Not checked yet"]
    assert told["Set back to pending"] == "2031-05-07 11:05 UTC by Brona Kestle"


def test_a_decided_claim_says_who_checked_it_and_when():
    told = facts(page(reports.sample()).claims[1].facts)
    assert told["Checked"] == "2031-05-07 11:05 UTC by Ansel Whitcombe"
    assert "Second check" not in told


def test_a_second_check_says_who_made_it_and_when():
    told = facts(page(replace(reports.several(), corrections=())).claims[0].facts)
    assert told["Checked"] == "2031-05-07 11:05 UTC by Brona Kestle"
    assert told["Second check"] == "2031-05-07 14:05 UTC by Ansel Whitcombe"
    # Of a verdict that was corrected, what became of it says so.
    told = facts(page(reports.several()).claims[0].changes[0].facts)
    assert told["Checked, as published"] == "2031-05-07 11:05 UTC by Brona Kestle"
    assert told["Second check, as published"] == "2031-05-07 14:05 UTC by Ansel Whitcombe"


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
    bare = reports.article(outlet="", byline="", url="", published=None, language="")
    (shown,) = page(reports.report(articles=(bare,))).articles
    assert set(facts(shown.facts).values()) == {"Not given", "2"}


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
