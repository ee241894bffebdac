"""An embargo: nothing of a report is public before its time, and the worker publishes it then, or says why not."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    approve_report,
    ask_second_check,
    decide_claim,
    draft_report,
    schedule_report,
    send_report_back,
    unschedule_report,
    write_report,
)
from claims.actions.reports.scheduling import publish_due_reports
from claims.choices import DraftStage, Verdict
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Notification, Report
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of

MARKER = "Zqmarker"


@pytest.fixture(autouse=True)
def public_site(settings) -> None:
    settings.PUBLIC_URL = "https://desk.example.org"


@pytest.fixture
def draft(editor, article, claim) -> Report:
    """A draft with a word of its own in all that a chief writes."""
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    made = draft_report(actor=editor, title=f"{MARKER} bridges", article=article)
    return write_report(
        actor=editor,
        report_id=made.pk,
        title=made.title,
        lede=f"{MARKER} lede.",
        conclusion=f"{MARKER} conclusion.",
    )


def seen(actor, report: Report) -> str:
    report.refresh_from_db()
    return edition_of(actor=actor, report=report).digest


def scheduled(actor, report: Report, *, hours: int = 2, public: bool = True) -> Report:
    """Approve a draft, and have it published in some hours."""
    digest = seen(actor, report)
    approve_report(actor=actor, report_id=report.pk, seen=digest)
    return schedule_report(
        actor=actor,
        report_id=report.pk,
        seen=digest,
        publish_at=timezone.now() + timedelta(hours=hours),
        public=public,
    )


def time_comes(report: Report) -> None:
    """Let the time of a report have come, and the worker look for what is due."""
    Report.objects.filter(pk=report.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    publish_due_reports()
    report.refresh_from_db()


def kinds(person) -> set[str]:
    return set(Notification.objects.to(person).values_list("kind", flat=True))


def public_texts() -> str:
    """Whatever lists, feeds, sitemaps and files say to somebody without an account."""
    stranger = Client()
    names = (
        "public-reports",
        "public-feed",
        "public-json-feed",
        "public-sitemap",
        "public-checks",
        "public-corrections",
        "public-claimreview",
    )
    texts = []
    for name in names:
        answer = stranger.get(reverse(name), follow=True)
        assert answer.status_code == 200, name
        texts.append(answer.getvalue().decode())
    return "".join(texts)


def test_nothing_is_public_before_and_everything_at_its_time(chief, draft):
    address = reverse("public-report", args=[draft.pk])
    scheduled(chief, draft)
    publish_due_reports()
    draft.refresh_from_db()
    assert draft.is_draft
    assert MARKER not in public_texts()
    assert Client().get(address).status_code == 404
    for key in ("json", "pdf", "html"):
        file = reverse("public-report-file", args=[draft.pk, key])
        assert Client().get(file).status_code == 404

    time_comes(draft)
    assert (draft.is_draft, draft.public, draft.publish_at) == (False, True, None)
    assert (draft.approved_by_name, draft.published_by_name) == ("Carl", "Carl")
    assert f"{MARKER} lede." in Client().get(address).getvalue().decode()
    assert MARKER in public_texts()
    assert "draft-published" in kinds(draft.made_by)


def test_it_can_be_frozen_without_being_public(chief, draft):
    scheduled(chief, draft, public=False)
    time_comes(draft)
    assert (draft.is_draft, draft.public) == (False, False)


def test_the_time_is_changed_and_cancelled_before(chief, draft):
    digest = seen(chief, draft)
    first = scheduled(chief, draft).publish_at
    later = first + timedelta(days=1)
    schedule_report(actor=chief, report_id=draft.pk, seen=digest, publish_at=later)
    draft.refresh_from_db()
    assert draft.publish_at == later
    for _click in range(2):
        unschedule_report(actor=chief, report_id=draft.pk)
    draft.refresh_from_db()
    assert (draft.publish_at, draft.stage) == (None, DraftStage.APPROVED)
    assert [step.kind for step in draft.steps.all()] == [
        "approved",
        "scheduled",
        "scheduled",
        "unscheduled",
    ]
    publish_due_reports()
    assert Report.objects.get(pk=draft.pk).is_draft


def test_what_changed_since_the_approval_is_not_published(chief, editor, draft, claims):
    scheduled(chief, draft)
    decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[1]))
    time_comes(draft)
    assert (draft.is_draft, draft.stage, draft.publish_at) == (True, DraftStage.SUBMITTED, None)
    last = draft.steps.last()
    assert (last.kind, "had changed" in last.note) == ("held", True)
    assert "draft-held" in kinds(chief)
    assert "draft-held" in kinds(editor)
    assert MARKER not in public_texts()


def test_an_account_that_may_no_longer_publish_publishes_nothing(chief, draft):
    scheduled(chief, draft)
    chief.groups.set(Group.objects.filter(name="editor"))
    time_comes(draft)
    assert (draft.is_draft, draft.steps.last().kind) == (True, "held")


def test_an_account_that_is_gone_publishes_nothing(chief, draft):
    scheduled(chief, draft)
    Report.objects.filter(pk=draft.pk).update(scheduled_by=None)
    time_comes(draft)
    assert (draft.is_draft, draft.steps.last().kind) == (True, "held")


def test_without_a_public_address_it_is_not_frozen_either(chief, draft, settings):
    scheduled(chief, draft)
    settings.PUBLIC_URL = ""
    time_comes(draft)
    assert (draft.is_draft, draft.steps.last().kind) == (True, "held")


def test_two_workers_publish_it_once(chief, draft):
    scheduled(chief, draft)
    time_comes(draft)
    at = draft.published_at
    publish_due_reports()
    draft.refresh_from_db()
    assert draft.published_at == at


def test_those_whose_time_came_first_are_published_first(chief, draft, article):
    other = draft_report(actor=chief, title="Boats", article=article)
    for one, minutes in ((draft, 1), (other, 2)):
        scheduled(chief, one)
        passed = timezone.now() - timedelta(minutes=minutes)
        Report.objects.filter(pk=one.pk).update(publish_at=passed)
    publish_due_reports()
    assert list(Report.objects.order_by("published_at")) == [other, draft]


@pytest.mark.parametrize("change", ["text", "sent back"])
def test_changing_or_sending_it_back_cancels_the_publication(chief, editor, draft, change):
    scheduled(chief, draft)
    if change == "text":
        write_report(actor=editor, report_id=draft.pk, title="X", lede="", conclusion="")
    else:
        send_report_back(actor=chief, report_id=draft.pk, note="No.")
    draft.refresh_from_db()
    assert draft.publish_at is None
    assert draft.stage != DraftStage.APPROVED


class TestRefused:
    def later(self):
        return timezone.now() + timedelta(hours=1)

    def test_a_draft_that_nobody_approved(self, chief, draft):
        with pytest.raises(NotPossibleError, match="not approved"):
            schedule_report(
                actor=chief, report_id=draft.pk, seen=seen(chief, draft), publish_at=self.later()
            )

    def test_a_draft_that_has_changed_since_its_approval(self, chief, editor, draft, claims):
        approve_report(actor=chief, report_id=draft.pk, seen=seen(chief, draft))
        decide_claim(actor=editor, verdict=Verdict.DISPUTED, reason="No.", **version_of(claims[1]))
        with pytest.raises(NotPossibleError, match="not approved"):
            schedule_report(
                actor=chief, report_id=draft.pk, seen=seen(chief, draft), publish_at=self.later()
            )

    def test_a_time_that_has_passed(self, chief, draft):
        with pytest.raises(InvalidValueError, match="passed"):
            scheduled(chief, draft, hours=-1)

    def test_a_draft_that_the_actor_did_not_see(self, chief, draft):
        with pytest.raises(LookAgainError):
            schedule_report(actor=chief, report_id=draft.pk, seen="f" * 64, publish_at=self.later())

    def test_a_verdict_that_cannot_be_told(self, chief, editor, draft, claim):
        ask_second_check(actor=editor, blind=True, **version_of(claim))
        with pytest.raises(NotPossibleError, match="second check"):
            scheduled(chief, draft)

    def test_public_without_an_address(self, chief, draft, settings):
        settings.PUBLIC_URL = ""
        with pytest.raises(NotPossibleError, match="public address"):
            scheduled(chief, draft)
        assert scheduled(chief, draft, public=False).publish_at
