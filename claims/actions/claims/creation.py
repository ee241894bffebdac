"""Creating, merging and splitting claims."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import apply_change, require_known
from claims.actions.claims.derived_fields import anchored
from claims.actions.claims.spans import LONGEST_STATEMENT, Spans, fitting, joined, stated, trimmed
from claims.actions.locking import claim_for_change, claims_for_change
from claims.choices import ChangeAction, Quotation
from claims.errors import NotPossibleError
from claims.extraction import types as extraction
from claims.extraction.statements.checkworthiness import worth
from claims.extraction.types import Speaker
from claims.models import Article, Claim
from claims.models.articles import Revision

_MAY = "claims.change_claim"
_WHAT = gettext_noop("change claims")


@action(_MAY, what=_WHAT)
def create_claim(*, actor: User, article: Article, revision_id: int, spans: Spans) -> Claim:
    """Create a claim from words of the article, in its own voice until an editor sets a source.

    Within the words of a quoted source, it becomes a claim of the same statement.

    Args:
        actor: who creates it.
        article: the article.
        revision_id: the version of its text that the actor saw.
        spans: `[start, end)` in code points of the text.

    Returns:
        The claim; a second click returns the first one.

    Raises:
        NotPossibleError: if the article has a newer version.
        InvalidValueError: if the spans are outside the text or contain no words.
    """
    revision = article.revisions.select_for_update(no_key=True).latest("number")
    if revision.pk != revision_id:
        raise NotPossibleError(why=_("the article's text has changed. Reload the page."))
    kept = fitting(revision, spans)
    same = Claim.objects.not_dismissed().filter(revision=revision, spans=kept).first()
    if same:
        return same
    claim = _made(revision, kept, _around(revision, kept))
    apply_change(actor, ChangeAction.CREATE, {claim: {"dismissed": False}})
    return claim


@action(_MAY, what=_WHAT)
def merge_claims(*, actor: User, versions: Mapping[int, int]) -> Claim:
    """Merge several claims of one text: the first one takes over the words of the others.

    Returns:
        The remaining claim.

    Raises:
        StaleVersionError: if someone has changed one of them since.
        NotPossibleError: if there is nothing to merge, or they have different sources or verdicts.
        BlindCheckError: if the actor must not yet know the verdict of one of them.
    """
    first, *others = claims = claims_for_change(versions)
    require_known(actor, claims)
    if not others or len({claim.revision_id for claim in claims}) > 1:
        raise NotPossibleError(
            why=_("select two or more claims from the same version of the article.")
        )
    if len({claim.source_id for claim in claims}) > 1:
        raise NotPossibleError(
            why=_("these claims have different sources. Give them the same source first.")
        )
    if len({claim.verdict for claim in claims}) > 1:
        raise NotPossibleError(
            why=_("these claims have different verdicts. Give them the same verdict first.")
        )
    spans = joined([span for claim in claims for span in claim.spans], first.revision.body)
    statement = ". ".join(claim.statement.rstrip(".") for claim in claims)
    fields: dict[Claim, dict[str, Any]] = {
        first: {"spans": spans, "statement": statement[:LONGEST_STATEMENT]}
    }
    fields |= {claim: {"dismissed": True} for claim in others}
    apply_change(actor, ChangeAction.MERGE, fields)
    return first


@action(_MAY, what=_WHAT)
def split_claim(*, actor: User, claim_id: int, version: int, at: int) -> Claim:
    """Split a claim in two. Both have its source; the second one is new and pending.

    Args:
        actor: who splits it.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        at: where the second claim begins, in code points of the text.

    Returns:
        The second claim.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        NotPossibleError: if one side would have no words.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    body = claim.revision.body
    before = trimmed(body, [[start, min(end, at)] for start, end in claim.spans if start < at])
    behind = trimmed(body, [[max(start, at), end] for start, end in claim.spans if end > at])
    if not (before and behind):
        raise NotPossibleError(why=_("place the cursor between two words of the claim."))
    second = _made(claim.revision, behind, claim)
    apply_change(
        actor,
        ChangeAction.SPLIT,
        {
            claim: {"spans": before, "statement": stated(body, before)},
            second: {"dismissed": False},
        },
    )
    return second


def _made(revision: Revision, spans: Spans, like: Claim | None) -> Claim:
    """Return a new claim, dismissed until its change restores it, so that an undo dismisses it again."""
    words = anchored(revision.body, spans)
    claim = Claim(
        revision=revision,
        spans=spans,
        statement=stated(revision.body, spans),
        attribution=like.attribution if like else _next_attribution(revision),
        quotation=like.quotation if like else Quotation.NARRATION,
        dismissed=True,
        **words,
    )
    if like:
        for field in (
            "source",
            "mention",
            "source_spans",
            "cue_spans",
            "role",
            "told_to",
            "outer_attribution",
            "mood",
        ):
            setattr(claim, field, getattr(like, field))
    # The choices are the splitter's own words, which a test holds.
    mood = cast("extraction.Mood", claim.mood)
    value = worth(claim.statement, mood, _speaker(claim))
    claim.checkworthiness, claim.reasons = value.score, list(value.reasons)
    claim.save()
    claim.revision = revision
    return claim


def _speaker(claim: Claim) -> Speaker | None:
    """Return who makes a claim, as the splitter classifies them."""
    source = claim.source
    if source is None:
        return None
    return Speaker(source.name, source.kind, claim.role, claim.mention, source.article_id is None)


def _around(revision: Revision, spans: Spans) -> Claim | None:
    """Return the claim whose words contain all of the spans, if any."""
    near = Claim.objects.not_dismissed().filter(revision=revision, start__lte=spans[0][0])
    for claim in near.order_by("-start", "-pk")[:20]:
        if all(
            any(first <= start and end <= last for first, last in claim.spans)
            for start, end in spans
        ):
            return claim
    return None


def _next_attribution(revision: Revision) -> int:
    numbers = Claim.objects.filter(revision=revision).values_list("attribution", flat=True)
    last = numbers.order_by("-attribution").first()
    return 0 if last is None else last + 1
