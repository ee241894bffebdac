"""Bulk changes on the claims table: choose what becomes of which claims, look at it, let it be done, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import begin_batch, list_batch, stop_batch, undo_batch
from claims.choices import Progress, Verdict
from claims.errors import InvalidValueError, NotPossibleError
from claims.messages import message_of
from claims.models import Batch, Claim, Source, Tag
from claims.models.blind import hide, seen_by
from claims.models.claims import ClaimQuerySet
from claims.queries.accounts import name_of
from claims.queries.claims.filters import LIST, ClaimFilter
from claims.web.claims.bulk_forms import ChangeForm
from claims.web.claims.selection import Picks
from claims.web.components.paging import page_of

_SHOWN = 50
"""How many of the claims that would change a preview shows."""
_ACTIONS = {"begin": begin_batch, "stop": stop_batch, "undo": undo_batch}

KEPT = {
    "same": gettext_lazy("nothing to change"),
    "waiting": gettext_lazy("waiting for a second check"),
    "decided": gettext_lazy("already decided"),
}
"""Why a claim stays as it is."""


@dataclass(frozen=True)
class Change:
    """What a bulk change does to one claim, in words."""

    claim: Claim
    before: str
    after: str


@require_http_methods(["GET", "POST"])
def change_claims(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the chosen claims of a list, or of all of them. Nothing is changed before the preview."""
    listed = ClaimFilter.of_query(request.GET.get(LIST, ""), signed_in(request.user)).understood()
    picks = Picks.of(request.GET)
    chosen, every = picks.chosen, picks.every
    back = f"{reverse('claims')}?{listed.query}"
    form = ChangeForm(request.POST or None)
    context = {"form": form, "number": len(chosen), "every": every, "filter": listed, "back": back}
    if not picks:
        return redirect(back)
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            batch = _listed(
                request, form, listed.qs if every else Claim.objects.filter(pk__in=chosen)
            )
            return redirect(_address(batch, listed.query))
    return render(request, "claims/bulk_change_form.html", context, status=status)


def _listed(request: HttpRequest, form: ChangeForm, claims: ClaimQuerySet) -> Batch:
    deed, fields = form.deed()
    return list_batch(
        actor=signed_in(request.user),
        deed=deed,
        fields=fields,
        claims=claims,
        note=form.cleaned_data["reason"],
        replace=form.cleaned_data["replace"],
    )


def _seen(request: HttpRequest) -> QuerySet[Batch]:
    """The bulk changes of which a person may know."""
    return seen_by(signed_in(request.user), Batch.objects.all(), "changes__claims__claim")


@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """The bulk changes, newest first."""
    rows = _seen(request).exclude(progress=Progress.LISTED).select_related("undone_by")
    return render(request, "claims/bulk_changes.html", {"page": page_of(request, rows, by="-id")})


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulk change: what it would do, or how far it is, or what it did."""
    return _page(
        request, get_object_or_404(_seen(request).select_related("undone_by", "undoes"), pk=pk)
    )


@require_POST
def act_on_batch(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Begin a bulk change, stop it, or take it back."""
    found = get_object_or_404(_seen(request), pk=pk)
    try:
        after = _ACTIONS[deed](actor=signed_in(request.user), batch_id=found.pk)
    except (NotPossibleError, InvalidValueError) as error:
        found.refresh_from_db()
        return _page(request, found, message=message_of(error), status=HTTPStatus(error.status))
    return redirect(_address(after, request.GET.get(LIST, "")))


def _address(batch: Batch, query: str) -> str:
    address = reverse("batch", args=[batch.pk])
    return f"{address}?{urlencode({LIST: query})}" if query else address


def _page(
    request: HttpRequest, batch: Batch, *, message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    query = request.GET.get(LIST, "")
    preview = batch.progress == Progress.LISTED
    context = {
        "batch": batch,
        "own": batch.actor_id == request.user.pk,
        "changes": _changes(batch, signed_in(request.user)) if preview else [],
        "kept": [(number, KEPT[why]) for why, number in batch.kept.items()],
        "back": f"{reverse('claims')}?{query}",
        "query": f"?{urlencode({LIST: query})}" if query else "",
        "under_way": batch.progress in {Progress.WAITING, Progress.RUNNING},
        "message": message,
    }
    part = request.htmx and not message  # type: ignore[attr-defined]
    context["announce"] = part
    template = "claims/bulk_change_status.html" if part else "claims/bulk_change.html"
    return render(request, template, context, status=status)


def _changes(batch: Batch, viewer: User) -> Sequence[Change]:
    """The first claims that a bulk change lists, before and after."""
    rows = batch.listed.order_by("pk").values_list("claim", flat=True)[:_SHOWN]
    claims = (
        Claim.objects.filter(pk__in=list(rows))
        .select_related("source", "assigned_to")
        .prefetch_related("tags")
        .in_reading_order()
    )
    hide(claims, viewer)
    ((field, wanted),) = batch.fields.items()
    after = _after(field, wanted)
    return [Change(claim, _before(field, claim), after) for claim in claims]


def _before(field: str, claim: Claim) -> str:
    """How a claim stands now, in words."""
    if field == "verdict":
        return str(Verdict(claim.verdict).label)
    if field == "dismissed":
        return _dismissed(is_dismissed=claim.dismissed)
    if field == "assigned_to_id":
        return name_of(claim.assigned_to) if claim.assigned_to else _("nobody")
    if field == "source_id":
        return str(claim.source or _("no source"))
    return ", ".join(str(tag) for tag in claim.tags.all()) or _("no tag")


def _after(field: str, wanted: Any) -> str:
    """What becomes of it, in words."""
    if field == "verdict":
        return str(Verdict(wanted).label)
    if field == "dismissed":
        return _dismissed(is_dismissed=wanted)
    if field == "assigned_to_id":
        person = User.objects.filter(pk=wanted).first()
        return name_of(person) if person else _("nobody")
    if field == "source_id":
        return str(Source.objects.get(pk=wanted))
    sign = "+" if field == "add_tag" else "–"
    return f"{sign} {Tag.objects.get(pk=wanted)}"


def _dismissed(*, is_dismissed: bool) -> str:
    return _("dismissed") if is_dismissed else _("in the queue")
