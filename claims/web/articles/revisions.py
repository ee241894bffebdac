"""New versions of an article: entered, compared with the old one, saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import extraction, ingest
from claims.access import signed_in
from claims.actions import add_revision, discard_item, place_claim, withdraw_claim
from claims.anchoring import Outcome, Piece, side_by_side
from claims.anchoring.words import exact_words
from claims.choices import AnchorStatus
from claims.errors import (
    InvalidValueError,
    LookAgainError,
    NotPossibleError,
    StaleVersionError,
    WorkbenchError,
)
from claims.ingest.types import ArticleDraft
from claims.messages import message_of
from claims.models import Article, Claim, IntakeItem, Revision
from claims.queries.articles.revisions import (
    RevisionPlan,
    candidate_places,
    plan_revision,
)
from claims.queries.claims.rows import as_seen_by
from claims.web.components.form_fields import NumberField
from claims.web.review.links import LinkedQueue

_AROUND = 160
"""How many characters are shown around a place where a claim may stand."""


class TextForm(forms.Form):
    """The article as it is now."""

    # A plain field, because cleaning the article decides which characters are allowed.
    text = forms.Field(
        label=gettext_lazy("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("The whole article as it is published now."),
    )
    headline = forms.CharField(label=gettext_lazy("Headline"), max_length=300, required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # The actor's inbox item, if the text comes from there.
    intake = NumberField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Row:
    """What happens to one claim: its current verdict, and its words with the changes marked."""

    verdict: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Group:
    """The claims to which the same happens."""

    label: str
    rows: Sequence[Row]
    open: bool


@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a new version, compare it with the current one, and save it."""
    article = get_object_or_404(Article, pk=pk)
    form = TextForm(request.POST or None, initial={"headline": article.headline})
    context: dict[str, Any] = {"article": article, "form": form}
    status = HTTPStatus.OK
    step = request.POST.get("step")
    if step in {"look", "do"} and form.is_valid():
        try:
            draft = _draft(article, form)
            if step == "do" and (answer := _take(request, article, form, draft, context)):
                return answer
            context |= _looked_at(_planned(article, draft), signed_in(request.user))
            context["headline"] = draft.headline
        except NotPossibleError as error:
            status, context["message"] = HTTPStatus(error.status), message_of(error)
        except WorkbenchError as error:
            status = HTTPStatus(error.status)
            form.add_error("text", message_of(error))
    if step == "do" and "message" in context:
        status = HTTPStatus.CONFLICT
    return render(request, "articles/revision.html", context, status=status)


def _draft(article: Article, form: TextForm) -> ArticleDraft:
    return ingest.draft(
        headline=form.cleaned_data["headline"] or article.headline,
        body=form.cleaned_data["text"] or "",
        outlet=article.outlet.name if article.outlet else "",
        byline=article.byline,
        url=article.url,
        language=article.language,
    )


def _take(
    request: HttpRequest,
    article: Article,
    form: TextForm,
    draft: ArticleDraft,
    context: dict[str, Any],
) -> HttpResponse | None:
    """Save the version as it was shown. None, with a message in the context, if something has changed since."""
    had = article.current_revision().body
    try:
        add_revision(
            actor=signed_in(request.user),
            article=article,
            draft=draft,
            seen=form.cleaned_data["seen"],
        )
    except LookAgainError as error:
        context["message"] = message_of(error)
        return None
    brought = IntakeItem.objects.filter(
        actor=request.user.pk, pk=form.cleaned_data["intake"]
    ).first()
    if brought:
        discard_item(actor=signed_in(request.user), item_id=brought.pk)
    renamed = had == draft.body
    told = _("The headline has been updated.") if renamed else _("The new version has been saved.")
    messages.success(request, told)
    revision = article.current_revision()
    carried = Claim.objects.filter(revision=revision, anchor_status=AnchorStatus.CHANGED)
    changed = None if renamed else carried.not_dismissed().in_reading_order().first()
    return redirect(
        LinkedQueue.of(article, signed_in(request.user)).url(changed) if changed else article
    )


def _planned(article: Article, draft: ArticleDraft) -> RevisionPlan:
    """What the text would do.

    Raises:
        NotPossibleError: if it is the one that is there, under the same headline.
    """
    proposed = extraction.extract(draft.body, headline=draft.headline or article.headline)
    plan = plan_revision(article.current_revision(), draft, proposed)
    if plan is None:
        raise NotPossibleError(why=_("this is the current text of the article."))
    return plan


def _looked_at(plan: RevisionPlan, viewer: User) -> dict[str, Any]:
    return {
        "plan": plan,
        "groups": [group for group in _groups(plan, viewer) if group.rows],
        "sides": side_by_side(plan.revision.body, plan.body),
    }


def _groups(plan: RevisionPlan, viewer: User) -> Iterator[Group]:
    verdicts = {row.pk: row.verdict for row in as_seen_by(viewer, plan.claims.values())}
    labels = {
        Outcome.CHANGED: _("Changed: pending again until an editor has checked them"),
        Outcome.ORPHAN: _("Position unclear: set aside until an editor places them"),
        Outcome.WITHDRAWN: _("No longer in the article: withdrawn"),
        Outcome.KEPT: _("Unchanged: keep their verdict, evidence and history"),
    }
    for state, label in labels.items():
        rows = [
            Row(verdicts[found.id], found.difference)
            for found in plan.matching.found
            if found.state == state
        ]
        yield Group(label, rows, open=state != Outcome.KEPT)
    new = [Row("", [Piece("added", one.statement)]) for one in _new(plan)]
    yield Group(_("New"), new, open=True)


def _new(plan: RevisionPlan) -> Iterator[Any]:
    for place in plan.matching.new:
        yield plan.proposed[place]


@require_http_methods(["GET", "POST"])
def find_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Place a claim that was set aside when its article got a new version, or withdraw it."""
    claim = get_object_or_404(Claim.objects.select_related("revision__article", "source"), pk=pk)
    article = claim.revision.article
    revision = article.current_revision()
    if claim.revision_id == revision.pk and not claim.dismissed:
        return redirect(claim)
    message, status = "", HTTPStatus.OK
    if request.method == "POST":
        act: dict[str, Any] = {
            "actor": signed_in(request.user),
            "claim_id": pk,
            "version": _number(request.POST.get("version", "")),
        }
        place = request.POST.get("place", "")
        try:
            if place:
                place_claim(**act, spans=_spans(place))
                return redirect(claim)
            withdraw_claim(**act)
        except (InvalidValueError, StaleVersionError) as error:
            message, status = message_of(error), HTTPStatus(error.status)
        else:
            messages.success(
                request, _("The claim has been withdrawn. It is kept with its history.")
            )
            return redirect(f"{reverse('claims')}?state={AnchorStatus.ORPHAN}")
    context = {
        "claim": claim,
        "row": as_seen_by(signed_in(request.user), [claim])[0],
        "article": article,
        "places": list(_places(claim, revision)),
        "message": message,
    }
    return render(request, "articles/place_claim.html", context, status=status)


@dataclass(frozen=True)
class Place:
    """A possible place of a claim in a text, with its context.

    Attributes:
        value: the place as a form value: "start-end" for each of its parts, separated by commas.
        before, after: the context.
        words: the words in this place.
        taken: whether another claim is already there.
    """

    value: str
    before: str
    words: str
    after: str
    taken: bool


def _places(claim: Claim, revision: Revision) -> Iterator[Place]:
    body = revision.body
    standing = (
        Claim.objects.filter(revision=revision).not_dismissed().values_list("spans", flat=True)
    )
    taken = [span for spans in standing for span in spans]
    for spans in candidate_places(claim):
        start, end = spans[0][0], spans[-1][1]
        yield Place(
            value=",".join(f"{first}-{last}" for first, last in spans),
            before=body[max(0, start - _AROUND) : start],
            words=exact_words(body, spans),
            after=body[end : end + _AROUND],
            taken=any(at < last and first < until for at, until in taken for first, last in spans),
        )


def _spans(typed: str) -> list[list[int]]:
    """Return the spans of a place in a form value."""
    parts = (span.partition("-") for span in typed.split(","))
    return [[_number(start), _number(end)] for start, _dash, end in parts]


def _number(typed: str) -> int:
    if not (typed.isdecimal() and len(typed) < 10):
        raise Http404
    return int(typed)
