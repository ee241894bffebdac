"""Who may know the verdict of a claim under a second check."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.actions import ask_second_check, decide_claim, take_over_verdict
from claims.choices import ReviewStatus, Verdict
from claims.models import Change, ChangedClaim, Claim, Evidence
from claims.models.claims.blind import (
    closed_to,
    hidden_among,
    hidden_from,
    log_seen_by,
    open_to_all,
    seen_by,
    waiting_blind,
)
from tests.conftest import version_of
from tests.models import match_rows, rows


@pytest.mark.parametrize("blind", [True, False])
def test_only_a_blind_check_hides_it_and_not_from_its_decider(editor, chief, claim, blind):
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=blind)
    claims = Claim.objects.all()
    assert hidden_from(editor, claims) == hidden_among(editor, claims) == set()
    for other in (chief, AnonymousUser()):
        hidden = {claim.pk} if blind else set()
        assert hidden_from(other, claims) == hidden_among(other, claims) == hidden


def test_the_log_of_a_claim_that_took_the_verdict_over_is_closed_as_well(editor, chief, reader):
    """Not to whoever took it over: they know what they did."""
    first, second = (rows.claim(rows.revision(editor)) for _each in range(2))
    decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(first))
    match = match_rows.match(first, second)
    take_over_verdict(actor=editor, match_id=match.pk, **version_of(second))
    claims = Claim.objects.all()
    assert closed_to(reader, claims) == set()
    ask_second_check(actor=chief, blind=True, **version_of(first))
    closed = {chief: set(), editor: {first.pk}, reader: {first.pk, second.pk}}
    for viewer, ids in closed.items():
        assert closed_to(viewer, claims) == ids
        shown = log_seen_by(viewer, ChangedClaim.objects.all())
        assert not ids & set(shown.values_list("claim", flat=True))


def test_rows_about_what_is_to_be_found_blind_are_left_out(editor, chief):
    """Those of one claim each, and those of several."""
    text = rows.revision(editor)
    waiting = rows.claim(text, 0, blind=True, review_status=ReviewStatus.WAITING, version=2)
    was_blind = rows.claim(text, 5, blind=True, review_status=ReviewStatus.CHECKED)
    rows.decision(waiting, editor)
    pieces = [rows.evidence(claim, editor) for claim in (waiting, was_blind)]
    changes = [rows.changed(claim, editor).change for claim in (waiting, was_blind)]
    for viewer, first in ((editor, 0), (chief, 1), (AnonymousUser(), 1)):
        assert set(seen_by(viewer, Evidence.objects.all())) == set(pieces[first:])
        found = seen_by(viewer, Change.objects.all(), "claims__claim")
        assert set(found) == set(changes[first:])
    assert set(open_to_all(Claim.objects.all())) == set(waiting_blind(Claim.objects.all())) ^ {
        waiting,
        was_blind,
    }
    assert set(waiting_blind(Claim.objects.all())) == {waiting}
