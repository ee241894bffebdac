"""The lists of the public site: the checks that everyone may find, by words, source, topic and desk."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from claims.choices import Verdict
from claims.models import Desk, PublicClaim, Tag
from claims.models.base.expressions import Among
from claims.models.reports.public_claims import PublicClaimQuerySet

SHOWN_VERDICTS = (Verdict.DISPUTED, Verdict.VERIFIED)
"""In the order in which public pages name them."""


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A source as readers know it: its name as it was published last, and its public claims under that name.

    Readers were never told that a source with another name is the same, although the desk may know.
    """

    pk: int
    name: str
    claims: PublicClaimQuerySet


def public_claims() -> PublicClaimQuerySet:
    """Return all public claims with a verdict, with what their rows show. In no order."""
    return PublicClaim.objects.defer("review").order_by()


def public_source(pk: int) -> PublicSource | None:
    """Return a source that has public claims, or None."""
    claims = public_claims().filter(source=pk)
    newest = claims.newest().first()
    if newest is None:
        return None
    named = claims.filter(source_name=newest.source_name)
    return PublicSource(pk, newest.source_name, named)


def source_of_claim(claim: int) -> PublicSource | None:
    """Return the source of a claim with its other public claims; None if there are none, or it has no name of its own."""
    own = PublicClaim.objects.filter(claim=claim).first()
    if own is None or own.source_id is None:
        return None
    named = public_claims().filter(source=own.source_id, source_name=own.source_name)
    others = named.exclude(pk=own.pk)
    return PublicSource(own.source_id, own.source_name, others) if others.exists() else None


def sources_named(claims: Collection[int]) -> dict[str, int]:
    """Return the sources of claims by their published names; a name that two of them share is left out."""
    rows = PublicClaim.objects.filter(Among("claim", sorted(claims)), source__isnull=False)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name, source in rows.order_by().values_list("source_name", "source"):
        found[name].add(source)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def public_topics() -> QuerySet[Tag]:
    """Return the tags that the newsroom shows to everyone and that a public claim has, by name."""
    return (
        Tag.objects.filter(public=True, claims__as_public__isnull=False)
        .distinct()
        .order_by("name", "pk")
    )


def public_desks() -> QuerySet[Desk]:
    """Return the desks that the newsroom shows to everyone and that have a public claim, by name."""
    shown = Desk.objects.filter(public=True, articles__revisions__claims__as_public__isnull=False)
    return shown.distinct().order_by("name", "pk")


def claims_on(topic: Tag) -> PublicClaimQuerySet:
    """Return the public claims with a tag."""
    return public_claims().filter(claim__tags=topic)


def claims_from(desk: Desk) -> PublicClaimQuerySet:
    """Return the public claims of a desk's articles."""
    return public_claims().filter(claim__revision__article__desk=desk)


def verdicts_of(claims: PublicClaimQuerySet) -> dict[Verdict, int]:
    """Return how many claims have which verdict, disputed ones first."""
    rows = claims.order_by().values_list("verdict").annotate(Count("pk"))
    counts = Counter(dict(rows))
    return {verdict: counts[verdict] for verdict in SHOWN_VERDICTS}
