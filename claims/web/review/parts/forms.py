"""The forms on a claim's panel as they are before somebody types into them: kept, and filled in with the claim's words.

They are two thirds of the panel, and a panel is what an editor's browser asks for most. With something typed, or an error, they are
drawn like everything else.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.choices import ReviewStatus, Verdict
from claims.models import Claim, Revision, Source
from claims.queries.accounts import people_of_desk
from claims.web.components.kept import Kept
from claims.web.review.decision_forms import DecisionForm, EvidenceForm
from claims.web.review.forms import ClaimActionForms

_ACTIONS, _DECISION, _COMMENT = (
    f"review/panel/{name}.html" for name in ("action_forms", "decision_form", "comment_form")
)
_SCOPES = "review/typing/source_scopes.html"
_OF_FOLLOWER = 90
"""How many characters of the next claim's statement are shown."""


class _Actions(NamedTuple):
    """What the forms of actions depend on, apart from the words in them."""

    checkable: bool
    review_status: str
    is_pending: bool
    can_be_sent_back: bool
    kind: str
    is_of_article: bool
    assigned_to: int | None
    people: Sequence[tuple[int, str]]


class _Decision(NamedTuple):
    """What the form of the verdict depends on, apart from the words in it."""

    verdict: str
    is_touched: bool
    is_hidden: bool
    review_status: str
    checking: bool
    siblings: int
    today: date


def action_forms(context: Context) -> SafeString:
    """Return the forms that change a claim: its wording, its source, who works on it."""
    scopes = _drawn(context, _SCOPES) if context["source_scopes"] else SafeString()
    if context["is_typed"]:
        with context.push(scopes=scopes):
            return _drawn(context, _ACTIONS)
    claim, follower = context["claim"], context["follower"]
    source = claim.source
    state = _Actions(
        claim.checkable,
        claim.review_status,
        context["record"].verdict == Verdict.PENDING,
        context["decided"] and not context["own"],
        source.kind if source else "",
        bool(source and source.article_id),
        claim.assigned_to_id,
        tuple(people_of_desk()),
    )
    values = {
        **_usual(context),
        "article": claim.revision.article_id,
        "statement": claim.statement,
        "quote": claim.quote,
        "source": source.name if source else "",
        "role": claim.role,
        "told_to": claim.told_to,
        "due_on": claim.due_on and claim.due_on.isoformat(),
        "scopes": scopes,
        "follower": follower and follower.pk,
        "follower_version": follower and follower.version,
        "follower_statement": follower and Truncator(follower.statement).chars(_OF_FOLLOWER),
    }
    return _KEPT_ACTIONS.draw(state, values)


def decision_form(context: Context) -> SafeString:
    """Return the form of a verdict, with new evidence and the review date."""
    if context["is_typed"] or context["reason_missing"] or context["review_by"]:
        return _drawn(context, _DECISION)
    claim, record, shown = context["claim"], context["record"], context["shown"]
    state = _Decision(
        record.verdict,
        claim.touched_at is not None,
        record.is_hidden,
        claim.review_status,
        context["checking"],
        len(context["siblings"]),
        timezone.localdate(),
    )
    words = {name: shown.get(name, "") for name in ("reason", "note")}
    return _KEPT_DECISION.draw(state, {**_usual(context), **words})


def comment_form(context: Context) -> SafeString:
    """Return the form of a comment."""
    if context["is_typed"]:
        return _drawn(context, _COMMENT)
    return _KEPT_COMMENT.draw((), _usual(context))


def _drawn(context: Context, template: str) -> SafeString:
    """Draw a template as if it were included."""
    return context.template.engine.get_template(template).render(context)


def _usual(context: Context) -> dict[str, Any]:
    """What every form sends, and where to."""
    claim = context["claim"]
    return {
        "pk": claim.pk,
        "version": claim.version,
        "query": context["queue"].query,
        "token": str(context["csrf_token"]),
    }


def _shared(claim: Claim, marks: Mapping[str, Any], people: Sequence[Any] = ()) -> dict[str, Any]:
    """What the templates of all forms show."""
    return {
        "claim": claim,
        "forms": ClaimActionForms(claim, {}, people),
        "queue": SimpleNamespace(query=marks["query"]),
        "csrf_token": marks["token"],
        "open": frozenset(),
    }


def _of_actions(state: _Actions, marks: Mapping[str, Any]) -> dict[str, Any]:
    source = Source(
        name=marks["source"], kind=state.kind, article_id=1 if state.is_of_article else None
    )
    claim = Claim(
        pk=marks["pk"],
        version=marks["version"],
        statement=marks["statement"],
        quote=marks["quote"],
        role=marks["role"],
        told_to=marks["told_to"],
        due_on=marks["due_on"],
        assigned_to_id=state.assigned_to,
        checkable=state.checkable,
        review_status=state.review_status,
        revision=Revision(article_id=marks["article"]),
        source=source,
    )
    follower = SimpleNamespace(
        pk=marks["follower"],
        version=marks["follower_version"],
        statement=marks["follower_statement"],
    )
    return {
        **_shared(claim, marks, state.people),
        "record": SimpleNamespace(verdict=Verdict.PENDING if state.is_pending else ""),
        "decided": state.can_be_sent_back,
        "own": False,
        "follower": follower if marks["follower"] else None,
        "scopes": marks["scopes"],
    }


def _of_decision(state: _Decision, marks: Mapping[str, Any]) -> dict[str, Any]:
    claim = Claim(
        pk=marks["pk"],
        version=marks["version"],
        touched_at=timezone.now() if state.is_touched else None,
        review_status=ReviewStatus(state.review_status),
    )
    return {
        **_shared(claim, marks),
        "record": SimpleNamespace(verdict=state.verdict, is_hidden=state.is_hidden),
        "checking": state.checking,
        "siblings": range(state.siblings),
        "form": DecisionForm(initial={"reason": marks["reason"], "note": marks["note"]}),
        "evidence_form": EvidenceForm(),
    }


def _of_comment(_state: object, marks: Mapping[str, Any]) -> dict[str, Any]:
    return _shared(Claim(pk=marks["pk"], version=marks["version"]), marks)


_KEPT_ACTIONS = Kept(_ACTIONS, _of_actions)
_KEPT_DECISION = Kept(_DECISION, _of_decision)
_KEPT_COMMENT = Kept(_COMMENT, _of_comment)
