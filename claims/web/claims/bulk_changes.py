"""Bulk changes: choose what becomes of which claims of a list or a queue, look at it, let it be done, take it back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import begin_batch, list_batch, stop_batch, undo_batch
from claims.choices import Progress
from claims.errors import InvalidValueError, NotPossibleError
from claims.messages import message_of
from claims.models import Batch, Claim
from claims.models.claims.claim import ClaimQuerySet
from claims.queries.claims.bulk_changes import KEPT, preview, seen_bulk_changes
from claims.queries.claims.filters import ClaimFilter
from claims.web.claims.bulk_forms import BulkChangeForm
from claims.web.claims.selection import Origin, Picks
from claims.web.components.paging import page_of
from claims.web.site.requests import asks_part

_ACTIONS = {"begin": begin_batch, "stop": stop_batch, "undo": undo_batch}


@require_http_methods(["GET", "POST"])
def change_claims(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the chosen claims of a list, or of all of them. Nothing is changed before the preview."""
    origin = Origin.of(request.GET)
    listed = ClaimFilter.of_query(origin.listed, signed_in(request.user)).understood()
    picks = Picks.of(request.GET)
    if not picks:
        return redirect(origin.url)
    claims = listed.qs if picks.every else Claim.objects.filter(pk__in=picks.chosen)
    form = BulkChangeForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            return redirect(_address(_listed(request, form, claims), origin))
    context = {
        "form": form,
        "number": len(picks.chosen),
        "every": picks.every,
        "filter": listed,
        "origin": origin,
    }
    return render(request, "claims/bulk_change_form.html", context, status=status)


def _listed(request: HttpRequest, form: BulkChangeForm, claims: ClaimQuerySet) -> Batch:
    deed, fields = form.deed()
    return list_batch(
        actor=signed_in(request.user),
        deed=deed,
        fields=fields,
        claims=claims,
        note=form.cleaned_data["reason"],
        replace=form.cleaned_data["replace"],
    )


@require_GET
def batches(request: HttpRequest) -> HttpResponse:
    """The bulk changes, newest first."""
    rows = seen_bulk_changes(signed_in(request.user)).exclude(progress=Progress.LISTED)
    page = page_of(request, rows.select_related("undone_by"), by="-id")
    return render(request, "claims/bulk_changes.html", {"page": page})


@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulk change: what it would do, or how far it is, or what it did."""
    rows = seen_bulk_changes(signed_in(request.user)).select_related("undone_by", "undoes")
    return _page(request, get_object_or_404(rows, pk=pk))


@require_POST
def act_on_batch(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Begin a bulk change, stop it, or take it back. One that is done at once leads back to the queue it came from."""
    actor = signed_in(request.user)
    found = get_object_or_404(seen_bulk_changes(actor), pk=pk)
    try:
        after = _ACTIONS[deed](actor=actor, batch_id=found.pk)
    except (NotPossibleError, InvalidValueError) as error:
        found.refresh_from_db()
        return _page(request, found, message=message_of(error), status=HTTPStatus(error.status))
    origin = Origin.of(request.GET)
    # Where claims were left out because somebody had changed them, the bulk change's page says so.
    if origin.queue and after.progress == Progress.DONE and after.changed == after.total:
        number = after.changed
        messages.success(
            request, ngettext("%d claim changed.", "%d claims changed.", number) % number
        )
        return redirect(origin.queue)
    return redirect(_address(after, origin))


def _address(batch: Batch, origin: Origin) -> str:
    return reverse("batch", args=[batch.pk]) + origin.query


def _page(
    request: HttpRequest, batch: Batch, *, message: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "batch": batch,
        "own": batch.actor_id == request.user.pk,
        "changes": (
            preview(batch, signed_in(request.user)) if batch.progress == Progress.LISTED else []
        ),
        "kept": [(number, KEPT[why]) for why, number in batch.kept.items()],
        "origin": Origin.of(request.GET),
        "under_way": batch.progress in {Progress.WAITING, Progress.RUNNING},
        "message": message,
    }
    part = asks_part(request) and not message
    context["announce"] = part
    template = "claims/bulk_change_status.html" if part else "claims/bulk_change.html"
    return render(request, template, context, status=status)
