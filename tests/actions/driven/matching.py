"""Actions on matches and groups of repeats."""

from datetime import date
from typing import Any

from claims.models import Claim, ClaimGroup, ClaimMatch, ExternalMatch
from tests.actions.driven.driving import (
    claim_and_version,
    decided,
    on_claims,
    with_fields,
)
from tests.models import match_rows
from tests.models.external import external_rows


def _other(claim: Claim) -> Claim:
    return Claim.objects.filter(revision=claim.revision_id).exclude(pk=claim.pk).order_by("pk")[0]


def _matched(claim: Claim) -> dict[str, Any]:
    """The claim, and its match with an earlier one, which has a verdict and is alone in a group."""
    match = ClaimMatch.objects.first()
    if match is None:
        earlier = _other(claim)
        match_rows.group(decided(earlier))
        match = match_rows.match(earlier, claim)
    return {**claim_and_version(claim), "match_id": match.pk}


def _checked_elsewhere(claim: Claim) -> dict[str, Any]:
    """The claim, and its match with another newsroom's fact-check."""
    match = ExternalMatch.objects.first() or external_rows.match(claim)
    return {**claim_and_version(claim), "match_id": match.pk}


def _grouped(claim: Claim) -> dict[str, Any]:
    """The claim as one of a group of two."""
    if Claim.objects.get(pk=claim.pk).group_id is None:
        match_rows.group(_other(claim), claim)
    return claim_and_version(claim)


def _two_groups(claim: Claim) -> dict[str, Any]:
    """Two groups, of which the claim's is to be merged into the other."""
    return {"group": _group_of(claim), "into": _group_of(_other(claim))}


def _group_of(claim: Claim) -> ClaimGroup:
    return Claim.objects.get(pk=claim.pk).group or match_rows.group(claim)


MATCHING = {
    "take_over_verdict": on_claims(_matched),
    "confirm_match": on_claims(_matched),
    "dismiss_match": on_claims(_matched),
    "dismiss_fact_check": on_claims(_checked_elsewhere),
    "leave_group": on_claims(_grouped),
    "set_canonical": on_claims(_grouped),
    "merge_groups": on_claims(_two_groups),
    "set_review_date": on_claims(
        with_fields(lambda claim: claim_and_version(decided(claim)), day=date(2027, 3, 1))
    ),
}
