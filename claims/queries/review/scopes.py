"""Which other claims of a text a new source may be meant for: those of the same sentence, and those of the same source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.extraction.text.segments import sentences
from claims.extraction.types import Span
from claims.models import Claim
from claims.queries.review.rows import QueuedClaim


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


def scopes_of(claim: Claim, of_text: Iterable[QueuedClaim]) -> Scopes:
    """Return the claims that go with one.

    Args:
        claim: the claim.
        of_text: all claims of its text, in reading order.
    """
    start, end = sentence_of(claim.revision.body, claim.spans)
    others = [one for one in of_text if not one.dismissed and one.pk != claim.pk]
    inside = [one for one in others if start <= one.start < end]
    also = {one.source_name or "" for one in inside if one.source_id not in {None, claim.source_id}}
    speaker = claim.source_id and sum(one.source_id == claim.source_id for one in others)
    return Scopes({one.pk: one.source_id for one in inside}, sorted(also), speaker or 0)


def others_of_speaker(claim: Claim) -> dict[int, int | None]:
    """Return the ids of the other claims of a claim's text that have its source, each with it."""
    if claim.source_id is None:
        return {}
    of_text = Claim.objects.filter(revision=claim.revision_id).not_dismissed()
    others = of_text.exclude(pk=claim.pk).filter(source=claim.source_id).order_by()
    return dict.fromkeys(others.values_list("pk", flat=True), claim.source_id)


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
