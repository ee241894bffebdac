"""Corrections of published reports."""

from django.utils.translation import gettext as _

from claims.choices import Verdict
from claims.models import Correction


def notice_of(correction: Correction) -> str:
    """Return a draft of the notice to readers, to be reworded before it is published."""
    decision = correction.decision
    words = {
        "statement": correction.reported.claim.statement,
        "before": str(Verdict(correction.previous_verdict).label).lower(),
        "after": str(Verdict(decision.verdict).label).lower(),
    }
    if correction.previous_verdict == Verdict.PENDING:
        told = _("We have since checked the claim “%(statement)s” and marked it %(after)s.") % words
    elif correction.previous_verdict == decision.verdict:
        told = _("We checked the claim “%(statement)s” again. It remains %(after)s.") % words
    else:
        told = (
            _("We first marked the claim “%(statement)s” %(before)s. It is now %(after)s.") % words
        )
    return f"{told} {decision.reason}".strip()
