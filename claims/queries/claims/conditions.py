"""What each filter of the claims table asks for. A condition takes the claims, the name of a field, and what is wanted."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.choices import AnchorStatus, ReviewStatus
from claims.models import Article, Claim, Decision, Desk, Evidence, Revision, Source, Tag
from claims.models.base.ids import id_of
from claims.models.claims.blind import open_to_all
from claims.models.claims.querysets import ClaimQuerySet

DECIDED = "decided"
"""What stands for every verdict but pending."""
TO_DECIDE = "to-decide"
"""What stands for everything an editor still has to decide: pending claims, and decided ones that were sent back."""
TO_CHECK = "to-check"
"""What stands for the second checks that wait for a person: not those of their own verdicts."""
NO_SOURCE = "none"
"""What stands for the kind of a source that is not there."""
PRIMARY, ARCHIVED = "primary", "archived"
"""What the evidence of a claim may be."""
_FEW = 500
"""Up to how many records of another table a filter names one by one."""


def by_words(claims: ClaimQuerySet, _name: str, typed: str) -> ClaimQuerySet:
    """Those in which the typed words stand."""
    return claims.search(typed)


def by_verdict(claims: ClaimQuerySet, _name: str, verdict: str) -> ClaimQuerySet:
    """Those with a verdict, or with any."""
    # A claim that waits for a blind check is found by no verdict: not to be found by one would tell it, too.
    claims = open_to_all(claims)
    if verdict == TO_DECIDE:
        return claims.to_decide()
    return claims.decided() if verdict == DECIDED else claims.filter(verdict=verdict)


def to_check(claims: ClaimQuerySet, viewer: User) -> ClaimQuerySet:
    """Those that wait for a second check which a person may do."""
    newest = Decision.objects.filter(claim=OuterRef("pk"), actor=viewer).newest_of_each_claim()
    return claims.filter(~Exists(newest), review_status=ReviewStatus.WAITING)


def by_state(claims: ClaimQuerySet, _name: str, state: str) -> ClaimQuerySet:
    """Those in a state other than in work."""
    if state == "dismissed":
        return claims.filter(dismissed=True)
    if state in AnchorStatus.values:
        return claims.filter(anchor_status=state)
    return claims.not_dismissed().filter(checkable=False) if state == "not-checkable" else claims


def by_source(claims: ClaimQuerySet, _name: str, typed: str) -> ClaimQuerySet:
    """Those of a source, by its number or its name."""
    pk = id_of(typed)
    if pk is not None:
        return claims.filter(source=pk)
    found = list(Source.objects.called(typed).values_list("pk", flat=True)[:_FEW])
    # One is sought by the index that has its claims in the order of the list; several are sorted.
    return claims.filter(source=found[0]) if len(found) == 1 else claims.filter(source__in=found)


def by_source_kind(claims: ClaimQuerySet, _name: str, kind: str) -> ClaimQuerySet:
    """Those of a kind of source, or of none."""
    return claims.filter(source_kind="" if kind == NO_SOURCE else kind)


def by_role(claims: ClaimQuerySet, _name: str, typed: str) -> ClaimQuerySet:
    """Those whose source's role holds the typed words."""
    return claims.search(typed, "role")


def by_tag(claims: ClaimQuerySet, _name: str, tag: Tag) -> ClaimQuerySet:
    """Those with a tag."""
    tagged = Claim.tags.through._default_manager.filter(tag=tag)
    return claims.filter(pk__in=tagged.values("claim"))


def by_desk(claims: ClaimQuerySet, _name: str, desk: Desk) -> ClaimQuerySet:
    """Those of a desk's articles."""
    articles = Article.objects.filter(desk=desk)
    found = few(articles.values_list("pk", flat=True))
    if found is not None:
        return claims.filter(revision__article__in=found)
    return claims.filter(Exists(articles.filter(revisions=OuterRef("revision"))))


def of_desk(claims: ClaimQuerySet, _name: str, desk: Desk) -> ClaimQuerySet:
    """The same, found from the desk's articles, so that reading all of them does not scan every other claim."""
    texts = Revision.objects.filter(article__desk=desk).order_by()
    return claims.filter(revision__in=texts.values("pk"))


def by_evidence(claims: ClaimQuerySet, _name: str, has: str) -> ClaimQuerySet:
    """Those with evidence, with some of a certain quality, or without."""
    evidence = Evidence.objects.not_removed()
    if has == PRIMARY:
        evidence = evidence.filter(primary=True)
    elif has == ARCHIVED:
        evidence = evidence.exclude(archive_url="")
    there = Exists(evidence.filter(claim=OuterRef("pk")))
    if has == "no":
        return claims.filter(~there)
    found = few(evidence.values_list("claim", flat=True))
    return claims.filter(there) if found is None else claims.filter(pk__in=found)


def by_review(claims: ClaimQuerySet, _name: str, was: str) -> ClaimQuerySet:
    """Those that a person has reviewed, or nobody."""
    return claims.filter(touched_at__isnull=was == "no")


def since(claims: ClaimQuerySet, name: str, day: date) -> ClaimQuerySet:
    """Those of a day or later, by one of their times."""
    return claims.filter(**{f"{name}__gte": begins(day)})


def until(claims: ClaimQuerySet, name: str, day: date) -> ClaimQuerySet:
    """Those of a day or earlier, by one of their times."""
    return claims.filter(**{f"{name}__lt": begins(day + timedelta(days=1))})


def few(ids: QuerySet[Any, int]) -> list[int] | None:
    """The ids, if they are few; else None. A database that walks down the list would look for those of a few at all its claims."""
    found = list(ids.order_by()[: _FEW + 1])
    return found if len(found) <= _FEW else None


def begins(day: date) -> datetime:
    """When a day begins for the reader."""
    return timezone.make_aware(datetime.combine(day, time.min))


Condition = Callable[[ClaimQuerySet, str, Any], ClaimQuerySet]
