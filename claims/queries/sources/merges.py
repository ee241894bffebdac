"""What merging two sources would do, and the sources that one could be merged into."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Claim, DistinctSources, Source
from claims.queries.sources.duplicates import in_order, proposal_of
from claims.queries.sources.similarity import SourceSimilarity

_CHOICES = 20
"""How many sources that begin as was typed are offered."""


@dataclass(frozen=True)
class MergePreview:
    """What merging one source into another would do.

    Attributes:
        names: the names that would be added to the other one.
        claims: how many claims would be moved.
        alike: the signals for and against their being the same; None if their names are not
            compatible.
        apart: who marked them as different, if anyone did.
        backwards: whether the merge would usually be the other way round.
    """

    names: Sequence[str]
    claims: int
    similarity: SourceSimilarity | None
    apart: DistinctSources | None
    backwards: bool


def preview_of(source: Source, into: Source) -> MergePreview:
    """Return what merging one source into another would do, in a fixed number of queries."""
    first, second = sorted((source.pk, into.pk))
    told = DistinctSources.objects.filter(first=first, second=second).select_related("marked_by")
    return MergePreview(
        names=names_given(source, into),
        claims=Claim.objects.filter(source=source).count(),
        similarity=proposal_of(source, into) if source != into else None,
        apart=told.first(),
        backwards=in_order(source, into)[0] == into,
    )


def choices_for(source: Source, typed: str) -> list[Source]:
    """Return sources that one could be merged into, whose name or alias begins as typed; none if nothing is typed."""
    if not typed:
        return []
    found = Source.objects.beginning(typed).exclude(pk=source.pk).select_related("article")
    return list(found[:_CHOICES])


def names_given(source: Source, into: Source) -> list[str]:
    """Return the names that a source would add to the one it is merged into: its name and aliases.

    Names that the other one already has are left out.
    """
    has = {into.name_key, *into.aliases.values_list("name_key", flat=True)}
    given = []
    for name in (source.name, *source.aliases.values_list("name", flat=True)):
        if name.casefold() not in has:
            has.add(name.casefold())
            given.append(name)
    return given
