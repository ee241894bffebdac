"""Which claims are to be looked at for what the archive knows: verdicts to be taken over, verdicts due for review."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, ClaimMatch
from claims.models.claims.blind import open_to_all
from claims.models.claims.matches import ClaimMatchQuerySet
from claims.models.claims.querysets import ClaimQuerySet


def kept_from_taking_over() -> dict[str, Q]:
    """Return which claims take nothing over, by the reason, a key of `KEPT` in `bulk_changes`; no claim for two reasons."""
    waiting, pending = Q(review_status=ReviewStatus.WAITING), Q(verdict=Verdict.PENDING)
    earlier = ClaimMatch.objects.repeats_of_decided().filter(later=OuterRef("pk"))
    verified, disputed = (
        Exists(earlier.filter(earlier__verdict=verdict))
        for verdict in (Verdict.VERIFIED, Verdict.DISPUTED)
    )
    free = pending & ~waiting
    return {
        "waiting": waiting,
        "decided": ~pending & ~waiting,
        "unseen": free & ~Q(verified) & ~Q(disputed),
        "differing": free & Q(verified) & Q(disputed),
    }


def to_take_over(claim_ids: Iterable[int]) -> dict[int, ClaimMatch]:
    """Return the match whose earlier verdict each claim takes over, by claim id; the newest verdict where several agree.

    Claims are left out where there is none, or where the earlier verdicts differ. One query.
    """
    found: dict[int, list[ClaimMatch]] = defaultdict(list)
    matches = ClaimMatch.objects.repeats_of_decided().filter(later__in=list(claim_ids))
    shown = matches.select_related("earlier__revision__article").defer("earlier__revision__body")
    for match in shown.order_by("-earlier__decided_at", "-earlier"):
        found[match.later_id].append(match)
    return {
        pk: some[0]
        for pk, some in found.items()
        if len({match.earlier.verdict for match in some}) == 1
    }


def due_for_review(today: date) -> ClaimQuerySet:
    """Return the claims whose verdict is to be looked at again, those with the oldest verdict first.

    Either its day has come, or a later claim contradicts or supersedes it that was found after the verdict was set.
    Whoever has looked sets another verdict, dismisses the match, or sets a day. Verdicts that somebody is to check
    blind are not among them.

    Args:
        today: the reader's.
    """
    return decided_for_all().filter(is_due(today) | is_challenged()).order_by("decided_at", "pk")


def decided_for_all() -> ClaimQuerySet:
    """Return the active claims with a verdict that everyone may know."""
    return open_to_all(Claim.objects.active()).decided()


def is_due(today: date) -> Q:
    """Return which claims' review date has come."""
    return Q(review_by__lte=today)


def is_challenged() -> Q:
    """Return which claims have no review date, and are contradicted or superseded by what was found since their verdict."""
    return Q(pk__in=challenges().values("earlier"))


def challenges() -> ClaimMatchQuerySet:
    """Return the matches by which verdicts that everyone may know are due for review."""
    waits_blind = Q(earlier__blind=True, earlier__review_status=ReviewStatus.WAITING)
    return ClaimMatch.objects.later_than_verdicts().filter(
        ~waits_blind, earlier__dismissed=False, earlier__checkable=True, earlier__review_by=None
    )
