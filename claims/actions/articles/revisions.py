"""New versions of an article: what happens to its claims is shown first, and then done exactly as shown."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims import extraction
from claims.actions.articles.saving import save_claims
from claims.actions.base import action, in_one_transaction
from claims.actions.claims.changes import apply_change, change_what_differs
from claims.actions.claims.derived_fields import anchored
from claims.actions.claims.spans import Spans, fitting, stated
from claims.actions.locking import claim_for_change, locked, save_as
from claims.anchoring import Outcome, ReanchoredClaim
from claims.choices import AnchorStatus, ChangeAction, Verdict
from claims.errors import LookAgainError, NotPossibleError
from claims.extraction.types import Claim as ProposedClaim
from claims.ingest.types import ArticleDraft
from claims.models import Article, Change, Claim, Revision, Shingle
from claims.queries.articles.duplicates import fingerprint_of
from claims.queries.articles.revisions import claims_of, plan_revision
from claims.queries.claims.statements import proposed_statements

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")


@action(_MAY, what=_WHAT, atomic=False)
def add_revision(
    *,
    actor: User,
    article: Article,
    draft: ArticleDraft,
    seen: str,
    claims: Sequence[ProposedClaim] | None = None,
) -> Article:
    """Give an article a new text. Its claims are carried over as the actor saw in `plan_revision`.

    Claims whose words, source and cue are unchanged in one place keep their verdict, evidence and history. Claims
    whose words changed become pending, with the earlier verdict in their history, until an editor has checked
    them; their statements follow the new words, unless a person has reworded
    them. Claims that are gone, or could be in several places, are set aside. A second click returns the same.

    Args:
        actor: who adds it.
        article: the article.
        draft: the article as it is now. What it leaves empty stays as it is.
        seen: `RevisionPlan.seen` of what the actor looked at.
        claims: what the splitter finds in the new text, if it is known already.

    Raises:
        LookAgainError: if the article or one of its claims has changed since.
        NotPossibleError: if another article has exactly this text, headline, outlet and address.
    """
    headline = draft.headline or article.headline
    proposed = extraction.extract(draft.body, headline=headline) if claims is None else claims
    try:
        return in_one_transaction(lambda: _revised(actor, article, draft, proposed, seen))
    except IntegrityError:
        if not Article.objects.filter(fingerprint=fingerprint_of(draft)).exists():
            raise
        raise NotPossibleError(why=_("another article has exactly this text.")) from None


def _as_lists(spans: Sequence[Sequence[int]]) -> list[list[int]]:
    return [list(span) for span in spans]


def _revised(
    actor: User,
    article: Article,
    draft: ArticleDraft,
    proposed: Sequence[ProposedClaim],
    seen: str,
) -> Article:
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    revision = article.current_revision()
    claims = list(claims_of(revision).values_list("pk", flat=True))
    held = {claim.pk: claim for claim in locked(claims)} if claims else {}
    plan = plan_revision(revision, draft, proposed)
    if plan is None:
        return article
    if plan.seen != seen:
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
    by_splitter = proposed_statements(held.values())
    becomes = {}
    for found in plan.matching.found:
        claim = held[found.id]
        becomes[claim] = _becomes(claim, found, new, proposed)
        if found.state == Outcome.CHANGED and _is_in_own_words(claim, by_splitter[claim.pk]):
            becomes[claim]["statement"] = _statement(found, new, proposed)
    wanted = {claim: fields for claim, fields in becomes.items() if fields}
    if wanted:
        apply_change(
            actor, ChangeAction.NEW_REVISION, wanted, note=_("The article has a new version.")
        )
    save_claims(actor, [(new, [proposed[place] for place in plan.matching.new])])
    return article


def _describe(actor: User, article: Article, draft: ArticleDraft) -> None:
    """Take over the new version's metadata, where it is not empty."""
    article.fingerprint = fingerprint_of(draft)
    article.headline = draft.headline or article.headline
    article.byline = draft.byline or article.byline
    article.embargoed_until = draft.embargoed_until or article.embargoed_until
    save_as(actor, article, fields=["fingerprint", "headline", "byline", "embargoed_until"])


def _becomes(
    claim: Claim, found: ReanchoredClaim, new: Revision, proposed: Sequence[ProposedClaim]
) -> dict[str, Any]:
    """Return the fields of a claim in the new text."""
    if found.state in {Outcome.WITHDRAWN, Outcome.ORPHAN}:
        # A dismissed claim is out already.
        anchor_status = (
            AnchorStatus.WITHDRAWN if found.state == Outcome.WITHDRAWN else AnchorStatus.ORPHAN
        )
        return {} if claim.dismissed else {"dismissed": True, "anchor_status": anchor_status.value}
    fields: dict[str, Any] = {
        "revision_id": new.pk,
        "spans": _as_lists(found.spans),
        "source_spans": _as_lists(found.source),
        "cue_spans": _as_lists(found.cue),
    }
    # If the splitter no longer finds a statement, its number must not be that of another one.
    own = len(proposed) + claim.attribution
    fields["attribution"] = own if found.proposal is None else proposed[found.proposal].attribution
    if found.state == Outcome.CHANGED:
        fields["anchor_status"] = AnchorStatus.CHANGED.value
        if claim.verdict != Verdict.PENDING:
            fields["verdict"] = Verdict.PENDING.value
    return fields


def _is_in_own_words(claim: Claim, proposed: str) -> bool:
    """Return whether a claim has not been reworded: its statement is the proposed one or its exact words."""
    return claim.statement in {proposed, stated(claim.revision.body, claim.spans)}


def _statement(found: ReanchoredClaim, new: Revision, proposed: Sequence[ProposedClaim]) -> str:
    """Return what the splitter states for a claim's new words or, if it finds no claim there, the words themselves."""
    if found.proposal is not None:
        return proposed[found.proposal].statement
    return stated(new.body, found.spans)


@action("claims.change_claim", what=gettext_noop("change claims"))
def place_claim(*, actor: User, claim_id: int, version: int, spans: Spans) -> Change | None:
    """Set where a claim is in its article's newest text, which only an editor can decide.

    If its words there are different, it becomes pending, with the earlier verdict in its history, and its
    statement becomes those words, unless a person has reworded it.

    Args:
        actor: who places it.
        claim_id: a claim whose words changed with the article, or that was set aside.
        version: the claim's version that the actor saw.
        spans: `[start, end)` in code points of the newest text.

    Returns:
        The change, or None if nothing would change.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if the spans are outside the text or contain no words.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    revision = claim.revision.article.current_revision()
    fields: dict[str, Any] = {
        "revision_id": revision.pk,
        "spans": fitting(revision, spans),
        "anchor_status": None,
        "dismissed": False,
    }
    if revision.pk != claim.revision_id:
        # The place where its source was named is in the text that it came from.
        fields |= {"source_spans": [], "cue_spans": []}
        words = anchored(revision.body, fields["spans"])["quote"]
        if words != claim.quote:
            fields["verdict"] = Verdict.PENDING.value
            if _is_in_own_words(claim, proposed_statements([claim])[claim.pk]):
                fields["statement"] = stated(revision.body, fields["spans"])
        # Together with its place, even if that has the same numbers: the history shows the words of both
        # texts.
        return apply_change(actor, ChangeAction.ANCHOR, {claim: fields})
    return change_what_differs(actor, ChangeAction.ANCHOR, {claim: fields})


@action("claims.change_claim", what=gettext_noop("change claims"))
def withdraw_claim(*, actor: User, claim_id: int, version: int) -> Change | None:
    """Withdraw a claim that is no longer in its article. It is kept, with its history, outside the queue.

    Returns:
        The change, or None if nothing would change.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    fields = {"anchor_status": AnchorStatus.WITHDRAWN.value, "dismissed": True}
    return change_what_differs(actor, ChangeAction.ANCHOR, {claim: fields})
