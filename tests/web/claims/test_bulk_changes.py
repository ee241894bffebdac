"""Several claims of an article changed at once: chosen, shown before and after, then one step."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import ask_second_check, assign, decide, import_article, undo
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Decision


@pytest.fixture
def claims(article: Article) -> list[Claim]:
    return list(Claim.objects.of_article(article).in_reading_order())


@pytest.fixture
def send(desk: Client, article: Article):
    """Send the form, by default for every claim."""

    def send(step: str, *, show: str = "", **fields: object):
        address = reverse("bulk", args=[article.pk]) + (f"?show={show}" if show else "")
        every = {} if "chosen" in fields else {"every": "on"}
        return desk.post(address, {"step": step, **every, **fields})

    return send


def shown_versions(page) -> str:
    return page.context["preview"].versions


def verdicts(article: Article) -> list[str]:
    return list(
        Claim.objects.of_article(article).in_reading_order().values_list("verdict", flat=True)
    )


def test_the_preview_says_how_many_and_what_and_changes_nothing(send, article, claims):
    page = send("preview", what="verified").content.decode()
    assert f"{len(claims)} claims would change" in page
    assert "<del>Pending</del>" in page
    assert "<ins>Verified</ins>" in page
    assert not Change.objects.exists()


def test_one_step_changes_all_and_one_undo_gives_all_back(send, article, claims, editor):
    versions = shown_versions(send("preview", what="verified", reason="Seen"))
    assert send("do", what="verified", reason="Seen", versions_shown=versions).status_code == 302
    assert verdicts(article) == ["verified"] * len(claims)
    assert {one.reason for one in Decision.objects.all()} == {"Seen"}
    undo(actor=editor, change_id=Change.objects.get().pk)
    assert verdicts(article) == ["pending"] * len(claims)
    undo(actor=editor, change_id=Change.objects.newest_first()[0].pk)
    assert verdicts(article) == ["verified"] * len(claims)


def test_only_what_was_chosen_is_touched(send, article, claims):
    page = send("preview", what="dismiss", chosen=[claims[1].pk, claims[2].pk])
    send(
        "do",
        what="dismiss",
        chosen=[claims[1].pk, claims[2].pk],
        versions_shown=shown_versions(page),
    )
    dismissed = Claim.objects.of_article(article).filter(dismissed=True)
    assert set(dismissed) == {claims[1], claims[2]}


def test_a_verdict_that_somebody_set_stays_unless_that_is_ticked(send, article, claims, chief):
    first = claims[0]
    decide(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="No")
    page = send("preview", what="verified")
    assert "already decided" in page.content.decode()
    assert f"{first.pk}:2" not in shown_versions(page).split()
    send("do", what="verified", versions_shown=shown_versions(page))
    assert verdicts(article)[0] == "disputed"
    page = send("preview", what="verified", replace="on")
    assert shown_versions(page) == f"{first.pk}:2"


def test_what_waits_for_a_second_check_is_left_out_and_not_told(send, claims, chief):
    decide(actor=chief, claim_id=claims[0].pk, version=1, verdict=Verdict.DISPUTED, reason="No")
    ask_second_check(actor=chief, claim_id=claims[0].pk, version=2, blind=True)
    page = send("preview", what="verified", replace="on").content.decode()
    assert "waiting for a second check" in page
    assert "Disputed" not in page


def test_a_claim_changed_meanwhile_stops_the_whole_step(send, article, claims, chief):
    versions = shown_versions(send("preview", what="verified"))
    decide(actor=chief, claim_id=claims[1].pk, version=1, verdict=Verdict.DISPUTED, reason="No")
    page = send("do", what="verified", versions_shown=versions)
    assert page.status_code == 409
    assert "Nothing was changed" in page.content.decode()
    assert verdicts(article).count("pending") == len(claims) - 1
    send("do", what="verified", versions_shown=shown_versions(page))
    assert verdicts(article).count("verified") == len(claims) - 1


def test_disputed_needs_its_reason_and_something_must_be_chosen(send):
    page = send("preview", what="disputed")
    assert page.status_code == 400
    assert "Say why these claims are disputed" in page.content.decode()
    page = send("preview", what="verified", chosen=[])
    assert "Select at least one claim" in page.content.decode()


def test_the_filter_says_which_claims_all_are(send, article, claims, editor):
    assign(actor=editor, versions={claims[2].pk: 1}, to=editor)
    page = send("preview", show="mine", what="verified")
    assert shown_versions(page) == f"{claims[2].pk}:2"


def test_assigning_shows_names(send, editor, claims):
    page = send("preview", what="assign", to=editor.pk)
    assert "<del>nobody</del>" in page.content.decode()
    assert "<ins>Edda</ins>" in page.content.decode()
    send("do", what="assign", to=editor.pk, versions_shown=shown_versions(page))
    assert Claim.objects.filter(assigned_to=editor).count() == len(claims)


def test_choosing_again_keeps_what_was_typed(send, claims):
    page = send("again", what="disputed", reason="Wrong year", chosen=[claims[1].pk])
    content = page.content.decode()
    assert "Wrong year" in content
    assert content.count(" checked") == 1


def test_a_reader_may_not(client, reader, article):
    client.force_login(reader)
    assert client.get(reverse("bulk", args=[article.pk])).status_code == 403


def test_more_claims_cost_no_more_queries(send, claims):
    def queries(chosen: list[Claim]) -> int:
        page = send("preview", what="verified", chosen=[one.pk for one in chosen])
        versions = shown_versions(page)
        with CaptureQueriesContext(connection) as seen:
            send("do", what="verified", chosen=[one.pk for one in chosen], versions_shown=versions)
        return len(seen)

    assert queries(claims[:1]) == queries(claims[1:])


@pytest.mark.parametrize("what", ["verified", "dismiss"])
def test_a_double_click_is_one_step_and_no_conflict(send, claims, what):
    versions = shown_versions(send("preview", what=what))
    for _click in range(2):
        assert send("do", what=what, versions_shown=versions).status_code == 302
    assert Change.objects.count() == 1


def test_the_same_preview_sent_for_something_else_is_stale(send, claims):
    versions = shown_versions(send("preview", what="verified"))
    send("do", what="verified", versions_shown=versions)
    page = send("do", what="disputed", reason="No", replace="on", versions_shown=versions)
    assert page.status_code == 409


@pytest.mark.parametrize("forged", ["999999:1", f"{10**30}:1", "x:y", ":", "12"])
def test_claims_that_are_none_of_the_article_change_nothing(send, forged):
    assert send("do", what="verified", versions_shown=forged).status_code == 200
    assert not Change.objects.exists()


def test_more_claims_than_a_form_may_have_fields(desk, editor):
    body = "\n\n".join(f"Bridge {number} was built in {1000 + number}." for number in range(1050))
    made = import_article(actor=editor, draft=ArticleDraft(headline="Bridges", body=body)).article
    address = reverse("bulk", args=[made.pk])
    fields = {"every": "on", "what": "verified"}
    page = desk.post(address, {"step": "preview", **fields})
    fields["versions_shown"] = shown_versions(page)
    assert desk.post(address, {"step": "do", **fields}).status_code == 302
    assert set(verdicts(made)) == {"verified"}
