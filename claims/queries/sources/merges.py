"""What a merge of two sources would do, and into which others a source could be merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Claim, Source, SourcesApart
from claims.queries.sources.duplicates import in_order, proposal_of
from claims.queries.sources.similarity import Alike

_CHOICES = 20
"""How many sources that begin as was typed are offered."""


@dataclass(frozen=True)
class Preview:
    """What merging one source into another would do.

    Attributes:
        names: which names the other one gets.
        claims: how many claims it gets.
        alike: what speaks for and against their being the same; None where their names do not fit.
        apart: who said that they are not the same, if someone did.
        backwards: whether the other way round is the usual one.
    """

    names: Sequence[str]
    claims: int
    alike: Alike | None
    apart: SourcesApart | None
    backwards: bool


def preview_of(source: Source, into: Source) -> Preview:
    """What merging one source into another would do, in a fixed number of queries."""
    first, second = sorted((source.pk, into.pk))
    told = SourcesApart.objects.filter(first=first, second=second).select_related("said_by")
    return Preview(
        names=names_given(source, into),
        claims=Claim.objects.filter(source=source).count(),
        alike=proposal_of(source, into) if source != into else None,
        apart=told.first(),
        backwards=in_order(source, into)[0] == into,
    )


def choices_for(source: Source, typed: str) -> list[Source]:
    """Sources that one could be merged into, whose name or alias begins as was typed; none before that."""
    if not typed:
        return []
    found = Source.objects.beginning(typed).exclude(pk=source.pk).select_related("article")
    return list(found[:_CHOICES])


def names_given(source: Source, into: Source) -> list[str]:
    """The names that a source would give to the one that it is merged into: its own and its aliases.

    Without those that the other one has.
    """
    has = {into.folded, *into.aliases.values_list("folded", flat=True)}
    given = []
    for name in (source.name, *source.aliases.values_list("name", flat=True)):
        if name.casefold() not in has:
            has.add(name.casefold())
            given.append(name)
    return given
