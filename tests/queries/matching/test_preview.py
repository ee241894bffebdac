"""What an article that is yet to come in says again."""

from datetime import UTC, datetime

from claims.actions.matching.index import index_some
from claims.choices import Verdict
from claims.models import Claim, ClaimMatch
from claims.queries.matching.preview import seen_proposals
from tests.actions.database import everything
from tests.conftest import proposed

BODY = "The mayor said Ostrey has nine bridges. The mayor said the ferry sails on Sundays."


def test_which_of_its_claims_were_checked_before(editor, earlier):
    claims = proposed(BODY)
    Claim.objects.filter(pk=earlier.pk).update(statement=claims[0].statement)
    index_some()
    before = everything()
    first, *others = seen_proposals(claims, datetime(2026, 9, 1, tzinfo=UTC), editor)
    assert (first.check.claim, first.check.verdict) == (earlier, Verdict.DISPUTED)
    assert [(one.check, one.repeat) for one in others] == [(None, None)] * (len(claims) - 1)
    assert everything() == before


def test_what_was_seen_but_not_checked(editor, later):
    claims = proposed(BODY)
    Claim.objects.filter(pk=later.pk).update(statement=claims[0].statement)
    index_some()
    first, *_others = seen_proposals(claims, None, editor)
    assert (first.check, first.repeat.claim) == (None, later)
    assert not ClaimMatch.objects.exists()


def test_of_several_the_surest(editor, earlier, later):
    claims = proposed(BODY)
    Claim.objects.filter(pk=later.pk).update(statement="Nine bridges cross the river in Ostrey")
    Claim.objects.filter(pk=earlier.pk).update(statement=claims[0].statement)
    index_some()
    first, *_others = seen_proposals(claims, None, editor)
    assert first.repeat.claim == earlier
    Claim.objects.filter(pk=earlier.pk).update(dismissed=True)
    first, *_others = seen_proposals(claims, None, editor)
    assert first.repeat.claim == later
