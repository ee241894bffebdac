"""The pages of a draft on its way: approval, embargo, and what readers will see before it is published."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions import EvidenceDraft, decide_claim, publish_report, set_public
from claims.actions.tasks import heartbeat
from claims.choices import Verdict
from claims.models import Claim, Report
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.models import rows
from tests.web.reports.answers import shown


@pytest.fixture(autouse=True)
def public_site(settings) -> None:
    settings.PUBLIC_URL = "https://desk.example.org"


def act(browser, report, action, **sent):
    sent.setdefault("seen", browser.get(report.get_absolute_url()).context["edition"].digest)
    return browser.post(reverse(f"{action}-report", args=[report.pk]), sent, follow=True)


def confirming(browser, report) -> str:
    return shown(browser.get(reverse("confirm-report", args=[report.pk])))


def test_a_draft_is_submitted_sent_back_and_approved(desk, lead, kept):
    assert "submitted" in shown(act(desk, kept, "submit", note="Ready."))
    listed = shown(lead.get(f"{reverse('reports')}?state=submitted"))
    assert "Bridges of May" in listed
    assert "Awaiting approval" in shown(lead.get(reverse("dashboard")))
    page = shown(act(lead, kept, "send-back", note="The lede is missing."))
    assert "Sent back" in page
    assert "The lede is missing." in shown(desk.get(kept.get_absolute_url()))
    assert "No draft awaits approval" in shown(lead.get(f"{reverse('reports')}?state=submitted"))
    act(desk, kept, "submit")
    page = shown(act(lead, kept, "approve"))
    assert "approved by <bdi>Carl</bdi>" in page
    assert "needs to be approved again" not in page
    assert "Approve the draft" not in page


def test_an_editor_is_offered_to_submit_and_a_chief_to_approve(desk, lead, kept):
    assert "Submit for approval" in shown(desk.get(kept.get_absolute_url()))
    assert "Approve the draft" not in shown(desk.get(kept.get_absolute_url()))
    assert "Approve the draft" in shown(lead.get(kept.get_absolute_url()))


def test_an_approval_that_lapsed_says_so(desk, lead, kept, editor, claim):
    act(lead, kept, "approve")
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    assert "needs to be approved again" in shown(lead.get(kept.get_absolute_url()))


def test_a_time_is_set_shown_and_cancelled(lead, desk, kept):
    act(lead, kept, "approve")
    at = (timezone.localtime() + timedelta(days=2)).replace(second=0, microsecond=0)
    page = shown(act(lead, kept, "schedule", publish_at=at.strftime("%Y-%m-%dT%H:%M"), public="on"))
    assert "Will be published on" in page
    # Whoever waits for a worker is told that there is none.
    assert "No worker is running" in page
    heartbeat("a worker")
    assert "No worker is running" not in shown(lead.get(kept.get_absolute_url()))
    kept.refresh_from_db()
    assert kept.publish_at == at
    assert "Will be published on" in shown(lead.get(reverse("reports")))
    assert "Will be published on" in shown(desk.get(reverse("dashboard")))
    assert at.strftime("%Y-%m-%dT%H:%M") in confirming(lead, kept)
    act(lead, kept, "unschedule")
    assert "Will be published on" not in shown(lead.get(kept.get_absolute_url()))


@pytest.mark.parametrize("typed", ["", "tomorrow", "2031-13-01T10:00"])
def test_a_time_that_is_none_says_so(lead, kept, typed):
    act(lead, kept, "approve")
    answer = act(lead, kept, "schedule", publish_at=typed)
    assert "choose a day and a time" in shown(answer, status=400)


class TestConfirming:
    def test_it_lists_what_no_reader_knows_yet(self, lead, kept, editor, claim):
        decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.VERIFIED,
            evidence=EvidenceDraft(title="Notice of closure", url="https://example.org/notice"),
        )
        Report.objects.filter(pk=kept.pk).update(lede="Nine stand.")
        page = confirming(lead, kept)
        number = Claim.objects.of_article(kept.article).active().count()
        assert f"{number} claims that are on no public page yet" in page
        assert "Notice of closure" in page
        assert "Title, lede" in page
        assert "are public already" not in page

    def test_what_another_report_has_told_is_not_new(self, lead, chief, kept, editor, claim):
        decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.VERIFIED,
            evidence=EvidenceDraft(title="Notice of closure", url="https://example.org/notice"),
        )
        seen = edition_of(actor=chief, report=kept).digest
        publish_report(actor=chief, report_id=kept.pk, seen=seen)
        set_public(actor=chief, report_id=kept.pk, public=True)
        other = lead.post(reverse("new-report"), {"article": kept.article_id, "title": "Again"})
        again = Report.objects.get(title="Again")
        assert other.status_code == 302
        page = confirming(lead, again)
        assert "0 claims that are on no public page yet" in page
        assert "Notice of closure" not in page
        decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claim))
        assert "has another verdict on a public page" in confirming(lead, again)

    def test_confidential_documents_are_counted_and_not_named(self, lead, kept, editor, claim):
        decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.VERIFIED,
            evidence=EvidenceDraft(
                title="A whisper", url="https://whisper.example", confidential=True
            ),
        )
        page = confirming(lead, kept)
        assert "1 confidential document is withheld" in page
        assert "A whisper" not in page

    def test_publishing_from_there_makes_it_public_if_wished(self, lead, kept):
        seen = lead.get(reverse("confirm-report", args=[kept.pk])).context["edition"].digest
        lead.post(reverse("publish-report", args=[kept.pk]), {"seen": seen, "public": "on"})
        kept.refresh_from_db()
        assert (kept.is_draft, kept.public) == (False, True)

    def test_an_embargo_needs_an_approval(self, lead, kept):
        assert "approve the draft first" in confirming(lead, kept)
        act(lead, kept, "approve")
        assert "Not before" in confirming(lead, kept)

    def test_a_published_report_is_made_public_from_there(self, lead, published):
        assert "Make public" in confirming(lead, published)
        lead.post(reverse("show-report", args=[published.pk]))
        answer = lead.get(reverse("confirm-report", args=[published.pk]))
        assert answer["Location"] == published.get_absolute_url()

    def test_as_many_queries_whatever_the_number_of_claims(
        self, lead, chief, editor, django_assert_max_num_queries
    ):
        revision = rows.revision(editor, body="bridge " * 300)
        for number in range(30):
            rows.evidence(rows.claim(revision, number), editor)
        report = rows.report(chief, article=revision.article)
        with django_assert_max_num_queries(45):
            confirming(lead, report)
