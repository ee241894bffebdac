"""Work on the claims themselves: words, bounds, source, merging and splitting. Nothing is ever deleted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action, claim_for_change, claims_for_change
from claims.actions.changes import (
    anchored,
    change,
    change_what_differs,
    require_known,
    set_all,
)
from claims.actions.sources_.registry import find_or_make
from claims.choices import Deed, Mood, Quotation, SourceKind
from claims.errors import InvalidValueError, NotPossibleError
from claims.extraction import types as extraction
from claims.extraction.statements.checkworthiness import worth
from claims.extraction.text.casing import sentence_case
from claims.extraction.types import Speaker
from claims.models import Article, Change, Claim, Source
from claims.models.articles import Revision

Spans = list[list[int]]

_MAY = "claims.change_claim"
_WHAT = gettext_noop("change claims")
_MARKS = '“”«»„"'
LONGEST_STATEMENT = 10_000


@action(_MAY, what=_WHAT)
def reword(*, actor: User, claim_id: int, version: int, statement: str) -> Change | None:
    """Put a claim's statement in other words. The exact words stay.

    Returns:
        The change, or None where the words are the same.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if there are no words, or too many.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    return change_what_differs(actor, Deed.REWORD, {claim: {"statement": _words(statement)}})


@action(_MAY, what=_WHAT)
def change_bounds(*, actor: User, claim_id: int, version: int, spans: Spans) -> Change | None:
    """Change which words of the article a claim is. Its statement follows, if it was those words alone.

    Args:
        actor: who changes them.
        claim_id: the claim.
        version: the claim's version that the actor looked at.
        spans: `[start, end)` in code points of the text.

    Returns:
        The change, or None where the words are the same.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if the spans do not lie in the text or hold no word.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    kept = fitting(claim.revision, spans)
    fields: dict[str, Any] = {"spans": kept}
    if claim.statement == stated(claim.quote):
        fields["statement"] = stated(anchored(claim.revision.body, kept)["quote"])
    return change_what_differs(actor, Deed.BOUNDS, {claim: fields})


@action(_MAY, what=_WHAT)
def change_source(
    *,
    actor: User,
    claim_id: int,
    version: int,
    source: Source | None,
    role: str = "",
    told_to: str = "",
) -> Change | None:
    """Say who makes a claim, in what role, to whom.

    A claim in the article's own voice that gets a source counts as indirect speech, and one that loses its
    source as the article's own voice, unless its words stand in quotation marks.

    Returns:
        The change, or None where all of that is so already.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        InvalidValueError: if the role or the listeners do not fit.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    fields: dict[str, Any] = {
        "source_id": source.current().pk if source else None,
        "role": _line(role, "role"),
        "told_to": _line(told_to, "told_to"),
    }
    return change_what_differs(actor, Deed.SOURCE, {claim: fields})


@action("claims.add_source", what=gettext_noop("add sources"))
def make_source(*, actor: User, name: str, kind: SourceKind, article: Article | None) -> Source:
    """Find the source of that name and kind, or make one.

    Args:
        actor: who makes it.
        name: as an editor types it.
        kind: what it is.
        article: for a source without a name of its own, the article that it belongs to.

    Raises:
        InvalidValueError: if the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > (Source._meta.get_field("name").max_length or 0):
        raise InvalidValueError(why=_("a source needs a name of at most 300 characters."))
    return find_or_make(actor, name, kind, article)


@action(_MAY, what=_WHAT)
def mark_checkable(*, actor: User, claim_id: int, version: int, checkable: bool) -> Change | None:
    """Say whether a claim can be checked at all: questions, greetings and pure opinion cannot.

    Returns:
        The change, or None where that was said already.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    return change_what_differs(actor, Deed.CHECKABLE, {claim: {"checkable": checkable}})


@action(_MAY, what=_WHAT)
def dismiss(*, actor: User, versions: Mapping[int, int]) -> Change | None:
    """Take claims of one article out of the queue and the reports. They are kept, and can be restored.

    Returns:
        The change, or None where all of them were dismissed already.

    Raises:
        StaleVersionError: if somebody changed one of them since.
    """
    return set_all(actor, Deed.DISMISS, versions, {"dismissed": True})


@action(_MAY, what=_WHAT)
def restore(*, actor: User, versions: Mapping[int, int]) -> Change | None:
    """Bring dismissed claims back.

    Returns:
        The change, or None where none of them was dismissed.

    Raises:
        StaleVersionError: if somebody changed one of them since.
    """
    return set_all(actor, Deed.RESTORE, versions, {"dismissed": False})


@action(_MAY, what=_WHAT)
def make_claim(*, actor: User, article: Article, revision_id: int, spans: Spans) -> Claim:
    """Make a claim of words of the article, in its own voice until somebody says whose it is.

    The words of a source whose statement they stand in make it a claim of the same statement.

    Args:
        actor: who makes it.
        article: the article.
        revision_id: the version of its text that the actor looked at.
        spans: `[start, end)` in code points of the text.

    Returns:
        The claim; a second click gives the first one's.

    Raises:
        NotPossibleError: if the article has a newer text.
        InvalidValueError: if the spans do not lie in the text or hold no word.
    """
    revision = article.revisions.select_for_update(no_key=True).latest("number")
    if revision.pk != revision_id:
        raise NotPossibleError(why=_("the article's text has changed. Load the page again."))
    kept = fitting(revision, spans)
    same = Claim.objects.standing().filter(revision=revision, spans=kept).first()
    if same:
        return same
    claim = _made(revision, kept, _around(revision, kept))
    change(actor, Deed.MAKE, {claim: {"dismissed": False}})
    return claim


@action(_MAY, what=_WHAT)
def merge(*, actor: User, versions: Mapping[int, int]) -> Claim:
    """Make one claim of several of one text: the first one takes the others' words in.

    Returns:
        The claim that is left.

    Raises:
        StaleVersionError: if somebody changed one of them since.
        NotPossibleError: if there is nothing to merge, or two sources or two verdicts would become one.
        BlindCheckError: if the actor must not know the verdict of one of them yet.
    """
    first, *others = claims = claims_for_change(versions)
    require_known(actor, claims)
    if not others or len({claim.revision_id for claim in claims}) > 1:
        raise NotPossibleError(why=_("choose two claims or more of the same text."))
    if len({claim.source_id for claim in claims}) > 1:
        raise NotPossibleError(
            why=_("these claims have different sources. Give them the same one first.")
        )
    if len({claim.verdict for claim in claims}) > 1:
        raise NotPossibleError(
            why=_("these claims have different verdicts. Give them the same one first.")
        )
    spans = joined([span for claim in claims for span in claim.spans], first.revision.body)
    statement = ". ".join(claim.statement.rstrip(".") for claim in claims)
    fields: dict[Claim, dict[str, Any]] = {
        first: {"spans": spans, "statement": statement[:LONGEST_STATEMENT]}
    }
    fields |= {claim: {"dismissed": True} for claim in others}
    change(actor, Deed.MERGE, fields)
    return first


@action(_MAY, what=_WHAT)
def split(*, actor: User, claim_id: int, version: int, at: int) -> Claim:
    """Cut a claim in two. Both have its source; the second is new and pending.

    Args:
        actor: who splits it.
        claim_id: the claim.
        version: the claim's version that the actor looked at.
        at: where the second one begins, in code points of the text.

    Returns:
        The second claim.

    Raises:
        StaleVersionError: if somebody changed the claim since `version`.
        NotPossibleError: if one side of the cut would hold no word.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    body = claim.revision.body
    before = trimmed(body, [[start, min(end, at)] for start, end in claim.spans if start < at])
    behind = trimmed(body, [[max(start, at), end] for start, end in claim.spans if end > at])
    if not (before and behind):
        raise NotPossibleError(why=_("put the cursor between two words of the claim."))
    second = _made(claim.revision, behind, claim)
    first_words = anchored(body, before)["quote"]
    change(
        actor,
        Deed.SPLIT,
        {
            claim: {"spans": before, "statement": stated(first_words)},
            second: {"dismissed": False},
        },
    )
    return second


def fitting(revision: Revision, spans: Sequence[Sequence[int]]) -> Spans:
    """Sorted, joined, without white space at their ends.

    Raises:
        InvalidValueError: if they do not lie in the text or hold no word.
    """
    body = revision.body
    if not all(0 <= start < end <= len(body) for start, end in spans):
        raise InvalidValueError(why=_("the words do not lie in the article's text."))
    kept = trimmed(body, joined(spans, body))
    if not kept:
        raise InvalidValueError(why=_("select at least one word of the article."))
    return kept


def joined(spans: Sequence[Sequence[int]], body: str) -> Spans:
    """Sort spans, and join those with nothing but white space between them."""
    found: Spans = []
    for start, end in sorted((start, end) for start, end in spans):
        if found and not body[found[-1][1] : start].strip():
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def trimmed(body: str, spans: Spans) -> Spans:
    """Narrow spans to their words and marks; those without a word are left out."""
    kept = []
    for start, end in spans:
        words = body[start:end]
        if any(character.isalnum() for character in words):
            kept.append(
                [start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())]
            )
    return kept


def stated(quote: str) -> str:
    """Exact words as a statement, as the splitter makes one: no quotation marks around them, no full stop."""
    words = " ".join(quote.split())
    bare = words.strip(_MARKS + " ,;:")
    return sentence_case(words if any(mark in bare for mark in _MARKS) else bare)


def _made(revision: Revision, spans: Spans, like: Claim | None) -> Claim:
    """A new claim, dismissed until its change restores it, so that an undo dismisses it again."""
    words = anchored(revision.body, spans)
    claim = Claim(
        revision=revision,
        spans=spans,
        statement=stated(words["quote"]),
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
            "within",
            "mood",
        ):
            setattr(claim, field, getattr(like, field))
    mood: extraction.Mood = Mood(claim.mood).value  # type: ignore[assignment]
    value = worth(claim.statement, mood, _speaker(claim))
    claim.checkworthiness, claim.reasons = value.score, list(value.reasons)
    claim.save()
    claim.revision = revision
    return claim


def _speaker(claim: Claim) -> Speaker | None:
    """Who makes a claim, as the splitter rates it."""
    source = claim.source
    if source is None:
        return None
    return Speaker(source.name, source.kind, claim.role, claim.mention, source.article_id is None)


def _around(revision: Revision, spans: Spans) -> Claim | None:
    """The claim whose words hold all of the spans, if there is one."""
    near = Claim.objects.standing().filter(revision=revision, start__lte=spans[0][0])
    for claim in near.order_by("-start", "-pk")[:20]:
        if all(
            any(first <= start and end <= last for first, last in claim.spans)
            for start, end in spans
        ):
            return claim
    return None


def _next_attribution(revision: Revision) -> int:
    last = Claim.objects.filter(revision=revision).order_by("-attribution").first()
    return last.attribution + 1 if last else 0


def _words(statement: str) -> str:
    words = " ".join(statement.split())
    if not words:
        raise InvalidValueError(why=_("the statement needs words."))
    if len(words) > LONGEST_STATEMENT:
        raise InvalidValueError(why=_("the statement is longer than 10,000 characters."))
    return words


def _line(words: str, field: str) -> str:
    words = " ".join(words.split())
    if len(words) > (getattr(Claim._meta.get_field(field), "max_length", None) or 0):
        raise InvalidValueError(why=_("“%(words)s…” is too long.") % {"words": words[:40]})
    return words
