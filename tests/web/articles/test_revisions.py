"""The page for a new version of an article: compared, saved, and claims left to place."""

import re

import pytest
from django.urls import reverse

from claims.actions import decide_claim, dismiss_claims, restore_claims, reword_claim
from claims.choices import AnchorStatus, Verdict
from claims.models import Claim, IntakeItem
from claims.queries import history
from tests.conftest import BODY
from tests.models import rows as intake_rows

BUILT = "The bridge was built in 1931"


@pytest.fixture
def address(article) -> str:
    return reverse("update-article", args=[article.pk])


def look(desk, address, text: str):
    return desk.post(address, {"text": text, "headline": "", "step": "look"})


def take(desk, address, text: str):
    seen = look(desk, address, text).context["plan"].seen
    return desk.post(address, {"text": text, "headline": "", "step": "do", "seen": seen})


def test_it_shows_what_becomes_of_each_claim_and_both_texts(desk, address):
    page = look(desk, address, BODY.replace("two pillars", "three pillars") + "\n\nA ferry sails.")
    shown = page.content.decode()
    for words in (
        "Changed: pending again",
        "Unchanged: keep",
        "<del>two</del>",
        "<ins>three</ins>",
    ):
        assert words in shown
    assert "A ferry sails" in shown
    assert Claim.objects.filter(anchor_status=None).count() == Claim.objects.count()


def test_it_is_taken_as_it_was_seen(desk, address, article):
    answer = take(desk, address, BODY.replace("two pillars", "three pillars"))
    assert article.current_revision().number == 2
    changed = Claim.objects.get(anchor_status=AnchorStatus.CHANGED)
    # Claims that need attention come first, and are marked in the queue.
    assert answer["Location"] == f"{article.get_absolute_url()}?claim={changed.pk}"
    page = desk.get(answer["Location"]).content.decode()
    assert "The new version has been saved." in page
    rows = re.findall(r'<li id="row(\d+)".*?</li>', page, re.DOTALL)
    marked = re.findall(r'<li id="row(\d+)"(?:(?!</li>).)*Changed in the article', page, re.DOTALL)
    assert len(rows) > 1
    assert marked == [str(changed.pk)]
    panel = desk.get(reverse("claim", args=[changed.pk]), follow=True).content.decode()
    assert "Confirm these words" in panel
    sent = {"version": changed.version, "spans": str(changed.spans)}
    desk.post(reverse("change-claim", args=[changed.pk, "place"]), sent)
    changed.refresh_from_db()
    assert changed.anchor_status is None


def test_another_headline_alone_is_looked_at_and_taken(desk, address, article):
    sent = {"text": BODY, "headline": "Bridge to reopen in May"}
    page = desk.post(address, {**sent, "step": "look"})
    assert '<ins dir="auto">Bridge to reopen in May</ins>' in page.content.decode()
    seen = page.context["plan"].seen
    answer = desk.post(address, {**sent, "step": "do", "seen": seen}, follow=True)
    assert "The headline has been updated." in answer.content.decode()
    article.refresh_from_db()
    assert (article.headline, article.revisions.count()) == ("Bridge to reopen in May", 1)


def test_what_changed_since_is_shown_again_and_the_text_stays(desk, address, claim, editor):
    text = f"{BODY}\n\nA ferry sails."
    seen = look(desk, address, text).context["plan"].seen
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    answer = desk.post(address, {"text": text, "headline": "", "step": "do", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was done" in page
    assert "A ferry sails." in page
    assert answer.context["plan"].seen != seen


def test_the_way_back_keeps_what_was_typed(desk, address):
    text = f"{BODY}\n\nA ferry sails."
    page = desk.post(address, {"text": text, "headline": "New", "step": "again"}).content.decode()
    assert "A ferry sails." in page
    assert "<textarea" in page


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [("", 400, "no text to split"), (BODY, 409, "the current text")],
)
def test_what_is_no_new_text_is_said(desk, address, text, status, words):
    page = look(desk, address, text)
    assert page.status_code == status
    assert words in page.content.decode()


def test_what_stands_in_two_places_is_placed_by_hand(desk, address, article):
    take(desk, address, f"{BUILT}.\n\n{BODY}")
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    listed = desk.get(reverse("claims") + "?state=orphan").content.decode()
    assert reverse("find-claim", args=[orphan.pk]) in listed
    page = desk.get(reverse("find-claim", args=[orphan.pk]))
    places = page.context["places"]
    first, second = (place.value for place in places)
    assert first.startswith("0-")
    body = article.current_revision().body
    start = body.rindex(BUILT)
    assert (places[0].before, places[0].after) == ("", body[len(BUILT) :][:160])
    assert (places[1].before, places[1].after) == (body[:start][-160:], ".")
    assert not any(place.taken for place in places)
    desk.post(reverse("find-claim", args=[orphan.pk]), {"version": orphan.version, "place": second})
    orphan.refresh_from_db()
    placed = ",".join(f"{start}-{end}" for start, end in orphan.spans)
    assert (placed, orphan.anchor_status, orphan.revision.number) == (second, None, 2)
    history = desk.get(reverse("claim-history", args=[orphan.pk])).content.decode()
    assert "Placed in the text" in history
    assert "was built in 1931" in history


def test_one_that_is_placed_on_other_words_is_pending_again(desk, address, article, editor):
    claim = Claim.objects.of_article(article).get(statement__contains="1931")
    decide_claim(actor=editor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED)
    built = "The bridge was built in {}."
    alike = f"{built.format(1932)}\n\n{built.format(1933)}"
    take(desk, address, BODY.replace(built.format(1931), alike))
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    assert (orphan.pk, orphan.verdict) == (claim.pk, Verdict.VERIFIED)
    page = desk.get(reverse("find-claim", args=[orphan.pk]))
    place = page.context["places"][0]
    assert place.words == "The bridge was built in 1932"
    assert place.taken
    assert "There is already another claim here." in page.content.decode()
    sent = {"version": orphan.version, "place": place.value}
    desk.post(reverse("find-claim", args=[orphan.pk]), sent)
    orphan.refresh_from_db()
    assert (orphan.quote, orphan.verdict) == (place.words, Verdict.PENDING)


def test_what_is_gone_is_withdrawn_by_hand(desk, address):
    take(desk, address, f"{BUILT}.\n\n{BODY}")
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    answer = desk.post(reverse("find-claim", args=[orphan.pk]), {"version": orphan.version})
    assert answer["Location"].endswith("?state=orphan")
    orphan.refresh_from_db()
    assert orphan.anchor_status == AnchorStatus.WITHDRAWN


def test_somebody_was_quicker(desk, address):
    take(desk, address, f"{BUILT}.\n\n{BODY}")
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    sent = {"version": orphan.version - 1}
    assert desk.post(reverse("find-claim", args=[orphan.pk]), sent).status_code == 409


@pytest.mark.parametrize(
    "place", ["9", "x-y", "1-", "-1-5", "1-2-3,", "9" * 40 + "-" + "9" * 41, "٣-٤x"]
)
def test_a_place_that_no_form_sends_is_none(desk, address, place):
    take(desk, address, f"{BUILT}.\n\n{BODY}")
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    sent = {"version": orphan.version, "place": place}
    assert desk.post(reverse("find-claim", args=[orphan.pk]), sent).status_code == 404
    orphan.refresh_from_db()
    assert orphan.anchor_status == AnchorStatus.ORPHAN


@pytest.mark.parametrize("sent", [{"version": "x"}])
def test_what_no_form_sends_is_not_found(desk, address, sent):
    take(desk, address, f"{BUILT}.\n\n{BODY}")
    orphan = Claim.objects.get(anchor_status=AnchorStatus.ORPHAN)
    assert desk.post(reverse("find-claim", args=[orphan.pk]), sent).status_code == 404


def test_a_claim_that_stands_in_the_text_leads_to_it(desk, claim):
    assert desk.get(reverse("find-claim", args=[claim.pk]))["Location"] == claim.get_absolute_url()


def test_so_does_one_that_was_dismissed_there_only_once_it_is_restored(desk, editor, claim):
    dismiss_claims(actor=editor, versions={claim.pk: 1})
    address = reverse("find-claim", args=[claim.pk])
    assert desk.get(address).status_code == 200
    restore_claims(actor=editor, versions={claim.pk: 2})
    assert desk.get(address)["Location"] == claim.get_absolute_url()


def test_only_what_needs_nobody_is_folded_away(desk, address):
    text = BODY.replace("two pillars", "three pillars").replace(f"{BUILT}.", "A ferry sails.")
    groups = look(desk, address, text).context["groups"]
    assert {group.label.partition(":")[0]: group.open for group in groups} == {
        "Changed": True,
        "No longer in the article": True,
        "Unchanged": False,
        "New": True,
    }


@pytest.mark.parametrize("whose", ["editor", "chief"])
def test_what_came_by_ones_own_inbox_leaves_it(request, desk, address, whose):
    item = intake_rows.intake(request.getfixturevalue(whose))
    text = f"{BODY}\n\nA ferry sails."
    seen = look(desk, address, text).context["plan"].seen
    sent = {"text": text, "headline": "", "step": "do", "seen": seen, "intake": item.pk}
    assert desk.post(address, sent).status_code == 302
    assert IntakeItem.objects.exists() == (whose == "chief")


def test_history_shows_old_words_in_the_old_text_and_new_ones_in_the_new(desk, address):
    take(desk, address, BODY.replace("two pillars", "three pillars"))
    changed = Claim.objects.get(anchor_status=AnchorStatus.CHANGED)
    page = desk.get(reverse("claim-history", args=[changed.pk])).content.decode()
    assert "cracks in two pillars" in page
    assert "cracks in three pillars" in page


def test_history_shows_other_words_in_the_same_places(desk, address, editor):
    take(desk, address, BODY.replace("until May", "until Dec"))
    changed = Claim.objects.get(anchor_status=AnchorStatus.CHANGED)
    (entry, *_) = history.of_claim(changed, 8).entries
    words = {one.label: (one.before, one.after) for one in entry.differences}
    before, after = words["Exact words"]
    assert (before, after) == (after.replace("Dec", "May"), changed.quote)
    page = desk.get(reverse("claim-history", args=[changed.pk])).content.decode()
    assert before in page


def test_history_shows_no_other_words_where_a_claim_only_moved(desk, address):
    claim = Claim.objects.get(quote__contains="two pillars")
    take(desk, address, f"A hearing is set for Monday.\n\n{BODY}")
    claim.refresh_from_db()
    (entry,) = history.of_claim(claim, 8).entries
    assert (entry.action, entry.differences) == ("new-revision", ())


def test_the_panel_says_that_a_reworded_statement_is_of_the_earlier_text(desk, address, editor):
    claim = Claim.objects.get(quote__contains="two pillars")
    reword_claim(actor=editor, claim_id=claim.pk, version=1, statement="Two pillars are cracked.")
    take(desk, address, BODY.replace("two pillars", "six pillars"))
    panel = desk.get(claim.get_absolute_url(), follow=True).content.decode()
    assert "The statement was reworded for the earlier text" in panel
    reword_claim(actor=editor, claim_id=claim.pk, version=3, statement="Six pillars are cracked.")
    panel = desk.get(claim.get_absolute_url(), follow=True).content.decode()
    assert "The statement was reworded for the earlier text" not in panel


def test_the_panel_does_not_say_so_where_the_statement_followed(desk, address):
    take(desk, address, BODY.replace("two pillars", "six pillars"))
    claim = Claim.objects.get(quote__contains="six pillars")
    panel = desk.get(claim.get_absolute_url(), follow=True).content.decode()
    assert "Confirm these words" in panel
    assert "The statement was reworded for the earlier text" not in panel


def test_a_reader_cannot(client, reader, address):
    client.force_login(reader)
    assert client.get(address).status_code == 403
