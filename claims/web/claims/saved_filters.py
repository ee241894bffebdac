"""Saving a filter of the list of claims under a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.access import signed_in
from claims.actions import delete_filter, save_filter
from claims.errors import FilterNotUnderstoodError, InvalidValueError
from claims.messages import message_of
from claims.queries.claims.filters import ClaimFilter


@require_POST
def save_claims_filter(request: HttpRequest) -> HttpResponse:
    """Save the filter under a name, and show it."""
    query, viewer = request.POST.get("query", ""), signed_in(request.user)
    back = f"{reverse('claims')}?{query}"
    try:
        ClaimFilter.of_query(query, viewer).understood()
        kept = save_filter(
            actor=viewer,
            name=request.POST.get("name", ""),
            query=query,
            shared="shared" in request.POST,
        )
    except (FilterNotUnderstoodError, InvalidValueError) as error:
        messages.error(request, message_of(error))
        return redirect(back)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": kept.name})
    return redirect(kept)


@require_POST
def delete_claims_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved filter."""
    delete_filter(actor=signed_in(request.user), filter_id=pk)
    messages.success(request, _("The filter has been deleted. No claims were deleted."))
    return redirect("claims")
