"""Work on claims from the panel, without a browser: each action, and what its form refuses."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import ask_second_check, decide_claim, dismiss_claims
from claims.choices import ReviewStatus, Verdict
from claims.models import Change, Claim, Comment, Presence, Source
from claims.web.review.forms import CLAIM_ACTION_FORMS


@pytest.fixture
def do(desk: Client, claim: Claim):
    """Send a action's form for the first claim, with the version that it has unless another is given."""

    def do(word: str, *, status: int = 302, **fields: object) -> str:
        claim.refresh_from_db()
        address = reverse("change-claim", args=[claim.pk, word])
        answer = desk.post(address, {"version": claim.version, **fields})
        assert answer.status_code == status, answer.content.decode()
        claim.refresh_from_db()
        return answer.content.decode()

    return do


def test_rewording_keeps_the_exact_words(do, claim):
    quote = claim.quote
    do("reword", statement="  The bridge is shut\nuntil May ")
    assert (claim.statement, claim.quote) == ("The bridge is shut until May", quote)


def test_a_statement_needs_words(do, claim):
    page = do("reword", status=400, statement=" ")
    assert "This field is required" in page
    assert not Change.objects.exists()


def test_a_stale_form_shows_both_sides_and_is_saved_over_theirs_only_where_that_is_said(
    do, claim, chief
):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Theirs"
    )
    page = do("reword", status=409, version=1, statement="Mine")
    assert "Theirs" in page
    assert "Carl" in page
    assert ">\nMine</textarea>" in page
    assert 'form="action-reword" name="over" value="2"' in page
    form = page.partition('id="action-reword"')[2].partition("</form>")[0]
    assert 'name="version" value="1"' in form
    do("reword", status=409, version=1, statement="Mine")
    do("reword", version=1, over=2, statement="Mine")
    assert claim.statement == "Mine"


def test_a_new_source_is_made_in_place(do, claim):
    do("source", name="Ilse  Brandt", kind="minister", role="the minister", told_to="Radio Ostrey")
    assert (claim.source.name, claim.source.kind, claim.source.article) == (
        "Ilse Brandt",
        "minister",
        None,
    )
    assert (claim.role, claim.told_to) == ("the minister", "Radio Ostrey")
    do("source", name="ilse brandt", kind="minister")
    assert Source.objects.filter(name_key="ilse brandt").count() == 1


def test_a_source_without_a_name_of_its_own_belongs_to_the_article(do, claim, article):
    do("source", name="two officials", kind="official", own="on")
    assert claim.source.article == article


def test_no_source_makes_it_the_articles_own_voice(do, claim):
    do("source", name="")
    assert claim.source is None


def test_what_cannot_be_checked_leaves_the_queue(desk, do, claim, article):
    do("checkable", checkable="no")
    page = desk.get(article.get_absolute_url(), {"show": "not-checkable"})
    assert [one.pk for one in page.context["queue"].listed] == [claim.pk]
    assert claim.pk not in [one.pk for one in page.context["queue"].active]


def test_dismissed_and_restored(desk, do, claim, article):
    do("dismiss")
    assert claim.dismissed
    page = desk.get(article.get_absolute_url(), {"show": "dismissed"})
    assert "does not appear in queues or reports" in page.content.decode()
    do("restore")
    assert not claim.dismissed


@pytest.mark.parametrize(
    "spans",
    [
        "",
        "x",
        "{}",
        "[]",
        "[[1]]",
        "[[1, 2, 3]]",
        '[["1", 2]]',
        "[[true, 5]]",
        "[[5, 5]]",
        "[[-1, 5]]",
        "[[0, 99999]]",
    ],
)
def test_bounds_that_are_none_are_refused(do, claim, spans):
    before = claim.spans
    page = do("spans", status=400, spans=spans)
    assert "This cannot be saved" in page
    assert claim.spans == before


def test_bounds_and_a_claim_of_selected_words(desk, do, claim, article):
    do("spans", spans="[[0, 10]]")
    assert claim.quote == "The bridge"
    revision = article.current_revision()
    answer = desk.post(
        reverse("create-claim", args=[article.pk]), {"revision": revision.pk, "spans": "[[4, 10]]"}
    )
    made = Claim.objects.latest("pk")
    assert answer["Location"].endswith(f"claim={made.pk}")
    assert made.quote == "bridge"


def test_a_claim_of_no_words_is_refused(desk, article):
    address = reverse("create-claim", args=[article.pk])
    revision = article.current_revision().pk
    for fields in ({}, {"revision": revision}, {"revision": revision, "spans": "[]"}):
        answer = desk.post(address, fields)
        assert answer.status_code == 400
        assert "select at least one word" in answer.content.decode()
    answer = desk.post(address, {"revision": revision + 1, "spans": "[[0, 10]]"})
    assert answer.status_code == 409
    assert "text has changed" in answer.content.decode()


def test_split_at_a_place_in_the_exact_words(do, claim):
    caret = claim.quote.index("will")
    rest = claim.quote[caret:]
    do("split", caret=caret)
    assert claim.quote == "The bridge over the Olm"
    assert Claim.objects.latest("pk").quote == rest


def test_merge_with_the_next_claim_of_another_source_says_what_to_do(do, claim, article):
    other = next(
        one
        for one in Claim.objects.of_article(article).in_reading_order()
        if one.source_id != claim.source_id
    )
    page = do("merge", status=409, other=other.pk, other_version=other.version)
    assert "Give them the same" in page


def test_assigned_to_those_who_may_decide_only(do, claim, chief, reader):
    do("assign", to=chief.pk)
    assert claim.assigned_to == chief
    page = do("assign", status=400, to=reader.pk)
    assert "Select a valid choice" in page
    do("assign", to="")
    assert claim.assigned_to is None


def test_a_blind_check_hides_verdict_reason_and_history_from_the_checker(
    client, do, claim, chief, article
):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret reason"
    )
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    address = f"{article.get_absolute_url()}?claim={claim.pk}"
    page = client.get(address)
    assert "Secret reason" not in page.content.decode()
    assert page.context["queue"].verdict_counts.disputed == 0
    assert "mark--disputed" not in page.content.decode()
    assert page.context["related"].record.disputed == 0
    history = reverse("article-history", args=[article.pk])
    assert "Secret reason" not in client.get(history).content.decode()
    client.force_login(chief)
    assert "Secret reason" in client.get(history).content.decode()
    assert "Secret reason" in client.get(address).content.decode()


def test_the_second_check_confirms_or_sends_back(do, claim, chief):
    decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=2)
    page = do("check", status=400, verdict="disputed", reason="")
    assert "Say why this claim is disputed" in page
    do("check", verdict="disputed", reason="The register says April")
    assert (claim.review_status, claim.verdict) == (ReviewStatus.SENT_BACK, Verdict.VERIFIED)
    ask_second_check(actor=chief, claim_id=claim.pk, version=claim.version)
    do("check", verdict="verified")
    assert claim.review_status == ReviewStatus.CHECKED


def test_nobody_checks_their_own_verdict(do, claim, editor):
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    do("ask")
    assert "Someone else" in do("check", status=409, verdict="verified")


def test_a_comment_is_kept_and_an_empty_one_says_so(do, claim, editor):
    do("comment", text="Ask the <harbour> office")
    assert Comment.objects.get().text == "Ask the <harbour> office"
    assert "the comment is empty" in do("comment", status=400, text=" ")


@pytest.mark.parametrize("word", list(CLAIM_ACTION_FORMS))
def test_a_reader_may_do_none_of_it(client, reader, claim, chief, word):
    client.force_login(reader)
    fields = {
        "version": 1,
        "statement": "x",
        "checkable": "no",
        "spans": "[[0, 10]]",
        "other": claim.pk + 1,
        "other_version": 1,
        "caret": 5,
        "verdict": "verified",
        "comment": "x",
        "text": "x",
    }
    answer = client.post(reverse("change-claim", args=[claim.pk, word]), fields)
    assert answer.status_code == 403
    assert not Change.objects.exists()
    assert not Comment.objects.exists()


def test_a_deed_that_is_none_is_not_found(desk, claim):
    assert desk.post(reverse("change-claim", args=[claim.pk, "explode"])).status_code == 404


def test_who_else_is_here(desk, client, chief, article):
    address = reverse("presence", args=[article.pk])
    assert "Also here" not in desk.post(address).content.decode()
    other = Client()
    other.force_login(chief)
    assert "Edda" in other.post(address).content.decode()
    assert "Carl" in desk.post(address).content.decode()
    assert Presence.objects.count() == 2


def test_sources_are_found_by_the_beginning_of_any_word(desk):
    Source.objects.create(name="Ada Venn", kind="minister")
    address = reverse("source-options")
    assert "Ada Venn" in desk.get(address, {"name": "ven"}).content.decode()
    assert 'data-kind="minister"' in desk.get(address, {"name": "ADA"}).content.decode()
    for nobody in (" ", "enn", "%", "_"):
        assert "<option" not in desk.get(address, {"name": nobody}).content.decode()


def test_the_history_of_an_article_says_who_did_what(desk, do, claim, article):
    do("reword", statement="Shut until May")
    do("dismiss")
    desk.get(article.get_absolute_url())
    page = desk.get(reverse("article-history", args=[article.pk])).content.decode()
    assert "Reworded" in page
    assert "Dismissed" in page
    assert '<ins dir="auto">Shut until May</ins>' in page
    assert page.index("Dismissed") < page.index("Reworded")


def test_a_claim_has_a_history_of_its_own_and_the_panel_shows_its_end(desk, do, claim, article):
    for number in range(10):
        do("reword", statement=f"Shut until {number} May")
    panel = desk.get(article.get_absolute_url(), {"claim": claim.pk}).content.decode()
    address = reverse("claim-history", args=[claim.pk])
    assert address in panel
    assert "Shut until 8 May" in panel
    assert '<ins dir="auto">Shut until 0 May</ins>' not in panel
    assert '<ins dir="auto">Shut until 0 May</ins>' in desk.get(address).content.decode()


def test_the_panel_keeps_what_the_splitter_proposed_in_sight(desk, do, claim, article):
    proposed = claim.statement
    for number in range(10):
        do("reword", statement=f"Shut until {number} May")
    panel = desk.get(article.get_absolute_url(), {"claim": claim.pk}).content.decode()
    assert f'<q dir="auto">{proposed}</q>' in panel


def test_new_bounds_are_told_in_words(desk, do, claim):
    do("spans", spans="[[4, 23]]")
    page = desk.get(reverse("claim-history", args=[claim.pk])).content.decode()
    assert '<ins dir="auto">bridge over the Olm</ins>' in page


def test_a_source_has_a_history_over_all_articles(desk, do, claim, chief):
    do("reword", statement="Shut until May")
    source = claim.source
    source.kind = "lawmaker"
    source._history_user = chief
    source.save()
    page = desk.get(reverse("source-history", args=[source.pk])).content.decode()
    assert "Shut until May" in page
    assert '<ins dir="auto">Lawmaker</ins>' in page
    assert claim.get_absolute_url() in page


def test_histories_keep_a_blind_check_blind(client, do, claim, chief, editor):
    decide_claim(
        actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret"
    )
    ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
    pages = [
        reverse("claim-history", args=[claim.pk]),
        reverse("source-history", args=[claim.source_id]),
    ]
    for page in pages:
        assert "Secret" not in client.get(page).content.decode()
    client.force_login(chief)
    for page in pages:
        assert "Secret" in client.get(page).content.decode()


def test_an_article_nobody_worked_on_says_so(desk, article):
    page = desk.get(reverse("article-history", args=[article.pk])).content.decode()
    assert "No claim here has been changed yet" in page


class TestHome:
    def test_it_shows_my_queue_and_what_to_check(self, desk, claim, chief, editor, article):
        second = Claim.objects.of_article(article).in_reading_order()[1]
        decide_claim(actor=chief, claim_id=second.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=chief, claim_id=second.pk, version=2)
        claim.assigned_to = editor
        claim.save()
        page = desk.get(reverse("dashboard"))
        assert [one.pk for one in page.context["mine"].claims] == [claim.pk]
        assert [one.pk for one in page.context["to_check"].claims] == [second.pk]
        today = page.context["days"].rows[-1].numbers
        assert today == {"verified": 1, "in": Claim.objects.count()}

    def test_nobody_is_asked_to_check_their_own_verdict(self, desk, claim, editor):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        ask_second_check(actor=editor, claim_id=claim.pk, version=2)
        assert desk.get(reverse("dashboard")).context["to_check"].number == 0

    def test_dismissed_claims_are_on_no_list(self, desk, claim, editor):
        claim.assigned_to = editor
        claim.save()
        dismiss_claims(actor=editor, versions={claim.pk: 1})
        assert desk.get(reverse("dashboard")).context["mine"].number == 0

    def test_an_empty_desk_says_what_to_do(self, desk):
        page = desk.get(reverse("dashboard")).content.decode()
        assert "Nothing is assigned to you" in page
        assert "Add the first article" in page


def test_a_reader_is_told_only_what_a_reader_can_do(client, reader, editor, article):
    told = (
        "Give the claim a verdict.",
        "data-next-unclaimed",
        "<kbd>1</kbd>",
        "<kbd>E</kbd>",
        "<kbd>M</kbd>",
    )
    address = article.get_absolute_url()
    client.force_login(editor)
    page = client.get(address).content.decode()
    assert all(words in page for words in told)
    client.force_login(reader)
    page = client.get(address).content.decode()
    assert not [words for words in told if words in page]
    assert "Choose a claim to see its verdict, reason and evidence." in page
    assert "<kbd>J</kbd>" in page
