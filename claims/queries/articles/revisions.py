"""What a new version of an article would do to its claims."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims import extraction
from claims.anchoring import Anchor, Matching, Proposal, reanchor_claims
from claims.choices import AnchorStatus
from claims.extraction.types import Claim as ProposedClaim
from claims.extraction.types import Spans as ContentSpans
from claims.ingest.types import ArticleDraft
from claims.models import Claim, Revision
from claims.models.claims.querysets import ClaimQuerySet

_MAX_PLACES = 10
"""How many places are offered for a claim that is kept apart."""


_MARKS = ".,;:!?…"
"""What ends a sentence, or a part of one."""


@dataclass(frozen=True)
class RevisionPlan:
    """What a new text would do.

    Attributes:
        revision: the current text.
        body: the new text.
        claims: the claims in the current text, by id.
        proposed: the claims that the splitter finds in the new text.
        matching: what happens to each claim.
        seen: a digest of all of this, with which an actor confirms what they saw.
    """

    revision: Revision
    body: str
    claims: dict[int, Claim]
    proposed: Sequence[ProposedClaim]
    matching: Matching
    seen: str


def plan_revision(
    revision: Revision, draft: ArticleDraft, proposed: Sequence[ProposedClaim]
) -> RevisionPlan | None:
    """What a new text of an article would do, or the same one under another headline. Nothing is changed.

    Args:
        revision: the article's newest text.
        draft: the article as it comes in. What it leaves empty stays as it is.
        proposed: what the splitter finds in the draft's text.

    Returns:
        What would become of the claims, or None where text, headline and byline are those that are there.
    """
    if _is_current(revision, draft):
        return None
    claims = {claim.pk: claim for claim in claims_of(revision)}
    # Who said it is compared as the splitter reads both texts, whatever an editor made of it since.
    read = extraction.extract(revision.body, headline=revision.article.headline)
    speakers = {one.content: _speaker(one) for one in read}
    # What an editor cut anew is known by its source.
    by_source = {one.source: _speaker(one) for one in read if one.source}
    matching = reanchor_claims(
        revision.body,
        draft.body,
        [anchor_of(claim, speakers, by_source) for claim in claims.values()],
        [Proposal(one.content, one.source, one.cue, _speaker(one)) for one in proposed],
    )
    told = repr((revision.pk, draft.body, [(pk, claim.version) for pk, claim in claims.items()]))
    seen = hashlib.sha256(told.encode()).hexdigest()
    return RevisionPlan(revision, draft.body, claims, proposed, matching, seen)


def _is_current(revision: Revision, draft: ArticleDraft) -> bool:
    article = revision.article
    return (
        revision.body == draft.body
        and draft.headline in {"", article.headline}
        and draft.byline in {"", article.byline}
    )


def candidate_places(claim: Claim) -> list[ContentSpans]:
    """Where a claim that is kept apart may stand in its article's newest text, in reading order, at most ten places."""
    body = claim.revision.article.current_revision().body
    found = reanchor_claims(claim.revision.body, body, [anchor_of(claim, {}, {})], []).found[0]
    near = (*found.places, *([found.spans] if found.spans else []))
    places = {_ending_as(claim.quote, body, spans) for spans in near}
    start = body.find(claim.quote)
    while start >= 0 and len(places) < _MAX_PLACES:
        end = start + len(claim.quote)
        places.add(((start, end),))
        start = body.find(claim.quote, end)
    return sorted(places)[:_MAX_PLACES]


def _ending_as(quote: str, body: str, spans: ContentSpans) -> ContentSpans:
    """Return a place without final punctuation that the claim's own words do not have."""
    *before, (start, end) = spans
    while end - 1 > start and body[end - 1] in _MARKS and body[end - 1] != quote[-1]:
        end -= 1
    return (*before, (start, end))


def claims_of(revision: Revision) -> ClaimQuerySet:
    """Return the claims of a text, including dismissed ones, so that they are not proposed again."""
    return (
        Claim.objects.filter(revision=revision, anchor_status=None).in_reading_order()
        | Claim.objects.filter(
            revision=revision, anchor_status=AnchorStatus.CHANGED
        ).in_reading_order()
    )


def anchor_of(
    claim: Claim, speakers: Mapping[ContentSpans, str], by_source: Mapping[ContentSpans, str]
) -> Anchor:
    """Return what identifies a claim in its text: its places and, by its words or its source, its speaker."""
    spans, source = _as_tuples(claim.spans), _as_tuples(claim.source_spans)
    return Anchor(
        id=claim.pk,
        spans=spans,
        source=source,
        cue=_as_tuples(claim.cue_spans),
        speaker=speakers.get(spans, by_source.get(source, "")),
    )


def _speaker(proposed: ProposedClaim) -> str:
    return proposed.speaker.name if proposed.speaker else ""


def _as_tuples(spans: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in spans)
