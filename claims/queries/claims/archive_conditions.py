"""What the archive knows of claims, as conditions of the claims table: repeats, contradictions, verdicts to look at again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.choices import MatchRelation, Verdict
from claims.models import Claim, ClaimMatch
from claims.models.base.expressions import Among
from claims.models.claims.blind import open_to_all
from claims.models.claims.matches import ClaimMatchQuerySet
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import begins
from claims.queries.claims.matched import decided_for_all, is_challenged, is_due

SEEN, CHECKED, CONTRADICTED, SUPERSEDED = "seen", "checked", "contradicted", "superseded"
"""What the archive may know of a claim."""
DUE, DATE_PASSED, CHALLENGED, OLD = "due", "date", "newer", "old"
"""Why a verdict may be looked at again: for its review date or for what came in since, for one of these, for its age."""

OLD_AFTER = timedelta(days=365)
"""From which age on a verdict is called old."""

_FEW = 5_000
"""Up to how many claims are named one by one: a database that walks down a list would look at all of it for some few."""

_Side = Literal["earlier", "later"]


def old_before(today: date) -> date:
    """Return the day before which old verdicts were set."""
    return today - OLD_AFTER


def by_archive(claims: ClaimQuerySet, _name: str, known: str) -> ClaimQuerySet:
    """Those of which the archive knows something."""
    sides = list(_sides(known))
    few: set[int] = set()
    for matches, side in sides:
        found = list(matches.order_by().values_list(side, flat=True)[: _FEW + 1])
        if len(found) > _FEW:
            return _knowable(claims, known).filter(is_known(known))
        few.update(found)
    return _knowable(claims, known).filter(Among("pk", sorted(few)))


def of_archive(claims: ClaimQuerySet, _name: str, known: str) -> ClaimQuerySet:
    """The same, found from the matches, so that reading all of them does not look at every other claim."""
    matched = Q()
    for matches, side in _sides(known):
        matched |= Q(pk__in=matches.order_by().values(side))
    return _knowable(claims, known).filter(matched)


def _knowable(claims: ClaimQuerySet, known: str) -> ClaimQuerySet:
    """Leave out who is to be checked blind, where being found would tell that there is a verdict on the same words."""
    return open_to_all(claims) if known == CHECKED else claims


def is_known(known: str) -> Q:
    """Return the condition by which the archive knows something of a claim, for lists that are read claim by claim."""
    found = Q()
    for matches, side in _sides(known):
        found |= Q(Exists(matches.filter(**{side: OuterRef("pk")})))
    return found


def _sides(known: str) -> Iterator[tuple[ClaimMatchQuerySet, _Side]]:
    """Yield the matches that make something known of a claim, with the side on which it is."""
    matches = ClaimMatch.objects.not_dismissed()
    if known == SUPERSEDED:
        yield matches.filter(relation=MatchRelation.SUPERSEDES), "earlier"
        return
    relation = MatchRelation.CONTRADICTS if known == CONTRADICTED else MatchRelation.SAME
    sides: tuple[tuple[_Side, _Side], ...] = (("earlier", "later"), ("later", "earlier"))
    for own, other in sides:
        of_relation = matches.filter(relation=relation)
        yield _checked(of_relation, other) if known == CHECKED else of_relation, own


def _checked(matches: ClaimMatchQuerySet, side: _Side) -> ClaimMatchQuerySet:
    """Those whose claim of one side has a verdict that everyone may know."""
    decided = matches.exclude(**{f"{side}__verdict": Verdict.PENDING})
    return decided.filter(**{f"{side}__in": open_to_all(Claim.objects.all())})


def by_recheck(claims: ClaimQuerySet, _name: str, why: str) -> ClaimQuerySet:
    """Those whose verdict is to be looked at again. Nobody finds one that somebody is to check blind."""
    today = timezone.localdate()
    condition = {
        DUE: is_due(today) | is_challenged(),
        DATE_PASSED: is_due(today),
        CHALLENGED: is_challenged(),
        OLD: Q(decided_at__lt=begins(old_before(today))),
    }[why]
    found = decided_for_all().filter(condition).order_by().values_list("pk", flat=True)
    few = list(found[: _FEW + 1])
    if len(few) <= _FEW:
        return claims.filter(Among("pk", few))
    return open_to_all(claims.active()).decided().filter(condition)
