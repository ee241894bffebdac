"""An undo also restores whether a claim was reviewed: with everything undone, it is as the splitter proposed it."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    decide_claim,
    preview_bulk_change,
    reword_claim,
    start_bulk_change,
    undo_bulk_change,
    undo_change,
)
from claims.choices import ChangeAction, Verdict
from claims.models import Change, ChangedClaim, Claim
from tests.conftest import newest
from tests.models import rows

_LONG_AGO = datetime(2020, 2, 3, 4, 5, tzinfo=UTC)


def _verify(actor, claim) -> Change:
    claim.refresh_from_db()
    decide_claim(actor=actor, claim_id=claim.pk, version=claim.version, verdict=Verdict.VERIFIED)
    return newest(claim)


def _say(actor, claim, statement: str) -> Change:
    claim.refresh_from_db()
    reword_claim(actor=actor, claim_id=claim.pk, version=claim.version, statement=statement)
    return newest(claim)


def _undo(actor, change) -> Change:
    return undo_change(actor=actor, change_id=change.pk)


def _seen(claim) -> bool:
    claim.refresh_from_db()
    return claim.touched_at is not None


def _bulk(actor, claims):
    """Verify claims as one step."""
    listed = preview_bulk_change(
        actor=actor,
        action=ChangeAction.DECIDE,
        fields={"verdict": "verified"},
        claims=claims,
    )
    return start_bulk_change(actor=actor, bulk_change_id=listed.pk)


class TestOneStep:
    def test_undone_the_claim_is_proposed_again_and_done_again_it_was_seen_when_it_was(
        self, editor, claim
    ):
        change = _verify(editor, claim)
        claim.refresh_from_db()
        last_seen_at = claim.touched_at
        back = _undo(editor, change)
        claim.refresh_from_db()
        assert (claim.state, claim.touched_at) == ("proposed", None)
        _undo(editor, back)
        claim.refresh_from_db()
        assert (claim.state, claim.touched_at) == ("verified", last_seen_at)

    def test_of_two_steps_the_second_undone_it_was_seen_as_after_the_first(self, editor, claim):
        first = _say(editor, claim, "The bridge is closed")
        claim.refresh_from_db()
        after_first = claim.touched_at
        second = _verify(editor, claim)
        _undo(editor, second)
        claim.refresh_from_db()
        assert claim.touched_at == after_first
        _undo(editor, first)
        assert not _seen(claim)

    def test_with_another_change_on_top_it_stays_seen(self, editor, chief, claim):
        change = _say(editor, claim, "The bridge is closed")
        _verify(chief, claim)
        _undo(editor, change)
        claim.refresh_from_db()
        assert (claim.state, claim.touched_at is not None) == ("verified", True)

    def test_with_evidence_that_came_later_it_stays_seen(self, editor, chief, claim):
        change = _say(editor, claim, "The bridge is closed")
        claim.refresh_from_db()
        add_evidence(
            actor=chief,
            claim_id=claim.pk,
            version=claim.version,
            evidence=EvidenceDraft(title="Register", url="https://register.example.org/olm"),
        )
        _undo(editor, change)
        assert _seen(claim)

    def test_done_again_after_somebody_looked_it_is_seen_as_of_now(self, editor, chief, claim):
        back = _undo(editor, _verify(editor, claim))
        _say(chief, claim, "The bridge stays closed")
        claim.refresh_from_db()
        looked_at = claim.touched_at
        again = _undo(editor, back)
        claim.refresh_from_db()
        assert claim.touched_at > looked_at
        # And taken back again it is seen still: the other's words stand.
        _undo(editor, again)
        assert _seen(claim)

    def test_the_log_tells_when_it_had_been_seen(self, editor, claim):
        back = _undo(editor, _verify(editor, claim))
        claim.refresh_from_db()
        done, undone = ChangedClaim.objects.filter(claim=claim).order_by("pk")
        assert (done.touched_before, undone.touched_after) == (None, None)
        assert done.touched_after == undone.touched_before is not None
        assert undone.change == back

    def test_an_entry_from_before_the_log_told_it_is_undone_and_the_claim_stays_seen(
        self, editor, claim
    ):
        claim.touched_at = _LONG_AGO
        claim.statement, claim.version = "The bridge is closed", 2
        claim.save()
        change = Change.objects.create(
            article=claim.revision.article,
            action=ChangeAction.REWORD,
            actor=editor,
            actor_name="Edda",
        )
        ChangedClaim.objects.create(
            change=change,
            claim=claim,
            before={"statement": "As proposed"},
            after={"statement": "The bridge is closed"},
            version=2,
        )
        back = _undo(editor, change)
        claim.refresh_from_db()
        assert (claim.statement, claim.touched_at > _LONG_AGO) == ("As proposed", True)
        # What the undo itself did is in the log.
        _undo(editor, back)
        claim.refresh_from_db()
        assert (claim.statement, claim.touched_at) == ("The bridge is closed", _LONG_AGO)


class TestManyAtOnce:
    def test_forty_proposed_claims_are_proposed_again(self, editor):
        revisions = [rows.revision(editor) for _number in range(2)]
        claims = [rows.claim(at, start) for at in revisions for start in range(20)]
        done = _bulk(editor, Claim.objects.all())
        assert not Claim.objects.untouched().exists()
        back = undo_bulk_change(actor=editor, bulk_change_id=done.pk)
        assert Claim.objects.untouched().count() == len(claims) == 40
        undo_bulk_change(actor=editor, bulk_change_id=back.pk)
        assert not Claim.objects.untouched().exists()

    def test_what_one_had_seen_when_stays_each_claims_own_in_as_many_queries(self, editor):
        numbers = set()
        for many in (2, 12):
            revision = rows.revision(editor)
            claims = [rows.claim(revision, start) for start in range(many)]
            for claim in claims[1:]:
                _say(editor, claim, "In other words")
            before = dict(Claim.objects.values_list("pk", "touched_at"))
            done = _bulk(editor, Claim.objects.filter(revision=revision))
            with CaptureQueriesContext(connection) as queries:
                undo_bulk_change(actor=editor, bulk_change_id=done.pk)
            assert dict(Claim.objects.values_list("pk", "touched_at")) == before
            assert len({before[claim.pk] for claim in claims}) == many
            numbers.add(len([one for one in queries if "UPDATE" in one["sql"]]))
        assert len(numbers) == 1
