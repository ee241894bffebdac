"""What other systems are told, and what they are not."""

import json
from datetime import timedelta

import pytest

from claims.actions import (
    ask_second_check,
    correct_notice,
    correct_text,
    decide_claim,
    draft_report,
    preview_bulk_change,
    publish_correction,
    publish_report,
    second_check,
    set_public,
    start_bulk_change,
    take_over_verdict,
    undo_change,
    write_report,
)
from claims.actions.matching.index import index_some
from claims.actions.matching.proposals import propose_matches
from claims.actions.webhooks.events import record_articles
from claims.choices import ChangeAction, ReportText, Verdict, WebhookEvent
from claims.errors import StaleVersionError
from claims.models import Claim, Correction, WebhookDelivery
from claims.queries.reports.editions import edition_of
from tests.actions.matching.conftest import claim_of
from tests.actions.webhooks.receiving import Hook, hook, time_passes
from tests.conftest import newest, version_of
from tests.fetching.sites import page
from tests.models import match_rows

WHOLE_PAUSE = timedelta(minutes=1)
"""Longer than a receiver is left alone that did not answer once."""


@pytest.fixture
def receiver(db, site) -> Hook:
    return hook(site)


def decide(actor, claim, verdict=Verdict.VERIFIED, reason="The register says so."):
    return decide_claim(actor=actor, **version_of(claim), verdict=verdict, reason=reason)


def published(chief, article):
    report = draft_report(actor=chief, title="Bridges of May", article=article)
    seen = edition_of(actor=chief, report=report).digest
    return publish_report(actor=chief, report_id=report.pk, seen=seen)


def kinds(receiver) -> list[str]:
    return [one["type"] for one in receiver.told()]


def test_an_article_that_came_in(receiver, article, work, settings):
    settings.DESK_URL = "https://desk.example.org"
    work()
    (told,) = receiver.told()
    assert told["type"] == "article.created"
    assert told["data"] == {
        "article": {
            "id": article.pk,
            "api_url": f"https://desk.example.org/api/v1/articles/{article.pk}",
            "url": f"https://desk.example.org/articles/{article.pk}/",
        }
    }


def test_a_decision_and_its_undo(article, claim, editor, site, work):
    receiver = hook(site)
    decide(editor, claim)
    undo_change(actor=editor, change_id=newest(claim).pk)
    work()
    decided, undone = receiver.told()
    assert decided["type"] == undone["type"] == "claim.decided"
    assert decided["data"] == {
        "claim": {
            "id": claim.pk,
            "api_url": f"/api/v1/claims/{claim.pk}",
            "url": f"/claims/{claim.pk}/",
            "version": claim.version + 1,
        },
        "article": {
            "id": article.pk,
            "api_url": f"/api/v1/articles/{article.pk}",
            "url": f"/articles/{article.pk}/",
        },
        "verdict": "verified",
        "previous_verdict": "pending",
        "withdrawn": False,
        "verdict_hidden": False,
    }
    assert undone["data"]["claim"]["version"] == claim.version + 2
    assert (undone["data"]["verdict"], undone["data"]["withdrawn"]) == ("pending", True)


def test_a_bulk_change_tells_of_each_claim(claims, editor, site, work):
    receiver = hook(site)
    some = Claim.objects.filter(pk__in=[one.pk for one in claims[:3]])
    change = preview_bulk_change(
        actor=editor, action=ChangeAction.DECIDE, fields={"verdict": "verified"}, claims=some
    )
    start_bulk_change(actor=editor, bulk_change_id=change.pk)
    work()
    assert sorted(one["data"]["claim"]["id"] for one in receiver.told()) == sorted(
        one.pk for one in claims[:3]
    )


def test_what_was_refused_tells_nothing(claim, editor, site):
    hook(site)
    with pytest.raises(StaleVersionError):
        decide_claim(
            actor=editor, claim_id=claim.pk, version=claim.version + 1, verdict=Verdict.VERIFIED
        )
    assert not WebhookDelivery.objects.exists()


def test_a_second_check_from_its_request_to_the_undo_of_its_answer(
    claim, editor, chief, site, work
):
    decide(editor, claim)
    receiver = hook(site)
    ask_second_check(actor=editor, **version_of(claim), note="Look at the register.")
    work()
    second_check(actor=chief, **version_of(claim), verdict=Verdict.VERIFIED)
    undo_change(actor=chief, change_id=newest(claim).pk)
    undo_change(actor=editor, change_id=claim.changed.order_by("pk")[1].change_id)
    work()
    assert [
        (one["type"], one["data"]["check"]["state"], one["data"]["verdict"])
        for one in receiver.told()
    ] == [
        ("check.requested", "requested", "verified"),
        ("check.answered", "answered", "verified"),
        ("check.answered", "withdrawn", "verified"),
        ("check.requested", "withdrawn", "verified"),
    ]


def test_two_who_disagree(claim, editor, chief, site, work):
    decide(editor, claim)
    receiver = hook(site)
    ask_second_check(actor=editor, **version_of(claim), blind=True)
    second_check(
        actor=chief, **version_of(claim), verdict=Verdict.DISPUTED, reason="It was in 1932."
    )
    work()
    told = receiver.told()[-1]["data"]
    assert (told["verdict"], told["second_verdict"]) == ("verified", "disputed")
    assert told["check"]["blind"]


def test_a_new_verdict_withdraws_the_request(claim, editor, site, work):
    decide(editor, claim)
    ask_second_check(actor=editor, **version_of(claim))
    receiver = hook(site)
    decide(editor, claim, Verdict.DISPUTED)
    work()
    assert kinds(receiver) == ["claim.decided", "check.requested"]
    assert receiver.told()[1]["data"]["check"]["state"] == "withdrawn"


class TestBlindChecks:
    def test_no_verdict_is_told_while_one_waits_though_it_was_set_before(
        self, claim, editor, chief, receiver, work
    ):
        """The receiver is down when the verdict is set, and up again when the blind check waits."""
        receiver.answers(page(status=503))
        decide(editor, claim)
        ask_second_check(actor=editor, **version_of(claim), blind=True)
        work()
        receiver.answers(page())
        receiver.site.posted.clear()
        time_passes(by=WHOLE_PAUSE)
        work()
        assert kinds(receiver) == ["claim.decided", "check.requested"]
        for one in receiver.told():
            assert one["data"]["verdict_hidden"]
            assert not {"verified", "disputed"} & set(json.dumps(one).split('"'))
            assert {one["data"][name] for name in one["data"] if "verdict" in name} == {None, True}
        second_check(actor=chief, **version_of(claim), verdict=Verdict.VERIFIED)
        work()
        answered = receiver.told()[-1]["data"]
        assert (answered["verdict"], answered["second_verdict"]) == ("verified", "verified")

    def test_nor_that_of_a_claim_that_took_it_over(self, claims, editor, site, work):
        first, second = claims[:2]
        decide(editor, first)
        receiver = hook(site, events=["claim.decided"])
        match = match_rows.match(first, second)
        take_over_verdict(actor=editor, **version_of(second), match_id=match.pk)
        ask_second_check(actor=editor, **version_of(first), blind=True)
        work()
        (told,) = receiver.told()
        assert (told["data"]["verdict"], told["data"]["verdict_hidden"]) == (None, True)


def test_a_contradiction_is_told_once(editor, site, work):
    earlier = claim_of(editor, 3, "The bank of Kalden was founded in 1987.")
    later = claim_of(editor, 4, "The bank of Kalden was founded in 1991.")
    index_some()
    receiver = hook(site)
    propose_matches([earlier.pk, later.pk])
    propose_matches([earlier.pk, later.pk])
    work()
    (told,) = receiver.told()
    assert told["type"] == "contradiction.found"
    assert {side: one["id"] for side, one in told["data"].items()} == {
        "earlier": earlier.pk,
        "later": later.pk,
    }


class TestReports:
    @pytest.fixture(autouse=True)
    def _public(self, settings):
        settings.PUBLIC_URL = "https://news.example.org"

    def test_published_made_public_and_withdrawn(self, chief, article, site, work):
        receiver = hook(site)
        report = published(chief, article)
        work()
        set_public(actor=chief, report_id=report.pk, public=True)
        work()
        set_public(actor=chief, report_id=report.pk, public=False, notice="It was wrong.")
        work()
        assert [
            (one["data"]["public"], one["data"]["withdrawn"], one["data"]["report"]["public_url"])
            for one in receiver.told()
        ] == [
            (False, False, None),
            (True, False, f"https://news.example.org/published/{report.pk}/"),
            (False, True, None),
        ]
        assert set(kinds(receiver)) == {"report.published"}

    def test_what_is_public_at_once_is_told_once(self, chief, article, site, work):
        receiver = hook(site)
        report = draft_report(actor=chief, title="Bridges of May", article=article)
        seen = edition_of(actor=chief, report=report).digest
        publish_report(actor=chief, report_id=report.pk, seen=seen, public=True)
        work()
        (told,) = receiver.told()
        assert told["data"]["public"]

    def test_corrected(self, chief, editor, article, claim, site, work):
        decide(editor, claim)
        draft = draft_report(actor=chief, title="Bridges of May", article=article)
        write_report(
            actor=chief, report_id=draft.pk, title="Bridges", lede="Two pillars.", conclusion=""
        )
        seen = edition_of(actor=chief, report=draft).digest
        report = publish_report(actor=chief, report_id=draft.pk, seen=seen)
        decide(editor, claim, Verdict.DISPUTED)
        receiver = hook(site)
        correction = Correction.objects.get()
        publish_correction(
            actor=chief,
            correction_id=correction.pk,
            decision_id=correction.decision_id,
            notice="We were wrong.",
        )
        correct_notice(actor=chief, correction_id=correction.pk, notice="We were very wrong.")
        correct_text(
            actor=chief,
            report_id=report.pk,
            part=ReportText.LEDE,
            text="Three pillars.",
            notice="We cannot count.",
            seen="Two pillars.",
        )
        work()
        told = receiver.told()
        assert set(kinds(receiver)) == {"report.corrected"}
        assert {one["data"]["report"]["id"] for one in told} == {report.pk}
        assert [
            (one["data"]["part"], one["data"]["claim"] and one["data"]["claim"]["id"])
            for one in told
        ] == [("claim", claim.pk), ("claim", claim.pk), ("lede", None)]


class TestTexts:
    def test_there_are_none(self, chief, editor, article, claim, site, work):
        receiver = hook(site)
        decide(editor, claim)
        published(chief, article)
        work()
        sent = b"".join(one.body for one in receiver.site.posted).decode()
        assert len(receiver.told()) == 2
        for text in (claim.statement, article.headline, "Bridges of May", "Edda", "register"):
            assert text not in sent

    def test_unless_the_webhook_is_to_have_them(self, chief, editor, site, claim, article, work):
        receiver = hook(site, includes_texts=True)
        decide(editor, claim)
        published(chief, article)
        work()
        decided, report = receiver.told()
        assert decided["data"]["claim"]["statement"] == claim.statement
        assert report["data"]["report"]["title"] == "Bridges of May"
        assert "register" not in json.dumps(decided)


def test_only_the_chosen_events_of_active_webhooks(claim, editor, site, work):
    chosen = hook(site, "/chosen", events=[WebhookEvent.CLAIM_DECIDED])
    other = hook(site, "/other", events=[WebhookEvent.REPORT_PUBLISHED])
    off = hook(site, "/off")
    off.webhook.active = False
    off.webhook.save()
    decide(editor, claim)
    work()
    assert [len(each.told()) for each in (chosen, other, off)] == [1, 0, 0]


def test_nobody_to_tell_costs_one_query(article, django_assert_num_queries):

    with django_assert_num_queries(1):
        record_articles([article])
    with django_assert_num_queries(0):
        record_articles([])
