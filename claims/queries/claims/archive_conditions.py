"""What the archive knows of claims, as conditions of the claims table: repeats, contradictions, verdicts to look at again."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from claims.choices import MatchRelation
from claims.models import Claim, ClaimMatch, Revision
from claims.models.base.expressions import Among
from claims.models.base.prepared import Prepared
from claims.models.claims.blind import open_to_all
from claims.models.claims.matches import STANDING, ClaimMatchQuerySet
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.conditions import begins
from claims.queries.claims.matched import decided_for_all, is_challenged, is_due
from claims.queries.claims.verdict_counts import COUNTED

SEEN, CHECKED, CONTRADICTED, SUPERSEDED = "seen", "checked", "contradicted", "superseded"
"""What the archive may know of a claim."""
DUE, DATE_PASSED, CHALLENGED, OLD = "due", "date", "newer", "old"
"""Why a verdict may be looked at again: for its review date or for what came in since, for one of these, for its age."""

OLD_AFTER = timedelta(days=365)
"""From which age on a verdict is called old."""

_FEW = 5_000
"""Up to how many claims are named one by one: a database that walks down a list would look at all of it for some few."""

_Side = Literal["earlier", "later"]
_BOTH: tuple[tuple[_Side, _Side], ...] = (("earlier", "later"), ("later", "earlier"))
"""Each side of a match with the other one."""


def old_before(today: date) -> date:
    """Return the day before which old verdicts were set."""
    return today - OLD_AFTER


def by_match(claims: ClaimQuerySet, _name: str, known: str) -> ClaimQuerySet:
    """Those of which the archive knows something."""
    return _of_match(claims, known, _FEW)


def of_match(claims: ClaimQuerySet, _name: str, known: str) -> ClaimQuerySet:
    """The same, so that whatever is counted one by one is found from the matches and not among all claims."""
    return _of_match(claims, known, 2 * COUNTED)


def _of_match(claims: ClaimQuerySet, known: str, few: int) -> ClaimQuerySet:
    claims = open_to_all(claims) if known == CHECKED else claims
    named: set[int] = set()
    for matches, side in _sides(known):
        found = list(matches.order_by().values_list(side, flat=True)[: few + 1])
        if len(found) > few:
            return claims.filter(is_known(known))
        named.update(found)
    return claims.filter(Among("pk", sorted(named)))


def is_known(known: str) -> Q:
    """Return the condition by which the archive knows something of a claim, for claims that are read one by one.

    Who is checked blind is not left out here, where being found by `CHECKED` would tell of a verdict on the same words.
    """
    found = Q()
    for matches, side in _sides(known):
        found |= Q(Exists(matches.filter(**{side: OuterRef("pk")})))
    return found


def _sides(known: str) -> Iterator[tuple[ClaimMatchQuerySet, _Side]]:
    """Yield the matches that make something known of a claim, with the side on which it is."""
    if known == SUPERSEDED:
        yield _with_other([MatchRelation.SUPERSEDES], "later"), "earlier"
        return
    relation = MatchRelation.CONTRADICTS if known == CONTRADICTED else MatchRelation.SAME
    for own, other in _BOTH:
        matches = _with_other([relation], other)
        yield matches.with_known_verdict(other) if known == CHECKED else matches, own


def _with_other(relations: Collection[MatchRelation], side: _Side) -> ClaimMatchQuerySet:
    """Return the matches that nobody has dismissed, and whose other claim is active."""
    active = {f"{side}__dismissed": False, f"{side}__checkable": True}
    return ClaimMatch.objects.filter(relation__in=relations, state__in=STANDING, **active)


def _known_in(revision: int) -> "QuerySet[ClaimMatch, tuple[int, str]]":
    # As a list of ids, not as a join: SQLite would begin with all matches of a relation, and look which are of the text.
    ids = Claim.objects.filter(revision=revision).order_by().values("pk")
    later, earlier = (
        _with_other(_KNOWN, other)
        .filter(**{f"{own}__in": ids})
        .order_by()
        .values_list(own, "relation")
        for own, other in _BOTH
    )
    return later.union(earlier)


_KNOWN = (MatchRelation.SAME, MatchRelation.CONTRADICTS)
_KNOWN_IN = Prepared(_known_in)


def known_in(revision: Revision) -> tuple[set[int], set[int]]:
    """Return the ids of a text's claims that were seen before, and of those that are contradicted. One query.

    They are those that the filters find in it, but asked of all claims of the text at once.
    """
    known: dict[str, set[int]] = {relation.value: set() for relation in _KNOWN}
    for pk, relation in _KNOWN_IN.all(revision.pk):
        known[relation].add(pk)
    return known[MatchRelation.SAME], known[MatchRelation.CONTRADICTS]


def by_review_date(claims: ClaimQuerySet, _name: str, why: str) -> ClaimQuerySet:
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
