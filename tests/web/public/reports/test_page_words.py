"""What the public pages of a claim and of a report put into words, from editions that need no database."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from claims.renderers.public import of_claim
from claims.renderers.types import (
    APPROVED,
    CHECKED,
    CORRECTION,
    UPDATE,
    WRITTEN,
    Byline,
    Correction,
    ReportLine,
    Section,
)
from claims.web.public.claim_page import ClaimPage
from claims.web.public.report_page import ReportPage, credits_of
from tests.renderers.reports import (
    AGAINST,
    CONTEXT,
    DISPUTED,
    FOR,
    NARRATION,
    PENDING,
    VERIFIED,
    article,
    claim,
    evidence,
    report,
)

AT = datetime(2031, 5, 9, 11, 5, tzinfo=UTC)
SITE = {
    "number": 3,
    "url": "https://proofdesk.example/published/3/",
    "claims_url": "https://proofdesk.example/published/claims/",
}


def notice(of: int, after=DISPUTED, days: int = 8, **changes: Any) -> Correction:
    at = AT + timedelta(days=days)
    told = {"before": VERIFIED, "reason": "", "at": at, "notice": "We erred.", "published_at": at}
    return Correction(claim=of, after=after, **told | changes)


def claim_page(line: ReportLine, *corrections: Correction, **changes: Any) -> ClaimPage:
    edition = report(line, corrections=corrections, **SITE, **changes)
    review: Any = SimpleNamespace(published_at=AT)
    return ClaimPage(of_claim(edition, line.id), [review], None)


def report_page(*lines: ReportLine, **changes: Any) -> ReportPage:
    return ReportPage(report(*lines, **SITE, **changes))


@pytest.mark.parametrize(
    ("verdict", "stances"),
    [(DISPUTED, ["against", "for", "context"]), (VERIFIED, ["for", "against", "context"])],
)
def test_documents_against_a_disputed_claim_come_first(verdict, stances):
    documents = tuple(evidence(number, one) for number, one in enumerate((CONTEXT, FOR, AGAINST)))
    shown = claim_page(claim(1, verdict=verdict, evidence=documents[:1], referred=documents[1:]))
    assert [document.stance.code for document, _link in shown.documents] == stances


def test_the_steps_of_a_check_count_the_documents_of_each_day():
    days = (date(2031, 5, 7), date(2031, 5, 7), date(2031, 5, 6))
    documents = tuple(evidence(at, FOR, looked_up=day) for at, day in enumerate(days))
    looked_up = ["We consulted 1 document.", "We consulted 2 documents."]
    undecided = claim(1, evidence=documents)
    decided = claim(1, evidence=documents, verdict=VERIFIED, checked_at=AT, second_checked_at=AT)
    assert [step.words for step in claim_page(undecided).steps] == looked_up
    assert [step.words for step in claim_page(decided).steps] == [
        *looked_up,
        "An editor marked the claim verified.",
        "A second editor checked it.",
    ]


@pytest.mark.parametrize(
    ("corrections", "is_update", "told"),
    [
        ([], False, "verified. 9 May 2031."),
        ([notice(1, kind=CORRECTION)], False, "disputed. 9 May 2031, corrected 17 May 2031."),
        ([notice(1, kind=UPDATE)], True, "disputed. 9 May 2031, updated 17 May 2031."),
    ],
)
@pytest.mark.parametrize(
    ("name", "newsroom"), [("The Proof Desk", "The Proof Desk"), ("", "Verification report")]
)
@pytest.mark.django_db
def test_a_citation_says_whose_it_is_and_what_became_of_it(
    corrections, is_update, told, name, newsroom
):
    shown = claim_page(claim(1, verdict=VERIFIED), *corrections, name=name)
    assert shown.is_update == is_update
    assert shown.citation == (
        f"{newsroom}: “{shown.line.statement}” – {told} {SITE['claims_url']}1/"
    )


@pytest.mark.django_db
def test_a_claim_is_described_by_its_reason_or_by_what_its_verdict_means():
    reasoned, silent, undecided = (
        claim_page(claim(1, verdict=verdict, reason=reason))
        for verdict, reason in ((VERIFIED, "The ledger."), (VERIFIED, ""), (PENDING, ""))
    )
    assert reasoned.head.description == "The ledger."
    assert silent.head.description == "The evidence that we found bears the claim out."
    assert undecided.head.description.startswith("Nobody has decided this claim yet.")
    assert [shown.is_decided for shown in (reasoned, silent, undecided)] == [True, True, False]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Oswin Tarrabel, the harbour minister of Veldmark, to the Quillport Lantern"),
        ({"told_to": "", "role": ""}, "Oswin Tarrabel"),
        ({"source": "", "quotation": NARRATION}, "The article's own voice"),
    ],
)
def test_each_claim_of_a_report_says_who_said_it_in_which_role_to_whom(changes, said):
    (group,) = report_page(claim(1, **changes)).groups
    assert [entry.said for entry in group.entries] == [said]


@pytest.mark.parametrize(
    ("lede", "description"),
    [("Nine *berths*.", "Nine berths."), ("", "1 disputed, 1 verified.")],
)
def test_a_report_is_described_by_its_lede_or_by_its_verdicts(lede, description):
    lines = (claim(1, verdict=VERIFIED), claim(2, verdict=DISPUTED))
    assert report_page(*lines, lede=lede).head.description == description


def test_verdicts_lead_to_their_list_or_to_their_first_claim_in_the_order_of_a_chief():
    lines = [claim(at, verdict=one) for at, one in ((1, PENDING), (2, VERIFIED), (3, VERIFIED))]
    sections = (Section("Later", (1,)), Section("Berths", (3, 2)))
    plain, arranged = report_page(*lines), report_page(*lines, sections=sections)
    assert [group.anchor for group in plain.groups] == ["verified", "pending"]
    assert [group.anchor for group in arranged.groups] == ["claim-2", "pending"]
    assert plain.parts == []
    assert [part.heading for part in arranged.parts] == ["Berths"]


@pytest.mark.parametrize("several", [False, True])
def test_how_much_of_an_article_is_in_it_names_the_article_among_several(several):
    articles = (article(), article(8, headline="No ships"))
    lines = (claim(1), claim(2, article=8))
    shown = report_page(*lines, articles=articles) if several else report_page(lines[0])
    labels = [fact.label for fact in shown.made]
    assert any("No ships" in label for label in labels) == several
    assert any(articles[0].headline in label for label in labels) == several


def test_what_readers_were_told_last_comes_first():
    lines = [claim(number, verdict=VERIFIED) for number in (1, 2, 3)]
    told = tuple(notice(number, days=days) for number, days in ((1, 8), (2, 9), (3, 7)))
    shown = report_page(*lines, corrections=told)
    assert [change.notice.claim for _entry, change in shown.changes] == [2, 1, 3]


def test_each_part_of_the_work_names_those_who_did_it():
    named = ((CHECKED, "Bo Tarn"), (WRITTEN, "Ada Venn"), (CHECKED, "Cy Holm"))
    assert credits_of([Byline(*one) for one in named]) == [
        ("Written by", ["Ada Venn"]),
        ("Checked by", ["Bo Tarn", "Cy Holm"]),
    ]
    assert credits_of([Byline(APPROVED, "Bo Tarn")]) == [("Approved by", ["Bo Tarn"])]
