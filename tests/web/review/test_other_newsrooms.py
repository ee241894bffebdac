"""What the panel shows of other newsrooms' fact-checks, and what its buttons do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, undo_change
from claims.choices import Stance, Verdict
from claims.models import Claim, Evidence, ExternalMatch
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models.external import external_rows

KETTLE = {
    "publisher": "The Kettle",
    "rating": "Half-baked",
    "claimant": "Ada Venn",
    "url": "https://kettle.example.org/checks/nine",
    "claimed_on": date(2026, 5, 2),
    "reviewed_on": date(2026, 5, 4),
}


@pytest.fixture
def claim(editor) -> Claim:
    return claim_of(editor, 4)


@pytest.fixture
def match(claim) -> ExternalMatch:
    check = external_rows.check("There are nine bridges in Ostrey", **KETTLE)
    return external_rows.match(claim, check, why=[["same_words", {"closeness": "1.00"}]])


@pytest.fixture
def panel(desk):
    """The part of a claim's panel about other newsrooms; "" if there is none."""

    def panel(claim: Claim) -> str:
        page = desk.get(reverse("claim", args=[claim.pk]), headers={"HX-Request": "true"})
        return part(page.content.decode())

    return panel


def part(page: str) -> str:
    return page.partition('aria-labelledby="other-newsrooms"')[2].partition("</section>")[0]


@pytest.fixture
def press(desk):
    def press(claim: Claim, word: str, match: int, *, status: int = 200) -> str:
        answer = desk.post(
            reverse("change-claim", args=[claim.pk, word]),
            {"version": Claim.objects.get(pk=claim.pk).version, "match": match},
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()

    return press


def test_it_shows_who_found_what_in_their_words_and_leads_there(panel, claim, match):
    shown = panel(claim)
    for told in (
        "The Kettle",
        ">Half-baked</q>",
        "There are nine bridges in Ostrey",
        "Ada Venn",
        "2 May 2026",
        "reviewed 4 May 2026",
        "The same words, or nearly",
        'href="https://kettle.example.org/checks/nine" rel="noopener noreferrer"',
    ):
        assert told in shown, told


def test_it_is_no_verdict_and_nothing_of_it_is_seen_before(desk, claim, match):
    page = desk.get(reverse("claim", args=[claim.pk]), headers={"HX-Request": "true"})
    assert 'aria-labelledby="seen-before"' not in page.content.decode()
    claim.refresh_from_db()
    assert claim.verdict == Verdict.PENDING
    assert "data-match=" not in part(page.content.decode())


def test_one_click_cites_it_as_evidence_for_the_editor_to_judge(press, panel, editor, claim, match):
    page = press(claim, "cite", match.pk)
    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.url) == ("The Kettle", KETTLE["url"])
    assert (evidence.stance, evidence.added_by) == (Stance.CONTEXT, editor)
    assert evidence.excerpt == ""
    assert "cited" in part(page)
    assert "Cite as evidence" not in part(page)
    undo_change(actor=editor, change_id=claim.changed.get().change_id)
    assert "Cite as evidence" in panel(claim)


def test_what_is_not_about_the_claim_is_gone_and_the_history_says_so(press, panel, claim, match):
    page = press(claim, "dismiss-fact-check", match.pk)
    assert not part(page)
    assert "Dismissed a match" in page
    assert "Fact-check by The Kettle: “There are nine bridges in Ostrey”" in page
    assert not panel(claim)


@pytest.mark.parametrize("word", ["cite", "dismiss-fact-check"])
def test_one_of_another_claim_is_refused(press, editor, claim, match, word):
    other = claim_of(editor, 5)
    assert "Nothing of the kind is known" in press(other, word, match.pk, status=400)
    assert not Evidence.objects.exists()


def test_a_withdrawn_one_is_not_shown(panel, claim, match):
    match.external.withdrawn_at = match.external.fetched_at
    match.external.save()
    assert not panel(claim)


def test_a_blind_checker_sees_the_review_and_learns_the_rating_after_the_check(
    panel, client, chief, claim, match
):
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
    ask_second_check(actor=chief, blind=True, **version_of(claim))
    shown = panel(claim)
    assert "Half-baked" not in shown
    assert "You will see their ratings after your check." in shown
    assert KETTLE["url"] in shown
    client.force_login(chief)
    own = client.get(reverse("claim", args=[claim.pk]), headers={"HX-Request": "true"})
    assert "Half-baked" in part(own.content.decode())


def test_it_is_one_query_whatever_there_is(desk, claim, match, django_assert_num_queries):
    url = reverse("claim", args=[claim.pk])
    with CaptureQueriesContext(connection) as few:
        desk.get(url, headers={"HX-Request": "true"})
    for number in range(5):
        external_rows.match(claim, external_rows.check(f"Bridges {number}"))
    with django_assert_num_queries(len(few)):
        desk.get(url, headers={"HX-Request": "true"})
