"""The end of a queue, and agreement between editors, without scripts."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    decide_claim,
    dismiss_claims,
    import_article,
    second_check,
)
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Decision


def test_the_last_verdict_leads_to_the_end_of_the_queue(desk, article, claims):
    last = claims[-1]
    answer = desk.post(reverse("decide", args=[last.pk]), {"version": 1, "verdict": "verified"})
    assert answer.url == f"{article.get_absolute_url()}?claim=end"
    text = desk.get(answer.url).content.decode()
    assert "That was the last claim in the queue." in text
    assert "5 claims in this article have not been reviewed yet." in text


def test_all_claims_looked_at(desk, article, claims, editor):
    for claim in claims:
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.PENDING)
    text = desk.get(article.get_absolute_url(), {"claim": "end"}).content.decode()
    assert "All 6 claims have been reviewed." in text


def test_it_says_who_decided_and_what_is_missing(desk, article, claims, editor, chief):
    first, second, third, fourth, *_ = claims
    for actor, claim, verdict in (
        (chief, first, Verdict.VERIFIED),
        (chief, second, Verdict.VERIFIED),
        (editor, third, Verdict.VERIFIED),
        (chief, fourth, Verdict.DISPUTED),
    ):
        decide_claim(actor=actor, claim_id=claim.pk, version=1, verdict=verdict, reason="Seen")
    link = EvidenceDraft("Register", url="https://register.example.org/olm")
    add_evidence(actor=editor, claim_id=first.pk, version=2, evidence=link)
    ask_second_check(actor=chief, claim_id=fourth.pk, version=2)
    second_check(
        actor=editor, claim_id=fourth.pk, version=3, verdict=Verdict.DISPUTED, reason="So it is"
    )
    dismiss_claims(actor=editor, versions={claims[5].pk: 1})
    page = desk.get(article.get_absolute_url(), {"claim": "end"}).content.decode()
    assert "Decided by you (1), Carl (3)." in html.unescape(page)
    sums = page.partition('<ul class="sums">')[2].partition("</ul>")[0]
    assert [" ".join(strip_tags(one).split()) for one in sums.split("</li>")] == [
        "Verified 3 2 without evidence",
        "Disputed 1 1 second-checked",
        "Pending 1 1 not reviewed yet",
        "",
    ]
    assert "1 dismissed claim is not counted here." in page
    assert page.count('class="verdict" disabled') == 3


def test_it_does_not_tell_who_gave_a_verdict_that_is_checked_blind(desk, article, claims, chief):
    decide_claim(actor=chief, claim_id=claims[0].pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claims[0].pk, version=2, blind=True)
    page = desk.get(article.get_absolute_url(), {"claim": "end"}).content.decode()
    assert "Decided by" not in page
    assert "without evidence" not in page


def test_all_claims_are_offered_where_a_filter_hides_some(desk, article):
    for query, offered in (({}, False), ({"show": "disputed"}, True)):
        page = desk.get(article.get_absolute_url(), {"claim": "end", **query}).content.decode()
        assert ("All claims in this article" in page) == offered


@pytest.mark.parametrize(
    ("decided", "query", "first"),
    [
        (3, {}, "Next pending claim"),
        (3, {"show": "verified"}, "Pending claims in this article"),
        (6, {}, "Back to the articles"),
        (6, {"show": "verified"}, "Back to the articles"),
    ],
)
def test_what_is_pending_comes_first_in_the_queue_or_else_in_the_article(
    desk, editor, article, claims, decided, query, first
):
    for claim in claims[:decided]:
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    page = desk.get(article.get_absolute_url(), {"claim": "end", **query}).content.decode()
    assert " ".join(strip_tags(following(page)).split()).startswith(first)


def test_a_script_gets_the_panel_alone_and_its_address(desk, article):
    answer = desk.get(
        article.get_absolute_url(),
        {"claim": "end", "show": "disputed"},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Push-Url"] == f"{article.get_absolute_url()}?claim=end&show=disputed"
    assert "<html" not in answer.content.decode()
    assert "End of the queue" in answer.content.decode()


def test_whoever_decides_the_same_reads_who_did(desk, claims, chief):
    first = claims[0]
    decide_claim(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
    answer = desk.post(
        reverse("decide", args=[first.pk]), {"version": 1, "verdict": "verified"}, follow=True
    )
    assert "Carl set the same verdict (Verified)" in answer.content.decode()
    assert Decision.objects.get().actor == chief


def test_without_scripts_a_page_says_what_was_saved(desk, claims):
    answer = desk.post(
        reverse("decide", args=[claims[0].pk]), {"version": 1, "verdict": "verified"}, follow=True
    )
    assert re.search(r"Saved at \d\d:\d\d: Decided", answer.content.decode())


def test_after_the_last_claim_of_a_list_in_an_article_j_goes_on_in_the_list(
    desk, editor, article, claims
):
    text = "Nine boats left Ostrey in June."
    other = import_article(actor=editor, draft=ArticleDraft(headline="Boats", body=text)).article
    Article.objects.filter(pk=other.pk).update(published_at="2020-01-01T00:00Z")
    Claim.objects.of_article(other).update(listed_at="2020-01-01T00:00Z")
    for one in (claims[1], *Claim.objects.of_article(other)):
        assign_claims(actor=editor, versions={one.pk: one.version}, to=editor)
    listing = urlencode({"list": "verdict=pending&assigned=me"})
    answer = desk.post(
        f"{reverse('decide', args=[claims[1].pk])}?{listing}",
        {"version": 2, "verdict": "verified"},
        follow=True,
    )
    page = answer.content.decode()
    assert "All claims from the list in this article are done." in page
    assert "No claim in this article matches this filter" not in page
    onward = following(page)
    assert "Next article in the list" in onward
    address = html.unescape(re.search(r'href="([^"]+)"', onward)[1])
    assert address.startswith(other.get_absolute_url())

    (boats,) = Claim.objects.of_article(other)
    answer = desk.post(
        f"{reverse('decide', args=[boats.pk])}?{listing}",
        {"version": boats.version, "verdict": "verified"},
        follow=True,
    )
    page = answer.content.decode()
    assert "All claims from the list in this article are done. This is the end of the list." in page
    assert "Back to the list" in following(page)


def following(page: str) -> str:
    """Return the link that J follows."""
    return re.search(r'<a [^>]*data-step="after".*?</a>', page, re.DOTALL)[0]
