"""What happens to published reports when their claims are decided again."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.errors import InvalidValueError, LookAgainError, NotPossibleError
from claims.models import Claim, Correction, Decision, ReportedClaim
from claims.models.claims.decisions import in_force
from claims.queries.accounts import display_name

LONGEST_NOTICE = 5_000


def sync_corrections(claims: Collection[Claim]) -> None:
    """Open a correction for each published report that differs from these claims, and close those that no longer do.

    Called whenever verdicts change, in the same transaction. It runs no query if there are no claims, and one if no
    report contains them.
    """
    if not claims:
        return
    reported = list(ReportedClaim.objects.filter(claim__in=claims).order_by("pk"))
    if not reported:
        return
    versions = {claim.pk: claim.version for claim in claims}
    decisions = Decision.objects.by_claim({one.claim_id for one in reported})
    told: dict[int, Correction] = {}
    standing: dict[int, Correction] = {}
    rows = Correction.objects.filter(reported__in=reported).select_related("decision")
    for row in rows.order_by("pk"):
        (told if row.published_at else standing)[row.reported_id] = row
    gone: list[int] = []
    for one in reported:
        last = told.get(one.pk)
        said, before = (
            (last.decision_id, last.decision.verdict) if last else (one.decision_id, one.verdict)
        )
        log = decisions[one.claim_id]
        row = standing.get(one.pk) or Correction(reported=one)
        # If later decisions were undone, the one that was published applies.
        told_of = [decision for decision in log if said and decision.pk <= said]
        version = versions[one.claim_id]
        if in_force(log, version=version) == in_force(told_of, version=version):
            gone += [row.pk] if row.pk else []
        else:
            row.previous_verdict, row.decision = before, log[-1]
            row.save()
    Correction.objects.filter(pk__in=gone).delete()


@action("claims.publish_report", what=gettext_noop("publish corrections"))
def publish_correction(
    *, actor: User, correction_id: int, decision_id: int, notice: str
) -> Correction:
    """Publish a notice on what happened to a claim of a published report. A second click does nothing.

    Args:
        actor: who publishes it.
        correction_id: the correction.
        decision_id: the decision that the actor saw.
        notice: the notice to readers.

    Raises:
        LookAgainError: if the claim has been decided again since, or is again as it was reported.
        InvalidValueError: if the notice is empty or too long.
        NotPossibleError: if a different notice has already been published.
    """
    notice = notice.strip()
    if not notice:
        raise InvalidValueError(why=_("write the notice that readers will see."))
    if len(notice) > LONGEST_NOTICE:
        raise InvalidValueError(why=_("the notice is longer than 5,000 characters."))
    found = Correction.objects.select_for_update().filter(pk=correction_id).first()
    if found is None or found.decision_id != decision_id:
        raise LookAgainError
    if found.published_at:
        if found.notice == notice:
            return found
        raise NotPossibleError(why=_("a correction has already been published."))
    found.notice = notice
    found.published_at = timezone.now()
    found.published_by, found.published_by_name = actor, display_name(actor)
    found.save()
    return found
