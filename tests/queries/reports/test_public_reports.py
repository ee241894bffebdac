"""Which public reports have a claim, what the feeds tell of them first, and which updates may publish themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Correction, Report
from claims.queries.reports.corrections import due_updates, notice_of
from claims.queries.reports.feed import feed_entries, public_reports, told_notices
from claims.queries.reports.public import (
    edition_of_claim,
    reviews_of,
    withdrawn_claim,
    withdrawn_report,
)
from claims.queries.reports.terms import known_term
from tests.models import rows


def march(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def report(user: User, day: int, **fields) -> Report:
    return rows.report(user, published_at=march(day), **{"public": True} | fields)


@pytest.fixture
def claim(editor) -> Claim:
    return rows.claim(rows.revision(editor))


def test_the_public_reports_with_a_claim_the_newest_first_each_with_its_verdict(editor, claim):
    for day, verdict, public in (
        (1, "verified", True),
        (3, "disputed", True),
        (2, "pending", True),
        (4, "verified", False),
    ):
        rows.reported(claim, editor, report=report(editor, day, public=public), verdict=verdict)
    rows.reported(rows.claim(claim.revision, 5), editor, report=report(editor, 5))
    found = [(one.published_at.day, one.verdict.code) for one in reviews_of(claim.pk)]
    assert found == [(3, "disputed"), (2, "pending"), (1, "verified")]
    rows.reported(claim, editor, report=report(editor, 3))
    assert [one.verdict.code for one in reviews_of(claim.pk)][:2] == ["verified", "disputed"]


def test_a_claim_in_no_public_report_has_no_page(editor, claim):
    rows.reported(claim, editor, report=report(editor, 1, public=False))
    with pytest.raises(Report.DoesNotExist):
        edition_of_claim(claim.pk)


def test_the_report_that_was_withdrawn_last_is_named(editor, claim):
    for day in (2, 1):
        gone = {"public": False, "withdrawn_at": march(day + 5), "withdrawal": "Wrong."}
        rows.reported(claim, editor, report=report(editor, day, **gone))
    last = Report.objects.latest("withdrawn_at")
    assert withdrawn_claim(claim.pk) == withdrawn_report(last.pk) == last
    assert withdrawn_claim(0) is None
    assert withdrawn_report(report(editor, 3).pk) is None


class TestFeed:
    @pytest.fixture
    def told(self, editor):
        """Tell readers of a public report something of a claim of its own."""

        def told(of: Report, day: int, notice: str = "Nine.", **fields) -> Correction:
            claim = rows.claim(rows.revision(editor))
            made = rows.reported(claim, editor, report=of)
            fields = {"published_at": march(day), "notice": notice} | fields
            return rows.correction(claim, editor, reported=made, **fields)

        return told

    def test_reports_come_by_when_readers_were_last_told_something(self, editor, told):
        first, second, third = (report(editor, day) for day in (1, 2, 3))
        report(editor, 9, public=False)
        early, late = told(first, 5), told(first, 6)
        told(second, 8, published_at=None, notice="")
        found = feed_entries(9)
        assert [(one.report, one.changed_at.day) for one in found] == [
            (first, 6),
            (third, 3),
            (second, 2),
        ]
        assert [one.notices for one in found] == [[late, early], [], []]
        assert [one.report for one in feed_entries(1)] == [first]
        assert {one.pk: one.changed_at for one in public_reports()}[first.pk] == march(6)

    def test_of_two_at_one_moment_the_later_one_comes_first(self, editor):
        first, second = report(editor, 1), report(editor, 1)
        assert [one.report for one in feed_entries(9)] == [second, first]

    def test_notices_come_by_when_they_were_told_or_corrected(self, editor, told):
        of = report(editor, 1)
        again, once = told(of, 2, notice_changed_at=march(7)), told(of, 3)
        twin = told(of, 3)
        told(report(editor, 1, public=False), 8)
        assert told_notices(9) == [again, twin, once]
        assert told_notices(2) == [again, twin]
        assert told_notices(1) == [again]

    def test_a_notice_on_a_claim_of_several_reports_is_told_once(self, editor, told):
        first = told(report(editor, 1), 3)
        same = {"decision": first.decision, "published_at": march(4)}
        other = rows.reported(first.reported.claim, editor, report=report(editor, 2))
        newest = rows.correction(other.claim, editor, reported=other, notice="Nine.", **same)
        assert told_notices(9) == [newest]


class TestUpdates:
    @pytest.fixture
    def update(self, editor, claim) -> Correction:
        """A claim that was published as pending and verified at noon on the second."""
        made = rows.decision(claim, editor, reason="As the register says.")
        fields = {"previous_verdict": Verdict.PENDING, "changed_at": march(2)}
        return rows.correction(claim, editor, decision=made, **fields)

    def test_one_publishes_itself_when_it_was_decided_early_enough(self, update):
        assert due_updates(before=march(2)) == [update]
        assert due_updates(before=march(2) - timedelta(seconds=1)) == []

    def test_those_that_were_decided_first_come_first(self, editor, update):
        second = rows.claim(rows.revision(editor))
        fields = {"previous_verdict": Verdict.PENDING, "changed_at": march(2)}
        later = rows.correction(second, editor, decision=rows.decision(second, editor), **fields)
        assert due_updates(before=march(9)) == [update, later]

    @pytest.mark.parametrize(
        "fields",
        [{"previous_verdict": "verified"}, {"published_at": march(3), "notice": "Nine."}],
        ids=str,
    )
    def test_no_correction_and_none_that_is_published(self, update, fields):
        Correction.objects.update(**fields)
        assert due_updates(before=march(9)) == []

    def test_none_whose_claim_waits_for_a_check_or_is_pending_again(self, editor, update):
        claims = Claim.objects.filter(pk=update.reported.claim_id)
        claims.update(review_status=ReviewStatus.WAITING)
        assert due_updates(before=march(9)) == []
        claims.update(review_status=ReviewStatus.OPEN)
        again = rows.decision(update.reported.claim, editor, verdict=Verdict.PENDING, version=3)
        Correction.objects.update(decision=again)
        assert due_updates(before=march(9)) == []

    @pytest.mark.parametrize(
        ("before", "words"),
        [
            ("pending", "We have since checked the claim “{}” and marked it verified."),
            ("verified", "We checked the claim “{}” again. It remains verified."),
            ("disputed", "We first marked the claim “{}” disputed. It is now verified."),
        ],
    )
    def test_a_notice_is_drafted_in_words_with_the_reason(self, update, before, words):
        update.previous_verdict = before
        told = words.format(update.reported.claim.statement)
        assert notice_of(update) == f"{told} As the register says."
        update.decision.reason = ""
        assert notice_of(update) == told


@pytest.mark.parametrize(
    ("kind", "code", "label"),
    [("verdict", "verified", "Verified"), ("stance", "of-old", "of-old")],
)
def test_a_term_of_old_is_its_own_label(kind, code, label):
    term = known_term(kind, code)
    assert (term.code, term.label) == (code, label)
