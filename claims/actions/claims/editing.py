"""Editing a claim: its words, its place in the text and its source. Nothing is ever deleted."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.base import action
from claims.actions.claims.changes import change_what_differs, set_fields
from claims.actions.claims.spans import LONGEST_STATEMENT, Spans, fitting, stated
from claims.actions.locking import claim_for_change, locked
from claims.choices import ChangeAction
from claims.errors import InvalidValueError, NotPossibleError, StaleVersionError
from claims.models import Change, Claim, Source

_MAY = "claims.change_claim"
_WHAT = gettext_noop("change claims")


@action(_MAY, what=_WHAT)
def reword_claim(*, actor: User, claim_id: int, version: int, statement: str) -> Change | None:
    """Reword a claim's statement. The exact words stay.

    Returns:
        The change, or None if the words are the same.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if it is empty or too long.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    return change_what_differs(
        actor, ChangeAction.REWORD, {claim: {"statement": _words(statement)}}
    )


@action(_MAY, what=_WHAT)
def change_spans(*, actor: User, claim_id: int, version: int, spans: Spans) -> Change | None:
    """Change which words of the article a claim consists of. Its statement follows if it was exactly those words.

    Args:
        actor: who changes them.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        spans: `[start, end)` in code points of the text.

    Returns:
        The change, or None if the words are the same.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if the spans are outside the text or contain no words.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    kept = fitting(claim.revision, spans)
    fields: dict[str, Any] = {"spans": kept}
    body = claim.revision.body
    if claim.statement == stated(body, claim.spans):
        fields["statement"] = stated(body, kept)
    return change_what_differs(actor, ChangeAction.SPANS, {claim: fields})


@action(_MAY, what=_WHAT)
def change_source(
    *,
    actor: User,
    claim_id: int,
    version: int,
    source: Source | None,
    role: str = "",
    told_to: str = "",
    others: Mapping[int, int | None] | None = None,
) -> Change | None:
    """Set who makes a claim, in what role, to whom; and who makes other claims of its article.

    The other claims get the same source. Where they had the role or the addressees that this claim had, they get
    the new ones of these as well.

    A claim in the article's own voice that gets a source counts as indirect speech, and one that loses its
    source as the article's own voice, unless its words are in quotation marks. The same source again confirms
    one that the splitter was not sure of.

    Args:
        actor: who changes it.
        claim_id: the claim.
        version: the claim's version that the actor saw.
        source: the new source, or None for the article's own voice.
        role: its role as the article states it.
        told_to: whom it told.
        others: the ids of the other claims, each with the source that the actor saw it with.

    Returns:
        The change, one for all claims, or None if nothing would change.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
        InvalidValueError: if the role or the addressees are too long.
        NotPossibleError: if another claim has a different source by now, or is from another article.
    """
    seen = dict(others or {})
    claims = {one.pk: one for one in locked({claim_id, *seen})}
    claim = claims[claim_id]
    if claim.version != version:
        raise StaleVersionError(claim=claim, looked_at=version)
    if any(claims[pk].source_id != known for pk, known in seen.items()):
        raise NotPossibleError(
            why=_("the source of another of these claims has changed. Choose again.")
        )
    said = {"role": _line(role, "role"), "told_to": _line(told_to, "told_to")}
    attributed = {"source_id": source.current().pk if source else None, "source_confidence": 1.0}
    wanted: dict[Claim, dict[str, Any]] = {
        one: attributed | {name: words for name, words in said.items() if _same(one, claim, name)}
        for one in claims.values()
    }
    return change_what_differs(actor, ChangeAction.SOURCE, wanted)


def _same(one: Claim, other: Claim, field: str) -> bool:
    return bool(getattr(one, field) == getattr(other, field))


@action(_MAY, what=_WHAT)
def mark_checkable(*, actor: User, claim_id: int, version: int, checkable: bool) -> Change | None:
    """Mark whether a claim can be checked at all: questions, greetings and pure opinion cannot.

    Returns:
        The change, or None if nothing would change.

    Raises:
        StaleVersionError: if someone has changed the claim since `version`.
    """
    claim = claim_for_change(claim_id=claim_id, version=version)
    return change_what_differs(actor, ChangeAction.CHECKABLE, {claim: {"checkable": checkable}})


@action(_MAY, what=_WHAT)
def dismiss_claims(*, actor: User, versions: Mapping[int, int]) -> Change | None:
    """Remove claims of one article from the queue and from reports. They are kept, and can be restored.

    Returns:
        The change, or None if all of them had already been dismissed.

    Raises:
        StaleVersionError: if someone has changed one of them since.
    """
    return set_fields(actor, ChangeAction.DISMISS, versions, {"dismissed": True})


@action(_MAY, what=_WHAT)
def restore_claims(*, actor: User, versions: Mapping[int, int]) -> Change | None:
    """Restore dismissed claims.

    Returns:
        The change, or None if none of them was dismissed.

    Raises:
        StaleVersionError: if someone has changed one of them since.
    """
    return set_fields(actor, ChangeAction.RESTORE, versions, {"dismissed": False})


def _words(statement: str) -> str:
    words = " ".join(statement.split())
    if not words:
        raise InvalidValueError(why=_("the statement is empty."))
    if len(words) > LONGEST_STATEMENT:
        raise InvalidValueError(why=_("the statement is longer than 10,000 characters."))
    return words


def _line(words: str, field: str) -> str:
    words = " ".join(words.split())
    if len(words) > (getattr(Claim._meta.get_field(field), "max_length", None) or 0):
        raise InvalidValueError(why=_("“%(words)s…” is too long.") % {"words": words[:40]})
    return words
