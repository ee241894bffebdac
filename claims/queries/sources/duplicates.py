"""Possible duplicates among sources: found by name through indexes, then compared closely."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from claims.choices import SourceKind
from claims.models import Alias, Claim, DistinctSources, Source
from claims.models.sources import SourceQuerySet
from claims.queries.sources.similarity import (
    ASKED,
    Place,
    SourceFacts,
    SourceSimilarity,
    compare_sources,
    name_signal,
)

_ROWS = 200
"""How many sources one page of the list goes through."""
_CANDIDATES = 3000
"""Among how many sources those that look like them are sought."""
_PAIRS = 150
"""How many pairs with fitting names are looked at closely."""
_RECENT = 6
"""From how many of a source's newest claims its roles and places are taken."""
_SHOWN = 5
"""How many proposals a source's own page shows."""


@dataclass(frozen=True)
class DuplicateProposal:
    """Two sources that may be the same: `source` would be merged into `into`."""

    source: Source
    into: Source
    similarity: SourceSimilarity


@dataclass(frozen=True)
class ProposalPage:
    """A page of the list. `older` is where the next one begins, or None on the last."""

    proposals: list[DuplicateProposal]
    older: int | None


def proposals_for(source: Source) -> list[DuplicateProposal]:
    """Return possible duplicates of one source, the most likely first, in at most six queries."""
    if source.merged_into_id or source.kind == SourceKind.UNNAMED:
        return []
    return _proposals(_pairs([source], own=source.article_id is None)[0])[:_SHOWN]


def proposal_of(source: Source, into: Source) -> SourceSimilarity | None:
    """Return the signals for and against merging two sources; None if their names are not compatible."""
    names = _names([source, into])
    rivals = _rivals(source, into)
    known = _known({source.pk: source, into.pk: into}, names)
    return compare_sources(known[source.pk], known[into.pk], rivals=rivals)


def proposal_page(before: int | None) -> ProposalPage:
    """Return possible duplicates of sources with a name of their own, newest first, with each pair once.

    A page covers a bounded number of sources, in a fixed number of queries.

    Args:
        before: the id below which the page begins; None for the first page.
    """
    rows = _with_lookalike()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("article").order_by("-pk")[: _ROWS + 1])
    pairs, reached = _pairs(found[:_ROWS], own=False)
    more = len(found) > _ROWS or reached < len(found)
    older = found[min(reached, _ROWS) - 1].pk if more else None
    return ProposalPage(_proposals(pairs), older)


def _with_lookalike() -> SourceQuerySet:
    """Return sources that share the last word of their name and the kind with another, or the whole name."""
    bearers = _named().filter(last_name_key=OuterRef("last_name_key"), kind=OuterRef("kind"))
    namesakes = _named().filter(name_key=OuterRef("name_key"))
    named = Q(source__article=None, source__merged_into=None) & ~Q(source__kind=SourceKind.UNNAMED)
    called = Alias.objects.filter(named, name_key=OuterRef("name_key")).exclude(
        source=OuterRef("pk")
    )
    # Each pair is found once, with the newer one. The sum keeps the database from searching by id instead of name.
    older = [
        one.annotate(place=F("pk") + 0).filter(place__lt=OuterRef("pk"))
        for one in (bearers, namesakes)
    ]
    return (
        Source.objects.filter(merged_into=None)
        .exclude(kind=SourceKind.UNNAMED)
        .filter(
            Q(article=None) & _any(older)
            | Q(article__isnull=False) & _any([bearers, namesakes])
            | Exists(called)
        )
    )


def _any(found: Iterable[SourceQuerySet]) -> Q:
    """Return a condition for whether any of the queries has a result. Each is answered from its own index."""
    return reduce(or_, (Q(Exists(one)) for one in found))


def _named() -> SourceQuerySet:
    """Return sources with a name of their own, which others may be merged into."""
    return Source.objects.known().exclude(kind=SourceKind.UNNAMED)


Pair = tuple[Source, Source, int]
"""Two sources, and how many others bear the surname of the one with a name of its own, and are of its kind."""


def _pairs(rows: Sequence[Source], *, own: bool) -> tuple[list[Pair], int]:
    """Return each source with those of a compatible name that nobody has marked as different.

    Args:
        rows: the sources.
        own: whether sources of a single article are included in the search.

    Returns:
        The pairs, and after how many of the rows there were enough of them.
    """
    names = _names(rows)
    candidates = _candidates(names, rows, own=own)
    names |= _names(candidates)
    apart = set(
        DistinctSources.objects.filter(Q(first__in=rows) | Q(second__in=rows)).values_list(
            "first", "second"
        )
    )
    seen = {one.pk: _by_name(one, names[one.pk]) for one in [*rows, *candidates]}
    bearers = Counter(
        (one.last_name_key, one.kind) for one in {*rows, *candidates} if one.article_id is None
    )
    by_name = defaultdict(set)
    for one in candidates:
        for key in {one.last_name_key, *names[one.pk]}:
            by_name[key].add(one)
    pairs: list[Pair] = []
    asked: set[tuple[int, int]] = set()
    for place, row in enumerate(rows, 1):
        fitting = set().union(*(by_name[key] for key in {row.last_name_key, *names[row.pk]}))
        for other in sorted(fitting - {row}, key=lambda one: one.pk):
            two = (min(row.pk, other.pk), max(row.pk, other.pk))
            if two in apart or two in asked:
                continue
            asked.add(two)
            if name_signal(seen[row.pk], seen[other.pk]):
                lesser, greater = in_order(row, other)
                both = lesser.article_id is None and _bears(lesser, greater)
                rivals = bearers[greater.last_name_key, greater.kind] - 1 - both
                pairs.append((row, other, rivals))
        if len(pairs) >= _PAIRS:
            return pairs, place
    return pairs, len(rows)


def _bears(one: Source, other: Source) -> bool:
    return (one.last_name_key, one.kind) == (other.last_name_key, other.kind)


def _rivals(source: Source, into: Source) -> int:
    others = _named().filter(last_name_key=into.last_name_key, kind=into.kind)
    return others.exclude(pk__in=[source.pk, into.pk]).count()


def _candidates(
    names: dict[int, frozenset[str]], rows: Sequence[Source], *, own: bool
) -> list[Source]:
    """Return sources that share a last word or a name with one of the rows."""
    every = frozenset().union(*names.values())
    words = {row.last_name_key for row in rows} - {""}
    sought = Source.objects.filter(merged_into=None).exclude(kind=SourceKind.UNNAMED)
    if not own:
        sought = sought.filter(article=None)
    called = Alias.objects.filter(name_key__in=every).values("source")
    found = sought.filter(Q(last_name_key__in=words) | Q(name_key__in=every) | Q(pk__in=called))
    return list(found.select_related("article").order_by("pk")[:_CANDIDATES])


def _names(sources: Iterable[Source]) -> dict[int, frozenset[str]]:
    """Return the folded name and aliases of each source, by id."""
    found = {one.pk: {one.name_key} for one in sources}
    for source, name_key in Alias.objects.filter(source__in=found).values_list(
        "source", "name_key"
    ):
        found[source].add(name_key)
    return {pk: frozenset(names) for pk, names in found.items()}


def _by_name(source: Source, names: frozenset[str], **more: Any) -> SourceFacts:
    return SourceFacts(
        name=source.name_key,
        kind=source.kind,
        names=names,
        organisation=source.organisation,
        country=source.country,
        wikidata=source.wikidata,
        **more,
    )


def _proposals(pairs: Sequence[Pair]) -> list[DuplicateProposal]:
    """Compare pairs with compatible names, and return those to suggest to an editor, the most likely first."""
    sources = {one.pk: one for pair in pairs for one in pair[:2]}
    known = _known(sources, _names(sources.values()))
    found = []
    for one, other, rivals in pairs:
        said = compare_sources(known[one.pk], known[other.pk], rivals=rivals)
        if said and said.score >= ASKED:
            source, into = in_order(one, other)
            found.append(DuplicateProposal(source, into, said))
    return sorted(found, key=lambda one: (-one.similarity.score, one.source.name, one.source.pk))


def in_order(one: Source, other: Source) -> tuple[Source, Source]:
    """Return the pair in order: which would be merged, and into which.

    A source of a single article is merged into the other one, and a shorter name into a longer one.
    """

    def rank(source: Source) -> tuple[bool, int, int]:
        return source.article_id is None, len(source.name.split()), -source.pk

    lesser, greater = sorted((one, other), key=rank)
    return lesser, greater


def _known(sources: dict[int, Source], names: dict[int, frozenset[str]]) -> dict[int, SourceFacts]:
    """Return what is known about sources, with roles and places from their newest claims, in two queries."""
    newest: QuerySet[Claim] = Claim.objects.filter(source=OuterRef("pk")).order_by(
        "-listed_at", "-pk"
    )
    each = {
        f"claim_{place}": Subquery(newest.values("pk")[place : place + 1])
        for place in range(_RECENT)
    }
    rows = Source.objects.filter(pk__in=sources).annotate(**each).values_list(*each)
    ids = {pk for row in rows for pk in row if pk is not None}
    roles, places = defaultdict(list), defaultdict(list)
    claims = Claim.objects.filter(pk__in=ids).order_by()
    for source, role, at, outlet in claims.values_list("source", "role", "listed_at", "outlet"):
        if role:
            roles[source].append(role)
        year, week, _day = at.isocalendar()
        places[source].append(Place((year, week), outlet))
    return {
        pk: _by_name(source, names[pk], roles=tuple(roles[pk]), places=tuple(places[pk]))
        for pk, source in sources.items()
    }
