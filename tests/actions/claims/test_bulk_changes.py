"""Bulk changes over many articles."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    decide_claim,
    preview_bulk_change,
    reword_claim,
    start_bulk_change,
    stop_bulk_change,
    undo_bulk_change,
    undo_change,
)
from claims.actions.claims import bulk_changes, bulk_steps
from claims.choices import ChangeAction, JobStatus, ReviewStatus, Verdict
from claims.errors import NothingToUndoError, NotPossibleError, ReasonRequiredError
from claims.models import BulkChange, BulkChangeItem, Change, Claim, Decision, Tag
from tests.actions.database import claims_as_they_stand, everything
from tests.models import rows


@pytest.fixture
def several(editor: User) -> list[Claim]:
    """Five claims each of three articles."""
    revisions = [rows.revision(editor) for _number in range(3)]
    return [rows.claim(at, start) for at in revisions for start in range(5)]


def _verify(actor: User, **options) -> BulkChange:
    return preview_bulk_change(
        actor=actor,
        action=ChangeAction.DECIDE,
        fields={"verdict": "verified"},
        claims=Claim.objects.all(),
        **options,
    )


def _done(actor: User, **options) -> BulkChange:
    return start_bulk_change(actor=actor, bulk_change_id=_verify(actor, **options).pk)


def _verdicts() -> set[str]:
    return set(Claim.objects.values_list("verdict", flat=True))


class TestListing:
    def test_claims_are_listed_article_by_article_in_the_order_of_the_text(self, editor):
        newer, older = rows.revision(editor), rows.revision(editor)
        made = [rows.claim(at, start) for start in (5, 0, 0) for at in (older, newer)]
        in_order = list(Claim.objects.in_reading_order())
        assert in_order != made
        listed = _verify(editor).listed.order_by("pk")
        assert [one.claim for one in listed] == in_order

    def test_it_changes_nothing(self, editor, several):
        before = {**everything(), "BulkChange": [], "BulkChangeItem": []}
        bulk_change = _verify(editor)
        assert {**everything(), "BulkChange": [], "BulkChangeItem": []} == before
        assert (bulk_change.status, bulk_change.total, bulk_change.skipped) == (
            JobStatus.PREVIEW,
            15,
            {},
        )

    def test_it_says_what_stays_and_why(self, editor, chief, several):
        decide_claim(actor=chief, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        decide_claim(
            actor=chief, claim_id=several[1].pk, version=1, verdict=Verdict.DISPUTED, reason="No."
        )
        Claim.objects.filter(pk=several[2].pk).update(review_status=ReviewStatus.WAITING)
        bulk_change = _verify(editor)
        assert (bulk_change.total, bulk_change.skipped) == (
            12,
            {"same": 1, "decided": 1, "waiting": 1},
        )
        assert _verify(editor, replace=True).total == 13

    def test_disputed_needs_a_reason(self, editor, several):
        with pytest.raises(ReasonRequiredError):
            preview_bulk_change(
                actor=editor,
                action=ChangeAction.DECIDE,
                fields={"verdict": "disputed"},
                claims=Claim.objects.all(),
                note="  ",
            )

    def test_each_list_is_its_own_and_both_can_be_begun(self, editor, several):
        first = _verify(editor)
        second = preview_bulk_change(
            actor=editor,
            action=ChangeAction.ASSIGN,
            fields={"assigned_to_id": editor.pk},
            claims=Claim.objects.filter(revision=several[0].revision),
        )
        assert BulkChangeItem.objects.count() == 20
        assert start_bulk_change(actor=editor, bulk_change_id=second.pk).changed == 5
        # What the second one changed meanwhile, the first one leaves as it is.
        assert start_bulk_change(actor=editor, bulk_change_id=first.pk).changed == 10

    def test_what_nobody_began_in_two_days_goes_and_no_other(self, editor, chief, several):
        old, recent, of_another, begun = (
            _verify(editor),
            _verify(editor),
            _verify(chief),
            _done(editor),
        )
        days = {old: 2.1, recent: 1.9, of_another: 2.1, begun: 30}
        for one, age in days.items():
            created_at = timezone.now() - timedelta(days=age)
            BulkChange.objects.filter(pk=one.pk).update(created_at=created_at)
        newest = _verify(editor, replace=True)
        assert set(BulkChange.objects.all()) == {recent, begun, newest}
        assert set(BulkChangeItem.objects.values_list("bulk_change", flat=True)) <= {
            recent.pk,
            newest.pk,
        }

    def test_as_many_queries_for_many_claims_as_for_few(self, editor, several):
        numbers = set()
        _verify(editor)  # asks for what the account may do
        for claims in (Claim.objects.filter(pk=several[0].pk), Claim.objects.all()):
            with CaptureQueriesContext(connection) as queries:
                preview_bulk_change(
                    actor=editor,
                    action=ChangeAction.DECIDE,
                    fields={"verdict": "verified"},
                    claims=claims,
                )
            numbers.add(len(queries))
        assert len(numbers) == 1


class TestDoing:
    def test_one_change_an_article_in_the_log(self, editor, several):
        bulk_change = _done(editor)
        assert _verdicts() == {"verified"}
        assert Change.objects.filter(bulk_change=bulk_change, actor=editor).count() == 3
        assert Decision.objects.filter(actor=editor).count() == 15
        assert (bulk_change.status, bulk_change.changed, BulkChangeItem.objects.count()) == (
            JobStatus.DONE,
            15,
            0,
        )

    def test_a_second_click_does_nothing(self, editor, several):
        bulk_change = _done(editor)
        before = everything()
        start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert everything() == before

    @pytest.mark.usefixtures("_queued")
    @pytest.mark.parametrize(("at_once", "status"), [(15, JobStatus.DONE), (14, JobStatus.WAITING)])
    def test_only_more_than_may_change_at_once_are_left_to_a_worker(
        self, editor, several, monkeypatch, at_once, status
    ):
        monkeypatch.setattr(bulk_steps, "AT_ONCE", at_once)
        assert _done(editor).status == status

    @pytest.mark.usefixtures("_queued")
    def test_of_one_that_was_stopped_only_what_is_left_counts(self, editor, several, monkeypatch):
        monkeypatch.setattr(bulk_steps, "AT_ONCE", 8)
        bulk_change = _verify(editor)
        bulk_changes._step(bulk_change)
        stop_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        again = start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert (again.status, again.done) == (JobStatus.DONE, 15)

    def test_one_that_failed_goes_on(self, editor, several):
        bulk_change = _verify(editor)
        BulkChange.objects.filter(pk=bulk_change.pk).update(status=JobStatus.FAILED, error="No.")
        again = start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert (again.status, again.error, _verdicts()) == (JobStatus.DONE, "", {"verified"})

    def test_what_is_done_is_not_stopped(self, editor, several):
        bulk_change = _done(editor)
        stopped = stop_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert stopped.status == JobStatus.DONE

    def test_what_somebody_changed_since_the_preview_stays(self, editor, chief, several):
        bulk_change = _verify(editor)
        reword_claim(actor=chief, claim_id=several[0].pk, version=1, statement="Other words")
        bulk_change = start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert (bulk_change.total, bulk_change.changed) == (15, 14)
        several[0].refresh_from_db()
        assert several[0].verdict == Verdict.PENDING

    def test_nobody_begins_or_stops_what_another_listed(self, editor, chief, several):
        bulk_change = _verify(editor)
        for action in (start_bulk_change, stop_bulk_change):
            with pytest.raises(NotPossibleError):
                action(actor=chief, bulk_change_id=bulk_change.pk)

    def test_tags_come_and_go(self, editor, several):
        tag, other = (Tag.objects.create(name=name) for name in ("election", "for Friday"))
        several[0].tags.add(other)
        for fields, wanted in (
            ({"add_tag": tag.pk}, [tag.pk, other.pk]),
            ({"remove_tag": tag.pk}, [other.pk]),
        ):
            bulk_change = preview_bulk_change(
                actor=editor, action=ChangeAction.TAG, fields=fields, claims=Claim.objects.all()
            )
            assert bulk_change.total == 15
            bulk_change = start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
            assert Claim.objects.get(pk=several[0].pk).tag_ids == wanted
        undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert Claim.objects.get(pk=several[0].pk).tag_ids == [tag.pk, other.pk]


@pytest.mark.django_db(transaction=True)
class TestInTheBackground:
    @pytest.fixture(autouse=True)
    def _little_at_once(self, monkeypatch):
        monkeypatch.setattr(bulk_steps, "AT_ONCE", 4)

    def test_all_of_it_is_done_piece_by_piece(self, editor, several):
        bulk_change = _done(editor)
        bulk_change.refresh_from_db()
        assert (bulk_change.status, bulk_change.done, bulk_change.changed) == (
            JobStatus.DONE,
            15,
            15,
        )
        assert _verdicts() == {"verified"}

    def test_all_of_it_is_undone_and_done_again_also_where_pieces_cut_articles(
        self, editor, several
    ):
        before = claims_as_they_stand()
        bulk_change = _done(editor)
        after = claims_as_they_stand()
        back = undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert claims_as_they_stand() == before
        back.refresh_from_db()
        assert (back.status, back.changed) == (JobStatus.DONE, 15)
        undo_bulk_change(actor=editor, bulk_change_id=back.pk)
        assert claims_as_they_stand() == after

    def test_a_change_of_more_claims_than_a_piece_holds_is_undone_whole(
        self, editor, several, monkeypatch
    ):
        before = claims_as_they_stand()
        bulk_change = _done(editor)
        monkeypatch.setattr(bulk_steps, "AT_ONCE", 2)
        back = undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert claims_as_they_stand() == before
        assert Change.objects.filter(bulk_change=back).count() == bulk_change.changes.count()

    def test_a_stopped_one_goes_on_where_it_was(self, editor, several):
        bulk_change = _verify(editor)
        BulkChange.objects.filter(pk=bulk_change.pk).update(status=JobStatus.RUNNING)
        with transaction.atomic():
            bulk_changes._step(BulkChange.objects.get(pk=bulk_change.pk))
        bulk_change = stop_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        bulk_changes.run_in_background.call(bulk_change.pk)
        assert Claim.objects.filter(verdict="verified").count() == 4
        start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert _verdicts() == {"verified"}
        assert Decision.objects.count() == 15


class TestUndoing:
    def test_it_is_one_step_back_and_one_again(self, editor, several):
        before = claims_as_they_stand()
        bulk_change = _done(editor)
        after = claims_as_they_stand()
        back = undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert claims_as_they_stand() == before
        assert undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk) == back
        undo_bulk_change(actor=editor, bulk_change_id=back.pk)
        assert claims_as_they_stand() == after

    def test_what_changed_since_stays(self, editor, chief, several):
        bulk_change = _done(editor)
        decide_claim(
            actor=chief, claim_id=several[0].pk, version=2, verdict=Verdict.DISPUTED, reason="No."
        )
        back = undo_bulk_change(actor=chief, bulk_change_id=bulk_change.pk)
        assert (back.total, back.changed) == (15, 14)
        several[0].refresh_from_db()
        assert several[0].verdict == Verdict.DISPUTED

    def test_what_was_taken_back_alone_is_not_taken_back_twice(self, editor, several):
        bulk_change = _done(editor)
        undo_change(
            actor=editor, change_id=Change.objects.filter(bulk_change=bulk_change).first().pk
        )
        back = undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        assert back.changed == 10
        assert _verdicts() == {"pending"}

    def test_a_verdict_that_the_person_must_not_know_yet_stays(self, editor, chief, several):
        bulk_change = _done(editor)
        first = Claim.objects.get(pk=several[0].pk)
        ask_second_check(actor=editor, claim_id=first.pk, version=first.version, blind=True)
        undo_bulk_change(actor=chief, bulk_change_id=bulk_change.pk)
        assert list(Claim.objects.filter(verdict=Verdict.VERIFIED)) == [first]

    def test_another_person_may_but_not_twice(self, editor, chief, several):
        bulk_change = _done(editor)
        undo_bulk_change(actor=chief, bulk_change_id=bulk_change.pk)
        with pytest.raises(NothingToUndoError):
            undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)

    def test_not_while_it_is_under_way(self, editor, several):
        bulk_change = _verify(editor)
        with pytest.raises(NotPossibleError):
            undo_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
