"""Work on claims from the panel, without a browser: each action, and what its form refuses."""

import json

import pytest
from django.urls import reverse

from claims.actions import decide_claim
from claims.choices import Verdict
from claims.models import Change, Claim, Comment, Source
from claims.web.review.forms import CLAIM_ACTION_FORMS


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


def test_a_name_alone_means_the_source_that_has_it_of_whatever_kind_or_a_new_one(do, claim):
    known = Source.objects.create(name="Bo Tarn", kind="lawmaker")
    do("source", name="bo tarn")
    assert claim.source == known
    do("source", name="Cy Holm")
    assert (claim.source.name, claim.source.kind) == ("Cy Holm", "other")


def test_a_source_is_set_for_the_other_claims_that_the_form_names(do, claims):
    claim, second, third, *_, own = claims
    assert own.source is None
    sent = json.dumps({second.pk: str(second.source_id), own.pk: None})
    do("source", name="Bo Tarn", others=sent)
    named = {one.pk for one in Claim.objects.filter(source__name="Bo Tarn")}
    assert named == {claim.pk, second.pk, own.pk}
    page = do("source", status=400, name="Cy", others=json.dumps({third.pk + 1000: None}))
    assert "Choose which claims the source applies to." in page


@pytest.mark.parametrize(
    ("word", "fields", "shown"),
    [
        (
            "source",
            {"name": "Bo <Tarn>", "kind": "?", "others": "speaker"},
            ['value="Bo &lt;Tarn&gt;"', 'value="speaker" checked'],
        ),
        ("comment", {"text": "x" * 10_001}, [f">\n{'x' * 10_001}</textarea>"]),
        ("review-date", {"review_by": "soon"}, []),
        (
            "check",
            {"verdict": "?", "reason": "Mine <here>"},
            [">Mine &lt;here&gt;</textarea>"],
        ),
    ],
)
def test_a_form_that_is_refused_comes_back_with_what_was_typed(do, word, fields, shown):
    page = do(word, status=400, **fields)
    assert [one for one in shown if one not in page] == []


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
        "[5]",
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


@pytest.mark.parametrize("other", [0, 10**9, "9" * 19, "9" * 400, "-1"])
def test_merge_with_a_claim_that_is_not_there_is_refused(do, other):
    do("merge", status=400, other=other, other_version=1)
    assert not Change.objects.exists()


@pytest.mark.parametrize("version", ["9" * 19, "9" * 400, "-1"])
def test_a_version_that_no_claim_can_have_is_refused(do, version):
    do("dismiss", status=400, version=version)
    assert not Change.objects.exists()


def test_assigned_to_those_who_may_decide_only(do, claim, chief, reader):
    do("assign", to=chief.pk)
    assert claim.assigned_to == chief
    page = do("assign", status=400, to=reader.pk)
    assert "Select a valid choice" in page
    do("assign", to="")
    assert claim.assigned_to is None


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


def test_sources_are_found_by_the_beginning_of_any_word(desk):
    Source.objects.create(name="Ada Venn", kind="minister")
    address = reverse("source-options")
    assert "Ada Venn" in desk.get(address, {"name": "ven"}).content.decode()
    assert 'data-kind="minister"' in desk.get(address, {"name": "ADA"}).content.decode()
    for nobody in (" ", "enn", "%", "_"):
        assert "<option" not in desk.get(address, {"name": nobody}).content.decode()
    for number in range(13):
        Source.objects.create(name=f"Venn {number}", kind="minister")
    assert desk.get(address, {"source": "venn"}).content.decode().count("<option") == 12


def test_a_reader_is_told_only_what_a_reader_can_do(client, reader, editor, article):
    told = (
        "Give the claim a verdict.",
        "data-next-unclaimed",
        "<kbd>1</kbd>",
        "<kbd>E</kbd>",
        "<kbd>M</kbd>",
        'name="chosen"',
        "data-undo",
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
