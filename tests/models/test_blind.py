"""Who may know the verdict of a claim under a second check."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Claim
from claims.models.claims.blind import hidden_among, hidden_from


@pytest.mark.parametrize("blind", [True, False])
def test_only_a_blind_check_hides_it_and_not_from_its_decider(editor, chief, claim, blind):
    decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
    ask_second_check(actor=editor, claim_id=claim.pk, version=2, blind=blind)
    claims = Claim.objects.all()
    assert hidden_from(editor, claims) == hidden_among(editor, claims) == set()
    for other in (chief, AnonymousUser()):
        hidden = {claim.pk} if blind else set()
        assert hidden_from(other, claims) == hidden_among(other, claims) == hidden
