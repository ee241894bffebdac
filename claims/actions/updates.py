"""A new text of an article that is here: what becomes of its claims is looked at first, and then done as seen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims import extraction
from claims.actions.articles import in_one_transaction
from claims.actions.base import action, claim_for_change, locked, save_as
from claims.actions.changes import anchored, change, change_what_differs
from claims.actions.edits import Spans, fitting
from claims.actions.keeping import keep_claims
from claims.anchoring import Anchor, Found, Matching, Proposal, State, match
from claims.choices import Deed, Fate, Verdict
from claims.errors import LookAgainError, NotPossibleError
from claims.extraction.types import Claim as ProposedClaim
from claims.extraction.types import Spans as ContentSpans
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Revision, Shingle
from claims.models.claims import ClaimQuerySet
from claims.queries.articles.duplicates import fingerprint_of

_MOST_PLACES = 10
"""How many places are offered for a claim that is kept apart."""

_MARKS = ".,;:!?…"
"""What ends a sentence, or a part of one."""

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")


@dataclass(frozen=True)
class Update:
    """What a new text would do.

    Attributes:
        revision: the text until now.
        body: the new one.
        claims: the claims that stand in the old one, by their ids.
        proposed: what the splitter finds in the new one.
        matching: what becomes of each.
        seen: a digest of all of this: who wants it done says what they saw.
    """

    revision: Revision
    body: str
    claims: dict[int, Claim]
    proposed: Sequence[ProposedClaim]
    matching: Matching
    seen: str


def compare(*, article: Article, draft: ArticleDraft) -> Update:
    """Look at what a new text of an article would do, or the same one under another headline. Nothing is changed.

    Raises:
        NotPossibleError: if text and headline are those that are there.
    """
    revision = article.current_revision()
    if _is_here(article, revision, draft):
        raise NotPossibleError(why=_("this is the text that is here already."))
    return _compared(revision, draft.body, extraction.extract(draft.body))


@action(_MAY, what=_WHAT, atomic=False)
def update_article(*, actor: User, article: Article, draft: ArticleDraft, seen: str) -> Article:
    """Give an article a new text. Its claims are carried over as the actor saw in `compare`.

    Claims whose words, source and cue stand unchanged in one place keep their verdict, evidence and history. Whose
    words changed are pending again, with the verdict that they had in their history, until an editor has looked.
    What is no longer there, or in several places alike, is kept apart. A second click gives the same.

    Args:
        actor: who brings it in.
        article: the article.
        draft: the article as it is now. What it leaves empty stays as it is.
        seen: `Update.seen` of what the actor looked at.

    Raises:
        LookAgainError: if the article or one of its claims changed since.
        NotPossibleError: if another article has just this text, headline, outlet and address.
    """
    proposed = extraction.extract(draft.body)
    try:
        return in_one_transaction(lambda: _updated(actor, article, draft, proposed, seen))
    except IntegrityError:
        if not Article.objects.filter(fingerprint=fingerprint_of(draft)).exists():
            raise
        raise NotPossibleError(why=_("another article has just this text.")) from None


def _compared(revision: Revision, body: str, proposed: Sequence[ProposedClaim]) -> Update:
    claims = {claim.pk: claim for claim in _standing(revision)}
    # Who said it is compared as the splitter reads both texts, whatever an editor made of it since.
    read = extraction.extract(revision.body)
    speakers = {one.content: _speaker(one) for one in read}
    # What an editor cut anew is known by its source.
    by_source = {one.source: _speaker(one) for one in read if one.source}
    matching = match(
        revision.body,
        body,
        [_anchor(claim, speakers, by_source) for claim in claims.values()],
        [Proposal(one.content, one.source, one.cue, _speaker(one)) for one in proposed],
    )
    told = repr((revision.pk, body, [(pk, claim.version) for pk, claim in claims.items()]))
    seen = hashlib.sha256(told.encode()).hexdigest()
    return Update(revision, body, claims, proposed, matching, seen)


def _standing(revision: Revision) -> ClaimQuerySet:
    """The claims of a text; those that somebody dismissed, too, so that they are not proposed anew."""
    return (
        Claim.objects.filter(revision=revision, fate=None).in_reading_order()
        | Claim.objects.filter(revision=revision, fate=Fate.CHANGED).in_reading_order()
    )


def _anchor(
    claim: Claim, speakers: Mapping[ContentSpans, str], by_source: Mapping[ContentSpans, str]
) -> Anchor:
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


def _as_lists(spans: Sequence[Sequence[int]]) -> list[list[int]]:
    return [list(span) for span in spans]


def _updated(
    actor: User,
    article: Article,
    draft: ArticleDraft,
    proposed: Sequence[ProposedClaim],
    seen: str,
) -> Article:
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    revision = article.current_revision()
    if _is_here(article, revision, draft):
        return article
    claims = list(_standing(revision).values_list("pk", flat=True))
    held = {claim.pk: claim for claim in locked(claims)} if claims else {}
    update = _compared(revision, draft.body, proposed)
    if update.seen != seen:
        raise LookAgainError
    _describe(actor, article, draft)
    if revision.body == draft.body:
        return article
    new = Revision.objects.create(
        article=article,
        number=revision.number + 1,
        body=draft.body,
        digest=Revision.digest_of(draft.body),
    )
    Shingle.objects.hold([(article, draft.body)])
    becomes = {
        held[found.id]: _becomes(held[found.id], found, new, proposed)
        for found in update.matching.found
    }
    wanted = {claim: fields for claim, fields in becomes.items() if fields}
    if wanted:
        change(actor, Deed.CARRY, wanted, note=_("The article has a new text."))
    keep_claims(actor, [(new, [proposed[place] for place in update.matching.new])])
    return article


def _is_here(article: Article, revision: Revision, draft: ArticleDraft) -> bool:
    same_head = (draft.headline or article.headline, draft.byline or article.byline) == (
        article.headline,
        article.byline,
    )
    return same_head and revision.body == draft.body


def _describe(actor: User, article: Article, draft: ArticleDraft) -> None:
    """Take over what the new version says of itself, where it says something."""
    article.fingerprint = fingerprint_of(draft)
    article.headline = draft.headline or article.headline
    article.byline = draft.byline or article.byline
    save_as(actor, article, fields=["fingerprint", "headline", "byline"])


def _becomes(
    claim: Claim, found: Found, new: Revision, proposed: Sequence[ProposedClaim]
) -> dict[str, Any]:
    """The fields of a claim in the new text."""
    if found.state in {State.WITHDRAWN, State.ORPHAN}:
        # What somebody dismissed is out already.
        fate = Fate.WITHDRAWN if found.state == State.WITHDRAWN else Fate.ORPHAN
        return {} if claim.dismissed else {"dismissed": True, "fate": fate.value}
    fields: dict[str, Any] = {
        "revision_id": new.pk,
        "spans": _as_lists(found.spans),
        "source_spans": _as_lists(found.source),
        "cue_spans": _as_lists(found.cue),
    }
    # Of a statement that the splitter does not find any more, the number must be no other one's.
    own = len(proposed) + claim.attribution
    fields["attribution"] = own if found.proposal is None else proposed[found.proposal].attribution
    if found.state == State.CHANGED:
        fields["fate"] = Fate.CHANGED.value
        if claim.verdict != Verdict.PENDING:
            fields["verdict"] = Verdict.PENDING.value
    return fields


def places_of(claim: Claim) -> list[ContentSpans]:
    """Where a claim that is kept apart may stand in its article's newest text, in reading order, at most ten places."""
    body = claim.revision.article.current_revision().body
    found = match(claim.revision.body, body, [_anchor(claim, {}, {})], []).found[0]
    near = (*found.places, *([found.spans] if found.spans else []))
    places = {_ending_as(claim.quote, body, spans) for spans in near}
    start = body.find(claim.quote)
    while start >= 0 and len(places) < _MOST_PLACES:
        end = start + len(claim.quote)
        places.add(((start, end),))
        start = body.find(claim.quote, end)
    return sorted(places)[:_MOST_PLACES]


def _ending_as(quote: str, body: str, spans: ContentSpans) -> ContentSpans:
    """A place without the marks at its end that the claim's own words do not end with."""
    *before, (start, end) = spans
    while end - 1 > start and body[end - 1] in _MARKS and body[end - 1] != quote[-1]:
        end -= 1
    return (*before, (start, end))


@action("claims.change_claim", what=gettext_noop("change claims"))
def place_claim(*, actor: User, claim_id: int, version: int, spans: Spans) -> Change | None:
    """Say where a claim stands in its article's newest text, which is for a person to say and not for the workbench.

    Where it stands there in other words, it is pending again, with the old verdict in its history.

    Args:
        actor: who says so.
        claim_id: a claim whose words changed with the article, or that is kept apart.
        version: the claim's version that the actor looked at.
        spans: `[start, end)` in code points of the newest text.

    Returns:
        The change, or None where it stands there already.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if the spans do not lie in the text or hold no word.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    revision = claim.revision.article.current_revision()
    fields: dict[str, Any] = {
        "revision_id": revision.pk,
        "spans": fitting(revision, spans),
        "fate": None,
        "dismissed": False,
    }
    if revision.pk != claim.revision_id:
        # Where its source was named stands in the text that it came from.
        fields |= {"source_spans": [], "cue_spans": []}
        if anchored(revision.body, fields["spans"])["quote"] != claim.quote:
            fields["verdict"] = Verdict.PENDING.value
        # With its place, even where that has the same numbers: the history shows the words of both texts.
        return change(actor, Deed.PLACE, {claim: fields})
    return change_what_differs(actor, Deed.PLACE, {claim: fields})


@action("claims.change_claim", what=gettext_noop("change claims"))
def withdraw_claim(*, actor: User, claim_id: int, version: int) -> Change | None:
    """Say that a claim is no longer in its article. It is kept, with its history, out of the queue.

    Returns:
        The change, or None where it is so already.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    fields = {"fate": Fate.WITHDRAWN.value, "dismissed": True}
    return change_what_differs(actor, Deed.PLACE, {claim: fields})
