"""Which other claims of a text a new source may be meant for: those of the same sentence, and those of the same source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.text.segments import sentences
from claims.extraction.types import Span
from claims.models import Claim
from claims.models.claims.querysets import ClaimQuerySet


@dataclass(frozen=True, slots=True)
class Scopes:
    """The other claims that go with one, without dismissed ones.

    Attributes:
        sentence: those that begin in its sentence: their ids, each with its source's id.
        also: the names of their other sources than the claim's own, sorted.
        speaker: how many of the article have its source; none for a claim in the article's own voice.
    """

    sentence: Mapping[int, int | None]
    also: Sequence[str]
    speaker: int


def scopes_of(claim: Claim) -> Scopes:
    """Return the claims that go with one, in two queries, whatever the length of its text."""
    start, end = sentence_of(claim.revision.body, claim.spans)
    inside = _others(claim).filter(start__gte=start, start__lt=end).in_reading_order()
    rows = list(inside.values_list("pk", "source_id", "source__name"))
    also = {name for _pk, source, name in rows if source not in {None, claim.source_id}}
    return Scopes(
        {pk: source for pk, source, _name in rows},
        sorted(also),
        _others(claim).filter(source=claim.source_id).count() if claim.source_id else 0,
    )


def others_of_speaker(claim: Claim) -> dict[int, int | None]:
    """Return the ids of the other claims of a claim's text that have its source, each with it."""
    if claim.source_id is None:
        return {}
    others = _others(claim).filter(source=claim.source_id).order_by()
    return dict.fromkeys(others.values_list("pk", flat=True), claim.source_id)


def _others(claim: Claim) -> ClaimQuerySet:
    return Claim.objects.filter(revision=claim.revision_id).not_dismissed().exclude(pk=claim.pk)


def sentence_of(body: str, spans: Sequence[Sequence[int]]) -> Span:
    """Return the place of the sentence in which a claim stands, or of those over which it goes, in code points."""
    first, last = spans[0][0], spans[-1][1]
    start = body.rfind("\n", 0, first) + 1
    behind = body.find("\n", last)
    within = list(sentences(body, start, behind if behind >= 0 else len(body)))
    return (
        max((low for low, _high in within if low <= first), default=start),
        min((high for _low, high in within if high >= last), default=last),
    )
