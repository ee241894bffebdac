"""Which statements are the splitter's and which a person's own words, according to the log of changes."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Q

from claims.choices import AnchorStatus, ChangeAction
from claims.models import ChangedClaim, Claim

_MAKING = (ChangeAction.CREATE, ChangeAction.SPLIT)
"""Actions that create a claim in a person's own words."""
_TELLING = Q(after__has_key="statement") | Q(change__action__in=_MAKING)


def proposed_statements(claims: Collection[Claim]) -> dict[int, str]:
    """Return the statement that was last proposed for each claim, by its id, in one query.

    It is "" for a claim that a person created, until a new version of its article proposes one.
    """
    rows = ChangedClaim.objects.filter(_TELLING, claim__in=claims).select_related("change")
    told: dict[int, list[ChangedClaim]] = defaultdict(list)
    for row in rows.order_by("pk"):
        told[row.claim_id].append(row)
    return {claim.pk: proposed_of(claim, told[claim.pk]) for claim in claims}


def proposed_of(claim: Claim, rows: Sequence[ChangedClaim]) -> str:
    """Return the statement that was last proposed for a claim, from its log, the oldest entry first.

    Entries that say nothing about the statement may be missing.
    """
    telling = [row for row in rows if "statement" in row.after or row.change.action in _MAKING]
    if not telling:
        return claim.statement
    for row in reversed(telling):
        if row.change.action == ChangeAction.NEW_REVISION:
            return str(row.after["statement"])
    return str(telling[0].before.get("statement", ""))


def is_of_earlier_text(claim: Claim) -> bool:
    """Return whether a claim's words changed with its article but its statement, written by a person, did not."""
    if claim.anchor_status != AnchorStatus.CHANGED:
        return False
    carried = Q(after__anchor_status=AnchorStatus.CHANGED.value)
    row = claim.changed.filter(carried | Q(after__has_key="statement")).order_by("-pk").first()
    return row is not None and "statement" not in row.after
