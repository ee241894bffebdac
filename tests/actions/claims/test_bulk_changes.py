"""Bulk changes over many articles."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import begin_batch, decide, list_batch, reword, stop_batch, undo, undo_batch
from claims.actions.claims import bulk_changes
from claims.choices import Deed, Process, Progress, Verdict
from claims.errors import NothingToUndoError, NotPossibleError, ReasonRequiredError
from claims.models import Batch, Change, Claim, Decision, ListedClaim, Tag
from tests.actions.database import claims_as_they_stand, everything
from tests.models import rows


@pytest.fixture
def several(editor: User) -> list[Claim]:
    """Five claims each of three articles."""
    revisions = [rows.revision(editor) for _number in range(3)]
    return [rows.claim(at, start) for at in revisions for start in range(5)]


def _verify(actor: User, **options) -> Batch:
    return list_batch(
        actor=actor,
        deed=Deed.DECIDE,
        fields={"verdict": "verified"},
        claims=Claim.objects.all(),
        **options,
    )


def _done(actor: User, **options) -> Batch:
    return begin_batch(actor=actor, batch_id=_verify(actor, **options).pk)


def _verdicts() -> set[str]:
    return set(Claim.objects.values_list("verdict", flat=True))


class TestListing:
    def test_it_changes_nothing(self, editor, several):
        before = {**everything(), "Batch": [], "ListedClaim": []}
        batch = _verify(editor)
        assert {**everything(), "Batch": [], "ListedClaim": []} == before
        assert (batch.progress, batch.total, batch.kept) == (Progress.LISTED, 15, {})

    def test_it_says_what_stays_and_why(self, editor, chief, several):
        decide(actor=chief, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        decide(
            actor=chief, claim_id=several[1].pk, version=1, verdict=Verdict.DISPUTED, reason="No."
        )
        Claim.objects.filter(pk=several[2].pk).update(process=Process.WAITING)
        batch = _verify(editor)
        assert (batch.total, batch.kept) == (12, {"same": 1, "decided": 1, "waiting": 1})
        assert _verify(editor, replace=True).total == 13

    def test_disputed_needs_a_reason(self, editor, several):
        with pytest.raises(ReasonRequiredError):
            list_batch(
                actor=editor,
                deed=Deed.DECIDE,
                fields={"verdict": "disputed"},
                claims=Claim.objects.all(),
                note="  ",
            )

    def test_each_list_is_its_own_and_both_can_be_begun(self, editor, several):
        first = _verify(editor)
        second = list_batch(
            actor=editor,
            deed=Deed.ASSIGN,
            fields={"assigned_to_id": editor.pk},
            claims=Claim.objects.filter(revision=several[0].revision),
        )
        assert ListedClaim.objects.count() == 20
        assert begin_batch(actor=editor, batch_id=second.pk).changed == 5
        # What the second one changed meanwhile, the first one leaves as it is.
        assert begin_batch(actor=editor, batch_id=first.pk).changed == 10

    def test_what_nobody_began_in_two_days_goes_and_no_other(self, editor, chief, several):
        old, recent, of_another, begun = (
            _verify(editor),
            _verify(editor),
            _verify(chief),
            _done(editor),
        )
        days = {old: 2.1, recent: 1.9, of_another: 2.1, begun: 30}
        for one, age in days.items():
            made_at = timezone.now() - timedelta(days=age)
            Batch.objects.filter(pk=one.pk).update(made_at=made_at)
        newest = _verify(editor, replace=True)
        assert set(Batch.objects.all()) == {recent, begun, newest}
        assert set(ListedClaim.objects.values_list("batch", flat=True)) <= {recent.pk, newest.pk}

    def test_as_many_queries_for_many_claims_as_for_few(self, editor, several):
        numbers = set()
        _verify(editor)  # asks for what the account may do
        for claims in (Claim.objects.filter(pk=several[0].pk), Claim.objects.all()):
            with CaptureQueriesContext(connection) as queries:
                list_batch(
                    actor=editor, deed=Deed.DECIDE, fields={"verdict": "verified"}, claims=claims
                )
            numbers.add(len(queries))
        assert len(numbers) == 1


class TestDoing:
    def test_one_change_an_article_in_the_log(self, editor, several):
        batch = _done(editor)
        assert _verdicts() == {"verified"}
        assert Change.objects.filter(batch=batch, actor=editor).count() == 3
        assert Decision.objects.filter(actor=editor).count() == 15
        assert (batch.progress, batch.changed, ListedClaim.objects.count()) == (
            Progress.DONE,
            15,
            0,
        )

    def test_a_second_click_does_nothing(self, editor, several):
        batch = _done(editor)
        before = everything()
        begin_batch(actor=editor, batch_id=batch.pk)
        assert everything() == before

    def test_what_somebody_changed_since_the_preview_stays(self, editor, chief, several):
        batch = _verify(editor)
        reword(actor=chief, claim_id=several[0].pk, version=1, statement="Other words")
        batch = begin_batch(actor=editor, batch_id=batch.pk)
        assert (batch.total, batch.changed) == (15, 14)
        several[0].refresh_from_db()
        assert several[0].verdict == Verdict.PENDING

    def test_nobody_begins_or_stops_what_another_listed(self, editor, chief, several):
        batch = _verify(editor)
        for deed in (begin_batch, stop_batch):
            with pytest.raises(NotPossibleError):
                deed(actor=chief, batch_id=batch.pk)

    def test_tags_come_and_go(self, editor, several):
        tag, other = (Tag.objects.create(name=name) for name in ("election", "for Friday"))
        several[0].tags.add(other)
        for fields, wanted in (
            ({"add_tag": tag.pk}, [tag.pk, other.pk]),
            ({"remove_tag": tag.pk}, [other.pk]),
        ):
            batch = list_batch(
                actor=editor, deed=Deed.TAG, fields=fields, claims=Claim.objects.all()
            )
            assert batch.total == 15
            batch = begin_batch(actor=editor, batch_id=batch.pk)
            assert Claim.objects.get(pk=several[0].pk).tag_ids == wanted
        undo_batch(actor=editor, batch_id=batch.pk)
        assert Claim.objects.get(pk=several[0].pk).tag_ids == [tag.pk, other.pk]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_can_be_flushed")
class TestInTheBackground:
    @pytest.fixture(autouse=True)
    def _little_at_once(self, monkeypatch):
        monkeypatch.setattr(bulk_changes, "AT_ONCE", 4)

    def test_all_of_it_is_done_piece_by_piece(self, editor, several):
        batch = _done(editor)
        batch.refresh_from_db()
        assert (batch.progress, batch.done, batch.changed) == (Progress.DONE, 15, 15)
        assert _verdicts() == {"verified"}

    def test_all_of_it_is_undone_and_done_again_also_where_pieces_cut_articles(
        self, editor, several
    ):
        before = claims_as_they_stand()
        batch = _done(editor)
        after = claims_as_they_stand()
        back = undo_batch(actor=editor, batch_id=batch.pk)
        assert claims_as_they_stand() == before
        back.refresh_from_db()
        assert (back.progress, back.changed) == (Progress.DONE, 15)
        undo_batch(actor=editor, batch_id=back.pk)
        assert claims_as_they_stand() == after

    def test_a_stopped_one_goes_on_where_it_was(self, editor, several):
        batch = _verify(editor)
        Batch.objects.filter(pk=batch.pk).update(progress=Progress.RUNNING)
        with transaction.atomic():
            bulk_changes._step(Batch.objects.get(pk=batch.pk))
        batch = stop_batch(actor=editor, batch_id=batch.pk)
        bulk_changes.run_in_background.call(batch.pk)
        assert Claim.objects.filter(verdict="verified").count() == 4
        begin_batch(actor=editor, batch_id=batch.pk)
        assert _verdicts() == {"verified"}
        assert Decision.objects.count() == 15


class TestUndoing:
    def test_it_is_one_step_back_and_one_again(self, editor, several):
        before = claims_as_they_stand()
        batch = _done(editor)
        after = claims_as_they_stand()
        back = undo_batch(actor=editor, batch_id=batch.pk)
        assert claims_as_they_stand() == before
        assert undo_batch(actor=editor, batch_id=batch.pk) == back
        undo_batch(actor=editor, batch_id=back.pk)
        assert claims_as_they_stand() == after

    def test_what_changed_since_stays(self, editor, chief, several):
        batch = _done(editor)
        decide(
            actor=chief, claim_id=several[0].pk, version=2, verdict=Verdict.DISPUTED, reason="No."
        )
        back = undo_batch(actor=chief, batch_id=batch.pk)
        assert (back.total, back.changed) == (15, 14)
        several[0].refresh_from_db()
        assert several[0].verdict == Verdict.DISPUTED

    def test_what_was_taken_back_alone_is_not_taken_back_twice(self, editor, several):
        batch = _done(editor)
        undo(actor=editor, change_id=Change.objects.filter(batch=batch).first().pk)
        back = undo_batch(actor=editor, batch_id=batch.pk)
        assert back.changed == 10
        assert _verdicts() == {"pending"}

    def test_another_person_may_but_not_twice(self, editor, chief, several):
        batch = _done(editor)
        undo_batch(actor=chief, batch_id=batch.pk)
        with pytest.raises(NothingToUndoError):
            undo_batch(actor=editor, batch_id=batch.pk)

    def test_not_while_it_is_under_way(self, editor, several):
        batch = _verify(editor)
        with pytest.raises(NotPossibleError):
            undo_batch(actor=editor, batch_id=batch.pk)
