"""What it takes for a claim to take over another claim's verdict, or to be confirmed as its repeat."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from claims.actions.claims.derived_fields import Fields
from claims.actions.claims.logged_fields import field_of
from claims.actions.locking import locked_across
from claims.choices import MatchState, Verdict
from claims.models import Claim, ClaimGroup, ClaimMatch, Decision
from claims.models.claims.decisions import in_force
from claims.queries.claims.matched import to_take_over


class TakenOver(NamedTuple):
    """What becomes of a claim, and the decision that it takes over."""

    fields: Fields
    origin: Decision


def taken_over_exactly(claims: Collection[Claim]) -> dict[Claim, TakenOver]:
    """Return what locked claims take over from earlier claims with the same words; nothing for those without."""
    matches = to_take_over(claim.pk for claim in claims)
    others = {one.pk: one for one in locked_across({one.earlier_id for one in matches.values()})}
    pairs = {
        claim: (matches[claim.pk], others[matches[claim.pk].earlier_id])
        for claim in claims
        if claim.pk in matches
    }
    return taken_over(pairs)


def taken_over(pairs: Mapping[Claim, tuple[ClaimMatch, Claim]]) -> dict[Claim, TakenOver]:
    """Return what locked claims take over from others, which are locked as well.

    The match is confirmed with it, and a claim without a group joins that of the other one. Claims are left out whose
    other claim has no verdict, or is out of work.
    """
    decisions = Decision.objects.by_claim({other.pk for _match, other in pairs.values()})
    origins = {
        claim: in_force(decisions[other.pk], version=other.version)
        for claim, (_match, other) in pairs.items()
        if other.verdict != Verdict.PENDING and other.checkable and not other.dismissed
    }
    found_groups(pairs[claim][1] for claim in origins if claim.group_id is None)
    taken = {}
    for claim, origin in origins.items():
        match, other = pairs[claim]
        if origin is not None:
            fields = {
                "verdict": origin.verdict,
                field_of(match): MatchState.CONFIRMED.value,
                "group_id": claim.group_id or other.group_id,
            }
            taken[claim] = TakenOver(fields, origin)
    return taken


def found_groups(claims: Iterable[Claim]) -> None:
    """Give each locked claim a group, where it has none yet.

    That changes nothing that anyone sees, so it is not logged: a group of one claim is none.
    """
    founders = list({claim.pk: claim for claim in claims if claim.group_id is None}.values())
    if not founders:
        return
    groups = ClaimGroup.objects.bulk_create(ClaimGroup(canonical=claim) for claim in founders)
    for claim, group in zip(founders, groups, strict=True):
        claim.group = group
    Claim.objects.bulk_update(founders, ["group"])
