"""All exact repeats of decided claims take over their verdicts, with one undo."""

import pytest

from claims.actions import (
    ask_second_check,
    decide_claim,
    preview_bulk_change,
    start_bulk_change,
    undo_bulk_change,
)
from claims.choices import ChangeAction, JobStatus, MatchState, Verdict
from claims.models import BulkChange, Claim, ClaimMatch
from claims.queries.claims.bulk_changes import preview
from tests.actions.database import claims_as_they_stand
from tests.actions.matching.conftest import claim_of
from tests.conftest import version_of
from tests.models import match_rows


def _preview(actor) -> BulkChange:
    return preview_bulk_change(
        actor=actor, action=ChangeAction.TAKE_OVER, fields={}, claims=Claim.objects.all()
    )


@pytest.fixture
def repeats(editor, earlier) -> list[Claim]:
    """Three exact repeats of the disputed claim, and one that says the same in other words."""
    match_rows.group(earlier)
    exact = [claim_of(editor, month) for month in (4, 5, 6)]
    reworded = claim_of(editor, 7, "There are nine bridges in Ostrey")
    for one in (*exact, reworded):
        match_rows.match(earlier, one)
    return [*exact, reworded]


def test_a_preview_says_how_many_and_what_and_changes_nothing(editor, earlier, repeats):
    before = claims_as_they_stand()
    bulk_change = _preview(editor)
    assert (bulk_change.status, bulk_change.total) == (JobStatus.PREVIEW, 3)
    assert bulk_change.skipped == {"decided": 1, "unseen": 1}
    headline = earlier.revision.article.headline
    shown = {one.claim: (one.before, one.after) for one in preview(bulk_change, editor)}
    taken = ("Pending", f"Disputed, as in “{headline}” of 1 Mar 2026")
    assert shown == dict.fromkeys(repeats[:3], taken)
    assert claims_as_they_stand() == before


def test_each_gets_a_decision_of_the_editors_that_names_its_origin(editor, earlier, repeats):
    start_bulk_change(actor=editor, bulk_change_id=_preview(editor).pk)
    for claim in repeats[:3]:
        decision = claim.decisions.get()
        assert (decision.actor, decision.origin) == (editor, earlier.decisions.get())
        assert decision.reason == "The register names eight."
        assert ClaimMatch.objects.get(later=claim).state == MatchState.CONFIRMED
    assert not repeats[3].decisions.exists()
    assert set(Claim.objects.exclude(group=None)) == {earlier, *repeats[:3]}


def test_one_undo_takes_all_of_it_back(editor, chief, repeats):
    before = claims_as_they_stand()
    bulk_change = start_bulk_change(actor=editor, bulk_change_id=_preview(editor).pk)
    assert bulk_change.changed == 3
    undo_bulk_change(actor=chief, bulk_change_id=bulk_change.pk)
    assert claims_as_they_stand() == before
    assert set(ClaimMatch.objects.values_list("state", flat=True)) == {MatchState.PROPOSED}


def test_where_the_earlier_verdicts_differ_a_person_decides(editor, earlier, repeats):
    other = claim_of(editor, 2)
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(other))
    match_rows.match(other, repeats[0])
    bulk_change = _preview(editor)
    assert (bulk_change.total, bulk_change.skipped["differing"]) == (2, 1)


def test_a_verdict_that_somebody_is_to_find_alone_is_not_taken_over(
    editor, chief, earlier, repeats
):
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    assert _preview(editor).total == 0


def test_what_changed_since_the_preview_stays(editor, earlier, repeats):
    bulk_change = _preview(editor)
    ClaimMatch.objects.filter(later=repeats[0]).delete()
    decide_claim(actor=editor, verdict=Verdict.VERIFIED, **version_of(repeats[1]))
    done = start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
    assert (done.status, done.changed) == (JobStatus.DONE, 1)
    verdicts = [Claim.objects.get(pk=one.pk).verdict for one in repeats[:3]]
    assert verdicts == [Verdict.PENDING, Verdict.VERIFIED, Verdict.DISPUTED]
