"""What a draft's page says that nobody has settled."""

from claims.actions import ask_second_check, dismiss_match
from claims.choices import MatchRelation, Verdict
from claims.models import Claim, Revision
from claims.queries.reports.drafts.proposals import MOST, Proposals, proposals_for
from tests.conftest import version_of
from tests.models import match_rows, rows


def test_an_earlier_verdict_on_the_same_words_unless_somebody_is_to_check_it_blind(
    chief, earlier, later, match
):
    proposed = proposals_for([later.pk])
    assert [(one.claim, one.other) for one in proposed.shown] == [(later, earlier)]
    ask_second_check(actor=chief, blind=True, **version_of(earlier))
    assert proposals_for([later.pk]) == Proposals([], 0)


def test_of_many_the_surest_are_shown_and_of_equal_ones_the_newest(editor):
    text = rows.revision(editor)
    claim = rows.claim(text)
    others = [_verified(text) for _ in range(MOST + 3)]
    for place, other in enumerate(others[:-1]):
        match_rows.match(other, claim, score=0.6 if place == 1 else 0.5)
    match_rows.match(claim, others[-1], score=0.7)
    proposed = proposals_for([claim.pk])
    newest = list(reversed(others[2:-1]))
    assert [one.other for one in proposed.shown] == [others[-1], others[1], *newest[: MOST - 2]]
    assert {one.claim for one in proposed.shown} == {claim}
    assert proposed.number == MOST + 3


def test_what_is_pending_or_in_the_report_is_no_earlier_verdict_but_contradictions_within_are_told(
    editor, earlier, later, match
):
    pending, other = (rows.claim(rows.revision(editor)) for _ in range(2))
    match_rows.match(pending, later)
    against = match_rows.match(later, other, relation=MatchRelation.CONTRADICTS)
    assert proposals_for([later.pk, earlier.pk]) == Proposals([], 0)
    found = proposals_for([later.pk, earlier.pk, other.pk])
    assert [(one.claim, one.other) for one in found.shown] == [(other, later)]
    dismiss_match(actor=editor, match_id=against.pk, **version_of(later))
    assert proposals_for([later.pk, earlier.pk, other.pk]) == Proposals([], 0)


def _verified(text: Revision) -> Claim:
    made = rows.decided(text, Verdict.VERIFIED)
    made.decided_at = made.touched_at
    made.save()
    return made
