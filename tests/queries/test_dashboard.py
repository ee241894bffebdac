"""What waits for a person."""

from claims.actions import ask_second_check, assign_claims, decide_claim, send_back
from claims.choices import Verdict
from claims.models import Claim
from claims.queries.dashboard import mine


def test_what_was_sent_back_is_first_in_ones_queue(editor, chief, claims):
    first, second, *_ = claims
    Claim.objects.filter(pk=first.pk).update(checkworthiness=0.9)
    Claim.objects.filter(pk=second.pk).update(checkworthiness=0.1)
    assign_claims(actor=editor, versions={first.pk: 1, second.pk: 1}, to=editor)
    decide_claim(actor=editor, claim_id=second.pk, version=2, verdict=Verdict.VERIFIED)
    ask_second_check(actor=editor, claim_id=second.pk, version=3)
    send_back(actor=chief, claim_id=second.pk, version=4, comment="Which ledger?")
    assert list(mine(editor).claims) == [second, first]
