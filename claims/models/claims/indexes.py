"""The indexes of the claims: each answers a list, a queue or a count that would otherwise read a million of them."""

from django.db import models
from django.db.models import Q

from claims.choices import ReviewStatus

INDEXES = [
    models.Index(fields=["revision", "start", "id"], name="claim_in_reading_order"),
    models.Index(fields=["revision", "verdict", "checkable", "dismissed"], name="claim_by_verdict"),
    # A source's record: answered from the index alone.
    models.Index(
        fields=["source", "verdict", "dismissed", "checkable"],
        name="claim_record_of_source",
    ),
    # The table of all claims, newest article first: as it is, and under each of its filters alone.
    models.Index(fields=["-listed_at", "-id"], name="claim_listed"),
    *(
        models.Index(fields=[field, "-listed_at", "-id"], name=f"claim_listed_{name}")
        for name, field in {
            "verdict": "verdict",
            "review_status": "review_status",
            "source": "source",
            "kind": "source_kind",
            "outlet": "outlet",
            "quotation": "quotation",
        }.items()
    ),
    models.Index(
        fields=["-listed_at", "-id"],
        condition=Q(touched_at=None),
        name="claim_listed_untouched",
    ),
    models.Index(
        fields=["-listed_at", "-id"],
        condition=Q(dismissed=True),
        name="claim_listed_dismissed",
    ),
    models.Index(
        fields=["assigned_to", "-listed_at", "-id"],
        condition=Q(assigned_to__isnull=False),
        name="claim_listed_assigned",
    ),
    models.Index(
        fields=["anchor_status", "-listed_at", "-id"],
        condition=Q(anchor_status__isnull=False),
        name="claim_listed_anchor_status",
    ),
    # What waits for a second check, the longest first.
    models.Index(
        fields=["touched_at", "id"],
        condition=Q(review_status=ReviewStatus.WAITING),
        name="claim_to_check",
    ),
    # What somebody is to check blind, of all claims or of one source's: a few among very many.
    models.Index(
        fields=["review_status", "source"], condition=Q(blind=True), name="claim_to_check_blind"
    ),
    # The figures of a period: answered from the index alone.
    models.Index(
        fields=["listed_at", "verdict", "source_kind", "outlet"],
        condition=Q(dismissed=False, checkable=True),
        name="claim_figures",
    ),
    # And in its other orders. Of rows that have nothing there an index would only be taken for a list of those.
    models.Index(
        fields=["-decided_at", "-id"],
        condition=Q(decided_at__isnull=False),
        name="claim_by_decision",
    ),
    # Verdicts of a certain age in the list's own order: most are old, and the old ones come last in it.
    models.Index(
        fields=["-listed_at", "-id", "decided_at"],
        condition=Q(decided_at__isnull=False),
        name="claim_listed_decided",
    ),
    models.Index(
        fields=["-touched_at", "-id"],
        condition=Q(touched_at__isnull=False),
        name="claim_by_touch",
    ),
    models.Index(fields=["-checkworthiness", "-id"], name="claim_by_worth"),
    # Verdicts that are to be looked at again, and confirmed repeats: a few among very many.
    models.Index(
        fields=["review_by"], condition=Q(review_by__isnull=False), name="claim_by_review_date"
    ),
    models.Index(
        fields=["due_on", "id"], condition=Q(due_on__isnull=False), name="claim_by_due_date"
    ),
    models.Index(fields=["group"], condition=Q(group__isnull=False), name="claim_by_group"),
]
