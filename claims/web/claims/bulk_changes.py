"""Bulk changes: choose what becomes of which claims of a list or a queue, look at it, let it be done, take it back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.access import signed_in
from claims.actions import (
    preview_bulk_change,
    start_bulk_change,
    stop_bulk_change,
    undo_bulk_change,
)
from claims.choices import JobStatus
from claims.errors import InvalidValueError, NotPossibleError
from claims.messages import message_of
from claims.models import BulkChange, Claim
from claims.models.claims.querysets import ClaimQuerySet
from claims.queries.claims.bulk_changes import KEPT, preview, seen_bulk_changes
from claims.queries.claims.filters import ClaimFilter
from claims.queries.tasks import wait_in_vain
from claims.web.claims.bulk_forms import BulkChangeForm
from claims.web.claims.selection import Origin, Selection
from claims.web.components.paging import page_of
from claims.web.site.requests import asks_part

_ACTIONS = {"start": start_bulk_change, "stop": stop_bulk_change, "undo": undo_bulk_change}


@require_http_methods(["GET", "POST"])
def change_claims(request: HttpRequest) -> HttpResponse:
    """Say what becomes of the chosen claims of a list, or of all of them. Nothing is changed before the preview."""
    origin = Origin.of(request.GET)
    listed = ClaimFilter.of_query(origin.listed, signed_in(request.user)).understood()
    selection = Selection.of(request.GET)
    if not selection:
        return redirect(origin.url)
    claims = listed.qs if selection.every else Claim.objects.filter(pk__in=selection.chosen)
    form = BulkChangeForm(request.POST or None)
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.BAD_REQUEST
        if form.is_valid():
            return redirect(_address(_listed(request, form, claims), origin))
    context = {
        "form": form,
        "number": len(selection.chosen),
        "every": selection.every,
        "filter": listed,
        "origin": origin,
    }
    return render(request, "claims/bulk_change_form.html", context, status=status)


def _listed(request: HttpRequest, form: BulkChangeForm, claims: ClaimQuerySet) -> BulkChange:
    action, fields = form.action()
    return preview_bulk_change(
        actor=signed_in(request.user),
        action=action,
        fields=fields,
        claims=claims,
        note=form.cleaned_data["reason"],
        replace=form.cleaned_data["replace"],
    )


@require_GET
def bulk_changes(request: HttpRequest) -> HttpResponse:
    """The bulk changes, newest first."""
    rows = seen_bulk_changes(signed_in(request.user)).exclude(status=JobStatus.PREVIEW)
    page = page_of(request, rows.select_related("undone_by"), by="-id")
    return render(request, "claims/bulk_changes.html", {"page": page})


@require_GET
def bulk_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A bulk change: what it would do, or how far it is, or what it did."""
    rows = seen_bulk_changes(signed_in(request.user)).select_related("undone_by", "undoes")
    return _page(request, get_object_or_404(rows, pk=pk))


@require_POST
def act_on_bulk_change(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Begin a bulk change, stop it, or take it back. One that is done at once leads back to the queue it came from."""
    actor = signed_in(request.user)
    found = get_object_or_404(seen_bulk_changes(actor), pk=pk)
    try:
        after = _ACTIONS[action](actor=actor, bulk_change_id=found.pk)
    except (NotPossibleError, InvalidValueError) as error:
        found.refresh_from_db()
        return _page(request, found, message=message_of(error), status=HTTPStatus(error.status))
    origin = Origin.of(request.GET)
    # Where claims were left out because somebody had changed them, the bulk change's page says so.
    if origin.queue and after.status == JobStatus.DONE and after.changed == after.total:
        number = after.changed
        messages.success(
            request, ngettext("%d claim changed.", "%d claims changed.", number) % number
        )
        return redirect(origin.queue)
    return redirect(_address(after, origin))


def _address(bulk_change: BulkChange, origin: Origin) -> str:
    return reverse("bulk-change", args=[bulk_change.pk]) + origin.query


def _page(
    request: HttpRequest,
    bulk_change: BulkChange,
    *,
    message: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "bulk_change": bulk_change,
        "own": bulk_change.actor_id == request.user.pk,
        "changes": (
            preview(bulk_change, signed_in(request.user))
            if bulk_change.status == JobStatus.PREVIEW
            else []
        ),
        "skipped": [(number, KEPT[why]) for why, number in bulk_change.skipped.items()],
        "origin": Origin.of(request.GET),
        "under_way": bulk_change.status in {JobStatus.WAITING, JobStatus.RUNNING},
        "no_worker": wait_in_vain(bulk_change.status),
        "message": message,
    }
    part = asks_part(request) and not message
    context["announce"] = part
    template = "claims/bulk_change_status.html" if part else "claims/bulk_change.html"
    return render(request, template, context, status=status)
