"""Several claims of an article's queue changed at once: chosen there, shown before and after, done, and back again."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import (
    ask_second_check,
    assign_claims,
    decide_claim,
    dismiss_claims,
    mark_checkable,
    send_back,
    start_bulk_change,
    undo_bulk_change,
    undo_change,
)
from claims.choices import MatchRelation, ReviewStatus, Verdict
from claims.models import Article, BulkChange, Change, Claim, Decision
from claims.queries.claims.filters import ClaimFilter
from claims.queries.review.filters import SHOWN
from claims.queries.review.queue import Listing, Queue
from tests.models import match_rows, rows


@pytest.fixture
def claims(article: Article) -> list[Claim]:
    return list(Claim.objects.of_article(article).in_reading_order())


@pytest.fixture
def form(desk: Client, article: Article):
    """The address that the queue's form asks for: of the chosen claims, by default of all that its filter shows."""

    def form(*chosen: Claim, show: str = "", at: Claim | None = None) -> str:
        held = {"show": show} if show else {}
        page = desk.get(article.get_absolute_url(), {**held, **({"claim": at.pk} if at else {})})
        content = page.content.decode()
        sent = dict(re.findall(r'type="hidden" name="(list|back)" value="([^"]*)"', content))
        picked = {"chosen": [one.pk for one in chosen]} if chosen else {"every": 1}
        query = {name: unescape(value) for name, value in sent.items()} | picked
        return f"{reverse('change-claims')}?{urlencode(query, doseq=True)}"

    return form


@pytest.fixture
def preview(desk: Client, form):
    """The page that says what a change of the queue's claims would do."""

    def preview(*chosen: Claim, show: str = "", at: Claim | None = None, **typed: object):
        return desk.post(form(*chosen, show=show, at=at), typed, follow=True)

    return preview


@pytest.fixture
def begin(desk: Client):
    """Press the button of a preview."""

    def begin(page):
        (address,) = re.findall(r'action="([^"]*/start/[^"]*)"', page.content.decode())
        return desk.post(unescape(address))

    return begin


def verdicts(article: Article) -> list[str]:
    return list(
        Claim.objects.of_article(article).in_reading_order().values_list("verdict", flat=True)
    )


def test_the_preview_says_how_many_and_what_and_changes_nothing(preview, claims):
    page = preview(what="verified").content.decode()
    assert f"{len(claims)} claims would change" in page
    assert "Preview: nothing has changed yet" in page
    assert '<del dir="auto">Pending</del>' in page
    assert '<ins dir="auto">Verified</ins>' in page
    assert not Change.objects.exists()


def test_it_ends_in_the_queue_at_the_claim_that_it_was_left_at(desk, preview, begin, claims):
    page = preview(*claims[:3], show="pending", at=claims[2], what="verified")
    answer = begin(page)
    left = urlsplit(answer.url)
    assert left.path == claims[2].revision.article.get_absolute_url()
    assert parse_qs(left.query) == {"claim": [str(claims[2].pk)], "show": ["pending"]}
    there = desk.get(answer.url)
    assert there.context["claim"].pk == claims[2].pk
    assert "3 claims changed." in there.content.decode()


def test_cancel_leads_back_to_the_queue_too(desk, form, preview, claims):
    back = f'href="{claims[1].revision.article.get_absolute_url()}?claim={claims[1].pk}"'
    assert back in desk.get(form(claims[0], at=claims[1])).content.decode()
    assert back in preview(claims[0], at=claims[1], what="verified").content.decode()


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:1", "x"])
def test_it_leads_nowhere_else(desk, claims, address):
    query = urlencode({"chosen": claims[0].pk, "back": address})
    page = desk.post(f"{reverse('change-claims')}?{query}", {"what": "verified"}, follow=True)
    assert "example.org" not in page.content.decode()
    bulk_change = page.context["bulk_change"]
    done = desk.post(
        f"{reverse('start-bulk-change', args=[bulk_change.pk])}?{urlencode({'back': address})}"
    )
    assert done.url == reverse("bulk-change", args=[bulk_change.pk])


def test_one_step_changes_all_and_one_undo_gives_all_back(preview, begin, article, claims, editor):
    begin(preview(what="verified", reason="Seen"))
    assert verdicts(article) == ["verified"] * len(claims)
    assert {one.reason for one in Decision.objects.all()} == {"Seen"}
    undo_change(actor=editor, change_id=Change.objects.get().pk)
    assert verdicts(article) == ["pending"] * len(claims)
    undo_change(actor=editor, change_id=Change.objects.newest_first()[0].pk)
    assert verdicts(article) == ["verified"] * len(claims)


def test_the_next_undo_on_the_article_is_of_it(desk, preview, begin, article, claims):
    begin(preview(*claims[:2], what="verified"))
    undone = desk.get(article.get_absolute_url()).context["queue"].steps[0]
    assert set(undone.claims.values_list("claim", flat=True)) == {one.pk for one in claims[:2]}


def test_undoing_all_of_it_passes_over_what_was_undone_alone(preview, begin, claims, editor):
    other = rows.claim(rows.revision(editor), 0)
    page = preview(*claims, other, what="verified")
    begin(page)
    bulk_change = page.context["bulk_change"]
    undo_change(actor=editor, change_id=claims[0].changed.get().change_id)
    assert undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk).changed == 1
    other.refresh_from_db()
    assert other.verdict == Verdict.PENDING


def test_only_what_was_chosen_is_touched_and_comes_back(preview, begin, article, claims):
    begin(preview(claims[1], claims[2], what="dismiss"))
    dismissed = Claim.objects.of_article(article).filter(dismissed=True)
    assert set(dismissed) == {claims[1], claims[2]}
    page = preview(show="dismissed", what="restore")
    assert '<del dir="auto">dismissed</del>' in page.content.decode()
    assert '<ins dir="auto">in the queue</ins>' in page.content.decode()
    begin(page)
    assert not dismissed.all()


def test_a_verdict_that_somebody_set_stays_unless_that_is_ticked(
    preview, begin, article, claims, chief
):
    first = claims[0]
    decide_claim(actor=chief, claim_id=first.pk, version=1, verdict=Verdict.DISPUTED, reason="No")
    page = preview(what="verified")
    assert "1 claim skipped: already decided" in page.content.decode()
    begin(page)
    assert verdicts(article)[0] == "disputed"
    page = preview(what="verified", replace="on")
    assert list(page.context["bulk_change"].listed.values_list("claim", flat=True)) == [first.pk]


def test_what_waits_for_a_second_check_is_left_out_and_not_told(preview, claims, chief):
    decide_claim(
        actor=chief, claim_id=claims[0].pk, version=1, verdict=Verdict.DISPUTED, reason="No"
    )
    ask_second_check(actor=chief, claim_id=claims[0].pk, version=2, blind=True)
    page = preview(what="verified", replace="on").content.decode()
    assert "1 claim skipped: waiting for a second check" in page
    assert "Disputed" not in page
    page = preview(claims[0], what="assign", to="").content.decode()
    assert "nothing to change" in page


def test_what_begins_to_wait_after_the_preview_is_left_out(desk, preview, begin, claims, chief):
    decide_claim(actor=chief, claim_id=claims[0].pk, version=1, verdict=Verdict.VERIFIED)
    page = preview(*claims[:2], what="disputed", reason="No", replace="on")
    ask_second_check(actor=chief, claim_id=claims[0].pk, version=2, blind=False)
    begin(page)
    claims[0].refresh_from_db()
    assert (claims[0].verdict, claims[0].review_status) == (Verdict.VERIFIED, ReviewStatus.WAITING)


def test_a_claim_changed_meanwhile_stays_and_is_told(desk, preview, begin, article, claims, chief):
    page = preview(what="verified")
    decide_claim(
        actor=chief, claim_id=claims[1].pk, version=1, verdict=Verdict.DISPUTED, reason="No"
    )
    answer = begin(page)
    said = desk.get(answer.url).content.decode()
    assert f"{len(claims) - 1} claims changed." in said
    assert "someone had edited them in the meantime" in said
    assert "Back to the queue" in said
    assert verdicts(article).count("verified") == len(claims) - 1
    assert verdicts(article)[1] == "disputed"


def test_disputed_needs_its_reason_and_what_was_typed_stays(desk, form, claims):
    page = desk.post(form(), {"what": "disputed", "to": "", "reason": " "})
    assert page.status_code == 400
    assert "Say why these claims are disputed" in page.content.decode()
    assert 'value="disputed" selected' in page.content.decode()
    assert not BulkChange.objects.exists()


def test_nothing_chosen_is_the_queue_again(desk, article, claims):
    back = f"{article.get_absolute_url()}?claim={claims[1].pk}"
    answer = desk.get(reverse("change-claims"), {"list": "", "back": back})
    assert answer.url == back


def test_assigning_shows_names(preview, begin, editor, claims):
    page = preview(what="assign", to=editor.pk)
    assert '<del dir="auto">nobody</del>' in page.content.decode()
    assert '<ins dir="auto">Edda</ins>' in page.content.decode()
    begin(page)
    assert Claim.objects.filter(assigned_to=editor).count() == len(claims)


def test_a_reader_is_offered_none_of_it(client, reader, article, claims):
    client.force_login(reader)
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'name="chosen"' not in page
    assert reverse("change-claims") not in page
    assert client.get(f"{reverse('change-claims')}?chosen={claims[0].pk}").status_code == 403


def test_more_claims_cost_no_more_queries(preview, begin, claims):
    def queries(*chosen: Claim) -> int:
        page = preview(*chosen, what="verified")
        with CaptureQueriesContext(connection) as seen:
            begin(page)
        return len(seen)

    assert queries(claims[0]) == queries(*claims[1:])


@pytest.mark.parametrize("what", ["verified", "dismiss"])
def test_a_double_click_is_one_step_and_no_conflict(preview, begin, claims, what):
    page = preview(what=what)
    answers = [begin(page) for _click in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert Change.objects.count() == 1


@pytest.mark.parametrize("forged", ["999999", f"{10**30}", "x", ""])
def test_ids_of_no_claim_change_nothing(desk, article, claims, forged):
    address = f"{reverse('change-claims')}?{urlencode({'chosen': forged})}"
    desk.post(address, {"what": "verified"}, follow=True)
    assert not BulkChange.objects.filter(total__gt=0).exists()


def test_more_claims_than_a_form_may_have_fields(desk, editor, work):
    text = rows.revision(editor)
    made = text.article
    for number in range(1050):
        rows.claim(text, number, statement=f"Bridge {number} was built in {1000 + number}")
    listed = Queue(made, text, editor).listed_by
    address = f"{reverse('change-claims')}?{urlencode({'list': listed, 'every': 1})}"
    page = desk.post(address, {"what": "verified"}, follow=True)
    start_bulk_change(actor=editor, bulk_change_id=page.context["bulk_change"].pk)
    work()
    assert verdicts(made) == ["verified"] * 1050


class TestAllThatTheQueueShows:
    """The filter that the queue sends along lists the same claims, whoever looks, and no others."""

    @pytest.fixture
    def every_state(self, article, claims, editor, chief) -> None:
        """Claims of every state, in this article, in an older text of it, and in another one."""
        verified, disputed, blind, sent_back = claims[:4]
        decide_claim(actor=editor, claim_id=verified.pk, version=1, verdict=Verdict.VERIFIED)
        for one in (disputed, blind, sent_back):
            decide_claim(
                actor=chief, claim_id=one.pk, version=1, verdict=Verdict.DISPUTED, reason="R"
            )
        ask_second_check(actor=chief, claim_id=blind.pk, version=2, blind=True)
        ask_second_check(actor=chief, claim_id=sent_back.pk, version=2, blind=False)
        send_back(actor=editor, claim_id=sent_back.pk, version=3, comment="Which bridge?")
        revision = article.current_revision()
        more = [rows.claim(revision, 300 + number) for number in range(3)]
        dismiss_claims(actor=editor, versions={more[0].pk: more[0].version})
        mark_checkable(actor=editor, claim_id=more[1].pk, version=more[1].version, checkable=False)
        assign_claims(actor=editor, versions={more[2].pk: more[2].version}, to=editor)
        known = rows.claim(rows.revision(editor), 0)
        match_rows.match(known, verified)
        match_rows.match(known, disputed, relation=MatchRelation.CONTRADICTS)
        elsewhere = rows.claim(rows.revision(editor), 0)
        dismiss_claims(actor=editor, versions={elsewhere.pk: elsewhere.version})
        for statement, dismissed in (("As it was", False), ("Was once said", True)):
            rows.claim(revision, 400, statement=statement, dismissed=dismissed)
        new = rows.revision(editor, article=article, number=revision.number + 1)
        Claim.objects.filter(revision=revision, start__lt=400).update(revision=new)

    @pytest.mark.parametrize("viewer", ["editor", "chief"])
    @pytest.mark.parametrize("show", SHOWN)
    def test_under_each_filter(self, request, article, every_state, show, viewer):
        person = request.getfixturevalue(viewer)
        queue = Queue(article, article.current_revision(), person, show)
        listed = ClaimFilter.of_query(queue.listed_by, person).understood().qs
        assert sorted(one.pk for one in queue.listed) == sorted(one.pk for one in listed)
        if (show, viewer) != ("mine", "chief"):
            assert queue.listed

    @pytest.mark.parametrize(
        "query", ["", "verdict=disputed", "state=all", "state=dismissed&q=words"]
    )
    def test_under_a_list(self, article, every_state, editor, query):
        chosen = ClaimFilter.of_query(query, editor)
        queue = Queue(
            article,
            article.current_revision(),
            editor,
            listing=Listing(chosen.query, chosen.qs),
        )
        listed = ClaimFilter.of_query(queue.listed_by, editor).understood().qs
        assert sorted(one.pk for one in queue.listed) == sorted(one.pk for one in listed)

    def test_it_is_not_told_by_a_verdict(self, article, every_state, claims, editor, chief):
        """Who is to check a claim blind finds it pending, and its decider as it is."""
        found = {
            (viewer, verdict)
            for viewer in (editor, chief)
            for verdict in Verdict.values
            if ClaimFilter.of_query(f"seen={verdict}", viewer).qs.filter(pk=claims[2].pk).exists()
        }
        assert found == {(editor, "pending"), (chief, "disputed")}
