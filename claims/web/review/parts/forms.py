"""The forms on a claim's panel as they are before somebody types into them: kept, and filled in with the claim's words.

They are two thirds of the panel, and a panel is what an editor's browser asks for most. With something typed, or an error, they are
drawn like everything else.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.template import Context, Engine
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.choices import Verdict
from claims.models import Claim, Revision, Source
from claims.queries.accounts import people_of_desk
from claims.web.review.decision_forms import DecisionForm, EvidenceForm
from claims.web.review.forms import ClaimActionForms
from claims.web.site.kept import Kept

_WORDING, _SOURCE, _PEOPLE, _DECISION, _COMMENT, _SCOPES = (
    f"review/{name}.html"
    for name in (
        "panel/wording_forms",
        "typing/source_form",
        "teamwork",
        "panel/decision_form",
        "panel/comment_form",
        "typing/source_scopes",
    )
)
_OF_FOLLOWER = 90
"""How many characters of the next claim's statement are shown."""


class _Source(NamedTuple):
    """What the form of the source depends on, apart from the words in it."""

    kind: str
    is_of_article: bool


class _People(NamedTuple):
    """What the forms of who works on a claim depend on, apart from the words in them."""

    assigned_to: int | None
    is_pending: bool
    review_status: str
    can_be_sent_back: bool
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


def wording_forms(context: Context) -> SafeString:
    """Return the forms that change what a claim says."""
    if context["is_typed"]:
        return _drawn(context, _WORDING)
    claim, follower = context["claim"], context["follower"]
    values = {
        **_usual(context),
        "statement": claim.statement,
        "quote": claim.quote,
        "follower": follower and follower.pk,
        "follower_version": follower and follower.version,
        "follower_statement": follower and Truncator(follower.statement).chars(_OF_FOLLOWER),
    }
    return _KEPT_WORDING.draw(claim.checkable, values)


def source_form(context: Context) -> SafeString:
    """Return the form of who makes a claim."""
    typed = context["forms"]["source"].data if "source" in context["open"] else {}
    with context.push(chosen=typed.get("others")):
        scopes = _drawn(context, _SCOPES) if context["source_scopes"] else SafeString()
    if context["is_typed"]:
        with context.push(scopes=scopes):
            return _drawn(context, _SOURCE)
    claim = context["claim"]
    source = claim.source
    state = _Source(source.kind, bool(source.article_id)) if source else None
    values = {
        **_usual(context),
        "article": claim.revision.article_id,
        "name": source.name if source else "",
        "role": claim.role,
        "told_to": claim.told_to,
        "scopes": scopes,
    }
    return _KEPT_SOURCE.draw(state, values)


def people_forms(context: Context) -> SafeString:
    """Return the forms of who is to work on a claim."""
    if context["is_typed"]:
        return _drawn(context, _PEOPLE)
    claim = context["claim"]
    state = _People(
        claim.assigned_to_id,
        context["record"].verdict == Verdict.PENDING,
        claim.review_status,
        context["decided"] and not context["own"],
        tuple(people_of_desk()),
    )
    due_on = claim.due_on and claim.due_on.isoformat()
    return _KEPT_PEOPLE.draw(state, {**_usual(context), "due_on": due_on})


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
    return Engine.get_default().get_template(template).render(context)


def _usual(context: Context) -> dict[str, Any]:
    """What every form sends, and where to."""
    claim = context["claim"]
    return {
        "pk": claim.pk,
        "version": claim.version,
        "query": context["queue"].query,
        "token": str(context["csrf_token"]),
    }


def _claim(marks: Mapping[str, Any], **fields: Any) -> Claim:
    """Return a claim of marks."""
    return Claim(pk=marks["pk"], version=marks["version"], **fields)


def _shared(claim: Claim, marks: Mapping[str, Any], people: Sequence[Any] = ()) -> dict[str, Any]:
    """What the templates of all forms show."""
    return {
        "claim": claim,
        "forms": ClaimActionForms(claim, {}, people),
        "queue": SimpleNamespace(query=marks["query"]),
        "csrf_token": marks["token"],
        "open": frozenset(),
    }


def _of_wording(checkable: Any, marks: Mapping[str, Any]) -> dict[str, Any]:
    follower = SimpleNamespace(
        pk=marks["follower"],
        version=marks["follower_version"],
        statement=marks["follower_statement"],
    )
    claim = _claim(marks, checkable=checkable, statement=marks["statement"], quote=marks["quote"])
    return {**_shared(claim, marks), "follower": follower if marks["follower"] else None}


def _of_source(state: _Source | None, marks: Mapping[str, Any]) -> dict[str, Any]:
    source = state and Source(
        name=marks["name"], kind=state.kind, article_id=1 if state.is_of_article else None
    )
    revision = Revision(article_id=marks["article"])
    words = {name: marks[name] for name in ("role", "told_to")}
    claim = _claim(marks, source=source, revision=revision, **words)
    return {**_shared(claim, marks), "scopes": marks["scopes"]}


def _of_people(state: _People, marks: Mapping[str, Any]) -> dict[str, Any]:
    claim = _claim(
        marks,
        assigned_to_id=state.assigned_to,
        due_on=marks["due_on"],
        review_status=state.review_status,
    )
    return {
        **_shared(claim, marks, state.people),
        "record": SimpleNamespace(verdict=Verdict.PENDING if state.is_pending else ""),
        "decided": state.can_be_sent_back,
        "own": False,
    }


def _of_decision(state: _Decision, marks: Mapping[str, Any]) -> dict[str, Any]:
    touched_at = timezone.now() if state.is_touched else None
    claim = _claim(marks, touched_at=touched_at, review_status=state.review_status)
    return {
        **_shared(claim, marks),
        "record": SimpleNamespace(verdict=state.verdict, is_hidden=state.is_hidden),
        "checking": state.checking,
        "siblings": range(state.siblings),
        "form": DecisionForm(initial={"reason": marks["reason"], "note": marks["note"]}),
        "evidence_form": EvidenceForm(),
    }


def _of_comment(_state: object, marks: Mapping[str, Any]) -> dict[str, Any]:
    return _shared(_claim(marks), marks)


_KEPT_WORDING = Kept(_WORDING, _of_wording)
_KEPT_SOURCE = Kept(_SOURCE, _of_source)
_KEPT_PEOPLE = Kept(_PEOPLE, _of_people)
_KEPT_DECISION = Kept(_DECISION, _of_decision)
_KEPT_COMMENT = Kept(_COMMENT, _of_comment)
