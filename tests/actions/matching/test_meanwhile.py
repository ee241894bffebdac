"""What was pressed beside a match that somebody else has changed since: on the other claim's page, or the worker."""

import pytest

from claims.actions import (
    confirm_match,
    decide_claim,
    dismiss_claims,
    dismiss_match,
    reword_claim,
    take_over_verdict,
)
from claims.actions.matching.index import index_some
from claims.actions.matching.proposals import match_next
from claims.choices import MatchRelation, MatchState, Verdict
from claims.errors import NotAllowedError, NotPossibleError
from claims.models import Claim, ClaimMatch
from tests.actions.database import everything
from tests.conftest import version_of


@pytest.fixture
def press(editor, later, match):
    """Press one of the buttons beside the match on the later claim's page, which was loaded before all else."""
    page = {
        **version_of(later),
        "match_id": match.pk,
        "seen": match.as_seen,
    }
    decision = match.earlier.decisions.get().pk

    def press(action) -> object:
        more = {"decision_id": decision} if action is take_over_verdict else {}
        return action(actor=editor, **page, **more)

    return press


@pytest.mark.parametrize("action", [confirm_match, take_over_verdict])
def test_what_a_colleague_has_dismissed_on_the_other_page_stays_dismissed(
    press, chief, earlier, match, action
):
    dismiss_match(actor=chief, match_id=match.pk, **version_of(earlier))
    before = everything()
    with pytest.raises(NotPossibleError, match="has changed in the meantime"):
        press(action)
    assert everything() == before


def test_and_what_one_has_confirmed_is_not_dismissed(press, chief, earlier, match):
    confirm_match(actor=chief, match_id=match.pk, **version_of(earlier))
    before = everything()
    with pytest.raises(NotPossibleError, match="has changed in the meantime"):
        press(dismiss_match)
    assert everything() == before


@pytest.mark.parametrize("action", [confirm_match, dismiss_match, take_over_verdict])
def test_what_the_worker_takes_for_something_else_now_is_looked_at_again(press, match, action):
    ClaimMatch.objects.update(relation=MatchRelation.CONTRADICTS)
    before = everything()
    with pytest.raises(NotPossibleError, match="has changed in the meantime"):
        press(action)
    assert everything() == before


def test_a_verdict_that_nobody_has_shown_them_is_not_taken_over(press, chief, earlier, later):
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, reason="Nine.", **version_of(earlier))
    with pytest.raises(NotPossibleError, match="decided again in the meantime"):
        press(take_over_verdict)
    later.refresh_from_db()
    assert later.verdict == Verdict.PENDING


def test_nor_is_that_of_a_claim_that_has_been_dismissed(press, chief, earlier, later):
    version = Claim.objects.get(pk=earlier.pk).version
    dismiss_claims(actor=chief, versions={earlier.pk: version})
    with pytest.raises(NotPossibleError, match="has no verdict"):
        press(take_over_verdict)
    later.refresh_from_db()
    assert later.verdict == Verdict.PENDING


def test_a_dismissed_match_is_only_given_back_by_an_undo(editor, later, match):
    dismiss_match(actor=editor, match_id=match.pk, **version_of(later))
    with pytest.raises(NotPossibleError, match="nothing to do with each other"):
        confirm_match(actor=editor, match_id=match.pk, **version_of(later))
    with pytest.raises(NotPossibleError, match="do not say the same"):
        take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))


@pytest.mark.parametrize("action", [confirm_match, dismiss_match, take_over_verdict])
def test_who_may_no_longer_change_claims_is_refused(press, editor, action):
    editor.groups.clear()
    type(editor).objects.get(pk=editor.pk)
    for kept in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        vars(editor).pop(kept, None)
    before = everything()
    with pytest.raises(NotAllowedError):
        press(action)
    assert everything() == before


def test_a_claim_that_was_reworded_meanwhile_has_no_match_any_more(press, chief, earlier, match):
    reword_claim(actor=chief, statement="Four boats sank off Karve", **version_of(earlier))
    while index_some() or match_next():
        pass
    assert not ClaimMatch.objects.filter(pk=match.pk, state=MatchState.PROPOSED).exists()
    with pytest.raises((ClaimMatch.DoesNotExist, NotPossibleError)):
        press(confirm_match)
