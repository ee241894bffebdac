"""Corrections of published reports."""

from datetime import datetime

from django.utils.translation import gettext as _

from claims.choices import ReviewStatus, Verdict
from claims.models import Correction
from claims.queries.reports.terms import current_language, in_language, term_of
from claims.renderers.labels import words_in


def notice_of(correction: Correction) -> str:
    """Return a draft of the notice to readers in the language of their report, to be reworded before it is published."""
    with in_language(correction.reported.report.language):
        return _notice_of(correction)


def _notice_of(correction: Correction) -> str:
    decision = correction.decision
    words = {
        "statement": correction.reported.claim.statement,
        "before": term_of(Verdict(correction.previous_verdict)).label.lower(),
        "after": term_of(Verdict(decision.verdict)).label.lower(),
    }
    if words_in(current_language()).are_foreign:
        # No sentence of the software's: readers may not know its language.
        told = f"“{words['statement']}”: {words['after']}."
    elif correction.previous_verdict == Verdict.PENDING:
        told = _("We have since checked the claim “%(statement)s” and marked it %(after)s.") % words
    elif correction.previous_verdict == decision.verdict:
        told = _("We checked the claim “%(statement)s” again. It remains %(after)s.") % words
    else:
        told = (
            _("We first marked the claim “%(statement)s” %(before)s. It is now %(after)s.") % words
        )
    return f"{told} {decision.reason}".strip()


def due_updates(*, before: datetime) -> list[Correction]:
    """Return the updates that may publish themselves: of claims with a verdict and without an open second check.

    Args:
        before: when they were decided at the latest.
    """
    rows = Correction.objects.open().updates().filter(changed_at__lte=before)
    rows = rows.exclude(decision__verdict=Verdict.PENDING)
    rows = rows.exclude(reported__claim__review_status=ReviewStatus.WAITING)
    return list(
        rows.select_related("reported__claim", "reported__report", "decision").order_by("pk")
    )
