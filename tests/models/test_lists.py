"""What lists show of reports and of what concerns a person: what is left out, and what comes first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.choices import JobStatus, NotificationKind, ReviewStatus, Verdict
from claims.models import (
    ArchiveImport,
    Correction,
    Export,
    IntakeItem,
    Mail,
    Notification,
    Presence,
    PublicClaim,
    Report,
    ReportedClaim,
    SavedFilter,
    Worker,
)
from tests.models import rows


class TestReports:
    def test_drafts_are_seen_by_who_made_them_and_who_may_publish(self, editor, chief, reader):
        own, chiefs = rows.report(editor), rows.report(chief)
        published = rows.report(chief, published_at=timezone.now())
        assert set(Report.objects.open_to(editor)) == {own, published}
        assert set(Report.objects.open_to(chief)) == {own, chiefs, published}
        assert set(Report.objects.open_to(reader)) == {published}
        assert set(Report.objects.drafts()) == {own, chiefs}
        assert set(Report.objects.published()) == {published}

    def test_public_and_withdrawn_ones_the_last_first(self, editor):
        days = [datetime(2026, 3, day, tzinfo=UTC) for day in (2, 1, 2)]
        public = [rows.report(editor, public=True, published_at=day) for day in days]
        gone = [
            rows.report(editor, published_at=day, withdrawn_at=day, withdrawal="Wrong.")
            for day in days
        ]
        assert list(Report.objects.public()) == [public[2], public[0], public[1]]
        assert list(Report.objects.withdrawn()) == [gone[2], gone[0], gone[1]]

    def test_of_a_claim_in_several_public_reports_the_newest_counts(self, editor):
        claim = rows.claim(rows.revision(editor))
        made = []
        for day, public in ((1, True), (3, True), (2, True), (4, False)):
            at = datetime(2026, 3, day, tzinfo=UTC)
            report = rows.report(editor, public=public, published_at=at)
            made.append(rows.reported(claim, editor, report=report))
        assert list(ReportedClaim.objects.newest_public()) == [made[1]]
        same = rows.report(editor, public=True, published_at=made[1].report.published_at)
        newest = rows.reported(claim, editor, report=same)
        assert list(ReportedClaim.objects.newest_public()) == [newest]

    def test_corrections_and_updates_open_and_published(self, editor, chief):
        claims = [rows.claim(rows.revision(editor), version=2) for _each in range(4)]
        noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        told = {"notice": "There are eight.", "published_at": noon}
        update = rows.correction(claims[0], editor, previous_verdict=Verdict.PENDING)
        early, late = (rows.correction(claim, editor, **told) for claim in claims[1:3])
        told["published_at"] -= timedelta(days=1)
        first = rows.correction(claims[3], editor, **told)
        found = Correction.objects
        assert list(found.open()) == list(found.updates()) == [update]
        assert set(found.corrections()) == {early, late, first}
        assert list(found.published()) == [late, early, first]
        assert list(found.of_report(early.reported.report)) == [early]
        again = rows.correction(claims[1], editor, reported=early.reported, decision=early.decision)
        assert list(found.of_report(early.reported.report)) == [early, again]
        again.delete()
        Correction.objects.filter(pk=early.pk).update(notice_changed_at=noon + timedelta(hours=1))
        assert [one["last_told"] for one in found.newest_published()] == [noon + timedelta(hours=1)]

    def test_an_open_one_is_kept_from_who_checks_its_claim_blind(self, editor, chief):
        waiting = {"blind": True, "review_status": ReviewStatus.WAITING, "version": 2}
        claim = rows.claim(rows.revision(editor), **waiting)
        correction = rows.correction(claim, editor)
        assert list(Correction.objects.known_to(editor)) == [correction]
        assert not Correction.objects.known_to(chief)
        Correction.objects.update(notice="There are eight.", published_at=timezone.now())
        assert list(Correction.objects.known_to(chief)) == [correction]

    def test_public_claims_are_listed_by_when_readers_were_told_last(self, editor):
        made = []
        for day in (2, 1, 2):
            claim = rows.claim(rows.revision(editor))
            at = datetime(2026, 3, day, tzinfo=UTC)
            report = rows.report(editor)
            fields = {"verdict": "verified", "statement": "Nine", "changed_at": at}
            made.append(PublicClaim.objects.create(claim=claim, report=report, **fields))
        assert list(PublicClaim.objects.newest()) == [made[2], made[0], made[1]]


class TestOfPeople:
    def test_notifications_are_the_recipients_the_newest_first(self, editor, chief):
        claim = rows.claim(rows.revision(editor))
        days = [datetime(2026, 3, day, tzinfo=UTC) for day in (2, 1, 2)]
        made = [rows.notification(editor, claim, created_at=day) for day in days]
        rows.notification(chief, claim)
        assert list(Notification.objects.to(editor)) == [made[2], made[0], made[1]]
        Notification.objects.filter(pk=made[0].pk).update(read_at=timezone.now())
        assert set(Notification.objects.to(editor).unread()) == {made[1], made[2]}

    def test_an_inbox_has_ones_own_and_late_outcomes_no_longer(self, editor, chief):
        now = timezone.now()
        old, done = now - timedelta(hours=13), JobStatus.DONE
        kept = [
            rows.intake(editor),
            rows.intake(editor, created_at=old),
            rows.intake(editor, status=done, created_at=now - timedelta(hours=11)),
        ]
        rows.intake(editor, status=done, created_at=old)
        rows.intake(editor, feed=rows.feed())
        rows.intake(chief)
        assert list(IntakeItem.objects.inbox(editor)) == kept
        assert set(IntakeItem.objects.to_look_at().inbox(editor)) == set(kept[:2])

    def test_what_was_kept_long_enough_has_expired(self, editor):
        now = timezone.now()
        rows.intake(editor, created_at=now - timedelta(days=29))
        item = rows.intake(editor, created_at=now - timedelta(days=31))
        assert list(IntakeItem.objects.expired()) == [item]
        rows.export(editor, created_at=now - timedelta(hours=23))
        export = rows.export(editor, created_at=now - timedelta(hours=25))
        assert list(Export.objects.expired()) == [export]
        rows.archive(editor, touched_at=now - timedelta(days=29))
        archive = rows.archive(editor, touched_at=now - timedelta(days=31))
        assert list(ArchiveImport.objects.expired()) == [archive]
        rows.mail(created_at=now - timedelta(days=29))
        old = rows.mail(uid=2, created_at=now - timedelta(days=31))
        assert list(Mail.objects.expired()) == [old]

    def test_who_has_an_article_open_is_there_by_name_for_a_minute(self, editor, chief, reader):
        article = rows.article(editor)
        now = timezone.now()
        there = [
            rows.presence(article, user, last_seen_at=now - timedelta(seconds=20))
            for user in (editor, chief)
        ]
        rows.presence(article, reader, last_seen_at=now - timedelta(seconds=70))
        rows.presence(rows.article(editor), reader)
        assert list(Presence.objects.at(article)) == there[::-1]
        for name, first_name in (("zoe", "Edda"), ("zora", "Anna")):
            there.append(
                rows.presence(article, User.objects.create_user(name, first_name=first_name))
            )
        edda, carl, zoe, anna = there
        assert list(Presence.objects.at(article)) == [anna, carl, edda, zoe]


@pytest.mark.parametrize(
    ("status", "blind", "is_told"),
    [
        (ReviewStatus.WAITING, True, False),
        (ReviewStatus.WAITING, False, True),
        (ReviewStatus.CHECKED, True, True),
    ],
)
def test_a_notification_of_a_correction_that_would_show_a_blind_checker_a_verdict_is_kept_back(
    editor, chief, status, blind, is_told
):
    claim = rows.claim(rows.revision(editor), review_status=status, blind=blind)
    report = rows.correction(claim, editor).reported.report
    told = rows.notification(
        chief, claim, kind=NotificationKind.CORRECTION, report=report, claim=None, article=None
    )
    assert list(Notification.objects.to(chief)) == ([told] if is_told else [])


def test_a_report_without_an_open_correction_needs_nothing(editor, chief):
    claim = rows.claim(rows.revision(editor))
    report = rows.correction(claim, editor).reported.report
    rows.notification(
        chief, claim, kind=NotificationKind.CORRECTION, report=report, claim=None, article=None
    )
    assigned = rows.notification(chief, claim)
    Correction.objects.update(notice="There are eight.", published_at=timezone.now())
    rows.correction(rows.claim(claim.revision, 5), editor)  # of another report
    assert list(Notification.objects.to(chief)) == [assigned]


def test_saved_filters_are_ones_own_and_shared_ones_by_name(editor, chief):
    third = rows.saved_filter(editor, name="Trains")
    first = rows.saved_filter(chief, name="Bridges", shared=True)
    second = rows.saved_filter(editor, name="Ferries", shared=True)
    rows.saved_filter(chief, name="Private")
    assert list(SavedFilter.objects.seen_by(editor)) == [first, second, third]
    own = rows.saved_filter(editor, name="Bridges")
    assert list(SavedFilter.objects.seen_by(editor)) == [first, own, second, third]


def test_a_live_worker_was_seen_within_the_minute(db):
    now = timezone.now()
    live, _lost = (
        Worker.objects.create(
            name=name, host="desk", process=1, last_seen_at=now - timedelta(seconds=age)
        )
        for name, age in (("a", 30), ("b", 90))
    )
    assert list(Worker.objects.alive()) == [live]
